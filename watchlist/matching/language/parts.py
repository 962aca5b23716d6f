"""The words of a name and what each does in it."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Role(IntEnum):
    """What a word does in a name."""

    #: The first word of a family name, the one the press keeps.
    SURNAME = 0
    #: A further family name (the mother's in Spanish use).
    SURNAME2 = 1
    GIVEN = 2
    #: A further given name, patronymic or father's name.
    MIDDLE = 3
    #: A word of a person's name whose place the list does not tell.
    PERSONAL = 4
    #: What makes an organisation or a thing this one.
    CORE = 5
    PLACE = 6
    NUMBER = 7
    #: Shared by many organisations.
    GENERIC = 8
    LEGAL = 9
    #: A small word, present or absent without meaning.
    PARTICLE = 10


class Part(NamedTuple):
    """One word of a name."""

    form: str
    #: The class of spellings the word belongs to: its sound, or the head of its family of spellings.
    symbol: str
    role: Role


PERSON_ROLES = frozenset({Role.SURNAME, Role.SURNAME2, Role.GIVEN, Role.MIDDLE, Role.PERSONAL})
#: Roles that carry the identity of a name.
STRONG_ROLES = PERSON_ROLES | {Role.CORE}

#: How much of a name each role carries.
WEIGHTS = {
    Role.SURNAME: 1.0,
    Role.SURNAME2: 0.2,
    Role.GIVEN: 0.8,
    Role.MIDDLE: 0.2,
    Role.PERSONAL: 1.0,
    Role.CORE: 1.0,
    Role.PLACE: 0.6,
    Role.NUMBER: 1.0,
    Role.GENERIC: 0.4,
    Role.LEGAL: 0.02,
    Role.PARTICLE: 0.0,
}
