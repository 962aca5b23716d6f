from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watchlist.errors import SnapshotRejectedError
from watchlist.lists.forms import published_lists
from watchlist.lists.guard import SnapshotCounts, check
from watchlist.model import CellCount, Snapshot

BEFORE = Snapshot("us_ofac_sdn", "2023-12-29", None, datetime(2023, 12, 30, tzinfo=UTC), "0" * 64, 1000, 2000)


def counts(entities: int, names: int, declared: int | None = None) -> SnapshotCounts:
    return SnapshotCounts("us_ofac_sdn", entities, names, declared)


@pytest.mark.parametrize("now", [counts(800, 1600), counts(5000, 9000, 5000), counts(1, 1, 1)])
def test_a_first_or_plausible_snapshot_passes(now: SnapshotCounts) -> None:
    check(None, now)
    if now.entities > 1:
        check(BEFORE, now)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (counts(0, 0), "it has no entities"),
        (counts(1000, 2000, 1001), "it declares 1,001 entities, but 1,000 were read"),
        (counts(799, 2000), "it shrank from 1,000 to 799 entities, more than 20%"),
        (counts(1000, 1599), "it shrank from 2,000 to 1,599 names, more than 20%"),
    ],
)
def test_an_implausible_snapshot_is_refused_with_the_reason(now: SnapshotCounts, reason: str) -> None:
    with pytest.raises(SnapshotRejectedError) as caught:
        check(BEFORE, now)
    assert reason in caught.value.reason
    assert caught.value.list_id == "us_ofac_sdn"


def test_the_minimum_holds_only_where_an_authority_is_given() -> None:
    check(None, counts(500, 900))
    with pytest.raises(SnapshotRejectedError, match="500 entities, expected at least 10,000"):
        check(None, counts(500, 900), published_lists()["us_ofac_sdn"])


def test_a_field_that_nobody_has_any_more_is_refused() -> None:
    before = replace(BEFORE, form="ofac_csv", filled=(("birth_dates", 600), ("designations", 2)))
    now = replace(counts(1000, 2000), form="ofac_csv", filled={"programs": 1000})
    with pytest.raises(SnapshotRejectedError, match="no entity has birth dates any more, 600 had"):
        check(before, now)
    check(before, replace(now, filled={"birth_dates": 1}))
    check(before, replace(now, form="generic_csv"))


class TestCutOff:
    before = replace(BEFORE, tail=tuple(f"us_ofac_sdn:{n}" for n in range(951, 1001)))

    @pytest.mark.parametrize("lost", [2, 50, 120])
    def test_a_file_that_only_lacks_its_end_is_refused(self, lost: int) -> None:
        gone = frozenset(f"us_ofac_sdn:{n}" for n in range(1001 - lost, 1001))
        now = replace(counts(1000 - lost, 2000 - 2 * lost), gone=gone)
        with pytest.raises(SnapshotRejectedError, match=f"the last {lost} entities of the file before"):
            check(self.before, now)

    @pytest.mark.parametrize(
        ("gone", "added"),
        [({1000}, 0), ({999, 1000}, 1), ({998, 999}, 0), ({3, 4, 5}, 0), (set(range(900, 1000)), 0)],
    )
    def test_delistings_are_none(self, gone: set[int], added: int) -> None:
        ids = frozenset(f"us_ofac_sdn:{n}" for n in gone)
        check(self.before, replace(counts(1000 - len(gone) + added, 2000), gone=ids, added=added))
        check(BEFORE, replace(counts(990, 1990), gone=ids))


def test_a_field_of_which_many_cells_cannot_be_read_is_a_fault_of_the_file() -> None:
    few = CellCount("birth_dates", 1000, 50, (("7", "soon"),))
    many = CellCount("birth_dates", 100, 6, (("7", "soon"),))
    lone = CellCount("birth_dates", 4, 4, (("7", "soon"),))
    for cells in ((few,), (lone,)):
        check(None, replace(counts(1000, 2000), cells=cells))
    with pytest.raises(SnapshotRejectedError) as caught:
        check(None, replace(counts(1000, 2000), cells=(few, many)))
    assert caught.value.reason == (
        "6 of 100 cells of birth dates cannot be read (6%, more than 5%), the first of them 'soon' of 7; --accept takes"
        " the list without them"
    )
