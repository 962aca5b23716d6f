"""How near what was found of a person's name comes to the whole of it: what the press may leave out, and what not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from watchlist.matching import table
from watchlist.matching.language.known.lexicon import EASTERN, GIVEN_NAME, ORDINARY, PLACE, TITLE, lexicon
from watchlist.matching.language.name_words import (
    BYNAME_WORDS,
    FATHER_WORDS,
    OFTEN_DROPPED,
    PATRONYMIC,
    is_abd,
    without_abd,
)
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, PERSON_ROLES, NamePart, Role
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.syllabic import is_syllables
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.matched import PartMatch


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
    if len({m.word.start for m in have}) > 1 and max(m.likeness for m in have) < table.A_SPELLING:
        likeness -= table.ALL_SPELLED_OTHERWISE
    if Role.PERSONAL in roles:
        partly = table.SOME_NAMES - table.EACH_NAME_LOST * (len(named) - 1) if len(have) >= 2 else table.ONE_NAME
        base = partly if named or (len(have) == 1 and _needed(have[0], missing)) else 1.0
        base -= table.MIDDLE_LOST * lost.count(Role.MIDDLE_NAME)
    elif Role.FAMILY_NAME in roles and roles & GIVEN_ROLES:
        another = any(m.part.role is Role.MIDDLE_NAME for m in told)
        given = Role.GIVEN_NAME in roles or (another and any(map(_may_be_dropped, missing)))
        base = 1.0 if given else table.MIDDLE_FOR_GIVEN_NAME
        if (Role.MIDDLE_NAME in lost or Role.GIVEN_NAME in lost) and has_given_of_two_syllables(
            (*[m.part for m in have], *missing)
        ):
            base = table.HALF_A_GIVEN_NAME
        base -= table.SECOND_LOST * lost.count(Role.SECOND_FAMILY_NAME)
        base -= table.FAMILY_END_LOST * any(map(_ends_a_family_name, missing))
        base -= table.MIDDLE_LOST * lost.count(Role.MIDDLE_NAME)
    elif Role.FAMILY_NAME in roles and Role.SECOND_FAMILY_NAME in roles:
        base = table.BOTH_FAMILY_NAMES
    elif Role.FAMILY_NAME in roles:
        known = any(m.word.meaning.flags & (ORDINARY | PLACE | TITLE | GIVEN_NAME) for m in have)
        base = table.FAMILY_NAME_THERE if not known and all(m.is_same_word() for m in have) else 0.0
    elif Role.SECOND_FAMILY_NAME in roles and Role.GIVEN_NAME in roles:
        base = table.MOTHERS_NAME
    else:
        base = table.GIVEN_NAMES_THERE
    if _hangs_on_an_initial(told) or _has_but_a_fathers_initial(have):
        base = min(base, table.ONE_NAME)
    return base * likeness - _cost_of(extra, missing)


def _hangs_on_an_initial(told: Sequence[PartMatch]) -> bool:
    """Whether beside an initial, on either side, there is one name only, and that is no family name as it is listed.

    ``Dmitry T`` is no Dmitry Tulin, and whose name begins with an A is not told by a word that is like a family's.
    """
    full = [m for m in told if not _is_by_initial(m)]
    if len(full) != 1 or len(told) == 1:
        return False
    return (full[0].part.role is Role.PERSONAL and full[0] is told[0]) or not full[0].is_same_word()


def _has_but_a_fathers_initial(have: Sequence[PartMatch]) -> bool:
    """Whether of the given names there is but the father's first letter: S. Bortnikov is no Viktor Sergeevich."""
    given = [m for m in have if m.part.role in GIVEN_ROLES]
    return bool(given) and all(_is_middle_initial(m) and PATRONYMIC.search(m.part.form) for m in given)


def _is_by_initial(match: PartMatch) -> bool:
    listed, word = match.part.form, match.word.meaning.form
    return listed != word and min(len(listed), len(word)) == 1


def is_cut_byname(matches: Sequence[PartMatch], missing: Sequence[NamePart]) -> bool:
    """Whether of a byname (``Abu Islam``) only the second half is there."""
    strong = [m for m in matches if m.part.role is not Role.PARTICLE]
    return len(strong) == 1 and any(part.form in BYNAME_WORDS for part in missing)


def _may_be_dropped(part: NamePart) -> bool:
    """Whether a part is a given name that newspapers leave out where another follows."""
    return part.role is Role.GIVEN_NAME and part.symbol == symbol(OFTEN_DROPPED)


def _ends_a_family_name(part: NamePart) -> bool:
    """Whether a part is the second half of a family name, without which it is another family's."""
    return part.role is Role.SECOND_FAMILY_NAME and part.form in lexicon().family_ends


def _together(matches: Sequence[PartMatch]) -> float:
    """How alike all the words are: half by the least alike, half by each as much as its part of the name carries."""
    total = sum(table.ROLE_WEIGHTS[m.part.role] for m in matches)
    if not total:
        return 1.0
    weighted = sum(table.ROLE_WEIGHTS[m.part.role] * m.likeness for m in matches) / total
    return (min(m.likeness for m in matches) + weighted) / 2


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
            cost += table.FATHER_MORE if at + 1 < len(extra) else 0.0
        elif len(form) == 1 or PATRONYMIC.search(form):
            agrees = not middle or (len(form) == 1 and any(other[0] == form for other in middle))
            cost += table.PATRONYMIC_MORE if agrees else table.OTHER_MIDDLE_NAME
        elif middle:
            cost += table.OTHER_MIDDLE_NAME
        elif flags & (ORDINARY | PLACE | TITLE) and not flags & GIVEN_NAME:
            cost += table.WORD_MORE
        else:
            cost += table.NEXT_NAME_MORE if at else table.NAME_MORE
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
    keep the order, but for the family name's going from one end to the other. In its own script a name without capitals
    ends with the family name, without which given names are anybody's.
    """
    families = [taken[place] for place in taken if parts[place].role is Role.FAMILY_NAME]
    givens = [taken[place] for place in sorted(taken) if parts[place].role in GIVEN_ROLES]
    if families and givens and has_given_of_two_syllables(parts) and givens != sorted(givens):
        # The syllables the other way round are another name: Nam Ung, Yong Nam.
        return table.TURNED
    if families and givens:
        # Two given names the other way round are another person's name.
        family = {part.form for part in parts if part.role is Role.FAMILY_NAME}
        known = [lexicon().flags.get(form, 0) for form in family]
        turned = max(families) < min(givens) and all(flags & GIVEN_NAME and not flags & EASTERN for flags in known)
        return table.TURNED_PAIR * turned
    names = [place for place, part in enumerate(parts) if part.role is Role.PERSONAL]
    found = [place for place in names if place in taken]
    if len(found) < 2:
        return 0.0
    if len(found) == len(names):
        order = [taken[place] for place in found]
        turn = order.index(min(order))
        return 0.0 if order[turn:] + order[:turn] == sorted(order) else table.TURNED
    if found[-1] != names[-1] and parts[names[-1]].form.isupper():
        return table.LAST_NAME_LOST
    lead_lost = found[0] != names[0] and parts[names[0]].symbol != symbol(OFTEN_DROPPED)
    order = [taken[place] for place in found]
    turned = order != sorted(order) and not PATRONYMIC.search(parts[names[-1]].form)
    if not turned and found[0] == names[0] and found[-1] == names[-1]:
        # Given and family name, as newspapers write them: however many stand between, they are one loss.
        return -table.EACH_NAME_LOST * (len(names) - len(found) - 1)
    return table.FIRST_NAME_LOST * lead_lost + table.TURNED_IN_PART * turned


def has_given_of_two_syllables(parts: Sequence[NamePart]) -> bool:
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
    return bool(known.flags.get(form, 0) & GIVEN_NAME) and known.zipf.get(form, 0) >= table.WESTERN_NAME
