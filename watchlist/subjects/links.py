"""What speaks for two entities of different lists being one: a number that only one has, or a name and more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from watchlist.model import Entity, Schema
from watchlist.subjects.likeness import kind_of, latin_spelling, strong_names

#: Identifiers that name one thing by themselves.
_WORLDWIDE = frozenset({"imo", "lei", "crypto", "mmsi"})
#: Identifiers that name one thing among those of one country.
_NATIONAL = frozenset({"passport", "national_id", "tax_id", "registration"})
#: Shorter national numbers are shared by chance.
_SHORTEST_NUMBER = 6
#: What more entities than this share is no name of one of them.
_MOST_ALIKE = 30
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

#: What two entities have in common only if they are one; ``number`` or ``name`` first.
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Two entities that seem to be one, and by what."""

    one: str
    other: str
    reason: str


class Links:
    """What the entities of all lists have in common."""

    def __init__(self, found: Iterable[Entity]) -> None:
        #: The list of each entity, by its id.
        self.lists: dict[str, str] = {}
        self._ids: defaultdict[_Key, list[str]] = defaultdict(list)
        self._reasons: dict[_Key, str] = {}
        for entity in found:
            self.lists[entity.id] = entity.list_id
            for key, reason in _keys(entity):
                self._ids[key].append(entity.id)
                self._reasons[key] = reason

    def __iter__(self) -> Iterator[Link]:
        """Numbers before names, since they are safer and a group takes one entity of each list."""
        for key in sorted(self._ids, key=lambda key: (key[0] != "number", key)):
            ids = sorted(set(self._ids[key]))
            namesakes = len({self.lists[id] for id in ids}) < len(ids)
            if len(ids) > _MOST_ALIKE or (namesakes and key[0] == "name"):
                # Which of a list's two namesakes is meant elsewhere, nobody can tell from the name.
                continue
            for one, other in combinations(ids, 2):
                yield Link(one, other, self._reasons[key])


def _keys(entity: Entity) -> Iterator[tuple[_Key, str]]:
    """What an entity shares with another only if they are one, and how to say so."""
    kind = kind_of(entity.schema)
    for each in entity.identifiers:
        value = re.sub(r"[^0-9A-Za-z]", "", each.value)
        # Bitcoin and others tell case apart.
        value = value if each.kind == "crypto" else value.upper()
        if each.kind in _WORLDWIDE:
            # A company's IMO number on one list is not its ship's on another.
            yield ("number", kind, each.kind, value), f"{each.kind.upper()} {each.value}"
        elif each.kind in _NATIONAL and len(value) >= _SHORTEST_NUMBER and each.detail:
            label = each.kind.replace("_", " ")
            yield ("number", kind, each.kind, each.detail.casefold(), value), f"{label} {each.value}"
    if entity.schema in (Schema.VESSEL, Schema.AIRCRAFT):
        return
    for words in {latin_spelling(name.text) for name in strong_names(entity)}:
        if " " not in words:
            continue
        if entity.schema is Schema.PERSON:
            for date in entity.birth_dates:
                if _FULL_DATE.fullmatch(date):
                    yield ("name", kind, words, date), f"name and date of birth {date}"
                for country in entity.countries:
                    yield ("name", kind, words, date[:4], country), f"name, year of birth and country {country}"
        else:
            for country in entity.countries:
                yield ("name", kind, words, country), f"name and country {country}"
