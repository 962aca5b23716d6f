"""By which of its words a listed name is found: its anchors.

One symbol points to a name by itself where it is rare, or all that the name has; otherwise pairs of its symbols do.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from watchlist.matching.index.keys import frame_key
from watchlist.matching.language.known.lexicon import GIVEN_NAME, ORDINARY, PLACE, lexicon
from watchlist.matching.language.known.name_counts import name_counts
from watchlist.matching.language.name_words import is_abd
from watchlist.matching.language.packs.load import ENGLISH, pack
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, PERSON_ROLES, NamePart, Role
from watchlist.matching.language.spelling import symbol

#: How many words of a name are paired with each other.
_MOST_PAIRED: Final = 5
#: What is more common than this points to nobody by itself, where a name has other words.
_RARE: Final = 6
#: How many consonants, with the mark of each frame, two frames have at least that point to a name.
_LEAST_CONSONANTS: Final = 7
#: A number of fewer digits tells no body from others by itself.
_SHORTEST_NUMBER: Final = 3


class Anchors(NamedTuple):
    """The keys that point to a name by themselves, and the pairs of keys that do together.

    A key is a symbol, that of two neighbouring parts written as one, or a consonant frame (`keys.frame_key`).
    """

    singles: set[str]
    pairs: set[tuple[str, str]]


def _points_by_itself(part: NamePart, common: int) -> bool:
    """Whether a word, alone, may point to a name of several words; ``common`` is how many bear it."""
    form = part.form
    return (
        common <= _RARE
        and len(form) >= 4
        and not lexicon().flags.get(form, 0) & (ORDINARY | PLACE | GIVEN_NAME)
        and not form.isdigit()
    )


def anchors_of(parts: tuple[NamePart, ...]) -> Anchors:
    """The keys and the pairs of keys by which a name is found."""
    found = _person_anchors(parts) if any(part.role in PERSON_ROLES for part in parts) else _thing_anchors(parts)
    # Ordinary words are spelled in one way.
    plain = {part.symbol for part in parts if part.role not in PERSON_ROLES and _is_common(part)}
    framed = {(frame_key(one), frame_key(other)) for one, other in found.pairs if not {one, other} <= plain}
    found.pairs.update(pair for pair in framed if all(pair) and sum(map(len, pair)) >= _LEAST_CONSONANTS)
    return found


def _thing_anchors(parts: tuple[NamePart, ...]) -> Anchors:
    usable = [part for part in parts if part.role not in (Role.PARTICLE, Role.LEGAL_FORM, Role.NUMBER)]
    numbers = [part.symbol for part in parts if part.role is Role.NUMBER and len(part.form) >= _SHORTEST_NUMBER]
    told_by_number = numbers if all(_is_common(part) for part in usable) else []
    if len(usable) < 2:
        # What is a legal form and no more, such as a JSC that was cut off its name, is nobody's name.
        first = [part.symbol for part in usable or parts[:1] if part.role is not Role.LEGAL_FORM]
        return Anchors({*first, *told_by_number}, set())
    singles = {
        part.symbol
        for part in usable
        if part.role is Role.CORE and _points_by_itself(part, name_counts(part.symbol).in_names)
    }
    if len(usable) == 2 and parts[-1].form in pack(ENGLISH).group("kind_of_group"):
        # Written small, as in "the Haqqani network", the second word points to nobody.
        singles = {usable[0].symbol}
    chosen = [part.symbol for part in usable[:_MOST_PAIRED]]
    pairs = {*pairwise(chosen), *zip(chosen, chosen[2:], strict=False), (chosen[0], chosen[-1])}
    together = _joined(usable[:_MOST_PAIRED])
    if len(usable) == 2:
        singles.update(together)
    pairs.update((one, beside) for at, one in enumerate(together) for beside in chosen[at + 2 : at + 3])
    pairs.update((chosen[at - 1], one) for at, one in enumerate(together) if at)
    common = {part.symbol for part in usable if _is_common(part)}
    if len(common) < len({part.symbol for part in usable}):
        # Two words that many have point to nobody where there is another that tells whose name it is.
        pairs = {pair for pair in pairs if not common.issuperset(pair)}
    return Anchors({*singles, *told_by_number}, pairs)


def _is_common(part: NamePart) -> bool:
    """Whether many bodies have the word in their names."""
    return part.role in (Role.GENERIC, Role.PLACE) or bool(lexicon().flags.get(part.form, 0) & ORDINARY)


def joined_keys(parts: tuple[NamePart, ...]) -> frozenset[str]:
    """The keys of two parts as one by which a name is found, in either order where it is a person's."""
    words = [part for part in parts if part.role is not Role.LEGAL_FORM]
    person = any(part.role in PERSON_ROLES for part in parts)
    return frozenset((*_joined(words), *(_joined(words[::-1]) if person else ())))


def _joined(parts: list[NamePart]) -> list[str]:
    """The symbols of neighbouring parts that others write as one word."""
    return [symbol(one.form + other.form) for one, other in pairwise(parts)]


def _person_anchors(parts: tuple[NamePart, ...]) -> Anchors:
    family = [part for part in parts if part.role in FAMILY_ROLES][:3]
    given = [part for part in parts if part.role in GIVEN_ROLES][:3]
    if family and given:
        singles = {
            part.symbol for part in family[:1] if _points_by_itself(part, name_counts(part.symbol).as_family_name)
        }
        families = [*(part.symbol for part in family), *_joined(_with_particles(parts, FAMILY_ROLES))]
        givens = [*(part.symbol for part in given), *_joined(_with_particles(parts, GIVEN_ROLES))]
        both = set(pairwise(part.symbol for part in family))
        if len(family) == len(given) == 1:
            singles.update(_joined([*given, *family, *given]))
        return Anchors(singles, {(f, g) for f in families for g in givens} | both)
    words = [part for part in parts if part.role != Role.PARTICLE or is_abd(part.form)]
    # Beside one name an initial points to nobody: texts have the name that it stands for.
    full = [part for part in words if len(part.form) > 1]
    words = full if len(full) == 1 else words
    if len(words) < 2:
        return Anchors({part.symbol for part in words or parts[:1]}, set())
    chosen = [part.symbol for part in words[:_MOST_PAIRED]]
    pairs = {(a, b) for i, a in enumerate(chosen) for b in chosen[i + 1 :]}
    for at, one in enumerate(_joined(words[:_MOST_PAIRED])):
        pairs.update((one, other) for place, other in enumerate(chosen) if place not in (at, at + 1))
    return Anchors(set(), pairs)


def _with_particles(parts: tuple[NamePart, ...], roles: frozenset[Role]) -> list[NamePart]:
    """The parts of some roles, with the small words right before them."""
    found: list[NamePart] = []
    for part, following in zip(parts, (*parts[1:], None), strict=True):
        belongs = following is not None and following.role in roles and part.role is Role.PARTICLE
        if part.role in roles or belongs:
            found.append(part)
    return found[:_MOST_PAIRED]
