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
#: From this many letters on, and this alike, it may even be misspelt.
_LONG, _ONE_SLIP = 8, 0.84


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
            # A slip of the pen in a long word that is no other makes no other of it.
            known = self.word.meaning.flags & ~EASTERN
            return not known and min(len(form), len(listed)) >= _LONG and self.likeness >= _ONE_SLIP
        return in_spelling_class(form) or (not self.word.meaning.flags & ~EASTERN and len(listed) >= _LONG_ENOUGH)
