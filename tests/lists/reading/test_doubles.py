"""Entries of a list that have the id of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.lists.reading.doubles import Doubles
from watchlist.lists.reading.notes import Notes
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.recognise import read_list
from watchlist.model import Entity, Name, Schema

Official = Callable[[str], bytes]


def entity(source_id: str, name: str) -> Entity:
    return Entity("x", source_id, Schema.PERSON, (Name(name),))


def told_apart(entities: Iterable[Entity], notes: Notes) -> Iterator[Entity]:
    doubles = Doubles(notes)
    return (own for each in entities if (own := doubles.told_apart(each)) is not None)


@given(st.lists(st.tuples(st.sampled_from(["1", "1~1", "1~2", "2"]), st.sampled_from("ABC"))))
def test_each_has_an_id_of_its_own_and_nothing_is_lost(listed: list[tuple[str, str]]) -> None:
    notes = Notes()
    found = list(told_apart((entity(*each) for each in listed), notes))
    assert len({each.source_id for each in found}) == len(found)
    # What was said is there, under the id it was said under or one that begins with it, and once.
    said = sorted((id, name) for id, name in set(listed))
    assert sorted(each.names[0].text for each in found) == sorted(name for _, name in said)
    assert all(each.source_id.partition("~")[0] in ("1", "2") for each in found)
    assert sum(cell.unread for cell in notes.counts()) == len(listed) - len({id for id, _ in listed})


@pytest.mark.parametrize(
    ("list_id", "name", "old", "new", "own"),
    [
        ("eu_fsf", "eu.xml", 'logicalId="99">', 'logicalId="13">', "13~2"),
        ("un_sc_sanctions", "un.xml", "<DATAID>7000002<", "<DATAID>7000001<", "7000001~2"),
        ("us_ofac_sdn", "sdn_enhanced.xml", '<entity id="9003">', '<entity id="9002">', "9002~2"),
        ("us_csl", "csl.csv", '"c3"', '"a1b2"', "a1b2~2"),
    ],
)
def test_an_authority_gives_an_id_twice(
    tmp_path: Path, official: Official, list_id: str, name: str, old: str, new: str, own: str
) -> None:
    def read(content: bytes) -> tuple[ParsedList, list[Entity]]:
        path = tmp_path / name
        path.write_bytes(content)
        parsed = read_list(list_id, path)
        return parsed, list(parsed.entities())

    content = official(name)
    assert old.encode() in content
    _, before = read(content)
    parsed, found = read(content.replace(old.encode(), new.encode()))
    assert [each.names for each in found] == [each.names for each in before]
    assert [each.source_id for each in found if "~" in each.source_id] == [own]
    assert [(cell.field, cell.unread) for cell in parsed.notes.counts()][-1:] == [("reference", 1)]
