"""Which entries of several lists are taken for one, and are they?

    python -m benchmarks.identity [--data FOLDER] [--errors N] [--half even|odd]

OFAC's list, the UN's and the United Kingdom's are grouped as `lists sync` does. Recall is asked of pairs that are one
on hard evidence, halved by the reference of the other list: the even half was at hand while the weights were chosen.
Recall is also asked of entries of the UK's and Australia's lists that print the UN's permanent reference of an entry of
their own kind, and have a name of the same words: what they print is often that of an associate. Of Australia, which
prints hardly one of who is listed, those that have a name and a day of birth with the UN's alone are asked too.
Precision can be bounded without reading: a list is cut in two, and whoever in one half is taken for somebody in the
other is wrong, unless the authority itself lists him twice. ``--errors`` lists the pairs that are missed, and who is
taken for whom.

Wanted: recall 0.95 of persons and 0.90 of bodies on either list; of a thousand entries of one list two at most taken
for another of it.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from benchmarks.asked import Asked, answer, half_of, named
from benchmarks.figures import Figures
from watchlist.lists.recognise import read_list
from watchlist.matching.engine import Engine
from watchlist.matching.naming import NamesAsMatched
from watchlist.model import Entity, GroupMember, Schema
from watchlist.subjects.grouping import group_entities

_OFAC, _UN, _UK, _AU = "us_ofac_sdn", "un_sc_sanctions", "gb_fcdo_sanctions", "au_dfat_sanctions"
#: Where each list is, in the trial data.
_FILES = {
    _OFAC: "data/ofac_2023-12-29",
    _UN: "data/un/consolidated_2025-11-15.xml.gz",
    _UK: "data/uk/sanctionsconlist_2018-04-13.csv.gz",
    _AU: "data/authorities/au_dfat_2024-12.xlsx.gz",
}
#: The UN's permanent reference: of a person with an i, of a body with an e.
_UN_REFERENCE = re.compile(r"[A-Z]{2}[ei]\.\d{3}")
#: The pairs know the British list under the name that it had.
_LISTS = {"un_sc_sanctions": _UN, "gb_hmt_sanctions": _UK}


@dataclass(frozen=True, slots=True)
class KnownPair:
    """Two entries that are one, and whether they were taken for one."""

    list_id: str
    #: By what the list's entry is known in the pairs.
    reference: str
    schema: Schema
    caption: str
    found: bool


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Entries of one list that were taken for one another once it was cut in two."""

    entries: int
    joined: tuple[tuple[Entity, Entity, str], ...]

    @property
    def share(self) -> float:
        """The share of entries that were taken for another."""
        return 2 * len(self.joined) / self.entries if self.entries else 0.0


@lru_cache(maxsize=1)
def listed(shared: Path) -> dict[str, tuple[Entity, ...]]:
    """The entries of each list."""
    return {list_id: tuple(read_list(list_id, shared / file).entities()) for list_id, file in _FILES.items()}


def known_pairs(shared: Path) -> list[KnownPair]:
    """Every pair whose two entries are on the lists, with what became of it."""
    entities = {each.id: each for entries in listed(shared).values() for each in entries}
    group_of = _groups(shared)
    by_reference = {each.reference: each.id for each in listed(shared)[_UN] if each.reference}
    found = []
    with (shared / "bench/identity/pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            list_id, reference = _LISTS[row["list"]], row["id_or_reference"]
            other = by_reference.get(reference, "") if list_id == _UN else f"{list_id}:{reference}"
            one = f"{_OFAC}:{row[_OFAC]}"
            if one in entities and other in entities:
                same = group_of.get(one) is not None and group_of.get(one) == group_of.get(other)
                found.append(KnownPair(list_id, reference, Schema(row["schema"]), entities[other].caption, same))
    return found


def shared_pairs(shared: Path, list_id: str) -> list[KnownPair]:
    """Pairs of a list with the UN's that have a name of the same words, and a reference or a day of birth, in common.

    A day that two of the UN's with this name have tells nobody.
    """
    found: dict[tuple[str, str], KnownPair] = {}
    group_of = _groups(shared)
    of_name: dict[tuple[bool, frozenset[str]], list[Entity]] = {}
    for each in listed(shared)[_UN]:
        for words in _wordings(each):
            of_name.setdefault((each.schema is Schema.PERSON, words), []).append(each)
    for one in listed(shared)[list_id]:
        printed = {each.value for each in one.identifiers if _UN_REFERENCE.fullmatch(each.value)}
        days = {date for date in one.birth_dates if len(date) == len("1955-01-15")}
        for words in _wordings(one):
            alike = {each.id: each for each in of_name.get((one.schema is Schema.PERSON, words), ())}
            of_a_day = [each for each in alike.values() if days & set(each.birth_dates)]
            hard = [each for each in alike.values() if each.reference in printed]
            for other in hard or (of_a_day if len(of_a_day) == 1 else []):
                same = group_of.get(one.id) is not None and group_of.get(one.id) == group_of.get(other.id)
                pair = KnownPair(list_id, other.reference or "", one.schema, one.caption, same)
                found[one.id, other.id] = pair
    return list(found.values())


def _wordings(entity: Entity) -> set[frozenset[str]]:
    """The words of each name of several, in whatever order."""
    words = (frozenset(re.findall(r"\w+", name.text.casefold())) for name in entity.names)
    return {each for each in words if len(each) > 1}


@lru_cache(maxsize=1)
def _groups(shared: Path) -> dict[str, str]:
    """The group of each entry of all lists that is in one."""
    entries = (each for entities in listed(shared).values() for each in entities)
    return {member.entity_id: member.group_id for member in grouped(entries)}


def recall(pairs: Iterable[KnownPair], list_id: str, *, persons: bool) -> Figures:
    """How many of a list's pairs were found, persons or bodies."""
    wanted = (Schema.PERSON,) if persons else (Schema.ORGANIZATION, Schema.COMPANY, Schema.LEGAL_ENTITY)
    of_list = [pair for pair in pairs if pair.list_id == list_id and pair.schema in wanted]
    right = sum(pair.found for pair in of_list)
    return Figures(right, 0, len(of_list) - right)


def namesakes(shared: Path, list_id: str) -> Namesakes:
    """Cut a list in two, entry by entry, and see who is taken for whom."""
    entries = listed(shared)[list_id]
    halves = {each.id: replace(each, list_id=f"{each.list_id}_{at % 2}") for at, each in enumerate(entries)}
    by_id = {each.id: each for each in halves.values()}
    groups: dict[str, list[GroupMember]] = {}
    for member in grouped(halves.values()):
        groups.setdefault(member.group_id, []).append(member)
    joined = ((by_id[one.entity_id], by_id[other.entity_id], other.reason) for one, other in groups.values())
    return Namesakes(len(entries), tuple(joined))


def grouped(entities: Iterable[Entity]) -> tuple[GroupMember, ...]:
    """The groups, with names read as the program reads them."""
    return group_entities(entities, NamesAsMatched())


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the figures and, if asked to, the errors."""
    started = time.process_time()
    pairs = known_pairs(shared)
    seconds = time.process_time() - started
    count = sum(map(len, listed(shared).values()))
    for half in asked.halves:
        kept = [pair for pair in pairs if half_of(pair.reference) == half]
        for list_id in (_UN, _UK):
            for persons, what in ((True, "persons"), (False, "bodies")):
                figures = recall(kept, list_id, persons=persons)
                total = figures.right + figures.missed
                print(f"identity   {named(half):12s} {list_id} {what:8s} recall {figures.recall:.3f} of {total}")
        for pair in [pair for pair in kept if not pair.found][: asked.errors_of(half)]:
            print(f"  missed {pair.list_id} {pair.reference} {pair.schema} {pair.caption}")
    for list_id in (_UK, _AU):
        of_un = shared_pairs(shared, list_id)
        for persons, what in ((True, "persons"), (False, "bodies")):
            figures = recall(of_un, list_id, persons=persons)
            total = figures.right + figures.missed
            print(f"identity   {list_id} with {_UN} {what:8s} recall {figures.recall:.3f} of {total}")
        for pair in [pair for pair in of_un if not pair.found][: asked.errors]:
            print(f"  missed {pair.list_id} {pair.reference} {pair.schema} {pair.caption}")
    for list_id in _FILES:
        twice = namesakes(shared, list_id)
        print(f"identity   {list_id}: {len(twice.joined)} pairs of its {twice.entries} entries are taken for one")
        for one, other, reason in twice.joined[: asked.errors]:
            print(f"  {one.source_id} {one.caption} | {other.source_id} {other.caption}: {reason}")
    print(f"identity   {count} entries read and grouped in {seconds:.1f} s of CPU")


if __name__ == "__main__":
    answer(__doc__, show)
