"""General knowledge of language, read from the small files in ``data`` and in the English pack.

Which words are ordinary, which are legal forms, titles, places, personal names. Nothing here knows a list or a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

#: What a word is known to be; a word can be several of these at once.
ORDINARY, PROPER, GIVEN_NAME, FAMILY_NAME, GENERIC = (1 << i for i in range(5))
#: EASTERN is a family name of Korean or Chinese use.
PARTICLE, TITLE, PLACE, LEGAL_FORM, EASTERN = (1 << i for i in range(5, 10))

_DATA: Final = Path(__file__).parents[1] / "data"
#: The lists are written for readers of English: what a word of a listed name may be, the English pack knows first.
_ENGLISH: Final = Path(__file__).parents[1] / "packs/en"
_FLAG: Final = {"o": ORDINARY, "p": PROPER, "g": GIVEN_NAME, "f": FAMILY_NAME}
_COMMON_NAME: Final = {"given": GIVEN_NAME, "family": FAMILY_NAME}


@dataclass(frozen=True, slots=True)
class Program:
    """What a sanctions program is about: countries, and words that name the matter in prose."""

    prefix: str
    countries: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists, keyed by cleaned word."""

    #: Word to its flags.
    flags: Mapping[str, int]
    #: Word to ten times its Zipf value (log10 of occurrences in a milliard words).
    zipf: Mapping[str, int]
    #: Legal form, as a tuple of words, to the form it stands for.
    legal_forms: Mapping[tuple[str, ...], str]
    #: Word to the first of its spelling class: the spellings of one name.
    spelling_class: Mapping[str, str]
    #: Word to the ISO codes of the countries it speaks of.
    countries: Mapping[str, frozenset[str]]
    #: Adjective or people of a country to the country's name: ``cuban`` to ``cuba``.
    adjectives: Mapping[str, str]
    #: Code of a country to the word that stands for it.
    country_of: Mapping[str, str]
    #: Words that stand small inside a name, and words that tell what kind of body it is.
    particles: frozenset[str]
    generic: frozenset[str]
    #: Second halves of family names.
    family_ends: frozenset[str]
    #: Names of places that are several words.
    place_names: frozenset[str]
    #: Topic to its words.
    topics: Mapping[str, frozenset[str]]
    programs: tuple[Program, ...]
    #: Given name or short form to the full forms it may stand for.
    nicknames: Mapping[str, frozenset[str]]
    #: Full form to itself and its short ones.
    short_forms: Mapping[str, tuple[str, ...]]


def _lines(name: str, folder: Path = _DATA) -> list[str]:
    text = (folder / name).read_text(encoding="utf-8")
    return [line for line in (raw.partition("#")[0].strip() for raw in text.splitlines()) if line]


def _words(name: str, folder: Path = _DATA) -> list[str]:
    return [word for line in _lines(name, folder) for word in line.split()]


def _keyed(name: str, folder: Path = _DATA) -> list[tuple[str, str]]:
    return [(key.strip(), value) for key, _, value in (line.partition(":") for line in _lines(name, folder))]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once. About a tenth of a second: for compiling and `match`, not for the hot path."""
    flags, zipf = _word_table()
    short_forms = _short_forms()
    legal_forms: dict[tuple[str, ...], str] = {}
    for line in _lines("legal_forms.txt"):
        form, _, kind = line.partition(" = ")
        legal_forms[tuple(form.split())] = kind
    countries: dict[str, frozenset[str]] = {}
    adjectives: dict[str, str] = {}
    country_of: dict[str, str] = {}
    for code, line in _keyed("places.txt", _ENGLISH):
        words = line.split()
        country = words[0]
        if code != "-":
            country_of.setdefault(code, country)
        for word in words:
            if code != "-" and word != country and word.startswith(country[:4]):
                adjectives[word] = country
            countries[word] = countries.get(word, frozenset()) | ({code} if code != "-" else frozenset())
    generic, particles = _words("generic_words.txt"), _words("particles.txt")
    marked = (
        (GENERIC, generic),
        (PARTICLE, particles),
        (TITLE, _words("titles.txt", _ENGLISH)),
        (EASTERN, _words("eastern_family_names.txt")),
        (GIVEN_NAME, _words("spelling_classes.txt")),
        *((_COMMON_NAME[kind], line.split()) for kind, line in _keyed("common_names.txt")),
    )
    for flag, words_of_flag in (
        *marked,
        (PLACE, list(countries)),
        (LEGAL_FORM, [w for form in legal_forms for w in form]),
    ):
        for word in words_of_flag:
            flags[word] = flags.get(word, 0) | flag
    spelling_class: dict[str, str] = {}
    for line in [*_lines("spelling_classes.txt"), *_lines("word_variants.txt")]:
        spellings = line.split()
        for spelling in spellings:
            spelling_class.setdefault(spelling, spellings[0])
    for line in _lines("word_variants.txt"):
        # Of two spellings of a word the word list may have one.
        spellings = line.split()
        for spelling in spellings:
            if spelling not in flags:
                flags[spelling] = next((flags[other] for other in spellings if other in flags), 0)
                zipf[spelling] = next((zipf[other] for other in spellings if other in zipf), 0)
    topics: dict[str, frozenset[str]] = {}
    for topic, line in _keyed("topics.txt", _ENGLISH):
        topics[topic] = topics.get(topic, frozenset()) | frozenset(line.split())
    programs = tuple(_program(prefix, value) for prefix, value in _keyed("programs.txt"))
    return Lexicon(
        flags=MappingProxyType(flags),
        zipf=MappingProxyType(zipf),
        legal_forms=MappingProxyType(legal_forms),
        spelling_class=MappingProxyType(spelling_class),
        countries=MappingProxyType(countries),
        adjectives=MappingProxyType(adjectives),
        country_of=MappingProxyType(country_of),
        particles=frozenset(particles),
        generic=frozenset(generic),
        family_ends=frozenset(_words("family_name_ends.txt")),
        place_names=frozenset(_lines("place_names.txt")),
        topics=MappingProxyType(topics),
        programs=programs,
        nicknames=MappingProxyType(_nicknames(short_forms)),
        short_forms=MappingProxyType(short_forms),
    )


def _word_table() -> tuple[dict[str, int], dict[str, int]]:
    """The flags and the frequency of each word."""
    flags: dict[str, int] = {}
    zipf: dict[str, int] = {}
    for line in (_ENGLISH / "words.tsv").read_text(encoding="utf-8").splitlines():
        kinds, frequency, text = line.split("\t")
        known, often = sum(_FLAG[kind] for kind in kinds), int(frequency)
        # Word by word: a third of the time that `update` with a dictionary of each row takes.
        for word in text.split(" "):
            flags[word] = known
            zipf[word] = often
    return flags, zipf


def _short_forms() -> dict[str, tuple[str, ...]]:
    short_forms: dict[str, tuple[str, ...]] = {}
    for line in _lines("nicknames.txt"):
        full, *short = line.split()
        short_forms[full] = (*short_forms.get(full, (full,)), *short)
    return short_forms


def _nicknames(short_forms: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    nicknames: dict[str, frozenset[str]] = {}
    for full, forms in short_forms.items():
        for form in forms:
            nicknames[form] = nicknames.get(form, frozenset()) | {full}
    return nicknames


def _program(prefix: str, value: str) -> Program:
    countries, _, words = value.partition("|")
    return Program(prefix, frozenset(countries.split()), frozenset(words.split()))
