"""How names are read and compared, as far as entries of lists are: what `matching` knows of names, asked from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from watchlist.model import Name, Schema


class ComparedWord(NamedTuple):
    """A word of a listed name; small words and legal forms are none."""

    #: What all spellings of the word share.
    symbol: str
    #: Its consonants in broad classes, which two transliterations of one word have in common.
    frame: str
    #: How much it says that two names share it: the binary logarithm of how many names one of them has it in.
    bits: float


@dataclass(frozen=True, slots=True)
class ComparedName:
    """A listed name as it is compared with others."""

    name: Name
    words: tuple[ComparedWord, ...]
    #: The legal forms, each as the one that its spellings stand for.
    legal_forms: frozenset[str]
    #: The symbols of the words in a fixed order: the same for all spellings and orders of a name.
    key: tuple[str, ...]
    #: The consonants of the words: of each, and of all in their order.
    frames: frozenset[str]
    sound: str


class Naming(Protocol):
    """What grouping asks of names."""

    def read(self, name: Name, schema: Schema) -> ComparedName:
        """A name taken apart."""

    def in_common(self, one: ComparedName, other: ComparedName, schema: Schema) -> tuple[str, ...] | None:
        """The words, by their symbol in ``one``, that two spellings of one name share; None where they are two names.

        Slips of the pen do not count as spellings here: Kamal and Jamal are brothers.
        """

    def cause(self, programs: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
        """The countries, and the words, that sanctions programs are about."""
