from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.lists.words.days.date_cells import DateCell, read_dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("03/1965, 04/1965", ("1965-03", "1965-04")),
        ("Approximately 1942", ("1942",)),
        ("01/2001", ("2001-01",)),
        ("12/01/1965 13/02/1966", ("1965-01-12", "1966-02-13")),
        ("1965-07-15 OR 1969-09-28", ("1965-07-15", "1969-09-28")),
        ("a) 14/10/1974;          b) 19/11/1974", ("1974-10-14", "1974-11-19")),
        ("1) 1965 2) 1966", ("1965", "1966")),
        ("14 Mar 1974 >> 13 Apr 1974 >> 1 Aug 1970", ("1974-03-14", "1974-04-13", "1970-08-01")),
        ("19/03/1967; alt DOB: 19/11/56", ("1967-03-19", "1956-11-19")),
        ("a) 1/01/1968 b) 23-Apr-68", ("1968-01-01", "1968-04-23")),
        ("1965, 29 March", ("1965-03-29",)),
        ("1965, 29 March 1966", ("1965", "1966-03-29")),
        ("29-Aprl-1967", ("1967-04-29",)),
        ("21. Jul 1997", ("1997-07-21",)),
        ("Sep-62", ("1962-09",)),
        ("12 août 1960", ("1960-08-12",)),
        ("03/16/1972", ("1972-03-16",)),
        ("3 Dec 1979 (from false passport S335026)", ("1979-12-03",)),
        ("15 May 1968 (as Ilya) 1970 (as Elias)", ("1968-05-15", "1970")),
        ("2020-04-15T00:00:00+02:00", ("2020-04-15",)),
        ("circa 15 Oct 1967", ("1967",)),
        ("c. 1946 or 1949", ("1946", "1949")),
    ],
)
def test_every_date_of_a_cell_is_read(text: str, found: tuple[str, ...]) -> None:
    assert read_dates(text) == DateCell(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Between 1968 and 1973", ("1968/1973",)),
        ("a) Between Aug. and Sep 1977    b) 1976", ("1977-08/1977-09", "1976")),
        ("Approximately 1955- 1958", ("1955/1958",)),
        ("approximately 1977/1978", ("1977/1978",)),
        ("1962-63", ("1962/1963",)),
        ("born in the early 1960s", ("1960/1969",)),
        ("March 1968 to March 1969", ("1968-03/1969-03",)),
        ("1-5 May 1960", ("1960-05-01/1960-05-05",)),
        ("1 or 2 May 1960", ("1960-05-01", "1960-05-02")),
        ("1974-05-03 / 1975-05-03", ("1974-05-03", "1975-05-03")),
        ("1962-03-21/1962-04-20", ("1962-03-21/1962-04-20",)),
    ],
)
def test_a_range_is_told_from_alternatives(text: str, found: tuple[str, ...]) -> None:
    assert read_dates(text) == DateCell(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(30-35 years old)", ()),
        ("1340", ()),
        # The Islamic or the Persian year? Nothing tells.
        ("19 Apr. 1982 b) 1345 (Hijri)", ("1982-04-19",)),
        ("1960 or before", ()),
        ("no later than 1960", ()),
        ("not earlier than 1970", ()),
        ("31/02/1967; 1968", ("1968",)),
        ("before 1960", ()),
        ("soon", ()),
    ],
)
def test_what_is_no_date_is_noted_and_keeps_no_other_from_being_read(text: str, found: tuple[str, ...]) -> None:
    assert read_dates(text) == DateCell(found, unread=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("24/06/1402 (Hijri Calendar)", ("1982-04-18/1982-04-20",)),
        ("19 Apr. 1982 b) 24/06/1402 (Hijri Calendar)", ("1982-04-19", "1982-04-18/1982-04-20")),
        ("1392 AH", ("1972/1973",)),
        ("1380-1385 (Islamic calendar)", ("1960/1966",)),
        ("1342 (Hijri Shamsi)", ("1963/1964",)),
        ("11 / 11 / 1357 (solar Hijri)", ("1979-01-30/1979-02-01",)),
        ("1960 (1339 Hijri)", ("1960", "1960/1961")),
        ("Hijri 1395", ("1975/1976",)),
    ],
)
def test_a_date_of_another_calendar_is_between_two_days_of_ours(text: str, found: tuple[str, ...]) -> None:
    assert read_dates(text) == DateCell(found)


def test_a_forgotten_mark_before_the_year_is_put_in() -> None:
    assert read_dates("10/061962") == DateCell(("1962-06-10",))


@pytest.mark.parametrize("text", ["", None, "NA", "n/a", " - ", "Unknown", "(as at Dec. 2003)"])
def test_a_cell_that_says_that_nothing_is_known_is_read(text: str | None) -> None:
    assert read_dates(text) == DateCell()


_DAYS = st.dates(date(1900, 1, 1), date(2010, 12, 31))
#: How a day is written, and how much of it that leaves.
_WRITTEN = (
    ("%Y-%m-%d", "%Y-%m-%d"),
    ("%d/%m/%Y", "%Y-%m-%d"),
    ("%d.%m.%Y", "%Y-%m-%d"),
    ("%d %b %Y", "%Y-%m-%d"),
    ("%d %b. %Y", "%Y-%m-%d"),
    ("%d-%B-%Y", "%Y-%m-%d"),
    ("%B %d, %Y", "%Y-%m-%d"),
    ("%b %Y", "%Y-%m"),
    ("%m/%Y", "%Y-%m"),
    ("%Y", "%Y"),
    ("circa %Y", "%Y"),
    ("approximately %d %B %Y", "%Y"),
    ("dd/mm/%Y", "%Y"),
)
_JOINTS = st.sampled_from(["; ", " or ", ", or ", " OR ", "\n", " >> ", " / ", ";", " alt DOB: "])


@given(st.lists(st.tuples(_DAYS, st.sampled_from(_WRITTEN)), min_size=1, max_size=5), _JOINTS)
def test_dates_in_any_way_of_writing_and_joined_in_any_way_come_back(
    written: list[tuple[date, tuple[str, str]]], joint: str
) -> None:
    cell = joint.join(day.strftime(how) for day, (how, _) in written)
    wanted = tuple(dict.fromkeys(day.strftime(left) for day, (_, left) in written))
    assert read_dates(cell) == DateCell(wanted)


@given(st.lists(st.tuples(_DAYS, st.sampled_from(_WRITTEN)), min_size=1, max_size=5))
def test_letters_in_front_of_dates_tell_them_apart(written: list[tuple[date, tuple[str, str]]]) -> None:
    cell = " ".join(f"{letter}) {day.strftime(how)}" for letter, (day, (how, _)) in zip("abcde", written, strict=False))
    assert read_dates(cell).dates == tuple(dict.fromkeys(day.strftime(left) for day, (_, left) in written))


@given(_DAYS, _DAYS, st.sampled_from([("between ", " and "), ("", " to "), ("from ", " to "), ("", " - "), ("", "-")]))
def test_two_ends_make_a_range(one: date, other: date, words: tuple[str, str]) -> None:
    start, end = sorted((one.year, other.year))
    wanted = str(start) if start == end else f"{start}/{end}"
    assert read_dates(f"{words[0]}{start}{words[1]}{end}").dates == (wanted,)


@given(st.text())
def test_nothing_that_a_cell_may_hold_breaks_the_reader(text: str) -> None:
    for found in read_dates(text).dates:
        assert all(end[:4].isdigit() for end in found.split("/"))


@pytest.mark.parametrize("piece", [".", "c ", "1-", "1/", "between ", "1960-", "May ", "or 1 ", "as at "])
def test_a_cell_of_repetitions_is_read_at_once(piece: str) -> None:
    start = time.process_time()
    read_dates(piece * 100_000)
    assert time.process_time() - start < 0.5
