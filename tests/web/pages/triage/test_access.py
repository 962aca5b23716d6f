"""Everybody can use it: axe finds nothing on any page, at both widths, light and dark; and nothing is wider than it."""

from __future__ import annotations

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.conftest import Served
from tests.web.pages.triage.conftest import WIDTHS, NewPage

#: WCAG 2.2 AA, and what axe itself recommends.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/",
    "/?status=all&text=harbour&schema=Company",
    "/?severity=grave",
    "/?band=review",
    "/alerts/2",
    "/alerts/4",
    "/alerts/2/preview",
    "/alerts/999",
    "/subjects",
    "/subjects/own:s-2",
    "/lists",
    "/feeds",
    "/screen",
    "/report",
    "/status",
)


#: In which of these ways, and at which of the pages, the plain suite looks: the inbox, an alert, and some others.
PLAIN = {(WIDTHS[0], "dark", 0)}


@pytest.mark.parametrize(
    ("width", "theme", "third"),
    [
        pytest.param(*way, marks=[] if way in PLAIN else [pytest.mark.thorough])
        for way in product(WIDTHS, ("dark", "light"), (0, 1, 2))
    ],
)
@pytest.mark.thorough
def test_axe_finds_nothing(served: Served, new_page: NewPage, width: int, theme: str, third: int) -> None:
    found = []
    page = new_page(width, theme=theme)
    for path in PAGES[third::3]:
        page.context.clear_cookies()
        page.goto(served.url + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path}: wider than {width}")
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        for each in results.response["violations"]:
            found += [f"{path}: {each['id']}: {node['html'][:160]}" for node in each["nodes"]]
    assert found == []
