"""Names in scripts without spaces between words, or of syllables: Han, kana, Hangul, Thai, Burmese, and their keys.

A name listed in its own script is looked for as it stands; one whose family name the list marks also by that alone. A
Chinese or Korean name listed in Latin letters is looked for by its sound: the romanised signs of the text against the
joined parts of the name. Sounds are shared by many names, so that such a find weighs less.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from anyascii import anyascii

from watchlist.matching.language.known.lexicon import EASTERN, lexicon
from watchlist.matching.language.packs.load import pack
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, NamePart
from watchlist.matching.language.script.hangul import is_hangul, sound_of, sound_of_latin
from watchlist.matching.language.script.normalise import native
from watchlist.matching.language.script.scripts import RARE_HAN, SIGNS, WITHOUT_SPACES

#: The packs that have the family names of these scripts.
CHINESE: Final = "zh"
KOREAN: Final = "ko"
#: A syllable of a Chinese or Korean name in Latin letters, in any romanisation.
_LATIN_SYLLABLE = "(?:zh|ch|sh|ts|ss|[bcdfghjklmnpqrstwxyz])?[yw]?[aeiou]{1,3}(?:ng|[nrkglmpt])?"
_LATIN_SYLLABLES = {most: re.compile(f"(?:{_LATIN_SYLLABLE}){{1,{most}}}") for most in (1, 2)}
#: What stands in Chinese names only, in their usual romanisations.
_CHINESE = re.compile("zh|sh|x|q|z|c(?!h)|ao|ei|ou|ui|uo|ia|uan|ing$")
#: What no romanisation of Korean has.
_NOT_KOREAN = re.compile("zh|x|q|z|c(?!h)|ao|ei")
#: The length of a name in signs, and of what is looked up first of all.
SHORTEST, LONGEST = 2, 24


@cache
def _signs() -> re.Pattern[str]:
    # Compiled when such a sign is first met: so large a class of characters takes longer than reading a short text.
    return re.compile(f"[{SIGNS}{RARE_HAN}{WITHOUT_SPACES}]")


def is_syllabic(text: str) -> bool:
    """Whether a text begins with a sign of such a script."""
    return not text.isascii() and _is_sign(text[0])


@lru_cache(maxsize=1 << 14)
def _is_sign(letter: str) -> bool:
    return _signs().match(letter) is not None


def is_syllables(form: str, most: int) -> bool:
    """Whether a cleaned word in Latin letters may be one, or one or two, syllables of a Chinese or Korean name."""
    return _LATIN_SYLLABLES[most].fullmatch(form) is not None


@lru_cache(maxsize=1 << 14)
def is_one_korean_syllable(one: str, other: str) -> bool:
    """Whether two cleaned words may be one syllable of a Korean name, each as another hand writes it: Yong, Young."""
    if not (is_syllables(one, 1) and is_syllables(other, 1)) or _NOT_KOREAN.search(one) or _NOT_KOREAN.search(other):
        return False
    return len(one) > 1 < len(other) and sound_of_latin(one) == sound_of_latin(other)


@lru_cache(maxsize=1 << 10)
def is_korean_family_name(form: str) -> bool:
    """Whether a cleaned word in Latin letters may be a Korean family name, in any romanisation: Kim, Pak and Park."""
    return sound_of_latin(form, family=True) in _korean_family_sounds()


@cache
def _korean_family_sounds() -> frozenset[str]:
    return frozenset(sound_of(name, family=True) for name in pack(KOREAN).family_names if is_hangul(name))


def keys_of(text: str, parts: tuple[NamePart, ...]) -> Iterator[str]:
    """Under which keys a listed name is found in these scripts; none for most names."""
    if not text.isascii() and _signs().search(text):
        yield from _as_written(text)
        return
    family = [part.form for part in parts if part.role in FAMILY_ROLES]
    given = [part.form for part in parts if part.role in GIVEN_ROLES]
    if len(family) != 1 or not 1 <= len(given) <= 2 or not lexicon().flags.get(family[0], 0) & EASTERN:
        return
    yield by_sound_of_signs("".join((*family, *given)))
    if all(is_syllables(form, 2) and not _CHINESE.search(form) for form in (*family, *given)):
        yield f"≈{sound_of_latin(family[0], family=True)} {''.join(map(sound_of_latin, given))}"


def _as_written(text: str) -> Iterator[str]:
    family, _, given = map(native_signs, text.partition(","))
    whole = f"{family}{given}" if is_family_name(family) else f"{given}{family}"
    if SHORTEST <= len(whole) <= LONGEST:
        yield f"={whole}"
        yield f"^{whole[:SHORTEST]}"
        if given and len(family) >= SHORTEST:
            yield f"§{family}"
            yield f"^{family[:SHORTEST]}"


def native_signs(text: str) -> str:
    """The signs of a name in their comparable form, without what stands between them."""
    return signs_of(text)[0]


def signs_of(text: str) -> tuple[str, Sequence[int]]:
    """The signs of a text in their comparable form, and where each stands; tone marks and the like left out."""
    if text.isalnum() and not _marked().search(text):
        return text, range(len(text))
    signs, places = [], []
    for at, sign in enumerate(text):
        bare = _bare(sign)
        if bare:
            signs.append(bare)
            places.append(at)
    return "".join(signs), places


@lru_cache(maxsize=1 << 14)
def _bare(sign: str) -> str:
    bare = native(sign)
    kept = len(bare) == 1 and (bare.isalnum() or unicodedata.category(bare)[0] == "M")
    return bare if kept else ""


@cache
def _marked() -> re.Pattern[str]:
    # Small, full-width and half-width letters have another comparable form.
    return re.compile(f"[A-ZÀ-Þ\uf900-\uffff{WITHOUT_SPACES}]")


def is_family_name(signs: str) -> bool:
    """Whether signs are a Chinese or a Korean family name, which stands first."""
    return signs in pack(CHINESE).family_names or signs in pack(KOREAN).family_names


def by_sound_of_signs(romanised: str) -> str:
    """The key of a name by the sound of its Han signs."""
    return f"~{romanised}"


@cache
def _sound(sign: str) -> str:
    return anyascii(sign).lower()


def sound_of_signs(signs: str) -> str:
    """The key of Han signs by their sound."""
    return by_sound_of_signs("".join(map(_sound, signs)))


def sound_of_syllables(word: str) -> str | None:
    """The key of a Hangul word by its sound, if it can be a family name with a given name of two syllables."""
    if not is_hangul(word):
        return None
    names = pack(KOREAN).family_names
    size = 2 if len(word) == 4 and word[:2] in names else 1
    if word[:size] not in names or len(word) - size != 2:
        return None
    return f"≈{sound_of(word[:size], family=True)} {sound_of(word[size:])}"
