"""An article as it stands beside others of its subject: what each comparison asks for is found out once."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

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


class Compared:
    """A signature among others of one subject, with ``names``, the stems of the subject's own, left out."""

    def __init__(self, signature: Signature, names: Collection[str], weights: Weights) -> None:
        self.signature = signature
        self._names = names
        self._weights = weights
        self._shingles = shingles(signature.lead)
        self._runs = frozenset(self._shingles)
        self._title = {stem: weights[stem] for stem in stems(signature.title) if stem not in names}
        self._all = frozenset(stems(signature.lead))
        self._known: dict[frozenset[int], Matter] = {}
        #: The stems of headline and beginning, furniture among them.
        self.written = frozenset(stems((*signature.title, *signature.lead[:BEGINNING])))

    def matter(self, gone: frozenset[int]) -> Matter:
        """What it is about, these runs of words left out."""
        here = self._runs & gone
        found = self._known.get(here)
        if found is None:
            found = self._known[here] = self._matter(here)
        return found

    def begun(self, runs: Collection[int]) -> float:
        """The share of its beginning that is among these runs of words."""
        beginning = self._shingles[: max(0, min(len(self.signature.lead), BEGINNING) - SHINGLE + 1)]
        return sum(number in runs for number in beginning) / len(beginning) if beginning else 0.0

    def _matter(self, gone: Collection[int]) -> Matter:
        lead = self._without(gone)[:BEGINNING] if gone else self.signature.lead[:BEGINNING]
        both = {stem: self._weights[stem] for stem in stems(lead) if stem not in self._names} | self._title
        return Matter(self._title, both, _length(self._title), _length(both), self._all.union(both))

    def _without(self, gone: Collection[int]) -> tuple[str, ...]:
        lead = self.signature.lead
        covered = bytearray(len(lead))
        for at, number in enumerate(self._shingles):
            if number in gone:
                covered[at : at + SHINGLE] = b"\1" * SHINGLE
        return tuple(word for word, left in zip(lead, covered, strict=True) if not left)


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
