"""Words of scripts that leave short vowels out, against the sound of a name in Latin letters.

An Arabic, Persian, Urdu or Hebrew word tells the consonants and the long vowels of a name. What each letter may sound
like, and what that costs in bits, was learned from names in both scripts (``data/abjad_sounds.tsv``, see
``scripts/derive_sounds.py``). A sound is laid over the word's letters in the cheapest way; how much cheaper that
is than spelling the sound without knowing the word is the *share* of it that the word tells.

Of a Russian word the same says which name of a foreign spelling it may be: Остин is Austin, Зайончек Zajączek.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from watchlist.matching.language.script.normalise import consonants
from watchlist.matching.language.script.scripts import CYRILLIC

_DATA: Final = Path(__file__).parents[1] / "data"
_ABJAD: Final = "abjad_sounds.tsv"
_CYRILLIC: Final = "cyrillic_sounds.tsv"
_OF_CYRILLIC: Final = re.compile(f"[{CYRILLIC}]")
_ANY: Final = "*"
_DOUBLED: Final = re.compile(r"(.)\1+")
#: What a sound costs that a letter is not known to have, of so many letters, and the longest such.
_UNKNOWN: Final = (10.0, 8.0, 10.0)
#: What a letter of a sound costs of which the table says nothing.
_RARE_LETTER: Final = 8.0
#: How many consonant frames one word is looked for under, and the dearest sound that makes one.
_MOST_FRAMES: Final = 24
_DEAREST: Final = 5.5
#: What a word tells less of is not followed to its end.
_LEAST: Final = 0.4
#: A word of more letters is no single name.
_LONGEST: Final = 24
_FIRST, _INNER, _LAST = "^", "-", "$"

#: The sounds of a letter at one place of a word by their first letter, each with its cost; those of nothing under ""
#: and behind all others.
_Sounds = dict[str, tuple[tuple[str, float], ...]]


class _Values(NamedTuple):
    sounds: dict[tuple[str, str], _Sounds]
    #: What each Latin letter costs where nothing is known.
    letters: dict[str, float]
    #: What each letter leaves in a consonant frame: where others are before it, where it begins one, at what cost.
    frames: dict[tuple[str, str], tuple[tuple[str, str, float], ...]]


@lru_cache(maxsize=1 << 17)
def share(word: str, sound: str) -> float:
    """How much of a sound a word tells, if each of its letters has one of its known sounds: at most 1, 0 if not.

    The word is as `normalise.native` writes it.
    """
    return _share(word, sound, strictly=True)


@lru_cache(maxsize=1 << 14)
def claimed_share(word: str, sound: str) -> float:
    """The same where somebody says that both are one: then a letter may sound otherwise, at a cost."""
    return _share(word, sound, strictly=False)


def _share(word: str, sound: str, *, strictly: bool) -> float:
    if not sound or len(word) > _LONGEST or len(sound) > 4 * len(word):
        return 0.0
    table = _table(word)
    unlearned = _unlearned(sound, table)
    most = unlearned * (1 - _LEAST) if strictly else unlearned
    costs = (_cost(letters, sound, most, strictly=strictly) for letters in _readings(word))
    cheapest = min((cost for cost in costs if cost is not None), default=unlearned)
    return max(0.0, 1 - cheapest / unlearned)


@lru_cache(maxsize=1 << 17)
def _unlearned(sound: str, table: str) -> float:
    """What it costs to spell a sound without knowing the word."""
    letters = _values(table).letters
    return sum(letters.get(letter, _RARE_LETTER) for letter in sound)


@lru_cache(maxsize=1 << 12)
def _readings(word: str) -> tuple[tuple[_Sounds, ...], ...]:
    """The sounds of each letter of a word, as it is and with doubled letters levelled, as they are in a sound.

    None of what has a letter that was not learned.
    """
    sounds, found = _values(_table(word)).sounds, []
    for each in dict.fromkeys((word, _DOUBLED.sub(r"\1", word))):
        last = len(each) - 1
        places = (_FIRST if at == 0 else _LAST if at == last else _INNER for at in range(len(each)))
        letters = [sounds.get((letter, place)) for letter, place in zip(each, places, strict=True)]
        if None not in letters:
            found.append(tuple(known for known in letters if known is not None))
    return tuple(found)


def _cost(letters: tuple[_Sounds, ...], sound: str, most: float, *, strictly: bool) -> float | None:
    """The cost of the cheapest way to lay the sound over a word's letters; None where it is ``most`` or more."""
    reached = {0: 0.0}
    length = len(sound)
    for known in letters:
        beyond: dict[int, float] = {}
        of_nothing = known.get("", ())
        for start, cost in reached.items():
            for piece, more in known.get(sound[start : start + 1], of_nothing):
                total = cost + more
                if total < most and sound.startswith(piece, start):
                    end = start + len(piece)
                    if total < beyond.get(end, most):
                        beyond[end] = total
            if not strictly:
                for size, more in enumerate(_UNKNOWN):
                    end, total = start + size, cost + more
                    if end <= length and total < beyond.get(end, most):
                        beyond[end] = total
        if not beyond:
            return None
        reached = beyond
    return reached.get(length)


def frame(sound: str) -> str:
    """The consonants of a sound, and whether a vowel begins it: under which words of a list are looked for."""
    if not sound:
        return ""
    first = "a" if sound[0] in "aeiou" else sound[0]
    return _DOUBLED.sub(r"\1", first + consonants(sound[1:]))


def frames(word: str) -> Iterator[str]:
    """The consonant frames of the sounds that a word is likely to have, the likeliest first."""
    rows: list[tuple[float, str]] = [(0.0, "")]
    known = _values(_ABJAD).frames
    last = len(word) - 1
    for at, letter in enumerate(word[:_LONGEST]):
        of_letter = known.get((letter, _FIRST if at == 0 else _LAST if at == last else _INNER))
        if of_letter is None:
            return
        best: dict[str, float] = {}
        for cost, begun in rows:
            for inner, initial, more in of_letter:
                # Doubled consonants are one.
                longer = begun + (inner[1:] if inner and begun.endswith(inner[0]) else inner) if begun else initial
                if cost + more < best.get(longer, 99.0):
                    best[longer] = cost + more
        rows = sorted((cost, longer) for longer, cost in best.items())[:_MOST_FRAMES]
    yield from (each for _, each in rows if len(each) > 1)


def _table(word: str) -> str:
    return _CYRILLIC if _OF_CYRILLIC.match(word) else _ABJAD


@cache
def _values(table: str) -> _Values:
    sounds: dict[tuple[str, str], dict[str, list[tuple[str, float]]]] = {}
    letters: dict[str, float] = {}
    framed: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for line in (_DATA / table).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        letter, place, row = line.split("\t")
        if letter == _ANY:
            letters[place] = int(row) / 10
            continue
        of_place = sounds.setdefault((letter, place), {})
        for each in row.split(" "):
            cost, _, piece = each.partition(":")
            bits = int(cost) / 10
            of_place.setdefault(piece[:1], []).append((piece, bits))
            # A vowel counts where it begins the word.
            framed_as = frame(f"a{piece}")[1:], frame(piece)
            known = framed.setdefault((letter, place), {})
            known[framed_as] = min(bits, known.get(framed_as, _DEAREST))
    return _Values(
        {
            key: {first: tuple(of if not first else [*of, *found.get("", ())]) for first, of in found.items()}
            for key, found in sounds.items()
        },
        letters,
        {
            key: tuple(
                (*frame, bits) for frame, bits in sorted(found.items(), key=lambda row: row[1]) if bits < _DEAREST
            )
            for key, found in framed.items()
        },
    )
