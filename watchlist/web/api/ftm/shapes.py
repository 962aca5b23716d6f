"""What clients of yente ask and are answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

#: Queries of a batch.
_MOST_QUERIES = 500


class FtmExample(BaseModel):
    """An entity that somebody describes."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    id: str | None = None
    schema_: str = Field(alias="schema", examples=["Person"])
    properties: dict[str, str | list[Any]] = Field(examples=[{"name": ["Ilya Marrov"], "birthDate": ["1955"]}])


class MatchAsked(BaseModel):
    """Entities to be looked for, each under a key of one's own."""

    model_config = ConfigDict(extra="ignore")

    weights: dict[str, float] = Field({}, description="Other weights for parts of the score, by their names.")
    queries: dict[str, FtmExample] = Field(max_length=_MOST_QUERIES)


class FtmEntity(BaseModel):
    """A listed subject, with what all its entries say."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[str]]
    datasets: list[str]
    referents: list[str] = Field(description="The ids of its other entries.")
    target: bool
    first_seen: datetime | None
    last_seen: datetime | None
    last_change: datetime | None


class Explanation(BaseModel):
    """What one part of a score is, and why."""

    model_config = ConfigDict(extra="forbid")

    score: float
    weight: float
    detail: str


class ScoredEntity(FtmEntity):
    """A listed subject, and how alike it is."""

    score: float
    match: bool = Field(description="Whether the score reaches the threshold.")
    features: dict[str, float]
    explanations: dict[str, Explanation]


class Total(BaseModel):
    """How many there are."""

    value: int
    relation: str


class Matches(BaseModel):
    """What a query is answered."""

    status: int
    results: list[ScoredEntity]
    total: Total
    query: FtmExample


class MatchAnswer(BaseModel):
    """What queries are answered, by their keys."""

    responses: dict[str, Matches]
    matcher: dict[str, Any]
    limit: int


class SearchAnswer(BaseModel):
    """Subjects by words of their names."""

    results: list[FtmEntity]
    facets: dict[str, Any]
    total: Total
    limit: int
    offset: int


class CatalogAnswer(BaseModel):
    """The data sets: one for each list, and ``default`` for all."""

    datasets: list[dict[str, Any]]
    current: list[str]
    outdated: list[str]
    index_stale: bool


class AlgorithmsAnswer(BaseModel):
    """How scores are made: there is one way."""

    algorithms: list[dict[str, Any]]
    default: str
    best: str
