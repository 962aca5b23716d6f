"""A part of a name and the word that stands for it."""

from __future__ import annotations

from dataclasses import dataclass

from watchlist.matching.language.lexicon import EASTERN
from watchlist.matching.language.roles import NamePart
from watchlist.matching.language.spelling import in_spelling_class
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.word import SPELLING

#: From this many letters on an unknown word may be spelled otherwise and be the same word all the same.
_LONG_ENOUGH = 6


@dataclass(frozen=True, slots=True)
class PartMatch:
    """A part of the listed name and the word that stands for it, with how alike they are."""

    part: NamePart
    word: Word
    likeness: float

    def is_same_word(self) -> bool:
        """Whether a single word is the listed one: the same letters, or a known or long enough variant of it."""
        form, listed = self.word.meaning.form, self.part.form
        if listed == form:
            return True
        if self.likeness < SPELLING:
            return False
        return in_spelling_class(form) or (not self.word.meaning.flags & ~EASTERN and len(listed) >= _LONG_ENOUGH)
