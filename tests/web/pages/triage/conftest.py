"""A headless browser over a site with alerts, for the tests that a person would make by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page

from tests.web.conftest import Served, serving
from watchlist.app import make_app
from watchlist.delivery.transports import full_config

#: Both widths at which everything is to be read and done.
WIDTHS = (390, 1280)

NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens a page of a browser of its own; in the end nothing may have been complained of in any."""
    contexts, complaints = [], list[str]()

    def opened(width: int = 1280, *, theme: str = "light", script: bool = True, zone: str = "Europe/Berlin") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=script,
            timezone_id=zone,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"a dialog: {dialog.message}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    # That a page is a refusal is no complaint.
    assert [each for each in complaints if not each.startswith("Failed to load resource")] == []


@pytest.fixture
def fresh(worked: Callable[[], str]) -> Iterator[Served]:
    """A site of the test's own: it judges."""
    parts = make_app(full_config()(database=worked()), declares=False, creates=False)
    with closing(parts.store), serving(parts) as site:
        yield site
