"""How alike two words of names are: spellings of one word, short forms, slips of the pen, or two words."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from watchlist.matching import table
from watchlist.matching.language.abjad_names import is_another_name
from watchlist.matching.language.known.letter_shifts import shifts_between
from watchlist.matching.language.known.lexicon import (
    FAMILY_NAME,
    GENERIC,
    GIVEN_NAME,
    ORDINARY,
    PARTICLE,
    lexicon,
)
from watchlist.matching.language.known.name_frequency import commonness
from watchlist.matching.language.name_words import PATRONYMIC, PATRONYMIC_OF_ANY
from watchlist.matching.language.roles import GIVEN_ROLES, NamePart, Role
from watchlist.matching.language.script.abjad import share
from watchlist.matching.language.script.normalise import consonants, fold, skeleton, without_vowels
from watchlist.matching.language.spelling import plainer, symbol, words_of
from watchlist.matching.language.words import Meaning, Word, as_stem

_SILENT = re.compile("(?<=[aeiou])h(?![aeiou])|(?<=.{2})e$")
_HARD_C = re.compile("c(?![eiyh])")


def likeness(part: NamePart, word: Meaning) -> float:
    """How alike a part of a listed name and a word are: 1 for the same, 0 for two words that have nothing in common."""
    if part.form == word.form:
        return 1.0
    if part.role is Role.LEGAL_FORM or part.role is Role.NUMBER or word.form.isdigit():
        return float(part.symbol == word.symbol)
    if word.stems and word.other_script:
        return _of_stems(word.stems, word.symbol, part.symbol) or _translated(part, word)
    is_given = part.role in GIVEN_ROLES or part.role is Role.PERSONAL
    found = alike(part.form, word.form, is_given)
    return max(found, _inflected(part.form, word.stems, is_given)[0]) if word.stems else found


def is_behind_an_and(part: NamePart, meaning: Meaning) -> bool:
    """Whether a word stands for a part only without the "and" that it is written together with."""
    return meaning.and_before and not likeness(part, meaning._replace(stems=meaning.stems[:1]))


def may_be_small(part: NamePart, meaning: Meaning) -> bool:
    """Whether a word in small letters, or of a script without capitals, may be this part of a person's name."""
    if part.role is Role.PARTICLE and meaning.flags & PARTICLE:
        return True
    return part.form == meaning.form and (len(part.form) <= table.SMALL_WORD or meaning.other_script)


def read_as(part: NamePart, word: Word) -> Word:
    """The word that stands for a part, as the list has it where the text has it in another case or spelling."""
    meaning = word.meaning
    if meaning.form == part.form or not meaning.stems or meaning.other_script:
        return word
    is_given = part.role in GIVEN_ROLES or part.role is Role.PERSONAL
    best, stem = _inflected(part.form, meaning.stems, is_given)
    if best <= alike(part.form, meaning.form, is_given):
        return word
    return word._replace(meaning=as_stem(meaning, stem))


@lru_cache(maxsize=1 << 15)
def _inflected(listed: str, stems: tuple[str, ...], is_given: bool) -> tuple[float, str]:
    """The likeness of a word of Latin letters by the likest of its stems, and that stem; by little it is another's."""
    best, found = 0.0, ""
    for stem in stems[1:]:
        near = min(table.SAME_WORD, alike(listed, stem, is_given))
        if near > best:
            best, found = near, stem
    return (best, found) if best >= table.AS_ALIKE_AS_A_STEM else (0.0, "")


def _of_stems(stems: tuple[str, ...], own: str, listed: str) -> float:
    """The likeness of a word in another script, its endings, prefixes and missing vowels allowed for."""
    return 1.0 if own == listed else _stems(stems, listed)


@lru_cache(maxsize=1 << 15)
def _stems(stems: tuple[str, ...], listed: str) -> float:
    best = 0.0
    for at, stem in enumerate(stems):
        if any(symbol(form) == listed for form in words_of(stem)):
            return table.SAME_WORD
        if without_vowels(stem) and not is_another_name(stem, listed):
            told = share(stem, listed) - (table.CUT_READING if at else 0.0)
            if told >= table.TOLD_IN_A_TEXT:
                of_length = table.SAME_WORD if len(stem) >= table.LONG_STEM else table.SHORT_STEM
                best = max(best, of_length - table.EACH_SHARE_UNTOLD * max(0.0, table.TOLD_IN_FULL - told))
    return best


def _translated(part: NamePart, word: Meaning) -> float:
    """How alike a listed word is to what a word of another language says in English: its country, a kind of body."""
    if part.form == word.country:
        return table.ADJECTIVE
    return table.SAME_WORD if part.symbol in map(symbol, word.english) else 0.0


@lru_cache(maxsize=1 << 17)
def alike(one: str, other: str, is_given: bool = False, *, is_claimed: bool = False) -> float:
    """How alike two cleaned words are; symmetrical. Given names have short forms and initials.

    With ``is_claimed`` somebody says that both stand in one and the same name: then an ordinary word, or another's
    name, may well be a slip of the pen.
    """
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return table.INITIAL if is_given and one[0] == other[0] else 0.0
    sound, other_sound = symbol(one), symbol(other)
    if sound == other_sound:
        return table.SAME_WORD
    if (one.isupper() or other.isupper()) and not (is_given and _short_forms(one) & _short_forms(other)):
        return _without_vowels(one, other, is_claimed)
    return _stands_for(one, other, is_given) or _spelled(one, other, sound, other_sound, (is_given, is_claimed))


def is_known_for(part: NamePart, form: str) -> bool:
    """Whether a word of other letters is known to stand for a part: its initial, a short form, an adjective."""
    is_given = part.role in GIVEN_ROLES or part.role is Role.PERSONAL
    if len(form) == 1 or len(part.form) == 1:
        return is_given and form[:1] == part.form[:1]
    return _stands_for(part.form, form, is_given) > 0


def _stands_for(one: str, other: str, is_given: bool) -> float:
    """The likeness of a word and what is known to be said for it; 0 where nothing is known."""
    adjectives = lexicon().adjectives
    if is_given and _short_forms(one) & _short_forms(other):
        return table.NICKNAME
    if adjectives.get(one) == other or adjectives.get(other) == one:
        return table.ADJECTIVE
    if _of_one_father(one, other):
        return table.SAME_SOUND
    return table.CUT_SHORT if _is_shortened(one, other) or _is_shortened(other, one) else 0.0


def _of_one_father(one: str, other: str) -> bool:
    """Whether two patronymics are made of one name, however each hand writes their ends: Akhmatovich, Achmatowitsch."""
    if not (PATRONYMIC.search(one) or PATRONYMIC.search(other)):
        return False
    fathers = [PATRONYMIC_OF_ANY.sub("", form) for form in (one, other)]
    if fathers[0] == one or fathers[1] == other:
        return False
    father, other_father = (skeleton(fold(each)) for each in fathers)
    return father[:1] == other_father[:1] and OSA.normalized_similarity(father, other_father) >= table.OF_ONE_FATHER


def _without_vowels(one: str, other: str, is_claimed: bool) -> float:
    """The likeness of words of which one is in a script that leaves vowels out, or writes signs: by consonants."""
    if one.isupper() and other.isupper():
        near = min(len(one), len(other)) >= table.ENOUGH_CONSONANTS and OSA.distance(one, other) == 1
        return table.NEAR_CONSONANTS if near and is_claimed else 0.0
    frame, other_frame = skeleton(fold(one.lower())), skeleton(fold(other.lower()))
    if frame == other_frame:
        return table.SAME_CONSONANTS
    near = min(len(frame), len(other_frame)) >= table.ENOUGH_CONSONANTS and OSA.distance(frame, other_frame) == 1
    return table.NEAR_CONSONANTS if near else 0.0


def _is_shortened(one: str, other: str) -> bool:
    """Whether a word is the beginning of a word of trade: ``telecom``, ``petrochem``."""
    flags = lexicon().flags
    return (
        len(one) >= table.SHORTEST_CUT_SHORT
        and other.startswith(one)
        and bool((flags.get(other, 0) | flags.get(plainer(other), 0)) & GENERIC)
    )


def _spelled(one: str, other: str, sound: str, other_sound: str, taken: tuple[bool, bool]) -> float:
    """The likeness of two words that differ by slips of the pen, or in the sound of a letter.

    ``taken`` says whether they are taken for given names, and for the same name.
    """
    is_given, is_claimed = taken
    if _western(one) == _western(other):
        return table.SAME_SOUND
    longest, shortest = max(len(sound), len(other_sound)), min(len(sound), len(other_sound))
    slips = min(OSA.distance(sound, other_sound), OSA.distance(one, other))
    allowed = 0 if shortest < table.ONE_SLIP_FROM else 1 if longest < table.TWO_SLIPS_FROM else 2
    shifts = 0
    if shortest >= table.MAY_SHIFT_FROM and slips <= 2 * allowed:
        are_names = not is_given and _is_name(one) and _is_name(other)
        shifts = _shifts(sound, other_sound, table.SHIFT_OF_A_NAME if are_names else 0.0)
    if slips > allowed and not 0 < shifts <= allowed:
        return 0.0
    flags, other_flags = lexicon().flags.get(one, 0), lexicon().flags.get(other, 0)
    if not is_claimed and (flags | other_flags) & ORDINARY and not (flags | other_flags) & (GIVEN_NAME | FAMILY_NAME):
        # An ordinary word is no misspelt name.
        return 0.0
    if 0 < shifts <= allowed:
        return 1 - table.SHIFT * shifts / longest
    weight = table.VOWEL_SLIP if skeleton(sound) == skeleton(other_sound) else table.SLIP
    if not is_claimed and sound[0] != other_sound[0]:
        weight *= table.OTHER_BEGINNING
    if not is_claimed and consonants(sound) != consonants(other_sound) and _is_name(one) and _is_name(other):
        weight *= table.BOTH_ARE_NAMES
    found = 1 - weight * slips / longest
    longer, shorter = (sound, other_sound) if len(sound) > len(other_sound) else (other_sound, sound)
    if not is_claimed and longer.startswith(shorter) and longer[-1] in "aeio" and (_is_name(one) or _is_name(other)):
        # A vowel more at the end makes another name: Hashem and Hashemi, Ivanov and Ivanova; not Amr and Amru.
        return 0.0
    return found if found >= table.LEAST_LIKENESS else 0.0


def _shifts(one: str, other: str, least: float) -> int:
    """In how many places two sounds differ by letters that are written for each other; 0 where they differ otherwise.

    A letter more at the end makes another name. ``least`` is how telling in bits a shift must be.
    """
    if one.startswith(other) or other.startswith(one):
        return 0
    shifts = shifts_between(one, other)
    return shifts.places if shifts is not None and shifts.bits >= least else 0


def _is_name(form: str) -> bool:
    """Whether a word is known as a name of persons, so that it is hardly another misspelt."""
    known = commonness(form)
    return known.family is not None or known.given is not None


@lru_cache(maxsize=1 << 14)
def _western(form: str) -> str:
    """A word as it sounds in Western Europe: a silent h or e, a hard c."""
    return fold(_HARD_C.sub("k", _SILENT.sub("", form)))


@lru_cache(maxsize=1 << 12)
def _short_forms(form: str) -> frozenset[str]:
    return lexicon().nicknames.get(form, frozenset())
