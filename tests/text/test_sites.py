from __future__ import annotations

import pytest

from watchlist.text.sites import site_of


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
