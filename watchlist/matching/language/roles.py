"""The words of a name and what each does in it."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Role(IntEnum):
    """What a word does in a name."""

    #: The first word of a family name, the one the press keeps.
    FAMILY_NAME = 0
    #: A further family name (the mother's in Spanish use).
    SECOND_FAMILY_NAME = 1
    GIVEN_NAME = 2
    #: A further given name, patronymic or father's name.
    MIDDLE_NAME = 3
    #: A word of a person's name whose place the list does not tell.
    PERSONAL = 4
    #: What makes an organisation or a thing this one.
    CORE = 5
    PLACE = 6
    NUMBER = 7
    #: Shared by many organisations.
    GENERIC = 8
    LEGAL_FORM = 9
    #: A small word, present or absent without meaning.
    PARTICLE = 10


class NamePart(NamedTuple):
    """One word of a listed name, or a legal form of several."""

    form: str
    #: What all spellings of the word share (`spelling.symbol`); of a legal form the one it stands for.
    symbol: str
    role: Role


FAMILY_ROLES = frozenset({Role.FAMILY_NAME, Role.SECOND_FAMILY_NAME})
GIVEN_ROLES = frozenset({Role.GIVEN_NAME, Role.MIDDLE_NAME})
PERSON_ROLES = FAMILY_ROLES | GIVEN_ROLES | {Role.PERSONAL}
#: Roles that carry the identity of a name.
IDENTIFYING_ROLES = PERSON_ROLES | {Role.CORE}
#: Roles of words that come and go without meaning.
SMALL_ROLES = frozenset({Role.LEGAL_FORM, Role.PARTICLE})
