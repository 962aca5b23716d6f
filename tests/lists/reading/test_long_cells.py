"""A cell, however long, costs what is in proportion to its length: no list file holds up the program by one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.growth import assert_grows_no_faster_than_input
from watchlist.lists.forms.ca import names as ca
from watchlist.lists.forms.ofac.facts import Facts
from watchlist.lists.forms.ofac.remarks import split_remarks
from watchlist.lists.forms.uk import facts as uk
from watchlist.lists.forms.un import names as un
from watchlist.lists.reading.draft import Draft, split_lettered
from watchlist.lists.reading.files import file_at
from watchlist.lists.words.countries import read_countries
from watchlist.lists.words.days.date_cells import read_dates
from watchlist.lists.words.documents import read_document
from watchlist.lists.words.name_notes import whole_brackets, without_note
from watchlist.lists.words.places import countries_of
from watchlist.model import NameKind, Schema

#: What is repeated: what separates names, dates, countries and remarks, and halves of brackets and quotes.
PUMPS = (
    "( ",
    ") ",
    "(a) ",
    ", Ltd",
    "; ",
    "/",
    " or ",
    "a.k.a. '; ",
    "A.",
    " aka ",
    "1965 ",
    "and ",
    ": ",
    "no. 1",
    "b) ",
)


def _draft(schema: Schema = Schema.LEGAL_ENTITY) -> Draft:
    return Draft(file_at("test", Path("none")), "1", schema)


def _remarks(text: str) -> None:
    facts = Facts("test", "1", Schema.PERSON)
    for phrase in split_remarks(text):
        facts.phrase(phrase)


READERS: dict[str, Callable[[str], object]] = {
    "Canada's aliases": lambda text: ca.aliases(text, person=True),
    "Canada's body": lambda text: ca.add_body(_draft(), text),
    "the UN's aliases": lambda text: un.add_aliases(_draft(), text, NameKind.ALIAS),
    "the UK's numbers": lambda text: uk.registration(_draft(), text),
    "OFAC's remarks": _remarks,
    "several points": split_lettered,
    "an address": lambda text: _draft().whereabouts(text),
    "documents": lambda text: _draft(Schema.PERSON).document("passport", text),
    "dates": read_dates,
    "countries": read_countries,
    "one document": read_document,
    "brackets": whole_brackets,
    "a note": without_note,
    "places": countries_of,
}


@pytest.mark.parametrize("what", READERS)
def test_a_long_cell_takes_time_in_proportion_to_its_length(what: str) -> None:
    number = count()

    def read(size: int, pump: str) -> None:
        # Each time another text: answers are remembered by it.
        READERS[what](f"A{next(number)}" + pump * (size // len(pump)) + "x")

    for pump in PUMPS:
        assert_grows_no_faster_than_input(lambda size, pump=pump: read(size, pump), 2_000)


def test_what_is_repeated_a_hundred_thousand_times_is_read() -> None:
    assert whole_brackets(")" * 100_000 + "GREY HARBOUR" + ")" * 100_000 + " ,;") == "GREY HARBOUR"
    assert [name.text for name in ca.aliases("Grey Harbour" + ", Ltd" * 50_000, person=False)] == [
        "Grey Harbour" + ", Ltd" * 50_000
    ]
    assert split_remarks("a.k.a. 'GREY" + "; TIDE" * 50_000 + "'; DOB 1955.")[1:] == ["DOB 1955"]
