"""Addresses as people type them."""

from __future__ import annotations

import pytest

from watchlist.errors import UsageError
from watchlist.steps.asked.feeds import typed_address


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://news.example/rss", "https://news.example/rss"),
        (" http://news.example ", "http://news.example"),
        ("news.example", "https://news.example"),
        ("News.Example/rss?a=b", "https://News.Example/rss?a=b"),
        ("127.0.0.1:8765/rss.xml", "https://127.0.0.1:8765/rss.xml"),
        ("localhost:8000", "https://localhost:8000"),
        ("новости.example", "https://новости.example"),
    ],
)
def test_a_host_is_asked_over_tls_where_no_scheme_is_typed(typed: str, url: str) -> None:
    assert typed_address(typed) == url


@pytest.mark.parametrize(
    "typed", ["", "news", "our news", "ftp://news.example", "mailto:desk@news.example", "javascript:alert(1)", "/rss"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is no address of a feed or a page"):
        typed_address(typed)
