"""Texts screened for whoever asks, in this process and in a pool."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from watchlist.app import App, make_app
from watchlist.delivery.transports import full_config
from watchlist.errors import MatchingError
from watchlist.model import Article, Entity, Name, Schema
from watchlist.ports import IndexStore
from watchlist.web.screening import followed as module
from watchlist.web.screening.places import ScreeningLimits
from watchlist.web.screening.screening import TextScreening
from watchlist.web.screening.text import AskedText

HERON = AskedText(Article("t", "", "The company Grey Heron Maritime Ltd. of Tartus said so."))
HARBOUR = AskedText(Article("h", "", "The company Grey Harbour Shipping Co. said so."))


@pytest.fixture
def parts(worked: Callable[[], str]) -> Iterator[App]:
    made = make_app(full_config()(database=worked()), declares=False, creates=False)
    with closing(made.store):
        yield made


@pytest.fixture
def pooled(parts: App) -> Iterator[TextScreening]:
    with closing(TextScreening(parts, processes=2)) as made:
        yield made


def _list_heron(parts: App) -> None:
    heron = Entity("own", "s-9", Schema.COMPANY, (Name("GREY HERON MARITIME LTD."),))
    parts.store.put_entity(heron, parts.clock())


def test_a_changed_list_is_followed_without_a_pause(parts: App, monkeypatch: pytest.MonkeyPatch) -> None:
    screening = TextScreening(parts)
    before = screening.index()
    assert before.entity_count == 5
    assert not screening.screen(HERON).json
    _list_heron(parts)
    # The look at the revisions is not due yet.
    assert screening.index() is before
    monkeypatch.setattr(module, "LOOK_EVERY", 0.0)
    compiling = threading.Event()
    monkeypatch.setattr(module, "load_index", _held(module.load_index, compiling))
    started = time.monotonic()
    assert screening.index() is before
    assert not screening.screen(HERON).json
    assert time.monotonic() - started < 5, "whoever asks waits for the compiling"
    compiling.set()
    screening.settle()
    (found,) = screening.screen(HERON).json
    assert '"entity": "own:s-9"' in found


def _held(load: Callable[..., object], until: threading.Event) -> Callable[..., object]:
    def held(*given: object) -> object:
        assert until.wait(30)
        return load(*given)

    return held


def test_what_a_page_shows_comes_with_its_listings(parts: App) -> None:
    asked = AskedText(HARBOUR.article, is_for_page=True)
    ((mention, listings),) = TextScreening(parts).screen(asked).mentions
    assert mention.entity_id == "own:s-1"
    assert [each.caption for each in listings] == ["GREY HARBOUR SHIPPING CO."]


def test_processes_screen_follow_lists_are_replaced_and_end(
    parts: App, pooled: TextScreening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The life of a pool, in one test: processes take a while to start."""
    alone = TextScreening(parts).screen(HARBOUR)
    # Nobody waits for the processes to start.
    assert pooled.screen(HARBOUR) == alone
    pool = pooled.pool
    assert pool is not None
    assert pool.wait_ready(60)
    first = pool.processes
    assert len(first) == 2
    assert pooled.screen_all([HARBOUR, HERON] * 4) == [alone, pooled.screen(HERON)] * 4

    _list_heron(parts)
    monkeypatch.setattr(module, "LOOK_EVERY", 0.0)
    deadline = time.monotonic() + 60
    while not pooled.screen(HERON).json:
        assert time.monotonic() < deadline
    assert pool.processes == first, "another index needs no other processes"

    for each in first:
        os.kill(each, signal.SIGKILL)
    # The first is found dead by whoever asks next, and another one takes the text.
    answers = []
    for turn in range(3):
        # The very text would be answered from memory.
        article = replace(HARBOUR.article, text=f"{HARBOUR.article.text}{' ' * (turn + 1)}")
        try:
            answers.append(pooled.screen(replace(HARBOUR, article=article)).json)
        except MatchingError:
            # Both died of it, as far as can be told.
            continue
    assert answers
    assert set(answers) == {alone.json}
    deadline = time.monotonic() + 60
    while len(set(pool.processes) - set(first)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert pooled.screen(HARBOUR) == alone

    last = pool.processes
    began = time.monotonic()
    pooled.close()
    assert time.monotonic() - began < 5
    for each in last:
        with pytest.raises(ProcessLookupError):
            os.kill(each, 0)
    assert pooled.screen(HARBOUR) == alone


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The company Grey Harbour Shipping Co. said so.", id="short", marks=pytest.mark.thorough),
        pytest.param("so it was said. " * 60_000, id="long"),
    ],
)
def test_a_process_that_hangs_is_ended_and_replaced(parts: App, text: str) -> None:
    """A process is stopped as a whole: it reads nothing, not even a text that is larger than the line holds."""
    with closing(TextScreening(parts, 2, ScreeningLimits(answer_within=1.0))) as screening:
        alone = screening.screen(HARBOUR)
        assert screening.pool is not None
        assert screening.pool.wait_ready(60)
        first = screening.pool.processes
        for each in first:
            os.kill(each, signal.SIGSTOP)
        with pytest.raises(MatchingError, match="not screened in time"):
            screening.screen(AskedText(Article("t", "", text)))
        # It is gone, and the other one hangs still.
        deadline = time.monotonic() + 60
        while len(set(screening.pool.processes) & set(first)) > 1 or len(screening.pool.processes) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        (left,) = set(screening.pool.processes) & set(first)
        os.kill(left, signal.SIGCONT)
        assert screening.screen_all([HARBOUR] * 4) == [alone] * 4


def test_long_texts_leave_a_process_to_short_ones(parts: App, pooled: TextScreening) -> None:
    """Both processes would else be at the long ones, and a short one would come after them."""
    pooled.screen(HARBOUR)
    assert pooled.pool is not None
    assert pooled.pool.wait_ready(60)
    long = AskedText(Article("l", "", "The company Grey Harbour Shipping Co. of Tartus said so on Monday. " * 1_000))
    order: list[str] = []

    def ask(name: str, asked: AskedText) -> None:
        pooled.screen(asked)
        order.append(name)

    threads = [threading.Thread(target=ask, args=(f"long {n}", long)) for n in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.05)
    for _ in range(8):
        ask("short", HARBOUR)
    for thread in threads:
        thread.join()
    assert order[:8] == ["short"] * 8, order


def test_without_an_index_on_disk_this_process_screens(parts: App, monkeypatch: pytest.MonkeyPatch) -> None:
    load = module.load_index

    def unkept(store: IndexStore, folder: Path) -> module.LoadedIndex:
        return replace(load(store, folder), path=None)

    monkeypatch.setattr(module, "load_index", unkept)
    with closing(TextScreening(parts, processes=2)) as screening:
        assert len(screening.screen(HARBOUR).json) == 1
        assert screening.pool is not None
        assert screening.pool.processes == ()
