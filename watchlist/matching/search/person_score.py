"""How near what was found of a person's name comes to the whole of it: what the press may leave out, and what not."""

from __future__ import annotations

from collections.abc import Mapping

from watchlist.matching.language.lexicon import EASTERN, GIVEN_NAME, ORDINARY, PLACE, TITLE, lexicon
from watchlist.matching.language.name_words import FATHER_WORDS, OFTEN_DROPPED, PATRONYMIC, is_abd, without_abd
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, PERSON_ROLES, NamePart, Role
from watchlist.matching.language.spelling import symbol
from watchlist.matching.search.alignment import PartMatch
from watchlist.matching.search.words import Word

#: What each further name that is not there costs a person's name of unknown order.
_EACH_LOST = 0.15


def person_score(matches: tuple[PartMatch, ...], missing: tuple[NamePart, ...], extra: tuple[Word, ...]) -> float:
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
    elif Role.FAMILY_NAME in roles and roles & GIVEN_ROLES:
        base = 1.0 if Role.GIVEN_NAME in roles else 0.7
        if (Role.MIDDLE_NAME in lost or Role.GIVEN_NAME in lost) and _eastern((*[m.part for m in have], *missing)):
            base = 0.3
        base -= 0.02 * lost.count(Role.SECOND_FAMILY_NAME) + 0.03 * lost.count(Role.MIDDLE_NAME)
    elif Role.FAMILY_NAME in roles:
        known = any(m.word.meaning.flags & (ORDINARY | PLACE | TITLE | GIVEN_NAME) for m in have)
        base = 0.58 if not known and all(m.is_same_word() for m in have) else 0.0
    elif Role.SECOND_FAMILY_NAME in roles and Role.GIVEN_NAME in roles:
        base = 0.55
    else:
        base = 0.2
    fathers = sum(word.meaning.form in FATHER_WORDS for word in extra)
    return base * likeness - 0.3 * len(extra) - 0.2 * fathers


def _needed(match: PartMatch, missing: tuple[NamePart, ...]) -> bool:
    """Whether a name of one word says who is meant only with what is missing: an initial, a title, ``Abdul``."""
    if without_abd(match.word.meaning.form) != match.word.meaning.form:
        return False
    flags = lexicon().flags
    return any(
        is_abd(part.form) or len(part.form) == 1 or flags.get(part.form, 0) & TITLE
        for part in missing
        if part.role is Role.PARTICLE
    )


def unlike_the_press(parts: tuple[NamePart, ...], taken: Mapping[int, int]) -> float:
    """What a person's name loses for an order, or for gaps, that newspapers do not write; ``taken`` is part to word.

    Of a name of unknown order they drop names from the middle and the end, not the first one (but for Muhammad), and
    keep the order, but for the family name's going from one end to the other.
    """
    families = [taken[place] for place in taken if parts[place].role is Role.FAMILY_NAME]
    givens = [taken[place] for place in taken if parts[place].role in GIVEN_ROLES]
    if families and givens:
        # Two given names the other way round are another person's name.
        family = {part.form for part in parts if part.role is Role.FAMILY_NAME}
        known = [lexicon().flags.get(form, 0) for form in family]
        turned = max(families) < min(givens) and all(flags & GIVEN_NAME and not flags & EASTERN for flags in known)
        return 0.15 * turned
    names = [place for place, part in enumerate(parts) if part.role is Role.PERSONAL]
    found = [place for place in names if place in taken]
    if len(found) < 2:
        return 0.0
    if len(found) == len(names):
        order = [taken[place] for place in found]
        turn = order.index(min(order))
        return 0.0 if order[turn:] + order[:turn] == sorted(order) else 0.2
    lead_lost = found[0] != names[0] and parts[names[0]].symbol != symbol(OFTEN_DROPPED)
    order = [taken[place] for place in found]
    turned = order != sorted(order) and not PATRONYMIC.search(parts[names[-1]].form)
    if not turned and found[0] == names[0] and found[-1] == names[-1]:
        # Given and family name, as newspapers write them: however many stand between, they are one loss.
        return -_EACH_LOST * (len(names) - len(found) - 1)
    return 0.2 * lead_lost + 0.1 * turned


def _eastern(parts: tuple[NamePart, ...]) -> bool:
    """Whether this is a Korean or Chinese name, whose given name is never cut."""
    flags = lexicon().flags
    family = [part for part in parts if part.role in FAMILY_ROLES]
    given = [part for part in parts if part.role in GIVEN_ROLES]
    return (
        len(family) == 1
        and bool(flags.get(family[0].form, 0) & EASTERN)
        and len(given) == 2
        and all(len(part.form) <= 6 and not _is_western(part.form) for part in given)
    )


def _is_western(form: str) -> bool:
    known = lexicon()
    return bool(known.flags.get(form, 0) & GIVEN_NAME) and known.zipf.get(form, 0) >= 38
