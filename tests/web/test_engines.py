"""The engines behind whoever screens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from watchlist.app import App, make_app
from watchlist.delivery.transports import full_config
from watchlist.errors import BusyError
from watchlist.model import Article, Entity, Name, Schema
from watchlist.web import engines as module
from watchlist.web.engines import Engines, ScreeningLimits, Turns

HERON = Article("t", "", "The company Grey Heron Maritime Ltd. of Tartus said so.")


@pytest.fixture(scope="module")
def parts(worked: Callable[[], str]) -> Iterator[App]:
    made = make_app(full_config()(database=worked()), declares=False, creates=False)
    with closing(made.store):
        yield made


def test_an_index_is_loaded_once_and_shared(parts: App) -> None:
    engines = Engines(parts, ScreeningLimits(at_once=2))
    index = engines.index()
    assert index.entity_count == 5
    with engines.engine() as (one, first), engines.engine() as (other, second):
        assert first is second is index
        assert one is not other
    with engines.engine() as (again, _):
        assert again in (one, other)


def test_a_changed_list_is_followed_without_a_pause(parts: App, monkeypatch: pytest.MonkeyPatch) -> None:
    engines = Engines(parts)
    before = engines.index()
    with engines.engine() as (engine, _):
        assert not engine.screen(HERON)
    heron = Entity("own", "s-9", Schema.COMPANY, (Name("GREY HERON MARITIME LTD."),))
    parts.store.put_entity(heron, parts.clock())
    # The look at the revisions is not due yet.
    assert engines.index() is before
    monkeypatch.setattr(module, "LOOK_EVERY", 0.0)
    compiling = threading.Event()
    monkeypatch.setattr(module, "load_index", _held(module.load_index, compiling))
    started = time.monotonic()
    assert engines.index() is before
    with engines.engine() as (_, index):
        assert index is before
    assert time.monotonic() - started < 5, "whoever asks waits for the compiling"
    compiling.set()
    engines.settle()
    with engines.engine() as (engine, index):
        assert index is not before
        assert [each.entity_id for each in engine.screen(HERON)] == ["own:s-9"]


def _held(load: Callable[..., object], until: threading.Event) -> Callable[..., object]:
    def held(*given: object) -> object:
        assert until.wait(30)
        return load(*given)

    return held


def test_who_comes_when_all_places_are_taken_is_told_to_come_again(parts: App) -> None:
    engines = Engines(parts, ScreeningLimits(at_once=1, waiting=1, patience=0.05))
    with ExitStack() as stack:
        stack.enter_context(engines.engine())
        with pytest.raises(BusyError) as told, engines.engine():
            pass
        assert told.value.retry_after > 0
    with engines.engine():
        pass


def test_an_engine_that_broke_is_not_used_again(parts: App) -> None:
    engines = Engines(parts)
    with pytest.raises(ZeroDivisionError), engines.engine() as (broken, _):
        _ = 1 / 0
    with engines.engine() as (another, _):
        assert another is not broken


def test_turns_come_in_the_order_of_asking() -> None:
    turns, order = Turns(ScreeningLimits(at_once=1, waiting=9)), list[int]()

    def take(number: int) -> None:
        with turns.turn():
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    with turns.turn():
        for thread in threads:
            thread.start()
            # Each is waiting before the next one comes.
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert order == list(range(8))
