"""The compiled index: what words are looked up in, memory-mapped from its file."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from watchlist.errors import MatchingError
from watchlist.matching import table
from watchlist.matching.index import file
from watchlist.matching.index.keys import digest, frame_key, pair_key
from watchlist.matching.index.packed_parts import unpacked_parts
from watchlist.matching.language.roles import IDENTIFYING_ROLES, PERSON_ROLES, NamePart
from watchlist.matching.language.words import is_telling
from watchlist.matching.version import engine_version
from watchlist.model import Entity, Identifier, Name, NameKind, NameOrigin, Schema, Subject

_CACHED_NAMES = 1 << 16
_NONE: tuple[int, ...] = ()
_NOTHING: frozenset[str] = frozenset()


# Made by position, for every name that the search looks at: keywords take half as long again.
class ListedName(NamedTuple):
    """One name of one entity, with its parts."""

    id: int
    entity: int
    name: Name
    schema: Schema
    parts: tuple[NamePart, ...]
    person: bool
    #: The symbols and frames with what they weigh, and whether they tell this name from others: for a quick look
    #: whether enough of the name can be there.
    weights: tuple[tuple[str, str, float, bool], ...]
    #: The keys of neighbouring parts as one, under which others may write them.
    joined: frozenset[str]


def _is_telling(part: NamePart) -> bool:
    return part.role in IDENTIFYING_ROLES and is_telling(part.form)


class CompiledIndex:
    """An immutable index over the names of many entities; safe to share between threads and processes."""

    def __init__(self, about: Mapping[str, Any], sections: Mapping[str, file.Section]) -> None:
        self._about = dict(about)
        self._sections = dict(sections)
        self.snapshots: dict[str, str] = dict(about["snapshots"])
        self.name_count: int = about["name_count"]
        self.entity_count: int = about["entity_count"]
        self._symbol_hash = sections["symbol_hash"]
        self._name_entity = sections["name_entity"]
        self._name_place = sections["name_place"]
        self._entity_subject = sections["entity_subject"]
        self._entity_offset = sections["entity_offset"]
        self._entity_blob = sections["entity_blob"]
        self._part_offset = sections["part_offset"]
        self._part_blob = sections["part_blob"]
        self.entity = lru_cache(maxsize=_CACHED_NAMES)(self._entity)
        self.subject = lru_cache(maxsize=_CACHED_NAMES)(self._subject)
        self.name = lru_cache(maxsize=_CACHED_NAMES)(self._name)
        self.same_frame = lru_cache(maxsize=_CACHED_NAMES)(self._same_frame)
        self.symbol_id = lru_cache(maxsize=_CACHED_NAMES)(self._symbol_id)

    def save(self, path: Path) -> None:
        """Write the index to ``path``, replacing what is there in one step; raises MatchingError when it can't."""
        file.write(path, self._about, self._sections)

    @classmethod
    def load(cls, path: Path) -> CompiledIndex:
        """Map an index file; raises MatchingError when it is missing, damaged or of another engine version."""
        about, sections = file.read(path)
        if about.get("engine_version") != engine_version():
            raise MatchingError(
                f"the index {path} is of engine version {about.get('engine_version')}, this is {engine_version()}:"
                " compile it again"
            )
        return cls(about, sections)

    def _symbol_id(self, symbol: str) -> int | None:
        """The number of a symbol that some listed name has."""
        return self._find(self._symbol_hash, digest(symbol))

    def symbol_text(self, symbol: int) -> str:
        """The symbol behind a number."""
        offsets = self._sections["symbol_offset"]
        return bytes(self._sections["symbol_blob"][offsets[symbol] : offsets[symbol + 1]]).decode()

    def _same_frame(self, frame: str) -> tuple[tuple[str, int], ...]:
        """Symbols with this consonant frame, and their numbers."""
        return tuple((self.symbol_text(id), id) for id in self._range("frame_hash", "frame_symbol", digest(frame)))

    def near_spelling(self, shortened: str) -> list[int]:
        """Symbols that are this word after at most one letter is left out."""
        return self._range("deletion_hash", "deletion_symbol", digest(shortened))

    def singles(self, symbol: int) -> tuple[int, ...]:
        """Names that this symbol alone points to."""
        offsets = self._sections["single_offset"]
        return tuple(self._sections["single_name"][offsets[symbol] : offsets[symbol + 1]].tolist())

    def has_pairs(self, symbol: int) -> bool:
        """Whether the symbol is part of any pair."""
        return bool(self._sections["symbol_paired"][symbol])

    def pair(self, first: int, second: int) -> tuple[int, ...]:
        """Names that these two symbols together point to, in either order."""
        key = pair_key(first, second)
        place = self._find(self._sections["pair_key"], key)
        if place is None:
            return _NONE
        offsets = self._sections["pair_offset"]
        return tuple(self._sections["pair_name"][offsets[place] : offsets[place + 1]].tolist())

    @property
    def has_identifiers(self) -> bool:
        """Whether any entity has an identifier that can be searched for."""
        return len(self._sections["identifier_hash"]) > 0

    def primary_name(self, entity: int) -> ListedName:
        """The first name of an entity, not taken apart: for what is found by something else than its name."""
        listed = self.entity(entity)
        return ListedName(-1, entity, listed.names[0], listed.schema, (), False, (), _NOTHING)

    def with_syllables(self, key: str) -> list[int]:
        """Names that have this key in a script without spaces."""
        return self._range("syllabic_hash", "syllabic_name", digest(key))

    def with_identifier(self, value: str) -> list[int]:
        """Entities that have this identifier, in its normalised form."""
        return self._range("identifier_hash", "identifier_entity", digest(value))

    def entities(self) -> Iterator[Entity]:
        """Every entity, in the order compiled."""
        return (self._entity(at) for at in range(self.entity_count))

    def listing(self, id: str) -> Entity:
        """The entity of this id; raises KeyError where the index has none."""
        for at in self._range("listing_hash", "listing_entity", digest(id)):
            if self.entity(at).id == id:
                return self.entity(at)
        raise KeyError(id)

    def subject_of(self, entity: int) -> int:
        """The number of the subject that an entity is an entry of."""
        return self._entity_subject[entity]

    def _subject(self, at: int) -> Subject:
        """The subject of a number."""
        offsets = self._sections["subject_offset"]
        entries = self._sections["subject_entity"][offsets[at] : offsets[at + 1]]
        listings = tuple(self.entity(entry) for entry in entries)
        return Subject(min(entity.id for entity in listings), listings)

    def _entity(self, at: int) -> Entity:
        blob = self._entity_blob[int(self._entity_offset[at]) : int(self._entity_offset[at + 1])]
        row = json.loads(bytes(blob))
        return Entity(
            list_id=row[0],
            source_id=row[1],
            schema=Schema(row[2]),
            names=tuple(
                Name(text, NameKind(kind), lang, given, family, NameOrigin(origin), weak=weak)
                for text, kind, lang, given, family, origin, weak in row[3]
            ),
            countries=tuple(row[4]),
            birth_dates=tuple(row[5]),
            identifiers=tuple(Identifier(*identifier) for identifier in row[6]),
            programs=tuple(row[7]),
            designations=tuple(row[8]),
            linked_to=tuple(row[9]),
        )

    def _name(self, id: int) -> ListedName:
        at = int(self._name_entity[id])
        entity = self.entity(at)
        name = entity.names[int(self._name_place[id])]
        parts, joined = unpacked_parts(bytes(self._part_blob[self._part_offset[id] : self._part_offset[id + 1]]))
        person = any(part.role in PERSON_ROLES for part in parts)
        weights = tuple(
            (part.symbol, frame_key(part.symbol), table.ROLE_WEIGHTS[part.role], _is_telling(part))
            for part in parts
            if table.ROLE_WEIGHTS[part.role]
        )
        return ListedName(id, at, name, entity.schema, parts, person, weights, joined)

    @staticmethod
    def _find(keys: file.Section, key: int) -> int | None:
        place = bisect_left(keys, key)
        return place if place < len(keys) and keys[place] == key else None

    def _range(self, keys: str, values: str, key: int) -> list[int]:
        hashes = self._sections[keys]
        start = bisect_left(hashes, key)
        end = bisect_right(hashes, key, lo=start)
        return self._sections[values][start:end].tolist()
