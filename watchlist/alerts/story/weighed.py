"""An article as it stands beside others of its subject: what each comparison asks for is found out once."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from watchlist.alerts.story.rarity import BEGINNING, Weights
from watchlist.alerts.story.signature import SHINGLE, Signature, shingles
from watchlist.alerts.story.words import stems


@dataclass(frozen=True, slots=True)
class Matter:
    """What an article is about: the weights of the stems of its headline, and of headline and beginning together."""

    title: Mapping[str, float]
    both: Mapping[str, float]
    #: Lengths of the two, as vectors.
    title_length: float
    both_length: float
    #: All stems that are known of it.
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a signature, taken apart."""

    #: Each run of four words of the lead, in order.
    shingles: tuple[int, ...]
    runs: frozenset[int]
    title: tuple[str, ...]
    lead: tuple[str, ...]
    kept: frozenset[str]
    written: frozenset[str]


# An article is compared with each that comes in its time: some hundreds, where a subject is in all the papers.
@lru_cache(maxsize=1000)
def _words(title: tuple[str, ...], lead: tuple[str, ...]) -> _Words:
    found, title_stems, lead_stems = tuple(shingles(lead)), stems(title), stems(lead)
    written = frozenset((*title_stems, *lead_stems[:BEGINNING]))
    return _Words(found, frozenset(found), title_stems, lead_stems, frozenset(lead_stems), written)


class Weighed:
    """A signature among others of one subject, with ``names``, the stems of the subject's own, left out."""

    def __init__(self, signature: Signature, names: Collection[str], weights: Weights) -> None:
        self.signature = signature
        self._names = names
        self._weights = weights
        self._words = _words(signature.title, signature.lead)
        self._title = {stem: weights[stem] for stem in self._words.title if stem not in names}
        self._known: dict[frozenset[int], Matter] = {}

    @property
    def written(self) -> frozenset[str]:
        """The stems of headline and beginning, furniture among them."""
        return self._words.written

    def matter(self, gone: frozenset[int]) -> Matter:
        """What it is about, these runs of words left out."""
        here = self._words.runs & gone
        found = self._known.get(here)
        if found is None:
            found = self._known[here] = self._matter(here)
        return found

    def begun(self, runs: Collection[int]) -> float:
        """The share of its beginning that is among these runs of words."""
        beginning = self._words.shingles[: max(0, min(len(self.signature.lead), BEGINNING) - SHINGLE + 1)]
        return sum(number in runs for number in beginning) / len(beginning) if beginning else 0.0

    def _matter(self, gone: Collection[int]) -> Matter:
        weights, names = self._weights, self._names
        lead = self._without(gone)[:BEGINNING] if gone else self._words.lead[:BEGINNING]
        both = {stem: weights[stem] for stem in lead if stem not in names} | self._title
        return Matter(self._title, both, _length(self._title), _length(both), self._words.kept.union(both))

    def _without(self, gone: Collection[int]) -> tuple[str, ...]:
        lead = self._words.lead
        covered = bytearray(len(lead))
        for at, number in enumerate(self._words.shingles):
            if number in gone:
                covered[at : at + SHINGLE] = b"\1" * SHINGLE
        return tuple(word for word, left in zip(lead, covered, strict=True) if not left)


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
