"""How near what was found of an organisation's or a ship's name comes to the whole of it: a share of its weight."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from watchlist.matching import table
from watchlist.matching.language.known.lexicon import EASTERN, GENERIC, ORDINARY, lexicon
from watchlist.matching.language.name_words import TELLING_APART
from watchlist.matching.language.roles import SMALL_ROLES, NamePart, Role
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.matched import PartMatch


def thing_score(matches: Sequence[PartMatch], missing: Sequence[tuple[NamePart, bool]], extra: Sequence[Word]) -> float:
    """Share of the weight of the name's words that is there.

    The press drops legal forms always, and a generic tail (``Rosneft`` for ROSNEFT OIL COMPANY) where what is left is
    a word that is neither ordinary nor a place; of a name made of ordinary words all must be there.
    """
    likely = [m for m in matches if m.part.role not in SMALL_ROLES]
    if not likely:
        return 0.0
    if len(likely) == 1 and not likely[0].is_same_word():
        return 0.0
    found = sum(table.ROLE_WEIGHTS[m.part.role] * m.likeness**2 for m in likely)
    distinctive = any(m.part.role is Role.CORE and m.is_distinctive for m in likely)
    unheard_of = any(m.part.role is Role.CORE and not m.flags & ~EASTERN for m in likely)
    alone = unheard_of and len(likely) == 1
    core_lost = any(part.role is Role.CORE and not (alone and _is_ordinary(part.form)) for part, _ in missing)
    if len(likely) == 1 and core_lost:
        return 0.0
    lost = 0.0
    countries = lexicon().countries
    for part, is_tail in missing:
        weight = table.ROLE_WEIGHTS[part.role]
        if not core_lost and (alone or (unheard_of and part.role is Role.GENERIC)):
            weight *= 1.0 if part.role is Role.PLACE else table.TAIL_LOST if is_tail else table.HEAD_LOST
        elif unheard_of and not core_lost and not is_tail and part.role is Role.PLACE and part.form in countries:
            weight *= table.COUNTRY_LOST
        elif part.role is Role.NUMBER:
            weight *= table.NUMBER_LOST
        lost += weight
    share = found / (found + lost)
    if not unheard_of and any(part.role is Role.CORE and not _is_known(part.form) for part, _ in missing):
        share *= table.TELLING_WORD_LOST
    if not distinctive:
        # Of many words, one that is left out takes less of what they say together.
        power = table.OF_MANY_WORDS if len(likely) > table.WORDS_OF_AN_OFFICE else table.OF_FEW_WORDS
        return share**power - table.WORD_INSIDE_COMMON_WORDS * len(extra)
    whole = all(part.role in SMALL_ROLES for part, _ in missing)
    plain = sum(whole and bool(word.meaning.flags & (ORDINARY | GENERIC)) for word in extra)
    return share - table.ORDINARY_WORD_INSIDE * plain - table.WORD_INSIDE * (len(extra) - plain)


def _is_known(form: str) -> bool:
    return form in lexicon().flags


def _is_ordinary(form: str) -> bool:
    return bool(lexicon().flags.get(form, 0) & ORDINARY)


def inversions(rows: Sequence[tuple[Role, int]]) -> int:
    """How often a part of an organisation's name stands before one that the list has before it.

    A number has no place of its own: JSC 560 REPAIR PLANT is Repair Plant No. 560.
    """
    order = [at for role, at in rows if role is Role.CORE]
    return sum(later < earlier for earlier, later in pairwise(order))


def in_place(word: Word, cost_of_a_kind: float) -> float:
    """What a word costs that stands where the list has another: most where it tells bodies apart."""
    meaning = word.meaning
    if meaning.form.isdigit() or (meaning.capital and meaning.form in TELLING_APART):
        return table.ANOTHER_IN_PLACE
    return cost_of_a_kind if meaning.capital and meaning.flags & GENERIC else 0.0
