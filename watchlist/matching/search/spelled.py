"""Under which of the listed words a spelling is looked for. Wide: how alike the two are, `likeness` judges."""

from __future__ import annotations

from typing import Final

from watchlist.matching import table
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.index.keys import deletions, frame_key
from watchlist.matching.language.known.lexicon import EASTERN, lexicon
from watchlist.matching.language.name_words import without_abd
from watchlist.matching.language.script.abjad import frames, shares
from watchlist.matching.language.script.normalise import clean, without_vowels
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.words import Meaning

#: How many listed words a word written without vowels may stand for.
_MOST_FRAMED: Final = 12


def is_everyday(meaning: Meaning) -> bool:
    """Whether a word of a script without capitals is an everyday one, which is no part of a name by itself."""
    return not meaning.capital and not meaning.has_case


def listed_symbols(meaning: Meaning, index: CompiledIndex, *, widely: bool = False) -> dict[int, bool]:
    """The listed symbols a word may stand for, and whether it can stand for them by itself.

    An everyday word of a script without capitals is looked for as the list has it, and by its sound only ``widely``.
    """
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
    if not (meaning.capital or widely or meaning.english):
        return found
    if not meaning.other_script:
        for stem in meaning.stems[1:]:
            add(symbol(without_abd(stem)), True)
        add(symbol(meaning.form), True)
    # Of a word with an ending, or an adjective, it is known whose it is. One that is listed as it stands may still be
    # another listed word spelled otherwise: what one list has takes nothing from the next.
    own_id = index.symbol_id(meaning.symbol)
    inflected = any(id != own_id for id in found)
    for full in known.nicknames.get(meaning.form, ()):
        # The list may have a short form too, be it another one.
        for form in known.short_forms[full]:
            add(symbol(form), False)
    for stem in meaning.stems if meaning.other_script else ():
        add(symbol(without_abd(clean(stem))), True)
        if without_vowels(stem):
            # By itself only as it stands: many a word begins with a preposition.
            alone = meaning.capital and stem == meaning.stems[0] and len(stem) >= table.LONG_STEM
            for id in _told(stem, index):
                found.setdefault(id, alone)
    own = meaning.symbol
    unknown = not meaning.flags & ~EASTERN and own.isalpha() and not own.isupper()
    if not inflected and unknown and len(own) >= table.SHORTEST_MISSPELT:
        near = {id for form in deletions(own) for id in index.near_spelling(form)}
        for id in sorted(near):
            if index.symbol_text(id)[:1] == own[:1]:
                found.setdefault(id, len(own) >= table.LONG_MISSPELT)
    return found


def _told(stem: str, index: CompiledIndex) -> list[int]:
    """The listed symbols that a word without vowels may be, those of which it tells most."""
    shortest, longest = len(stem) - 2, 2 * len(stem)
    sounds = {
        sound: id
        for frame in frames(stem)
        for sound, id in index.same_frame(frame)
        if shortest <= len(sound) <= longest
    }
    told = shares(stem, sorted(sounds), table.TOLD_IN_A_TEXT)
    rows = sorted((-share, sounds[sound]) for sound, share in told.items())
    return [id for _, id in rows[:_MOST_FRAMED]]


def frame_of(meaning: Meaning, index: CompiledIndex) -> int:
    """The number of the word's consonant frame where some pair of listed names has it; -1 where none does."""
    if not meaning.capital:
        return -1
    key = frame_key(meaning.symbol)
    id = index.symbol_id(key) if key else None
    return -1 if id is None else id
