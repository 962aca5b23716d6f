"""A site with a feed; every name is invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

TEXT = "The company Grey Harbour Shipping said on Monday that it would open an office in Valletta."
PAGE = "<!DOCTYPE html><html><head>{}</head><body>Welcome</body></html>"
LINK = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'


@pytest.fixture
def site(web: Any, rss: Callable[..., str]) -> str:
    """A site whose page names one feed, and whose robots.txt names a news sitemap."""
    web.put("/rss.xml", rss(("https://news.example/1", "One", TEXT)))
    web.put("/robots.txt", f"Sitemap: {web.url}/news.xml")
    return str(web.put("/", PAGE.format(LINK.format("Harbour", "/rss.xml"))))
