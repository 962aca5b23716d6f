"""Under which of the listed words a spelling is looked for. Wide: how alike the two are, `likeness` judges."""

from __future__ import annotations

from typing import Final

from watchlist.matching import table
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.index.keys import deletions, frame_key
from watchlist.matching.language.known.lexicon import EASTERN, lexicon
from watchlist.matching.language.name_words import without_abd
from watchlist.matching.language.script.abjad import frames, share
from watchlist.matching.language.script.normalise import clean, without_vowels
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.words import Meaning

#: How many listed words a word written without vowels may stand for.
_MOST_FRAMED: Final = 40


def listed_symbols(meaning: Meaning, index: CompiledIndex) -> dict[int, bool]:
    """The listed symbols a word may stand for, and whether it can stand for them by itself."""
    found: dict[int, bool] = {}

    def add(text: str, whole: bool) -> None:
        id = index.symbol_id(text)
        if id is not None:
            found.setdefault(id, whole)

    add(meaning.symbol, True)
    known = lexicon()
    country = known.adjectives.get(meaning.form)
    if country is not None:
        add(symbol(country), False)
    if meaning.other_script:
        for english in (meaning.country, *meaning.english):
            add(symbol(english), False)
        for stem in meaning.stems:
            add(symbol(without_abd(clean(stem))), True)
    if not (meaning.capital or meaning.english or (meaning.other_script and meaning.zipf < table.IS_NO_NAME)):
        return found
    if not meaning.other_script:
        for stem in meaning.stems[1:]:
            add(symbol(without_abd(stem)), True)
        add(symbol(meaning.form), True)
    listed = bool(found)
    for full in known.nicknames.get(meaning.form, ()):
        add(symbol(full), False)
    for stem in meaning.stems if meaning.other_script else ():
        add(symbol(without_abd(clean(stem))), True)
        if without_vowels(stem):
            ids = {id for frame in frames(stem) for id in index.same_frame(frame)[:_MOST_FRAMED]}
            for id in sorted(ids):
                if share(stem, index.symbol_text(id)) >= table.TOLD_IN_A_TEXT:
                    # By itself only as it stands: many a word begins with a preposition.
                    alone = meaning.capital and stem == meaning.stems[0] and len(stem) >= table.LONG_STEM
                    found.setdefault(id, alone)
    own = meaning.symbol
    unknown = not meaning.flags & ~EASTERN and own.isalpha() and not own.isupper()
    if not listed and unknown and len(own) >= table.SHORTEST_MISSPELT:
        near = {id for form in deletions(own) for id in index.near_spelling(form)}
        for id in sorted(near):
            if index.symbol_text(id)[:1] == own[:1]:
                found.setdefault(id, True)
    return found


def frame_of(meaning: Meaning, index: CompiledIndex) -> int:
    """The number of the word's consonant frame where some pair of listed names has it; -1 where none does."""
    if not meaning.capital:
        return -1
    key = frame_key(meaning.symbol)
    id = index.symbol_id(key) if key else None
    return -1 if id is None else id
