"""A pack: what is known of one language, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Capitals(StrEnum):
    """What a capital letter inside a sentence means."""

    #: A proper name, as in English.
    NAMES = "names"
    #: Any noun, as in German.
    NOUNS = "nouns"
    #: The script has none.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KnownWord:
    """What the word table of a pack says of a word: flags as of `known.lexicon`, and ten times its Zipf value."""

    flags: int
    zipf: int


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """What is known of one language, but for its everyday words, which `load.everyday_words` has.

    Words are in the form of `normalise.native`; a pack may have little or much.
    """

    #: ISO 639 code, and the language's name in English.
    code: str
    name: str
    #: The script it is written in, as `scripts.script_of` calls it.
    script: str
    capitals: Capitals = Capitals.NAMES
    #: Endings that a name may have in a sentence, the longest first, and what it may have instead when it stands alone.
    endings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Small words that are written together with the next one, the longest first, and what they may stand for there.
    prefixes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Small words that are written together with the next one and an apostrophe between: ``l'`` without it.
    elisions: frozenset[str] = frozenset()
    #: Whether what stands behind an apostrophe is an ending.
    parts_endings: bool = False
    #: First halves of names that may be written together with the second.
    halves: tuple[str, ...] = ()
    #: How the language spells foreign sounds, and what English has for it; ``^`` and ``$`` are a word's ends.
    spellings: tuple[tuple[str, str], ...] = ()
    #: Words that stand before a name and are no part of it.
    titles: frozenset[str] = frozenset()
    #: Words that tell what kind of body something is, and the English words for it.
    generic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The beginnings of words that tell what an article is about, and the English words that say so.
    matters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Names of countries, their capitals and peoples, to the codes of the countries (ISO 3166-1 alpha-2, small).
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: What else the evidence asks for by name, in the form of `normalise.clean`: prepositions before a place, private
    #: callings. See `docs/languages.md`.
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)

    #: Family names, in scripts where nothing else tells a name from words.
    family_names: frozenset[str] = frozenset()

    @property
    def inflects(self) -> bool:
        """Whether a word of a text may be a name in another form than a list has it in."""
        return bool(self.endings or self.prefixes or self.halves or self.spellings)

    def group(self, name: str) -> frozenset[str]:
        """The words of a group; none where the pack does not have it."""
        return self.groups.get(name, frozenset())
