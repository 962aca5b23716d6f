"""Without the extra that reads pages a run goes on with what feeds say, and tells where it was wanted in any case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from watchlist import app as wiring
from watchlist.app import make_app
from watchlist.config import Config
from watchlist.daemon import run_once
from watchlist.doctor import machine
from watchlist.doctor.machine import look_at_configuration
from watchlist.errors import ConfigError
from watchlist.steps import pages, poll


@pytest.fixture(autouse=True)
def _not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (wiring, machine, pages, poll):
        monkeypatch.setattr(module, "can_read_pages", lambda: False)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"fetch": {"full_text": "always"}}, "fetch.full_text"),
        ({"feeds": [{"url": "https://a.example/", "full_text": "always"}]}, "feeds.0.full_text"),
    ],
)
def test_what_wants_pages_in_any_case_is_refused(sqlite_database: str, settings: dict[str, Any], key: str) -> None:
    config = Config.model_validate({"database": {"url": sqlite_database}, **settings})
    with pytest.raises(ConfigError, match=r"pip install 'watchlist\[pages\]'") as raised:
        make_app(config, declares=True)
    assert raised.value.key == key


def test_a_run_asks_for_no_page(sqlite_database: str, web: Any, rss: Callable[..., str]) -> None:
    page = web.put("/1.html", "<html><p>The whole story.</p></html>")
    parts = make_app(Config.model_validate({"database": {"url": sqlite_database}}), declares=True)
    parts.store.add_feed(web.put("/feed.xml", rss((page, "Rain", "In short."))), None)
    assert run_once(parts).errors == []
    assert "/1.html" not in [path for path, _ in web.answered]
    assert parts.store.page_counts(1).by_status == {}
    parts.store.close()


def test_the_doctor_tells() -> None:
    found = [each.mend for each in look_at_configuration(Config(), None, 1)]
    assert "pip install 'watchlist[pages]'; or set fetch.full_text to never" in found
    never = Config.model_validate({"fetch": {"full_text": "never"}})
    assert not any("pages" in each.mend for each in look_at_configuration(never, None, 1))
