"""Faults as state."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from watchlist.errors import NotFoundError
from watchlist.model import Fault, NoticeKind
from watchlist.storage.store import Store

STALE = Fault("list us_ofac_sdn", "list us_ofac_sdn: stale")
PASSING = Fault("feed 7", "feed 7: answered 503", lasting=False)
HOUR = timedelta(hours=1)


def told(store: Store) -> list[tuple[NoticeKind, str]]:
    rows = reversed(store.deliveries())
    return [(notice.kind, notice.subject) for row in rows for notice in store.notices(row.notice_ids)]


def test_a_fault_is_kept_from_its_first_sight_to_its_end(store: Store, now: datetime) -> None:
    store.record_faults([PASSING], ["email"], now)
    store.record_faults([Fault("feed 7", "feed 7: answered 404", grave=True)], ["email"], now + HOUR)
    (found,) = store.open_faults()
    assert (found.fault.text, found.fault.grave, found.fault.lasting) == ("feed 7: answered 404", True, True)
    assert (found.first_at, found.last_at, found.count, found.told_at) == (now, now + HOUR, 2, now + HOUR)
    store.record_faults([], ["email"], now + 2 * HOUR)
    assert store.open_faults() == ()
    (past,) = store.past_faults(now, 9)
    assert (past.number, past.cleared_at) == (found.number, now + 2 * HOUR)
    assert told(store) == [(NoticeKind.FAULT, "feed 7"), (NoticeKind.RECOVERY, "feed 7")]
    (notice,) = store.notices((1,))
    assert notice.resolved_at == now + 2 * HOUR
    store.record_faults([PASSING], ["email"], now + 3 * HOUR)
    (again,) = store.open_faults()
    assert again.number != found.number


def test_a_passing_fault_is_kept_and_told_to_nobody(store: Store, now: datetime) -> None:
    store.record_faults([PASSING], ["email"], now)
    assert [each.fault for each in store.open_faults()] == [PASSING]
    store.record_faults([], ["email"], now + HOUR)
    assert told(store) == []


def test_who_acknowledged_a_fault_stands_with_it_and_can_be_taken_back(store: Store, now: datetime) -> None:
    store.record_faults([PASSING], ["email"], now)
    (number,) = (each.number for each in store.open_faults())
    store.acknowledge_faults([number], "ada", "the publisher knows", now)
    # It lasts now; somebody knows, and nobody is mailed.
    store.record_faults([Fault("feed 7", "feed 7: gone")], ["email"], now + HOUR)
    (found,) = store.open_faults()
    assert (found.acknowledged_by, found.acknowledged_why, found.acknowledged_at) == ("ada", "the publisher knows", now)
    assert told(store) == []
    store.take_back_acknowledgement([number])
    assert not store.open_faults()[0].is_acknowledged
    for wrong in ([99], [number, 99]):
        with pytest.raises(NotFoundError, match="no open fault '99'"):
            store.acknowledge_faults(wrong, "ada", None, now)
    assert not store.open_faults()[0].is_acknowledged


def test_a_look_between_two_runs_numbers_faults_and_ends_none_that_was_told(store: Store, now: datetime) -> None:
    store.record_faults([STALE], ["email"], now)
    for _ in range(2):
        store.note_faults([STALE, PASSING], now + HOUR)
    # It is runs that are counted.
    assert {each.fault.subject: each.count for each in store.open_faults()} == {STALE.subject: 1, PASSING.subject: 0}
    store.note_faults([], now + HOUR)
    assert [each.fault.subject for each in store.open_faults()] == [STALE.subject]
    store.record_faults([], ["email"], now + 2 * HOUR)
    assert told(store)[-1] == (NoticeKind.RECOVERY, STALE.subject)


def test_where_nobody_is_told_faults_are_kept_all_the_same(store: Store, now: datetime) -> None:
    assert store.record_faults([STALE], None, now) == 0
    assert [each.fault for each in store.open_faults()] == [STALE]
    assert store.deliveries() == ()
    # Once that is switched on, what lasts is told.
    assert store.record_faults([STALE], ["email"], now + HOUR) == 1


def test_more_faults_than_a_statement_holds(store: Store, now: datetime) -> None:
    many = [Fault(f"feed {n}", f"feed {n}: answered 503") for n in range(1203)]
    store.record_faults(many, ["email"], now)
    store.record_faults(many, ["email"], now + HOUR)
    found = store.open_faults()
    assert (len(found), {each.count for each in found}) == (1203, {2})
    store.acknowledge_faults([each.number for each in found], "ada", None, now)
    store.record_faults([], None, now + HOUR)
    assert store.open_faults() == ()
