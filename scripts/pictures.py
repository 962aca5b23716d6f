"""Makes the pictures of `docs/web.md`: pages over the small invented world of the tests, in the system's browser.

python -m scripts.pictures [FOLDER]
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.web.conftest import BROWSERS, make_world, serving
from watchlist.app import make_app
from watchlist.delivery.transports import full_config

_PAGES = {"inbox": "/", "alert": "/alerts/2", "subject": "/subjects/own:s-2", "report": "/report?since=7d"}
#: What is screened for a picture: nothing of it is stored.
_SCREENED = "The tanker Osprey Dawn (IMO 9187629) left for Valletta. Ilya Petrovich Marrow, 71, was not aboard."
_WIDTH, _HEIGHT = 1000, 640
#: Where there is little to be seen.
_LOW = 480


def main() -> None:
    """Make the world, serve it, and keep a picture of each page."""
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/pictures")
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        database = f"sqlite:///{make_world(Path(name))}"
        parts = make_app(full_config()(database=database), declares=False, creates=False)
        with closing(parts.store), serving(parts) as site, sync_playwright() as playwright:
            path = next(each for each in BROWSERS if Path(each).exists())
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, timezone_id="Europe/Berlin")
            for name, place in _PAGES.items():
                page.goto(site.url + place)
                page.screenshot(path=into / f"{name}.png")
            page.goto(f"{site.url}/screen")
            page.get_by_label("A text").fill(_SCREENED)
            page.get_by_role("button", name="Screen the text").click()
            page.get_by_role("status").wait_for()
            page.set_viewport_size({"width": _WIDTH, "height": _LOW})
            page.screenshot(path=into / "screen.png")
            browser.close()


if __name__ == "__main__":
    main()
