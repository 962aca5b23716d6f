"""How a listed name lies over words of a text, and what can be said of that whatever the article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from watchlist.matching import table
from watchlist.matching.index.compiled import ListedName
from watchlist.matching.language.known.lexicon import (
    EASTERN,
    FAMILY_NAME,
    GENERIC,
    GIVEN_NAME,
    ORDINARY,
    PLACE,
    TITLE,
    lexicon,
)
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, SMALL_ROLES, NamePart, Role
from watchlist.matching.language.script.normalise import without_vowels
from watchlist.matching.language.script.scripts import is_latin
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.matched import PartMatch


class Settled(NamedTuple):
    """What the rules of the evidence say of an alignment whatever the article, and what is left to ask of each."""

    #: The place of a rule, how far it holds, and in what words.
    found: tuple[tuple[int, float, str], ...]
    #: What these come to, and the most that the others can add.
    total: float
    gain: float
    #: The places of the rules that are left, in the order of asking.
    open: tuple[int, ...]


# The search makes them by position, many for every new stretch of words: keywords take half as long again.
@dataclass(frozen=True)
class Alignment:
    """How a listed name lies over a stretch of words; ``first`` and ``last`` index the words, both inclusive.

    Alignments are remembered from article to article, and with them what is found out about them; hence no slots.
    """

    name: ListedName
    first: int
    last: int
    #: Where the stretch begins and ends, in characters from where the words were counted.
    start: int
    end: int
    matches: tuple[PartMatch, ...]
    missing: tuple[NamePart, ...]
    #: Capitalised words inside the stretch that the listed name does not have.
    extra: tuple[Word, ...]
    score: float
    #: Whether a legal form stands right beside it that the list does not have, or has another of.
    as_firm: bool = False

    @cached_property
    def settled(self) -> dict[bool, Settled]:
        """What the evidence settles of it, as a trusted name or not; filled in when first asked."""
        return {}

    @cached_property
    def strong(self) -> tuple[PartMatch, ...]:
        """The matches that say something: no legal forms, no small words."""
        return tuple(m for m in self.matches if m.part.role not in SMALL_ROLES)

    @cached_property
    def commonness(self) -> tuple[float, ...]:
        """How common each word that says something is; empty when one is no ordinary word, place or title."""
        found = []
        if self.is_as_its_script_has_it and len(self.strong) > 1:
            return ()
        adjectives = lexicon().adjectives
        described = any(adjectives.get(m.word.meaning.form) == m.part.form for m in self.strong)
        for m in self.strong:
            flags, zipf = m.word.meaning.flags, m.word.meaning.zipf
            if m.part.role is Role.NUMBER:
                if len(m.part.form) >= table.TELLING_NUMBER:
                    return ()
                continue
            if len(self.strong) > 1 and not m.word.meaning.has_case and flags & (GIVEN_NAME | FAMILY_NAME):
                # No capital says which of the two it is; beside another word of the name it is one.
                return ()
            if m.word.meaning.other_script:
                # What a word of another script sounds like may be an ordinary word here.
                flags |= lexicon().flags.get(m.part.form, 0)
                zipf = max(zipf, lexicon().zipf.get(m.part.form, 0))
            if m.word.meaning.english:
                # What says in another language what kind of body is meant, many bodies have.
                found.append(1.0)
                continue
            if described and flags & GENERIC and not flags & ORDINARY:
                # China Telecom is a name; a Chinese telecom may be any.
                found.append(1.0)
                continue
            if not flags & (ORDINARY | TITLE | PLACE):
                return ()
            usual = (zipf - table.ORDINARY_FROM) / (table.ORDINARY_IN_FULL - table.ORDINARY_FROM)
            usual = max(0.0, min(1.0, usual))
            found.append(table.ORDINARY_PLACE if flags & PLACE else table.ORDINARY_TITLE if flags & TITLE else usual)
        return tuple(found)

    @cached_property
    def commonness_together(self) -> float:
        """How far a match of several words, each of them an ordinary one, is no more than words."""
        common = self.commonness
        share = table.OF_TWO_ORDINARY_WORDS if len(common) == 2 else table.OF_MORE_ORDINARY_WORDS
        return min(common) * share if len(common) > 1 else 0.0

    @cached_property
    def is_a_firms_full_name(self) -> bool:
        """Whether all of the name is there with its legal form, which makes a name of any word."""
        capitals = all(m.word.meaning.capital or m.part.role is Role.NUMBER for m in self.strong)
        return self.has_legal_form and self.is_whole and capitals

    @cached_property
    def is_one_stem(self) -> bool:
        """Whether one word with an ending of its language that the list does not have stands for all of the name."""
        strong = self.strong
        if len(strong) != 1 or strong[0].word.meaning.other_script:
            return False
        # The word stands there as the list has it (`read_as`), but the text has it otherwise.
        return strong[0].word.meaning.form == strong[0].part.form and strong[0].likeness < 1

    @cached_property
    def legal_form_lost(self) -> bool:
        """Whether ordinary words, one personal name, or what only sounds like it, stand for a firm without its form."""
        strong = self.strong
        a_name = len(strong) == 1 and bool(strong[0].word.meaning.flags & (GIVEN_NAME | FAMILY_NAME))
        a_sound = len(strong) == 1 and strong[0].word.meaning.other_script and strong[0].part.form.islower()
        said = a_name or a_sound or self.is_one_stem or bool(self.commonness)
        return said and any(part.role is Role.LEGAL_FORM for part in self.missing)

    @cached_property
    def may_be_proper(self) -> bool:
        """Whether the name is there in full and with capitals, so that capitals can make a name of its words."""
        return self.is_whole and (all(m.word.meaning.capital for m in self.strong) or self.is_told_by_its_kind)

    @cached_property
    def is_told_by_its_kind(self) -> bool:
        """Whether a word of another language says what kind of body it is, and another which one."""
        translated = sum(m.part.symbol in map(symbol, m.word.meaning.english) for m in self.strong)
        return 0 < translated < len(self.strong)

    @cached_property
    def in_other_script(self) -> bool:
        """Whether the name stands there in another script than Latin, amid words that the lexicon does not know."""
        return any(m.word.meaning.other_script for m in self.matches)

    @cached_property
    def is_latin_for_another_script(self) -> bool:
        """Whether Latin letters stand for a name that is listed in another script, by its sound."""
        return bool(self.matches) and not self.in_other_script and not is_latin(self.name.name.text)

    @cached_property
    def is_as_its_script_has_it(self) -> bool:
        """Whether the list has the name in the script of the text, and so its very words."""
        return bool(self.strong) and all(m.word.meaning.other_script and m.part.form.isupper() for m in self.strong)

    @cached_property
    def is_one_sound(self) -> bool:
        """Whether one word in a script without vowels stands for all of the name, by its sound."""
        strong = self.strong
        return (
            len(strong) == 1
            and strong[0].word.meaning.other_script
            and not strong[0].part.form.isupper()
            and without_vowels(strong[0].word.meaning.stems[0] if strong[0].word.meaning.stems else "")
        )

    @cached_property
    def is_by_sound_without_vowels(self) -> bool:
        """Whether words without vowels stand for a name that is listed in Latin letters, as they would for many."""
        return self.name.name.text.isascii() and any(
            m.word.meaning.other_script and not m.word.meaning.has_case and m.word.meaning.form.isupper()
            for m in self.strong
        )

    @cached_property
    def is_whole(self) -> bool:
        """Whether of the listed name nothing but legal forms and small words is missing."""
        return all(part.role in SMALL_ROLES for part in self.missing)

    @cached_property
    def lost_particles(self) -> frozenset[str]:
        """Small words of the listed name that were not found."""
        return frozenset(part.form for part in self.missing if part.role is Role.PARTICLE)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of the parts that were found."""
        return frozenset(m.part.role for m in self.matches)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The words of the text that stand for parts of the name, in their comparable form."""
        return frozenset(m.word.meaning.form for m in self.matches)

    @cached_property
    def phrase(self) -> str:
        """The same words in the order of the name."""
        return " ".join(m.word.meaning.form for m in self.matches)

    @cached_property
    def running(self) -> str:
        """The same words in the order of the text, legal forms left out."""
        found = sorted((m.word.start, m.word.meaning.form) for m in self.matches if m.part.role is not Role.LEGAL_FORM)
        return " ".join(form for _, form in found)

    @cached_property
    def has_legal_form(self) -> bool:
        """Whether a legal form of the listed name was found; in small letters ``too`` and ``as`` are words."""
        return any(m.part.role is Role.LEGAL_FORM and m.word.meaning.capital for m in self.matches)

    @cached_property
    def stands_as_a_firm(self) -> bool:
        """Whether a legal form makes a firm of it: the listed one, or of a word nobody knows as anything else any."""
        return self.has_legal_form or (self.as_firm and self.is_of_unheard_words)

    @cached_property
    def is_of_unheard_words(self) -> bool:
        """Whether one of its words at least is known as nothing else: no word, place or name of a person."""
        return any(m.is_distinctive and not m.flags & ~EASTERN for m in self.strong)

    @cached_property
    def symbols(self) -> frozenset[str]:
        """What the words found stand for, the same for all their spellings."""
        return frozenset(match.part.symbol for match in self.matches)

    @cached_property
    def leading_symbols(self) -> tuple[str, ...]:
        """The first two symbols of the listed name."""
        return tuple(part.symbol for part in self.name.parts[:2])

    @cached_property
    def family_name_only(self) -> bool:
        """Whether of a person's name only a family name was found."""
        roles = self.roles
        return not roles.isdisjoint(FAMILY_ROLES) and roles.isdisjoint(GIVEN_ROLES)
