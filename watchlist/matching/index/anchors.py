"""By which of its symbols a listed name is found: its anchors.

One symbol points to a name by itself where it is rare, or all that the name has; otherwise pairs of its symbols do.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from watchlist.matching.language.english import KINDS_OF_GROUP
from watchlist.matching.language.lexicon import GIVEN_NAME, ORDINARY, PLACE, lexicon
from watchlist.matching.language.name_frequency import name_frequency
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, PERSON_ROLES, NamePart, Role

#: How many symbols of a name are paired with each other.
_MOST_PAIRED: Final = 5
#: What is more common than this points to nobody by itself, where a name has other words.
_RARE: Final = 6


class Anchors(NamedTuple):
    """The symbols that point to a name by themselves, and the pairs that do together."""

    singles: set[int]
    pairs: set[tuple[int, int]]


def _points_by_itself(part: NamePart, common: int) -> bool:
    """Whether a word, alone, may point to a name of several words; ``common`` is how many bear it."""
    form = part.form
    return (
        common <= _RARE
        and len(form) >= 4
        and not lexicon().flags.get(form, 0) & (ORDINARY | PLACE | GIVEN_NAME)
        and not form.isdigit()
    )


def anchors_of(parts: tuple[NamePart, ...], symbols: list[int]) -> Anchors:
    """The symbols and the pairs of symbols by which a name is found."""
    if any(part.role in PERSON_ROLES for part in parts):
        return _person_anchors(parts, symbols)
    rows = list(zip(symbols, parts, strict=True))
    usable = [s for s, part in rows if part.role not in (Role.PARTICLE, Role.LEGAL_FORM, Role.NUMBER)]
    if len(usable) < 2:
        return Anchors(set(usable or symbols[:1]), set())
    if len(usable) == 2 and rows[-1][1].form in KINDS_OF_GROUP:
        # Written small, as in "the Haqqani network", the second word points to nobody.
        singles = {s for s, part in rows if part.role is Role.CORE and _points_by_itself(part, 0)}
    else:
        singles = {
            s
            for s, part in rows
            if part.role is Role.CORE and _points_by_itself(part, name_frequency(part.symbol).in_names)
        }
    chosen = usable[:_MOST_PAIRED]
    return Anchors(singles, set(pairwise(chosen)) | {(chosen[0], chosen[-1])})


def _person_anchors(parts: tuple[NamePart, ...], symbols: list[int]) -> Anchors:
    rows = list(zip(symbols, parts, strict=True))
    family = [(s, part) for s, part in rows if part.role in FAMILY_ROLES][:3]
    given = [s for s, part in rows if part.role in GIVEN_ROLES][:3]
    if family and given:
        singles = {s for s, part in family[:1] if _points_by_itself(part, name_frequency(part.symbol).as_family_name)}
        return Anchors(singles, {(f, g) for f, _ in family for g in given})
    words = [s for s, part in rows if part.role != Role.PARTICLE]
    if len(words) < 2:
        return Anchors(set(words or symbols[:1]), set())
    words = words[:_MOST_PAIRED]
    return Anchors(set(), {(a, b) for i, a in enumerate(words) for b in words[i + 1 :]})
