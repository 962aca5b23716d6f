"""Words of a text as values: what is known of a spelling, what it points to, and where it stands."""

from __future__ import annotations

from typing import NamedTuple

from watchlist.matching.language.lexicon import GIVEN_NAME, ORDINARY, PLACE, TITLE


class Meaning(NamedTuple):
    """What is known of one spelling."""

    form: str
    #: Symbols of listed names the word may stand for, with how alike they are (1 is a spelling of the same symbol).
    symbols: dict[str, float]
    #: What the lexicon knows of the word.
    flags: int
    zipf: int
    #: Starts with a capital, or is of a script without case.
    capital: bool
    #: All letters are capitals, and there are at least two.
    all_caps: bool
    #: Two listed words written as one.
    compound: bool
    #: Not written in Latin letters, so that the lexicon cannot know it.
    other_script: bool


class Word(NamedTuple):
    """A word of an article in place."""

    start: int
    end: int
    meaning: Meaning
    #: The text between the word before and this one.
    gap: str

    @property
    def is_distinctive(self) -> bool:
        """Whether the word by itself says which one is meant: no ordinary word, place, title or personal name."""
        return not self.meaning.flags & (ORDINARY | PLACE | TITLE | GIVEN_NAME) and len(self.meaning.form) > 3


class Pointers:
    """What the hot path needs of one spelling, of which the reader numbers those that point to any name.

    Its length in characters, its symbols that point to names together with another (`paired`), the names it points to
    by itself (`singles`), and whether it is a run of signs without spaces (`syllabic`), which is read sign by sign.
    """

    __slots__ = ("length", "number", "paired", "singles", "syllabic")

    def __init__(
        self, number: int, length: int, paired: tuple[int, ...], singles: tuple[int, ...], *, syllabic: bool = False
    ) -> None:
        self.syllabic = syllabic
        self.number = number
        self.length = length
        self.paired = paired
        self.singles = singles


#: A word of a text that points to listed names: start, end, and what it points to.
Anchor = tuple[int, int, Pointers]
