"""Name to name: the same parts, spellings and roles as in an article, without an article around them."""

from __future__ import annotations

from dataclasses import dataclass

from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.likeness.names import compare
from watchlist.matching.table import NAME_PREDICTED, NAME_WEIGHTS
from watchlist.model import FeatureScore, Name, Schema


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How alike two names are, part by part."""

    score: float
    #: Whether the score says that these are two spellings of one name.
    predicted: bool
    features: tuple[FeatureScore, ...]


def match_names(name1: str, name2: str, schema: Schema | None = None) -> NameMatch:
    """Compare two names; symmetrical. Without a schema both readings, person and thing, are tried."""
    if schema is None:
        person, thing = match_names(name1, name2, Schema.PERSON), match_names(name1, name2, Schema.LEGAL_ENTITY)
        return person if person.score > thing.score else thing
    compared = compare(parse_name(Name(name1), schema), parse_name(Name(name2), schema), name1, name2)
    score = round(compared.likeness, 3)
    features = (
        FeatureScore(name, round(value, 3), NAME_WEIGHTS[name], why) for name, (value, why) in compared.findings.items()
    )
    return NameMatch(score, score >= NAME_PREDICTED, tuple(features))
