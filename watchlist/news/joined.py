"""All the words of an entry, each said once: its summary, its content, what its pictures and keywords say. Pure.

A feed says the same thing in several places, in full here and cut off there, and something of its own in each of them.
To choose one of them loses names, and to put all of them together says everything two or three times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_WORD = re.compile(r"\w+")
#: Runs of so many words are compared: a line all of whose runs were said before says nothing new.
_RUN = 3
#: What marks the end of a text that goes on elsewhere: "…", "...", "[…]", "Read more".
_CUT = re.compile(r"(?:…|\.\.\.)[\])]?\s{0,9}\Z")


def joined(title: str, texts: Sequence[str]) -> str:
    """The texts of an entry as one, in their order, without the lines that the title or a longer text has already.

    A line counts as said when all runs of three words of it are, in whatever lines; a last word that was cut off counts
    as said where a word begins so. Takes time in proportion to the texts.
    """
    kept: dict[int, list[str]] = {}
    said = _Said()
    said.add(title)
    # The longest says most of it in its own order; what the others repeat of it is left out of them.
    for number in sorted(range(len(texts)), key=lambda number: (-len(texts[number]), number)):
        lines = [line for line in texts[number].splitlines() if line.strip()]
        if not kept:
            # Whole, also where it repeats itself or the title: nobody's article is to have holes.
            kept[number] = lines
        else:
            kept[number] = [line for line in lines if not said.has(line)]
        # As one: what stands on two lines here may stand on one there.
        said.add("\n".join(kept[number]))
    return "\n".join(line for number in sorted(kept) for line in kept[number])


class _Said:
    """The words that have been said, by their runs."""

    def __init__(self) -> None:
        self._runs: set[tuple[str, ...]] = set()

    def add(self, text: str) -> None:
        """Note what a text says."""
        words = _words(text)
        for size in range(1, _RUN + 1):
            self._runs.update(_runs(words, size))

    def has(self, line: str) -> bool:
        """Whether all of a line was said; one without words says nothing."""
        words = _words(line)
        if self._has(words):
            return True
        # "…was held by the po…": whether the last word is whole cannot be seen.
        return _CUT.search(line[-20:]) is not None and len(words) > _RUN and self._has(words[:-1])

    def _has(self, words: Sequence[str]) -> bool:
        return all(run in self._runs for run in _runs(words, min(_RUN, len(words)) or 1))


def _words(line: str) -> list[str]:
    return _WORD.findall(line.casefold())


def _runs(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def distinct(texts: Iterable[str]) -> list[str]:
    """The texts that say anything, each once, in their order."""
    return list(dict.fromkeys(text for text in texts if text.strip()))
