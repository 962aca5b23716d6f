"""By which of its symbols a listed name is found: its anchors.

One symbol points to a name by itself where it is rare, or all that the name has; otherwise pairs of its symbols do.
"""

from __future__ import annotations

from enum import IntEnum
from itertools import pairwise
from typing import Final, NamedTuple

from watchlist.matching.language.english import KINDS_OF_GROUP
from watchlist.matching.language.lexicon import GIVEN_NAME, ORDINARY, PLACE, lexicon
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, PERSON_ROLES, NamePart, Role

#: How many symbols of a name are paired with each other.
_MOST_PAIRED: Final = 5


class When(IntEnum):
    """When a symbol by itself points to a name."""

    ALWAYS = 0
    #: Where few entities have the word.
    RARE_WORD = 1
    #: Where few entities have the family name.
    RARE_FAMILY_NAME = 2


class Anchors(NamedTuple):
    """The symbols that point to a name by themselves, and the pairs that do together."""

    singles: dict[int, When]
    pairs: set[tuple[int, int]]


def _points_by_itself(form: str) -> bool:
    """Whether a word, alone, may point to a name of several words."""
    return len(form) >= 4 and not lexicon().flags.get(form, 0) & (ORDINARY | PLACE | GIVEN_NAME) and not form.isdigit()


def anchors_of(parts: tuple[NamePart, ...], symbols: list[int]) -> Anchors:
    """The symbols and the pairs of symbols by which a name is found."""
    if any(part.role in PERSON_ROLES for part in parts):
        return _person_anchors(parts, symbols)
    rows = list(zip(symbols, parts, strict=True))
    usable = [s for s, part in rows if part.role not in (Role.PARTICLE, Role.LEGAL_FORM, Role.NUMBER)]
    if len(usable) < 2:
        return Anchors(dict.fromkeys(usable or symbols[:1], When.ALWAYS), set())
    singles = {s: When.RARE_WORD for s, part in rows if part.role is Role.CORE and _points_by_itself(part.form)}
    if len(usable) == 2 and rows[-1][1].form in KINDS_OF_GROUP:
        # Written small, as in "the Haqqani network", the second word points to nobody.
        singles = dict.fromkeys(singles, When.ALWAYS)
    chosen = usable[:_MOST_PAIRED]
    return Anchors(singles, set(pairwise(chosen)) | {(chosen[0], chosen[-1])})


def _person_anchors(parts: tuple[NamePart, ...], symbols: list[int]) -> Anchors:
    rows = list(zip(symbols, parts, strict=True))
    family = [(s, part) for s, part in rows if part.role in FAMILY_ROLES][:3]
    given = [s for s, part in rows if part.role in GIVEN_ROLES][:3]
    if family and given:
        singles = {s: When.RARE_FAMILY_NAME for s, part in family[:1] if _points_by_itself(part.form)}
        return Anchors(singles, {(f, g) for f, _ in family for g in given})
    words = [s for s, part in rows if part.role != Role.PARTICLE]
    if len(words) < 2:
        return Anchors(dict.fromkeys(words or symbols[:1], When.ALWAYS), set())
    words = words[:_MOST_PAIRED]
    return Anchors({}, {(a, b) for i, a in enumerate(words) for b in words[i + 1 :]})
