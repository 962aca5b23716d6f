"""How rare words are in the news: what a word that two articles share says about their being of one story.

What is packaged tells of English in general, and of the names that the news is full of. The articles that are kept tell
the rest: of other languages, and of what is in the news now. The more of them there are, the less the packaged table
counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from watchlist.alerts.story.words import STEM, headline, stems, without_dateline, words

#: So many words of an article, headline and beginning together, are looked at.
BEGINNING: Final = 60
#: The packaged table counts as much as so many articles.
_PACKAGED: Final = 600
#: What holds in general counts as much as so many stories of the subject.
_GENERAL: Final = 40
#: A word that is not in the table is taken to be as common as one of this zipf value, times ten.
_UNKNOWN: Final = 30
#: The share of articles with some short number, or some year, in their beginning.
_NUMBER: Final = 0.05


class Rarity:
    """Weighs stems by how rare they are, given in how many of some articles each stands."""

    def __init__(self, counts: Mapping[str, int] | None = None, articles: int = 0) -> None:
        self._counts = counts or {}
        self._articles = articles
        self._known: dict[str, float] = {}

    def share(self, stem: str) -> float:
        """The share of articles that have the stem in headline or beginning."""
        found = self._known.get(stem)
        if found is None:
            packaged = _PACKAGED * _share(stem) + 0.5
            found = (packaged + self._counts.get(stem, 0)) / (_PACKAGED + self._articles + 0.5)
            self._known[stem] = found = min(1.0, found)
        return found

    def among(self, stories: Iterable[Collection[str]]) -> Weights:
        """What stems weigh among stories of one subject, each given by the stems of its first article."""
        return Weights(self, stories)


class Weights(dict[str, float]):
    """What stems weigh among stories of a subject: a word that many of them have does not tell one from another.

    Zero for a word that stands everywhere, more the rarer it is; weighed when it is asked for.
    """

    def __init__(self, rarity: Rarity, stories: Iterable[Collection[str]] = ()) -> None:
        super().__init__()
        self._rarity = rarity
        self._counts: Counter[str] = Counter()
        self._stories = 0
        for some in stories:
            self._stories += 1
            self._counts.update(set(some))

    def __missing__(self, stem: str) -> float:
        general = self._rarity.share(stem)
        here = (_GENERAL * general + self._counts[stem]) / (_GENERAL + self._stories)
        found = self[stem] = -math.log(max(general, here))
        return found


def rarity_in(articles: Iterable[tuple[str, str]]) -> Rarity:
    """The rarity of words in these articles, each a title and a text or the beginning of one."""
    counts: Counter[str] = Counter()
    number = 0
    for title, text in articles:
        number += 1
        counts.update(set(stems((*headline(title), *words(without_dateline(text))[:BEGINNING]))))
    return Rarity(counts, number)


def _share(stem: str) -> float:
    """The share of articles that have the stem in their beginning, from general knowledge."""
    if stem.isdigit() and (len(stem) <= 2 or (len(stem) == 4 and stem[:2] in ("19", "20"))):
        return _NUMBER
    return _table().get(stem, _RARE)


def _of_zipf(zipf: int) -> float:
    return 1 - math.exp(-BEGINNING * 10 ** (zipf / 10 - 9))


_RARE: Final = _of_zipf(_UNKNOWN)


@cache
def _table() -> dict[str, float]:
    folder = files("watchlist.alerts.story") / "data"
    found: dict[str, float] = {}
    for line in (folder / "words.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            zipf, *some = line.split()
            found.update(dict.fromkeys(some, _of_zipf(int(zipf))))
    for line in (folder / "news_words.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            share, *some = line.split()
            for word in some:
                found[word[:STEM]] = max(found.get(word[:STEM], 0.0), float(share))
    return found
