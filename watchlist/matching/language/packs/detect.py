"""TEXT -> PACK: the language that an article is read in, found even in a headline.

First the script of most letters; of the languages that share it, the one whose frequent words, and whose letters, fit
best. A guess decides with what endings and everyday words names are read in that script, and in no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from watchlist.matching.language.packs.load import ENGLISH, default_of, heading_of, known_packs
from watchlist.matching.language.script.scripts import LATIN, script_of

_FOLDER: Final = Path(__file__).parent
#: More text does not tell more; and where so little of it fits one language so much better than the next, no
#: more is read.
_ENOUGH: Final = 1500
_A_GLANCE: Final = 300
_PLAIN_LEAD: Final = 12.0
_TOKEN: Final = re.compile(r"[^\W\d_]+")
_PLAIN_LETTERS: Final = re.compile("[A-Za-z]+")
_OTHER_LETTER: Final = re.compile(r"[^\W\d_\x00-\x7f]")
#: What a word with a letter that a language does not have costs it, on the scale of Zipf values.
_FOREIGN: Final = 6.0
#: What a frequent word speaks for a language beyond its Zipf value in tenths: words of less tell little.
_LEAST: Final = 45
#: How much better another language must fit than English, for which most feeds and all lists are written.
_LEAD: Final = 1.0


class _Frequent(NamedTuple):
    """What tells languages: their frequent words, each with how much it speaks for which, and their letters."""

    words: Mapping[str, tuple[tuple[str, float], ...]]
    letters: Mapping[str, frozenset[str]]


def language_of(title: str, text: str) -> str:
    """The code of the pack that reads an article: English where nothing tells."""
    words = f"{title} {text[:_ENOUGH]}"[:_ENOUGH]
    if words.isascii() and not words.strip():
        return ENGLISH
    script = _script(words)
    if script == LATIN:
        return _best(words, ENGLISH)
    default = default_of(script)
    return ENGLISH if default is None else _best(words, default)


def _script(words: str) -> str:
    """The script of most letters. A sign of Han says as much as two letters; kana decide for Japanese."""
    others = [] if words.isascii() else _OTHER_LETTER.findall(words)
    plain = sum(map(len, _PLAIN_LETTERS.findall(words))) if others else 1
    if plain > len(others):
        return LATIN
    counts = Counter[str]()
    for letter, times in Counter(others).items():
        counts[script_of(letter)] += times
    counts[LATIN] += plain
    return max(counts, key=lambda script: counts[script])


def _best(words: str, default: str) -> str:
    rivals = _rivals(default)
    if len(rivals) == 1:
        return default
    scores = _scores(words[:_A_GLANCE], rivals)
    first, second = sorted(scores.values(), reverse=True)[:2]
    if first - second < _PLAIN_LEAD:
        scores = _scores(words, rivals)
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > scores[default] + _LEAD else default


def _scores(words: str, rivals: tuple[str, ...]) -> dict[str, float]:
    """How well each language fits."""
    frequent = _frequent_in(rivals)
    scores = dict.fromkeys(rivals, 0.0)
    for token in set(_TOKEN.findall(words.lower())):
        for code, weight in frequent.words.get(token, ()):
            scores[code] += weight
        if not token.isascii():
            for code in _foreign_to(token, rivals):
                scores[code] -= _FOREIGN
    return scores


@lru_cache(maxsize=1 << 14)
def _foreign_to(token: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these languages that have not all of its letters."""
    letters = _frequent().letters
    return tuple(code for code in codes if not letters[code].issuperset(token))


@cache
def _rivals(default: str) -> tuple[str, ...]:
    """The packs of the same script, the default one first."""
    letters = _frequent().letters
    script = heading_of(default)["script"]
    of_script = (code for code in known_packs() if heading_of(code)["script"] == script and code in letters)
    return (default, *(code for code in of_script if code != default))


@cache
def _frequent_in(codes: tuple[str, ...]) -> _Frequent:
    """What tells these languages."""
    every = _frequent()
    words = {word: tuple(row for row in rows if row[0] in codes) for word, rows in every.words.items()}
    return _Frequent({word: rows for word, rows in words.items() if rows}, every.letters)


@cache
def _frequent() -> _Frequent:
    words: dict[str, list[tuple[str, float]]] = {}
    letters: dict[str, frozenset[str]] = {}
    for line in (_FOLDER / "frequent.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, zipf, text = line.split("\t")
        if zipf == "-":
            letters[code] = frozenset(text)
        else:
            for word in text.split(" "):
                words.setdefault(word, []).append((code, (int(zipf) - _LEAST) / 10))
    return _Frequent({word: tuple(found) for word, found in words.items()}, letters)
