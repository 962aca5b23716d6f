"""How alike two articles are: in their runs of words, and in the rare words of headline and beginning."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from watchlist.alerts.story.weighed import Weighed

#: How much the likeness of headlines and beginnings counts, against how far one's headline is in the other's text.
_ALIKE: Final = 0.7
#: Headlines that are less alike have nothing in common but words that any have.
_UNLIKE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two articles have in common, each from 0 to 1."""

    #: The share of the shorter text's runs of words that stand in the other, and of how many.
    contained: float
    of_runs: int
    #: The share of the one's beginning that stands in the other, in runs of words; the better of both directions.
    beginning: float
    #: How alike the headlines are written.
    headline: float
    #: How much rare words of headline and beginning agree.
    matter: float
    #: The stems that tell that.
    shared: frozenset[str]


def likeness(one: Weighed, other: Weighed, furniture: frozenset[int] = frozenset()) -> Likeness:
    """Compare two articles of a subject.

    ``furniture`` holds shingles that stand on many pages of either outlet, beside those that the signatures know of.
    """
    # Loaded where two articles are compared: every command that opens the store comes by here.
    from rapidfuzz import fuzz

    mine, theirs = one.signature, other.signature
    known = mine.furniture | theirs.furniture | furniture
    first, second = mine.shingles - known, theirs.shingles - known
    least, common_runs = min(len(first), len(second)), first & second
    here, there = one.matter(known), other.matter(known)
    alike = _cosine(here.title, there.title, here.title_length, there.title_length)
    if common_runs and mine.outlet == theirs.outlet and alike < _UNLIKE:
        # Word for word on two pages of an outlet whose headlines have nothing in common: furniture not known yet.
        here, there = one.matter(known | common_runs), other.matter(known | common_runs)
    both = _cosine(here.both, there.both, here.both_length, there.both_length)
    told = max(_share(here.title, there.kept), _share(there.title, here.kept))
    return Likeness(
        contained=len(common_runs) / least if least else 0.0,
        of_runs=least,
        beginning=max(one.begun(second), other.begun(first)) if common_runs else 0.0,
        headline=fuzz.token_sort_ratio(" ".join(mine.title), " ".join(theirs.title)) / 100,
        matter=_ALIKE * max(alike, both) + (1 - _ALIKE) * told,
        shared=one.written.intersection(here.both.keys() & there.both.keys()),
    )


def _cosine(one: Mapping[str, float], other: Mapping[str, float], *lengths: float) -> float:
    common = sum(one[stem] * other[stem] for stem in one.keys() & other.keys())
    length, length_ = lengths
    return common / (length * length_) if common else 0.0


def _share(weights: Mapping[str, float], found: Collection[str]) -> float:
    whole = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in found) / whole if whole else 0.0
