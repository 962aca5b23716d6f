"""A site at work on loopback, over a small invented world with alerts in it."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import httpx
import pytest
import structlog
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from watchlist.app import App, make_app
from watchlist.cli import main
from watchlist.delivery.transports import full_config
from watchlist.log import before_first_line
from watchlist.web.application import make_application
from watchlist.web.site import Site

OWN = """\
id,schema,name,aliases,programs,countries,birth_dates,identifiers
s-1,Company,GREY HARBOUR SHIPPING CO.,Grey Harbour Lines;weak:GHS,ON-HOLD,ir,,imo:9074729
s-2,Person,"MARROW, Ilya Petrovich",Ilya Marrov;Илья Марров;ايليا ماروف,ON-HOLD;CREDIT,ru,1955-01-15,passport/ru:64572
s-3,Organization,LAKESIDE FRONT,<b>Lakeside</b> Front & Sons,ON-HOLD,sy,,
s-4,Vessel,OSPREY DAWN,,ON-HOLD,pa,,imo:9187629
s-5,Person,"TARKHOV, Dmitri",,CREDIT,by,1961,
"""

ARTICLES = (
    ("Shipping company opens an office", "The company Grey Harbour Shipping Co. said that it would open in Valletta."),
    ("<script>alert(1)</script> & a trial", 'In court stood Ilya Petrovich Marrow, 71. "No," he said.\n\nIt rained.'),
    ("Sanctions on Lakeside Front", "New sanctions on the Lakeside Front of Syria were made known on Tuesday."),
    ("Tanker held in port", "The tanker Osprey Dawn (IMO 9187629) is held in port, as is Grey Harbour Shipping Co."),
    ("محاكمة", "قال ايليا ماروف في المحكمة يوم الاثنين إنه بريء من كل التهم."),
    ("Belarus names a minister", "Dmitri Tarkhov of Belarus was named minister. Ilya Petrovich Marrow was there."),
)

#: Where the system's browser stands.
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
#: Its pages are all from one site, which is trusted: a process for each, and one more in advance, are most of its work.
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--process-per-site",
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
)


@cache
def description() -> dict[str, Any]:
    """What the server tells of itself, for those who only read it: making it takes a second."""
    told: dict[str, Any] = make_application(Site(Mock())).openapi()
    return told


def csrf_of(client: httpx.Client) -> str:
    """The token that pages tell to scripts."""
    found = re.search(r'<meta name="csrf" content="(\w+)">', client.get("/").text)
    assert found is not None
    return found[1]


@dataclass(frozen=True)
class Served:
    """A site that answers at an address, and the parts behind it."""

    url: str
    parts: App
    client: httpx.Client

    @property
    def csrf(self) -> str:
        """What a form of whoever the client is logged in as holds, and what a script sends as ``X-CSRF-Token``."""
        return csrf_of(self.client)


@contextmanager
def serving(parts: App) -> Iterator[Served]:
    """Answer on a free port of loopback while the block lasts."""
    with serving_application(make_application(Site(parts)), parts) as site:
        yield site


@contextmanager
def serving_application(application: FastAPI, parts: App) -> Iterator[Served]:
    """The same with an application of the test's own."""
    config = uvicorn.Config(
        application,
        proxy_headers=False,
        server_header=False,
        host="127.0.0.1",
        port=0,
        lifespan="on",
        log_level="error",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
            yield Served(url, parts, client)
    finally:
        server.should_exit = True
        thread.join()


def make_world(folder: Path) -> Path:
    """A database with a list, articles and their alerts, made by the commands; gives its file."""
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    day = datetime.now(UTC).replace(microsecond=0)
    records = [
        {
            "id": f"a-{n}",
            "url": f"https://news.example/{n}",
            "title": title,
            "text": text,
            "published_at": (day - timedelta(hours=n)).isoformat(),
        }
        for n, (title, text) in enumerate(ARTICLES)
    ]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    commands = (
        ("lists", "create", "own", "--title", "Of our own"),
        ("entities", "import", "own", "own.csv"),
        ("ingest", "articles.jsonl"),
        ("run", "--once"),
    )
    # In this process, where everything is loaded: starting the program takes longer than all of them.
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        for command in commands:
            with pytest.raises(SystemExit) as ended:
                main(["--database", "sqlite:///w.db", *command])
            assert not ended.value.code, command
    before_first_line(structlog.reset_defaults)
    structlog.reset_defaults()
    return folder / "w.db"


@pytest.fixture(scope="session")
def _worked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world, made once and copied for each module."""
    return make_world(tmp_path_factory.mktemp("worked"))


@pytest.fixture(scope="session")
def worked(_worked_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes a copy of the worked database, and gives its URL."""

    def copied() -> str:
        path = tmp_path_factory.mktemp("site") / "w.db"
        shutil.copy(_worked_file, path)
        if (index := _worked_file.with_suffix(".index")).exists():
            shutil.copytree(index, path.with_suffix(".index"))
        return f"sqlite:///{path}"

    return copied


@pytest.fixture(scope="module")
def served(worked: Callable[[], str]) -> Iterator[Served]:
    """A site over a worked database that the tests of a module share."""
    parts = make_app(full_config()(database=worked()), declares=False, creates=False)
    with closing(parts.store), serving(parts) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's browser, without a window; skips where there is none."""
    path = next((each for each in BROWSERS if Path(each).exists()), None)
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is there")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(BROWSER_OPTIONS))
        yield found
        found.close()
