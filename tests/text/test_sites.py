from __future__ import annotations

import pytest

from watchlist.text.sites import is_one_site, site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.news.example/a?b", "news.example"),
        ("http://user@News.example:8080/", "news.example"),
        ("urn:x", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_a_site_is_called_by_its_host(url: str | None, site: str | None) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("https://www.news.example/a", "http://news.example:8080/b", True),
        ("https://edition.news.example/a", "https://www.news.example/b", True),
        ("https://news.example/a", "https://oldnews.example/a", False),
        ("https://news.co.example/a", "https://paper.co.example/a", False),
        ("https://news.example/a", None, True),
        ("urn:x", "https://news.example/a", True),
    ],
)
def test_parts_of_a_site_are_one(one: str | None, other: str | None, is_one: bool) -> None:
    assert is_one_site(one, other) is is_one
    assert is_one_site(other, one) is is_one
