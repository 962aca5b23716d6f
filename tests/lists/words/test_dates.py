from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchlist.lists.words.dates import (
    excel_date,
    iso_date,
    iso_dates,
    iso_parts,
    iso_range,
    point_in_time,
    start_of_day,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1967-10-15", "1967-10-15"),
        ("2011-02-26-05:00", "2011-02-26"),
        ("2026-01-01T00:00:00Z", "2026-01-01"),
        ("1967-10", "1967-10"),
        ("1967", "1967"),
        ("15/10/1967", "1967-10-15"),
        ("dd/mm/1967", "1967"),
        ("dd/10/1967", "1967-10"),
        ("00/00/1967", "1967"),
        ("15.10.1967", "1967-10-15"),
        ("01/2001", "2001-01"),
        ("mm/2001", "2001"),
        ("00/2001", "2001"),
        ("circa 01/2001", "2001"),
        ("13/2001", None),
        ("15 Oct. 1967", "1967-10-15"),
        ("15 October 1967", "1967-10-15"),
        ("13-Feb-2026", "2026-02-13"),
        ("Nov. 1973 ", "1973-11"),
        ("October 15, 1967", "1967-10-15"),
        ("circa 15 Oct 1967", "1967"),
        ("Approximately 1967", "1967"),
        ("31/02/1967", None),
        ("15 Brumaire 1967", None),
        ("0042", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("１９６７", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str | None, found: str | None) -> None:
    assert iso_date(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1951 to 1953", "1951/1953"),
        ("1951-1953", "1951/1953"),
        ("between 1951 and 1953", "1951/1953"),
        ("15 Jan 1951 to 1953", "1951-01-15/1953"),
        ("1951", "1951"),
        ("from here to there", None),
    ],
)
def test_a_range_has_two_ends(text: str, found: str | None) -> None:
    assert iso_dates(text) == found


def test_a_range_with_one_end_is_a_date() -> None:
    assert (iso_range("1951", None), iso_range("1951", "1951"), iso_range(None, None)) == ("1951", "1951", None)


def test_parts_make_as_much_of_a_date_as_there_are() -> None:
    assert iso_parts("1967", "10", "15") == "1967-10-15"
    assert iso_parts("1967", "10") == "1967-10"
    assert iso_parts("1967", None, "15") == "1967"
    assert iso_parts(None, "10", "15") is None


def test_excel_counts_days() -> None:
    assert (excel_date("20104"), excel_date("99999999"), excel_date("x")) == ("1955-01-15", None, None)


def test_only_a_whole_day_has_a_beginning() -> None:
    assert start_of_day("2026-02-13") == datetime(2026, 2, 13, tzinfo=UTC)
    assert [start_of_day(text) for text in ("2026-02", "2026", "", None)] == [None] * 4


def test_a_point_in_time_is_in_utc() -> None:
    assert point_in_time("2026-02-13T00:30:00+02:00") == datetime(2026, 2, 12, 22, 30, tzinfo=UTC)
    assert point_in_time("2026-02-13T00:30:00") == datetime(2026, 2, 13, 0, 30, tzinfo=UTC)
    assert [point_in_time(text) for text in ("0001-01-01T00:00:00+05:00", "soon", None)] == [None] * 3
