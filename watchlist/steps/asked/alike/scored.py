"""How alike a described entity and listed subjects are, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.roles import NamePart
from watchlist.matching.likeness.names import compare
from watchlist.model import Entity, FeatureScore, Schema, Subject
from watchlist.steps.asked.alike.candidates import Candidates
from watchlist.steps.asked.alike.facts import NAME, WEIGHTS, Parts, facts

#: From this on two names are worth being told.
CUTOFF: Final = 0.5
#: From this on a score says that the two are one.
THRESHOLD: Final = 0.7
#: Names of a description that are compared.
_MOST_ASKED: Final = 20


@dataclass(frozen=True, slots=True)
class AlikeWanted:
    """Which of those that are alike are wanted."""

    #: Whether an entry counts, by its list, its kind and its id.
    counts: Callable[[Entity], bool]
    limit: int = 5
    cutoff: float = CUTOFF
    #: Weights in place of those of the table.
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alike:
    """A listed subject, and how alike it is."""

    subject: Subject
    #: The entry that was found by; with the first of its names where only a number agrees.
    entity: Entity
    score: float
    features: tuple[FeatureScore, ...]


class AlikeFinder:
    """Finds who is alike. Holds caches of words, bounded; use one per thread."""

    def __init__(self, index: CompiledIndex) -> None:
        self._index = index
        self._candidates = Candidates(index)

    def find(self, asked: Entity, wanted: AlikeWanted) -> tuple[int, list[Alike]]:
        """How many subjects are alike, and the most alike of them, the best first."""
        weights = {**WEIGHTS, **{name: value for name, value in wanted.weights.items() if name in WEIGHTS}}
        found = [
            alike
            for at, (value, words, entity) in self._named(asked, wanted).items()
            if (alike := self._scored(asked, at, entity, {NAME: (value, words)}, weights)).score >= wanted.cutoff
        ]
        found.sort(key=lambda each: (-each.score, each.subject.id))
        return len(found), found[: wanted.limit]

    def _named(self, asked: Entity, wanted: AlikeWanted) -> dict[int, tuple[float, str, int]]:
        """By subject how alike its names are at most, in what words, and the entry that has the name."""
        best: dict[int, tuple[float, str, int]] = {}
        for entity in self._candidates.with_identifiers(asked.identifiers):
            if wanted.counts(self._index.entity(entity)):
                best.setdefault(self._index.subject_of(entity), (0.0, "no name alike", entity))
        for name in asked.names[:_MOST_ASKED]:
            parsed: dict[bool, tuple[NamePart, ...]] = {}
            for number in self._candidates.names(name.text):
                listed = self._index.name(number)
                if not wanted.counts(self._index.entity(listed.entity)):
                    continue
                is_person = listed.schema is Schema.PERSON
                if is_person not in parsed:
                    parsed[is_person] = parse_name(name, Schema.PERSON if is_person else listed.schema)
                value = compare(parsed[is_person], listed.parts, name.text, listed.name.text).likeness
                at = self._index.subject_of(listed.entity)
                if at not in best or value > best[at][0]:
                    best[at] = (value, f"{name.text} and {listed.name.text}", listed.entity)
        return best

    def _scored(self, asked: Entity, at: int, entity: int, parts: Parts, weights: Mapping[str, float]) -> Alike:
        subject = self._index.subject(at)
        parts |= facts(asked, subject)
        features = tuple(
            FeatureScore(name, round(value, 3), weights[name], words) for name, (value, words) in parts.items()
        )
        score = round(min(1.0, max(0.0, sum(value * weights[name] for name, (value, _) in parts.items()))), 3)
        return Alike(subject, self._index.entity(entity), score, features)
