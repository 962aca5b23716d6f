"""A part of a name and the word that stands for it."""

from __future__ import annotations

from dataclasses import dataclass

from watchlist.matching import table
from watchlist.matching.language.known.lexicon import EASTERN, lexicon
from watchlist.matching.language.roles import NamePart
from watchlist.matching.language.spelling import in_spelling_class
from watchlist.matching.language.words import Word, is_telling


@dataclass(frozen=True, slots=True)
class PartMatch:
    """A part of the listed name and the word that stands for it, with how alike they are."""

    part: NamePart
    word: Word
    likeness: float

    @property
    def flags(self) -> int:
        """What is known of the word, and of the listed one where the text has it in another script."""
        own = self.word.meaning.flags
        return own | lexicon().flags.get(self.part.form, 0) if self.word.meaning.other_script else own

    @property
    def is_distinctive(self) -> bool:
        """Whether the word by itself says which one is meant, the listed one too where that is in another script."""
        if self.word.meaning.other_script and not is_telling(self.part.form):
            return False
        return self.word.is_distinctive

    def is_same_word(self) -> bool:
        """Whether a single word is the listed one: the same letters, or a known or long enough variant of it."""
        form, listed = self.word.meaning.form, self.part.form
        if listed == form:
            return True
        if self.likeness < table.SAME_WORD:
            # A slip of the pen in a long word that is no other makes no other of it.
            known = self.word.meaning.flags & ~EASTERN or self.word.meaning.other_script
            return not known and min(len(form), len(listed)) >= table.MAY_SLIP_FROM and self.likeness >= table.ONE_SLIP
        unknown = not self.word.meaning.flags & ~EASTERN
        return in_spelling_class(form) or (unknown and len(listed) >= table.MAY_VARY_FROM)
