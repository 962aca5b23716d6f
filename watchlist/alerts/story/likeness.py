"""How alike two articles are: in their runs of words, and in the rare words of headline and beginning."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from watchlist.alerts.story.rarity import BEGINNING, Weights
from watchlist.alerts.story.signature import Signature, shingles, without
from watchlist.alerts.story.words import stems

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
    #: The words that tell most of that, the rarest first.
    shared: tuple[str, ...]


def likeness(
    one: Signature,
    other: Signature,
    names: Collection[str],
    weights: Weights,
    furniture: Collection[int] = frozenset(),
) -> Likeness:
    """Compare two articles; ``names`` are the stems of the subject's own names, which both have in any case.

    ``furniture`` holds shingles that stand on many pages of either outlet, beside those that the signatures know of.
    """
    known = one.furniture | other.furniture | frozenset(furniture)
    first, second = one.shingles - known, other.shingles - known
    least, common_runs = min(len(first), len(second)), first & second
    title, both = _weights(one, names, weights, known)
    title_, both_ = _weights(other, names, weights, known)
    if common_runs and one.outlet == other.outlet and _cosine(title, title_) < _UNLIKE:
        # Word for word on two pages of an outlet whose headlines have nothing in common: furniture not known yet.
        _, both = _weights(one, names, weights, known | common_runs)
        _, both_ = _weights(other, names, weights, known | common_runs)
    common = both.keys() & both_.keys()
    matter = _ALIKE * max(_cosine(title, title_), _cosine(both, both_)) + (1 - _ALIKE) * max(
        _share(title, _kept(other, both_)), _share(title_, _kept(one, both))
    )
    return Likeness(
        contained=len(common_runs) / least if least else 0.0,
        of_runs=least,
        beginning=max(_begun(one, second), _begun(other, first)) if common_runs else 0.0,
        headline=fuzz.token_sort_ratio(" ".join(one.title), " ".join(other.title)) / 100,
        matter=matter,
        shared=_told(common, one, weights),
    )


def _weights(
    one: Signature, names: Collection[str], weights: Weights, gone: Collection[int]
) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of the stems of the headline, and of headline and beginning together, these runs left out."""
    title = {stem: weights[stem] for stem in stems(one.title) if stem not in names}
    lead = {
        stem: weights[stem]
        for stem in stems((without(one.lead, gone) if gone else one.lead)[:BEGINNING])
        if stem not in names
    }
    return title, {**lead, **title}


def _kept(one: Signature, both: Mapping[str, float]) -> set[str]:
    return both.keys() | set(stems(one.lead))


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    common = sum(weight * other[stem] for stem, weight in one.items() if stem in other)
    return common / (_length(one) * _length(other)) if common else 0.0


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))


def _share(weights: Mapping[str, float], found: Collection[str]) -> float:
    whole = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in found) / whole if whole else 0.0


def _begun(one: Signature, runs: Collection[int]) -> float:
    beginning = shingles(one.lead[:BEGINNING])
    return sum(number in runs for number in beginning) / len(beginning) if beginning else 0.0


def _told(common: Collection[str], one: Signature, weights: Weights) -> tuple[str, ...]:
    """The shared words as the article writes them, the rarest first."""
    written: dict[str, str] = {}
    for word in (*one.title, *one.lead[:BEGINNING]):
        written.setdefault(word[: len(stems((word,))[0])], word)
    ranked: Sequence[str] = sorted(common, key=lambda stem: (-weights[stem], stem))
    return tuple(written[stem] for stem in ranked if stem in written)
