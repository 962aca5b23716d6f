"""How near what was found of a listed name comes to the whole of it: what the press may leave out, and what not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from watchlist.matching.index.names import FATHERS, in_family, is_servant, symbol, unjoined
from watchlist.matching.language.lexicon import EASTERN, GIVEN, ORDINARY, PLACE, TITLE, lexicon
from watchlist.matching.language.parts import PERSON_ROLES, WEIGHTS, Part, Role
from watchlist.matching.search.tokens import Word

_PATRONYMIC = re.compile(r"(?:[ie]v?ich|[oe]vych|[oi]vna|evna|ichna|oglu|ogly|qizi|kyzy)$")


#: What each further name that is not there costs a person's name of unknown order.
_EACH_LOST = 0.15
GIVEN_ROLES = frozenset({Role.GIVEN, Role.MIDDLE})


@dataclass(frozen=True, slots=True)
class PartMatch:
    """A part of the listed name and the word that stands for it."""

    part: Part
    word: Word
    likeness: float


def is_telling(word: Word) -> bool:
    """Whether a word by itself says which one is meant: no ordinary word, place, title or personal name."""
    return not word.meaning.flags & (ORDINARY | PLACE | TITLE | GIVEN) and len(word.meaning.form) > 3


def inversions(rows: list[tuple[Role, int]]) -> int:
    """How often a part of an organisation's name stands before one that the list has before it."""
    order = [at for role, at in rows if role in (Role.CORE, Role.NUMBER)]
    return sum(later < earlier for earlier, later in pairwise(order))


def person_score(matches: tuple[PartMatch, ...], missing: tuple[Part, ...], extra: tuple[Word, ...]) -> float:
    """Given and family name carry a person's name; further names may be missing, further words may not be there."""
    have = [m for m in matches if m.part.role in PERSON_ROLES]
    if not have:
        return 0.0
    roles = {m.part.role for m in have}
    lost = [part.role for part in missing if part.role in PERSON_ROLES]
    likeness = min(m.likeness for m in have)
    if len({m.word.start for m in have}) > 1 and max(m.likeness for m in have) < 0.95:
        likeness -= 0.1
    if Role.PERSONAL in roles:
        partly = 0.9 - _EACH_LOST * (len(lost) - 1) if len(have) >= 2 else 0.3
        base = partly if lost or (len(have) == 1 and _needed(have[0], missing)) else 1.0
    elif Role.SURNAME in roles and roles & {Role.GIVEN, Role.MIDDLE}:
        base = 1.0 if Role.GIVEN in roles else 0.7
        if (Role.MIDDLE in lost or Role.GIVEN in lost) and _eastern((*[m.part for m in have], *missing)):
            base = 0.3
        base -= 0.02 * lost.count(Role.SURNAME2) + 0.03 * lost.count(Role.MIDDLE)
    elif Role.SURNAME in roles:
        known = any(m.word.meaning.flags & (ORDINARY | PLACE | TITLE | GIVEN) for m in have)
        base = 0.58 if not known and all(_same_word(m) for m in have) else 0.0
    elif Role.SURNAME2 in roles and Role.GIVEN in roles:
        base = 0.55
    else:
        base = 0.2
    fathers = sum(word.meaning.form in FATHERS for word in extra)
    return base * likeness - 0.3 * len(extra) - 0.2 * fathers


def _needed(match: PartMatch, missing: tuple[Part, ...]) -> bool:
    """Whether a name of one word says who is meant only with what is missing: an initial, a title, ``Abdul``."""
    if unjoined(match.word.meaning.form) != match.word.meaning.form:
        return False
    flags = lexicon().flags
    return any(
        is_servant(part.form) or len(part.form) == 1 or flags.get(part.form, 0) & TITLE
        for part in missing
        if part.role is Role.PARTICLE
    )


def unlike_the_press(parts: tuple[Part, ...], taken: Mapping[int, int]) -> float:
    """What a person's name loses for an order, or for gaps, that newspapers do not write; ``taken`` is part to word.

    Of a name of unknown order they drop names from the middle and the end, not the first one (but for Muhammad), and
    keep the order, but for the family name's going from one end to the other.
    """
    families = [taken[place] for place in taken if parts[place].role is Role.SURNAME]
    givens = [taken[place] for place in taken if parts[place].role in GIVEN_ROLES]
    if families and givens:
        # Two given names the other way round are another person's name.
        family = {part.form for part in parts if part.role is Role.SURNAME}
        known = [lexicon().flags.get(form, 0) for form in family]
        turned = max(families) < min(givens) and all(flags & GIVEN and not flags & EASTERN for flags in known)
        return 0.15 * turned
    names = [place for place, part in enumerate(parts) if part.role is Role.PERSONAL]
    found = [place for place in names if place in taken]
    if len(found) < 2:
        return 0.0
    if len(found) == len(names):
        order = [taken[place] for place in found]
        turn = order.index(min(order))
        return 0.0 if order[turn:] + order[:turn] == sorted(order) else 0.2
    lead_lost = found[0] != names[0] and parts[names[0]].symbol != symbol("muhammad")
    order = [taken[place] for place in found]
    turned = order != sorted(order) and not _PATRONYMIC.search(parts[names[-1]].form)
    if not turned and found[0] == names[0] and found[-1] == names[-1]:
        # Given and family name, as newspapers write them: however many stand between, they are one loss.
        return -_EACH_LOST * (len(names) - len(found) - 1)
    return 0.2 * lead_lost + 0.1 * turned


def _eastern(parts: tuple[Part, ...]) -> bool:
    """Whether this is a Korean or Chinese name, whose given name is never cut."""
    flags = lexicon().flags
    family = [part for part in parts if part.role in (Role.SURNAME, Role.SURNAME2)]
    given = [part for part in parts if part.role in (Role.GIVEN, Role.MIDDLE)]
    return (
        len(family) == 1
        and bool(flags.get(family[0].form, 0) & EASTERN)
        and len(given) == 2
        and all(len(part.form) <= 6 and not _is_western(part.form) for part in given)
    )


def _is_western(form: str) -> bool:
    known = lexicon()
    return bool(known.flags.get(form, 0) & GIVEN) and known.zipf.get(form, 0) >= 38


def thing_score(matches: tuple[PartMatch, ...], missing: list[tuple[Part, bool]], extra: tuple[Word, ...]) -> float:
    """Share of the weight of the name's words that is there.

    The press drops legal forms always, and a generic tail (``Rosneft`` for ROSNEFT OIL COMPANY) where what is left is
    a word that is neither ordinary nor a place; of a name made of ordinary words all must be there.
    """
    likely = [m for m in matches if m.part.role not in (Role.PARTICLE, Role.LEGAL)]
    if not likely:
        return 0.0
    if len(likely) == 1 and not _same_word(likely[0]):
        return 0.0
    found = sum(WEIGHTS[m.part.role] * m.likeness**2 for m in likely)
    telling = any(m.part.role is Role.CORE and is_telling(m.word) for m in likely)
    unheard_of = any(m.part.role is Role.CORE and not m.word.meaning.flags & ~EASTERN for m in likely)
    alone = unheard_of and len(likely) == 1
    core_lost = any(part.role is Role.CORE and not (alone and _is_ordinary(part.form)) for part, _ in missing)
    if len(likely) == 1 and core_lost:
        return 0.0
    lost = 0.0
    for part, is_tail in missing:
        weight = WEIGHTS[part.role]
        if is_tail and not core_lost and (alone or (unheard_of and part.role is Role.GENERIC)):
            weight *= 1.0 if part.role is Role.PLACE else 0.15
        elif part.role is Role.NUMBER:
            weight *= 2
        lost += weight
    share = found / (found + lost)
    if not unheard_of and any(part.role is Role.CORE and not _is_known(part.form) for part, _ in missing):
        share *= 0.6  # the word that tells this one from others is the one that is not there
    return (share if telling else share**3) - (0.2 if telling else 0.3) * len(extra)


def _is_known(form: str) -> bool:
    return form in lexicon().flags


def _is_ordinary(form: str) -> bool:
    return bool(lexicon().flags.get(form, 0) & ORDINARY)


def _same_word(match: PartMatch) -> bool:
    """Whether a single word is the listed one: the same letters, or a known or long enough variant spelling of it."""
    if match.part.form == match.word.meaning.form:
        return True
    if match.likeness < 0.98:
        return False
    return in_family(match.word.meaning.form) or (not match.word.meaning.flags & ~EASTERN and len(match.part.form) >= 6)
