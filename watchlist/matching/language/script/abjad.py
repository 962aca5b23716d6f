"""Words of scripts that leave short vowels out, against the sound of a name in Latin letters.

An Arabic, Persian, Urdu or Hebrew word tells the consonants and the long vowels of a name. What each letter may sound
like, and what that costs in bits, was learned from names in both scripts (``data/abjad_sounds.tsv``, see
``scripts/derive_sounds.py``). A sound is laid over the word's letters in the cheapest way; how much cheaper that
is than spelling the sound without knowing the word is the *share* of it that the word tells.

Of a Russian word the same says which name of a foreign spelling it may be: Остин is Austin, Зайончек Zajączek.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from math import inf
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
#: A letter has no longer sound.
_LONGEST_SOUND: Final = 4
_FIRST, _INNER, _LAST = "^", "-", "$"

#: The sounds of a letter at one place of a word, with what each costs.
_Sounds = Mapping[str, float]


class _Values(NamedTuple):
    #: The sounds of each letter at each place of a word, and what they cost.
    sounds: Mapping[tuple[str, str], _Sounds]
    #: What each Latin letter costs where nothing is known.
    letters: dict[str, float]
    #: What each letter leaves in a consonant frame: where others are before it, where it begins one, at what cost.
    frames: dict[tuple[str, str], tuple[tuple[str, str, float], ...]]


@lru_cache(maxsize=1 << 17)
def share(word: str, sound: str) -> float:
    """How much of a sound a word tells, if each of its letters has one of its known sounds: at most 1, 0 if not.

    The word is as `normalise.native` writes it.
    """
    return shares(word, (sound,), _LEAST).get(sound, 0.0)


def shares(word: str, sounds: Iterable[str], least: float) -> dict[str, float]:
    """The same of several sounds, of those that the word tells this share of; quickest where they come in order."""
    table = _table(word)
    unlearned = {sound: _unlearned(sound, table) for sound in sounds if _may_be(word, sound)}
    most = max(unlearned.values(), default=0.0) * (1 - least)
    found: dict[str, float] = {}
    for letters in _readings(word):
        for sound, cost in _laid(letters, unlearned, most):
            told = 1 - cost / unlearned[sound]
            if told >= least:
                found[sound] = max(told, found.get(sound, 0.0))
    return found


@lru_cache(maxsize=1 << 14)
def claimed_share(word: str, sound: str) -> float:
    """The same where somebody says that both are one: then a letter may sound otherwise, at a cost."""
    if not _may_be(word, sound):
        return 0.0
    unlearned = _unlearned(sound, _table(word))
    costs = (cost for letters in _readings(word) for _, cost in _laid(letters, (sound,), unlearned, strictly=False))
    return 1 - min(costs, default=unlearned) / unlearned


def _may_be(word: str, sound: str) -> bool:
    return 0 < len(sound) <= 4 * len(word) and len(word) <= _LONGEST


@lru_cache(maxsize=1 << 17)
def _unlearned(sound: str, table: str) -> float:
    """What it costs to spell a sound without knowing the word."""
    letters = _values(table).letters
    return sum(letters.get(letter, _RARE_LETTER) for letter in sound)


@lru_cache(maxsize=1 << 12)
def _readings(word: str) -> tuple[tuple[_Sounds, ...], ...]:
    """What each letter of a word may sound like, as it is and with doubled letters levelled, as they are in a sound.

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


def _laid(
    letters: tuple[_Sounds, ...], sounds: Iterable[str], most: float, *, strictly: bool = True
) -> Iterator[tuple[str, float]]:
    """The sounds that can be laid over a word's letters, each with what the cheapest way costs, if below ``most``.

    What begins as the sound before it did is not laid again.
    """
    before = ""
    #: Sounds that begin so are told by nothing.
    nothing: str | None = None
    silent = tuple(known.get("", inf) if strictly else min(known.get("", inf), _UNKNOWN[0]) for known in letters)
    #: After so many signs of the sound, what each number of letters costs that may have told them.
    reached = [_with_silent(silent, {0: 0.0}, most)]
    for sound in sounds:
        if nothing is not None and sound.startswith(nothing):
            continue
        same, same_at_most = 0, min(len(sound), len(before), len(reached) - 1)
        while same < same_at_most and before[same] == sound[same]:
            same += 1
        del reached[same + 1 :]
        before = sound
        for end in range(same + 1, len(sound) + 1):
            now: dict[int, float] = {}
            for start in range(max(0, end - _LONGEST_SOUND), end):
                so_far = reached[start]
                if so_far:
                    piece = sound[start:end]
                    for at, cost in so_far.items():
                        if at < len(letters) and piece in letters[at]:
                            total = cost + letters[at][piece]
                            if total < now.get(at + 1, most):
                                now[at + 1] = total
            if not strictly:
                _add_unknown(reached, end, now, most, len(letters))
            reached.append(_with_silent(silent, now, most) if now else now)
            if not any(reached[-_LONGEST_SOUND:]):
                nothing = sound[:end]
                break
        else:
            cost = reached[-1].get(len(letters), most)
            if cost < most:
                yield sound, cost


def _with_silent(silent: tuple[float, ...], reached: dict[int, float], most: float) -> dict[int, float]:
    """The same with the letters that may tell nothing."""
    for at in range(min(reached), len(silent)):
        total = reached.get(at, most) + silent[at]
        if total < reached.get(at + 1, most):
            reached[at + 1] = total
    return reached


def _add_unknown(reached: list[dict[int, float]], end: int, now: dict[int, float], most: float, letters: int) -> None:
    """What it costs if a letter tells one or two signs that it is not known to."""
    for size in range(1, min(end, len(_UNKNOWN) - 1) + 1):
        for at, cost in reached[end - size].items():
            total = cost + _UNKNOWN[size]
            if at < letters and total < now.get(at + 1, most):
                now[at + 1] = total


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
    sounds: dict[tuple[str, str], dict[str, float]] = {}
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
            of_place[piece] = bits
            # A vowel counts where it begins the word.
            framed_as = frame(f"a{piece}")[1:], frame(piece)
            known = framed.setdefault((letter, place), {})
            known[framed_as] = min(bits, known.get(framed_as, _DEAREST))
    return _Values(
        sounds,
        letters,
        {
            key: tuple(
                (*frame, bits) for frame, bits in sorted(found.items(), key=lambda row: row[1]) if bits < _DEAREST
            )
            for key, found in framed.items()
        },
    )
