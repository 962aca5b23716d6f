"""Makes the pictures of `docs/web.md`: pages over the small invented world of the tests, in the system's browser.

python -m scripts.pictures [FOLDER]
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.web.conftest import ARTICLES, BROWSERS, OWN, serving
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
        folder = Path(name)
        _make_world(folder)
        parts = make_app(full_config()(database=f"sqlite:///{folder / 'w.db'}"), declares=False, creates=False)
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


def _make_world(folder: Path) -> None:
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    now = datetime.now(UTC).replace(microsecond=0)
    records = [
        {
            "id": f"a-{n}",
            "url": f"https://news.example/{n}",
            "title": title,
            "text": text,
            "published_at": (now - timedelta(hours=n)).isoformat(),
        }
        for n, (title, text) in enumerate(ARTICLES)
    ]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    program = (sys.executable, "-m", "watchlist", "--database", "sqlite:///w.db")
    for command in (
        ("lists", "create", "own", "--title", "Of our own"),
        ("entities", "import", "own", "own.csv"),
        ("ingest", "articles.jsonl"),
        ("run", "--once"),
    ):
        subprocess.run([*program, *command], cwd=folder, check=True, capture_output=True)


if __name__ == "__main__":
    main()
