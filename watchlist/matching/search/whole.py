"""Whole names: a run of words of a text against a listed name, as `match` compares the two.

What the press may leave out is the matter of `align`; here nothing is left out, and more slips of the pen are allowed.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache

from watchlist.matching import table
from watchlist.matching.index.compiled import ListedName
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.known.lexicon import LEGAL_FORM, PARTICLE, TITLE
from watchlist.matching.language.name_words import FUNCTION_WORDS
from watchlist.matching.language.roles import SMALL_ROLES, NamePart
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.matched import PartMatch
from watchlist.matching.likeness.names import Compared, compare
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.gaps import HYPHENS, Gap, gap_kind, is_small_letter
from watchlist.model import Name, Schema


def whole_name(name: ListedName, words: Sequence[Word], anchor: int) -> Alignment | None:
    """The listed name against all words that stand together around the anchor; None unless `match` takes them for one.

    It scores no more than is enough for review, for nobody says of the words of a text that they may be this name; but
    where two further words are the listed ones, the rest is a matter of spelling.
    """
    forms = {part.form for part in name.parts}
    first, last = _run(words, anchor, forms, len(name.parts) + table.WORDS_MORE)
    if last - first + 1 > len(name.parts) + table.WORDS_MORE or first == last:
        return None
    run = words[first : last + 1]
    if not _may_be_complete(name, run):
        return None
    text = "".join(("-" if at and word.gap in HYPHENS else " ") + word.meaning.form for at, word in enumerate(run))
    compared = _compared(name.parts, name.name.text, text.strip(), name.schema)
    score = compared.likeness
    if score < table.NAME_PREDICTED or not _is_complete(name, compared, run):
        return None
    matches = _matches(name, compared, run)
    found = {match.part for match in matches}
    missing = tuple(part for part in name.parts if part not in found)
    if score < table.BEYOND_DOUBT or not _is_told_by_others(compared):
        score = min(score, table.ENOUGH_FOR_REVIEW)
    return Alignment(name, first, last, words[first].start, words[last].end, matches, missing, (), score)


def _may_be_complete(name: ListedName, run: Sequence[Word]) -> bool:
    """Whether as many words stand there as the list has, or the same letters may do in another number of words."""
    listed = [part.form for part in name.parts if part.role not in SMALL_ROLES]
    standing = [word.meaning.form for word in _saying(run, listed)]
    return len(listed) == len(standing) or 1 in (len(listed), len(standing)) or "".join(listed) == "".join(standing)


def _is_complete(name: ListedName, compared: Compared, run: Sequence[Word]) -> bool:
    """Whether every word of either name that says anything stands for one of the other."""
    if not compared.pairs:
        return True
    listed = [part.form for part in name.parts if part.role not in SMALL_ROLES]
    standing = _saying(run, listed)
    return sum(part.role not in SMALL_ROLES for part, _, _ in compared.pairs) >= max(len(listed), len(standing))


def _is_told_by_others(compared: Compared) -> bool:
    """Whether of three words at least that tell whose name it is two are the listed ones, in a spelling of theirs."""
    told = [alike for part, _, alike in compared.pairs if part.role not in SMALL_ROLES]
    return (
        len(told) > table.NAMES_THAT_AGREE and sum(each >= table.SAME_WORD for each in told) >= table.NAMES_THAT_AGREE
    )


def _saying(run: Sequence[Word], listed: Container[str]) -> list[Word]:
    """The words that say anything: no small ones and no legal forms, unless the list takes them for a name."""
    small = PARTICLE | LEGAL_FORM
    return [word for word in run if not word.meaning.flags & small or word.meaning.form in listed]


def _run(words: Sequence[Word], anchor: int, forms: Container[str], most: int) -> tuple[int, int]:
    """The first and the last of the words with capitals, and small words between, that stand together.

    A word of function stands between two names, unless it is one of the ``forms`` of the listed one. What has more
    than ``most`` words is not followed to its end.
    """

    def belongs(at: int) -> bool:
        meaning = words[at].meaning
        if meaning.form not in forms and is_small_letter(words, at):
            return False
        if meaning.capital or meaning.form.isdigit():
            return True
        return bool(meaning.flags & PARTICLE) and (meaning.form not in FUNCTION_WORDS or meaning.form in forms)

    first = last = anchor
    while (
        first
        and anchor - first <= most
        and gap_kind(words[first].gap, words[first - 1].meaning.form) is Gap.PLAIN
        and belongs(first - 1)
    ):
        first -= 1
    while last + 1 < len(words) and last - anchor <= most and _touch(words, last, last + 1):
        if not (belongs(last + 1) or words[last + 1].gap in HYPHENS):
            break
        last += 1
    while first < anchor and not _begins(words[first]):
        first += 1
    while last > anchor and not (words[last].meaning.capital or words[last].gap in HYPHENS):
        last -= 1
    return first, last


def _touch(words: Sequence[Word], one: int, other: int) -> bool:
    return gap_kind(words[other].gap, words[one].meaning.form) is Gap.PLAIN


def _begins(word: Word) -> bool:
    return (word.meaning.capital and not word.meaning.flags & TITLE) or word.meaning.form.isdigit()


@lru_cache(maxsize=1 << 14)
def _compared(parts: tuple[NamePart, ...], listed: str, text: str, schema: Schema) -> Compared:
    return compare(parts, parse_name(Name(text), schema), listed, text)


def _matches(name: ListedName, compared: Compared, run: Sequence[Word]) -> tuple[PartMatch, ...]:
    """The parts that were found, each with a word that stands for it."""
    by_form = {word.meaning.form: word for word in reversed(run)}
    pairs = compared.pairs or tuple((part, part, compared.likeness) for part in name.parts)
    return tuple(PartMatch(part, by_form.get(other.form, run[0]), alike) for part, other, alike in pairs)
