"""Whole names: a run of words of a text against a listed name, as `match` compares the two.

What the press may leave out is the matter of `align`; here nothing is left out, and more slips of the pen are allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from watchlist.matching.index.compiled import ListedName
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.lexicon import PARTICLE, TITLE
from watchlist.matching.language.roles import NamePart
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.matched import PartMatch
from watchlist.matching.likeness.names import Compared, compare
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.gaps import HYPHENS, Gap, gap_kind
from watchlist.matching.table import NAME_PREDICTED
from watchlist.model import Name, Schema

#: What a likeness comes to that is seen by no other eye.
_ENOUGH_FOR_REVIEW: Final = 0.64
#: How many words more than the listed name a run may have.
_MORE_WORDS: Final = 2


def whole_name(name: ListedName, words: Sequence[Word], anchor: int) -> Alignment | None:
    """The listed name against all words that stand together around the anchor; None unless `match` takes them for one.

    It scores no more than is enough for review: nobody says of the words of a text that they may be this name.
    """
    first, last = _run(words, anchor)
    if last - first + 1 > len(name.parts) + _MORE_WORDS or first == last:
        return None
    run = words[first : last + 1]
    text = "".join(("-" if at and word.gap in HYPHENS else " ") + word.meaning.form for at, word in enumerate(run))
    compared = _compared(name.parts, name.name.text, text.strip(), name.schema)
    score = compared.likeness
    if score < NAME_PREDICTED:
        return None
    matches = _matches(name, compared, run)
    found = {match.part for match in matches}
    missing = tuple(part for part in name.parts if part not in found)
    return Alignment(
        name, first, last, words[first].start, words[last].end, matches, missing, (), min(score, _ENOUGH_FOR_REVIEW)
    )


def _run(words: Sequence[Word], anchor: int) -> tuple[int, int]:
    """The first and the last of the words with capitals, and small words between, that stand together."""
    first = last = anchor
    while (
        first and gap_kind(words[first].gap, words[first - 1].meaning.form) is Gap.PLAIN and _belongs(words[first - 1])
    ):
        first -= 1
    while last + 1 < len(words) and _touch(words, last, last + 1):
        if not (_belongs(words[last + 1]) or words[last + 1].gap in HYPHENS):
            break
        last += 1
    while first < anchor and not _begins(words[first]):
        first += 1
    while last > anchor and not (words[last].meaning.capital or words[last].gap in HYPHENS):
        last -= 1
    return first, last


def _touch(words: Sequence[Word], one: int, other: int) -> bool:
    return gap_kind(words[other].gap, words[one].meaning.form) is Gap.PLAIN


def _belongs(word: Word) -> bool:
    meaning = word.meaning
    return meaning.capital or meaning.form.isdigit() or bool(meaning.flags & PARTICLE)


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
