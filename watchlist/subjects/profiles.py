"""What is compared of an entry with those of other lists, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from watchlist.model import Entity, Identifier, Name, NameKind, NameOrigin, Schema
from watchlist.subjects.births import Births
from watchlist.subjects.likeness import kind_of
from watchlist.subjects.naming import ComparedName, Naming

#: Identifiers that name one thing by themselves.
WORLDWIDE = frozenset({"imo", "lei", "crypto", "mmsi"})
#: Identifiers that name one thing among those of one country.
NATIONAL = frozenset({"passport", "national_id", "tax_id", "registration"})
#: Shorter national numbers are shared by chance.
_SHORTEST_NUMBER = 6
#: Names by which an authority knows somebody, and by which others may.
_COMPARED = (NameKind.PRIMARY, NameKind.ALIAS, NameKind.PREVIOUS)
#: ``QDi.118``, and as it was in the resolutions on Iran: ``I.47.C.1``.
_UN_REFERENCE = re.compile(r"[A-Z]{2}(?P<kind>[ei])\.\d{3}|(?P<former>[EI])\.(?:\d{2}|AC)\.[\w.()]+")

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")

#: A number as it is compared, with how it is written and, of a national one, its country.
Numbers = dict[tuple[str, str], Identifier]


@dataclass(frozen=True, slots=True)
class Profile:
    """An entry of a list as it is compared."""

    id: str
    list_id: str
    schema: Schema
    kind: str
    names: tuple[ComparedName, ...]
    births: Births
    countries: frozenset[str]
    #: The countries, and the words, that its programs are about.
    cause: frozenset[str]
    cause_words: frozenset[str]
    #: The words of offices held.
    offices: frozenset[str]
    #: The UN's references of such a thing, its own or of others that the list mentions with it.
    references: frozenset[str]
    numbers: Numbers = field(default_factory=dict)


def profile(entity: Entity, naming: Naming) -> Profile:
    """What is compared of an entity. Names of the user and of the press are left out: lists are compared."""
    kind = kind_of(entity.schema)
    cause, words = naming.cause(entity.programs)
    read = (naming.read(name, entity.schema) for name in entity.names if _is_compared(name))
    return Profile(
        id=entity.id,
        list_id=entity.list_id,
        schema=entity.schema,
        kind=kind,
        names=tuple(name for name in read if name.words),
        births=Births.of(entity.birth_dates),
        countries=frozenset(entity.countries),
        cause=cause,
        cause_words=words,
        offices=frozenset(word for text in entity.designations for word in _LONG_WORD.findall(text.casefold())),
        references=frozenset(_references(entity)),
        numbers={key: each for each in entity.identifiers if (key := number_key(each)) is not None},
    )


def number_key(identifier: Identifier) -> tuple[str, str] | None:
    """An identifier as it is compared; None where it may well be somebody else's too."""
    value = re.sub(r"[^0-9A-Za-z]", "", identifier.value)
    # Bitcoin and others tell case apart.
    if identifier.kind == "crypto":
        return identifier.kind, value
    value = value.upper().removeprefix("IMO").lstrip("0")
    known = identifier.kind in WORLDWIDE or (identifier.kind in NATIONAL and len(value) >= _SHORTEST_NUMBER)
    return (identifier.kind, value) if known and value else None


def _is_compared(name: Name) -> bool:
    return name.origin is NameOrigin.AUTHORITY and name.kind in _COMPARED


def _references(entity: Entity) -> set[str]:
    """The UN's references that can be the entity's own by kind: ``QDi.001`` is of a person, ``QDe.001`` is not."""
    wanted = "i" if entity.schema is Schema.PERSON else "e"
    given = [each.value for each in entity.identifiers if each.kind == "other"]
    found = (_UN_REFERENCE.fullmatch(value) for value in (*given, entity.reference or ""))
    return {
        match.group() for match in found if match is not None and (match["kind"] or match["former"].lower()) == wanted
    }
