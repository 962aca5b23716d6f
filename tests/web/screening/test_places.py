"""Places that are lent in turn."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack

import pytest

from watchlist.errors import BusyError
from watchlist.web.screening.places import Places, ScreeningLimits


def places(*given: str, waiting: int = 9, patience: float = 30.0) -> Places[str]:
    made: Places[str] = Places(ScreeningLimits(waiting, patience))
    for each in given:
        made.add(each)
    return made


def test_who_comes_when_all_places_are_taken_is_told_to_come_again() -> None:
    lent = places("only", waiting=1, patience=0.05)
    with ExitStack() as stack:
        stack.enter_context(lent.lent())
        with pytest.raises(BusyError) as told, lent.lent():
            pass
        assert told.value.retry_after > 0
    with lent.lent() as place:
        assert place == "only"


def test_so_many_wait_and_no_more() -> None:
    lent = places("only", waiting=0)
    with lent.lent():
        began = time.monotonic()
        with pytest.raises(BusyError), lent.lent():
            pass
        assert time.monotonic() - began < 10, "who is too many does not wait"


def test_a_place_that_is_taken_away_is_not_lent_again() -> None:
    lent = places("one", "other")
    with lent.lent() as place:
        lent.remove(place)
    with lent.lent() as another:
        assert another != place
    lent.add(another)
    with lent.lent(), pytest.raises(BusyError), _impatient(lent).lent():
        pass


def _impatient(lent: Places[str]) -> Places[str]:
    lent.limits = ScreeningLimits(1, 0.01)
    return lent


def test_turns_come_in_the_order_of_asking() -> None:
    lent, order = places("only"), list[int]()

    def take(number: int) -> None:
        with lent.lent():
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    with lent.lent():
        for number, thread in enumerate(threads, 1):
            thread.start()
            while len(lent._waiting) < number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))
