"""Words of a text as values: what language knows of a spelling, and where a word stands.

Nothing here knows a list: what a spelling means is the same whatever is listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Final, NamedTuple

from watchlist.matching.language.known.lexicon import (
    FAMILY_NAME,
    GENERIC,
    GIVEN_NAME,
    ORDINARY,
    PLACE,
    TITLE,
    lexicon,
)
from watchlist.matching.language.latin import read_latin
from watchlist.matching.language.name_words import without_abd
from watchlist.matching.language.numbers import as_digits
from watchlist.matching.language.packs.inflection import stems, without_endings, without_prefixes
from watchlist.matching.language.packs.load import ENGLISH, default_of, everyday_words, pack
from watchlist.matching.language.packs.pack import KnownWord, Pack
from watchlist.matching.language.script.normalise import (
    APOSTROPHES,
    INVISIBLE,
    clean,
    native,
    without_possessive,
    without_vowels,
)
from watchlist.matching.language.script.scripts import CAPITALS, CASELESS, LATIN, script_of
from watchlist.matching.language.spelling import plainer, symbol

_TRAILING = re.compile(f"[{APOSTROPHES}{INVISIBLE}]+$")
_CACHED_WORDS: Final = 1 << 17
#: Ten times the Zipf value from which a word of another language is no name in any form: one in ten thousand words.
_EVERYDAY: Final = 50

#: What a word is that says little by itself, and the length up to which any word does.
_KNOWN: Final = ORDINARY | PLACE | TITLE | GIVEN_NAME
_SHORT: Final = 3


class Meaning(NamedTuple):
    """What is known of one spelling."""

    #: The comparable form (`normalise.clean`), of a number its digits.
    form: str
    #: What the word shares with its other spellings (`spelling.symbol`).
    symbol: str
    #: What the lexicon knows of the word.
    flags: int
    zipf: int
    #: Starts with a capital, or is of a script without case.
    capital: bool
    #: All letters are capitals, and there are at least two.
    all_caps: bool
    #: Not written in Latin letters, so that the lexicon cannot know it.
    other_script: bool
    #: Whether its script has capitals, so that one means something.
    has_case: bool
    #: Of a word in another script, or in a language that inflects names: itself and what it may be without endings and
    #: prefixes, in its script; of Latin letters in comparable form.
    stems: tuple[str, ...] = ()
    #: The English word for the country that it speaks of; empty for most.
    country: str = ""
    #: The English words for the kind of body that it tells; none for most.
    english: tuple[str, ...] = ()
    #: Whether the language puts it between two people, or a person and a place, and never into a person's name.
    between: bool = False
    #: Whether it begins with such a word of one letter, or may do: Arabic writes an "and" together with the next word.
    and_before: bool = False


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
        return not self.meaning.flags & _KNOWN and len(self.meaning.form) > _SHORT


def as_stem(meaning: Meaning, stem: str) -> Meaning:
    """What is known of a word of Latin letters that stands for one of its stems: as if the text had that."""
    known = lexicon()
    # Another of its stems may be somebody's name.
    flags = meaning.flags & ~(GIVEN_NAME | FAMILY_NAME) | known.flags.get(stem, 0)
    zipf = max(meaning.zipf, known.zipf.get(stem, 0))
    return meaning._replace(form=stem, symbol=symbol(stem), flags=flags, zipf=zipf, stems=())


def is_telling(form: str) -> bool:
    """Whether a word of a listed name by itself says which one is meant, as `Word.is_distinctive` does of a text's."""
    known = lexicon().flags
    return not (known.get(form, 0) | known.get(plainer(form), 0)) & (_KNOWN | GENERIC) and len(form) > _SHORT


def visible_end(surface: str) -> str:
    """A word without trailing apostrophes, invisible characters and genitive, all of which are no part of a name."""
    return without_possessive(_TRAILING.sub("", surface)) if not surface.isalnum() else surface


@cache
def _capitals() -> re.Pattern[str]:
    # Compiled when a word of other letters is met: so large a class takes longer than reading a short text.
    return re.compile(f"[{CAPITALS}{CASELESS}]")


def _has_capital(surface: str) -> bool:
    first = surface[:1]
    return "A" <= first <= "Z" if first.isascii() else _capitals().match(first) is not None


@cache
def meanings(code: str) -> Callable[[str], Meaning]:
    """What is known of a spelling as it stands in a text of a language, remembered; ``code`` is that of its pack."""
    return lru_cache(maxsize=_CACHED_WORDS)(partial(_meaning, code))


def _meaning(code: str, surface: str) -> Meaning:
    known = lexicon()
    as_written, surface = surface, visible_end(surface)
    whole = clean(surface)
    form = as_digits(without_abd(whole))
    own_symbol = symbol(form)
    flags, zipf = known.flags.get(whole, 0), known.zipf.get(whole, 0)
    script = native(surface).replace(" ", "")
    other_script = not script.isascii()
    read_by = _read_by(code, script, other_script)
    found: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    country = form if form in known.countries else ""
    capital = _has_capital(surface)
    if read_by is not None:
        vowelless = other_script and without_vowels(script)
        known_words = everyday_words(read_by.code)
        own = known_words.get(surface) or known_words.get(script)
        if own is not None:
            flags, zipf = flags | own.flags, max(zipf, own.zipf)
            # Of an everyday word other scripts would write the first letter small.
            capital = capital and not (vowelless and _is_no_name(own))
        elif vowelless and (inner := _everyday(script, read_by)) is not None:
            flags, zipf = flags | inner[0].flags, max(zipf, inner[0].zipf)
            capital = capital and inner[1] == 1
        everyday = own is not None and own.zipf >= _EVERYDAY and bool(own.flags & ORDINARY)
        if read_by.script == LATIN:
            more = read_latin(as_written, capital=capital, everyday=everyday, pack=read_by)
            flags, found, country = flags | more.flags, more.stems, country or more.country
            own_symbol = symbol(more.generic[0]) if more.generic else own_symbol
        else:
            forms = stems(script, read_by)
            if not read_by.titles.isdisjoint(forms):
                flags |= TITLE
            english = next((read_by.generic[each] for each in forms if each in read_by.generic), ())
            flags |= GENERIC if english else 0
            if read_by.places and not country:
                country = _country(forms, read_by)
                flags |= PLACE if country else 0
            if vowelless or not everyday:
                found = forms
    between = (read_by or pack(code)).group("between_persons")
    first = clean(script[0]) if found and without_vowels(script) else ""
    if not flags and len(whole) > 4 and whole.endswith("s"):
        flags = next(filter(None, (known.flags.get(base, 0) for base in _without_s(whole))), 0)
        flags &= ~(GIVEN_NAME | FAMILY_NAME)
    return Meaning(
        form,
        own_symbol,
        flags,
        zipf,
        capital,
        len(surface) > 1 and surface.isupper(),
        other_script,
        # In title case: Georgian has capitals for whole words only.
        not other_script or surface[:1].lower() != surface[:1].title(),
        found,
        country,
        english,
        whole in between,
        # Of two Latin letters for one of the script it is another sound, no word of one letter.
        len(first) == 1 and first in between,
    )


def _without_s(word: str) -> Iterator[str]:
    """What an English word may be of which it is the plural or the third person: banks, flexes, decries."""
    yield word[:-1]
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("es"):
        yield word[:-2]


def _is_no_name(known: KnownWord) -> bool:
    return bool(known.flags & ORDINARY) and not known.flags & (GIVEN_NAME | FAMILY_NAME)


def _everyday(word: str, read_by: Pack) -> tuple[KnownWord, int] | None:
    """The everyday word that an unknown word is with small words or an ending on, and how many letters these have."""
    words = everyday_words(read_by.code)
    for stem in (*without_prefixes(word, read_by), *without_endings(word, read_by)):
        inner = words.get(stem)
        if inner is not None and _is_no_name(inner):
            return inner, abs(len(word) - len(stem))
    return None


def _country(forms: tuple[str, ...], read_by: Pack) -> str:
    """The English word for the one country that a word in any of its forms speaks of; empty for most."""
    nothing: frozenset[str] = frozenset()
    codes = next((read_by.places[form] for form in forms if form in read_by.places), nothing)
    return lexicon().country_of.get(next(iter(codes)), "") if len(codes) == 1 else ""


def _read_by(code: str, word: str, other_script: bool) -> Pack | None:
    """The pack that reads a word in an article of a language.

    None in English, which the lexicon knows, and for words in a script that no pack reads.
    """
    if not other_script:
        return None if code == ENGLISH else _latin(code)
    of = next((letter for letter in word if not letter.isascii()), "a")
    script = script_of(of)
    if script == pack(code).script:
        return pack(code)
    default = default_of(script)
    return None if default in (None, ENGLISH) else pack(default)


@cache
def _latin(code: str) -> Pack | None:
    """The pack, if it is of a language in Latin letters."""
    return pack(code) if pack(code).script == LATIN else None
