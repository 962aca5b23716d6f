"""How near what was found of a person's name comes to the whole of it: what the press may leave out, and what not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from watchlist.matching.language.lexicon import EASTERN, GIVEN_NAME, ORDINARY, PLACE, TITLE, lexicon
from watchlist.matching.language.name_words import FATHER_WORDS, OFTEN_DROPPED, PATRONYMIC, is_abd, without_abd
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, PERSON_ROLES, WEIGHTS, NamePart, Role
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.syllabic import is_syllables
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.matched import PartMatch

#: What each further name that is not there costs a person's name of unknown order.
_EACH_LOST: Final = 0.15
#: Names of unknown order: some are there, one is there; the family name alone; the mother's name with the given name;
#: a middle name instead of the given one; half of a Korean or Chinese given name.
_SOME_OF_THEM, _ONE_OF_THEM, _FAMILY_ALONE, _MOTHERS_NAME, _OTHER_GIVEN, _HALF_GIVEN = 0.9, 0.3, 0.58, 0.55, 0.7, 0.3
_BOTH_FAMILY_NAMES: Final = 0.75
_LITTLE: Final = 0.2
#: What a mother's family name, or a middle name, costs that is not there.
_SECOND_LOST, _MIDDLE_LOST = 0.02, 0.03
#: What names between given and family name cost that the list does not have: a patronymic or an initial where the list
#: tells none, another name, one more, a word that is none; and one where the list has another.
_PATRONYMIC_MORE, _NAME_MORE, _NEXT_NAME_MORE, _WORD_MORE, _OTHER_MIDDLE = 0.03, 0.12, 0.18, 0.3, 0.4
_FATHER_MORE: Final = 0.5
#: Where every word is spelled otherwise, less is sure; from this likeness on it is a spelling.
_ALL_OTHERWISE, _SPELLED_OTHERWISE = 0.1, 0.95
#: What an order costs that newspapers do not write.
_TURNED_PAIR, _TURNED, _TURNED_IN_PART, _FIRST_LOST = 0.15, 0.2, 0.1, 0.2
_WELL_KNOWN: Final = 38


def person_score(matches: Sequence[PartMatch], missing: Sequence[NamePart], extra: Sequence[Word]) -> float:
    """Given and family name carry a person's name; further names may be missing, further words may not be there."""
    have = [m for m in matches if m.part.role in PERSON_ROLES]
    if not have:
        return 0.0
    roles = {m.part.role for m in have}
    lost = [part.role for part in missing if part.role in PERSON_ROLES]
    named = [role for role in lost if role is Role.PERSONAL]
    # The initial of a middle name stands for it.
    told = [m for m in have if not _is_middle_initial(m)]
    likeness = _together(told)
    if len({m.word.start for m in have}) > 1 and max(m.likeness for m in have) < _SPELLED_OTHERWISE:
        likeness -= _ALL_OTHERWISE
    if Role.PERSONAL in roles:
        partly = _SOME_OF_THEM - _EACH_LOST * (len(named) - 1) if len(have) >= 2 else _ONE_OF_THEM
        base = partly if named or (len(have) == 1 and _needed(have[0], missing)) else 1.0
        base -= _MIDDLE_LOST * lost.count(Role.MIDDLE_NAME)
    elif Role.FAMILY_NAME in roles and roles & GIVEN_ROLES:
        base = 1.0 if Role.GIVEN_NAME in roles else _OTHER_GIVEN
        if (Role.MIDDLE_NAME in lost or Role.GIVEN_NAME in lost) and _eastern((*[m.part for m in have], *missing)):
            base = _HALF_GIVEN
        base -= _SECOND_LOST * lost.count(Role.SECOND_FAMILY_NAME) + _MIDDLE_LOST * lost.count(Role.MIDDLE_NAME)
    elif Role.FAMILY_NAME in roles and Role.SECOND_FAMILY_NAME in roles:
        base = _BOTH_FAMILY_NAMES
    elif Role.FAMILY_NAME in roles:
        known = any(m.word.meaning.flags & (ORDINARY | PLACE | TITLE | GIVEN_NAME) for m in have)
        base = _FAMILY_ALONE if not known and all(m.is_same_word() for m in have) else 0.0
    elif Role.SECOND_FAMILY_NAME in roles and Role.GIVEN_NAME in roles:
        base = _MOTHERS_NAME
    else:
        base = _LITTLE
    return base * likeness - _cost_of(extra, missing)


def _together(matches: Sequence[PartMatch]) -> float:
    """How alike all the words are: half by the least alike, half by each as much as its part of the name carries."""
    total = sum(WEIGHTS[m.part.role] for m in matches)
    if not total:
        return 1.0
    return (min(m.likeness for m in matches) + sum(WEIGHTS[m.part.role] * m.likeness for m in matches) / total) / 2


def _is_middle_initial(match: PartMatch) -> bool:
    return match.part.role is Role.MIDDLE_NAME and len(match.word.meaning.form) == 1


def _cost_of(extra: Sequence[Word], missing: Sequence[NamePart]) -> float:
    """What the words cost that stand inside the name and that the list does not have."""
    middle = [part.form for part in missing if part.role in (Role.MIDDLE_NAME, Role.PERSONAL) and len(part.form) > 1]
    cost = 0.0
    for at, word in enumerate(extra):
        form, flags = word.meaning.form, word.meaning.flags
        if form in FATHER_WORDS:
            # Right before a listed name it only says whose family that is.
            cost += _FATHER_MORE if at + 1 < len(extra) else 0.0
        elif len(form) == 1 or PATRONYMIC.search(form):
            agrees = not middle or (len(form) == 1 and any(other[0] == form for other in middle))
            cost += _PATRONYMIC_MORE if agrees else _OTHER_MIDDLE
        elif middle:
            cost += _OTHER_MIDDLE
        elif flags & (ORDINARY | PLACE | TITLE) and not flags & GIVEN_NAME:
            cost += _WORD_MORE
        else:
            cost += _NEXT_NAME_MORE if at else _NAME_MORE
    return cost


def _needed(match: PartMatch, missing: Sequence[NamePart]) -> bool:
    """Whether a name of one word says who is meant only with what is missing: an initial, a title, ``Abdul``."""
    if without_abd(match.word.meaning.form) != match.word.meaning.form:
        return False
    flags = lexicon().flags
    return any(
        is_abd(part.form) or len(part.form) == 1 or flags.get(part.form, 0) & TITLE
        for part in missing
        if part.role is Role.PARTICLE
    )


def unlike_the_press(parts: Sequence[NamePart], taken: Mapping[int, int]) -> float:
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
        return _TURNED_PAIR * turned
    names = [place for place, part in enumerate(parts) if part.role is Role.PERSONAL]
    found = [place for place in names if place in taken]
    if len(found) < 2:
        return 0.0
    if len(found) == len(names):
        order = [taken[place] for place in found]
        turn = order.index(min(order))
        return 0.0 if order[turn:] + order[:turn] == sorted(order) else _TURNED
    lead_lost = found[0] != names[0] and parts[names[0]].symbol != symbol(OFTEN_DROPPED)
    order = [taken[place] for place in found]
    turned = order != sorted(order) and not PATRONYMIC.search(parts[names[-1]].form)
    if not turned and found[0] == names[0] and found[-1] == names[-1]:
        # Given and family name, as newspapers write them: however many stand between, they are one loss.
        return -_EACH_LOST * (len(names) - len(found) - 1)
    return _FIRST_LOST * lead_lost + _TURNED_IN_PART * turned


def _eastern(parts: Sequence[NamePart]) -> bool:
    """Whether this is a Korean or Chinese name, whose given name of two syllables is never cut."""
    flags = lexicon().flags
    family = [part for part in parts if part.role in FAMILY_ROLES]
    given = [part for part in parts if part.role in GIVEN_ROLES]
    return (
        len(family) == 1
        and (bool(flags.get(family[0].form, 0) & EASTERN) or is_syllables(family[0].form, 2))
        and len(given) == 2
        and all(is_syllables(part.form, 1) and not _is_western(part.form) for part in given)
    )


def _is_western(form: str) -> bool:
    known = lexicon()
    return bool(known.flags.get(form, 0) & GIVEN_NAME) and known.zipf.get(form, 0) >= _WELL_KNOWN
