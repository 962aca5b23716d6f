"""Figures of right and wrong: precision, recall and shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """Right, wrong and missed of one measurement."""

    right: int
    wrong: int
    missed: int
    unjudged: int = 0

    @property
    def precision(self) -> float:
        """Of what was found and judged, the share that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Of what is there, the share that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}  right {self.right}"
            f"  wrong {self.wrong}  missed {self.missed}  unjudged {self.unjudged}"
        )


def share(true: Iterable[bool]) -> float:
    """The share of what is true among some answers; 0 where there are none."""
    answers = list(true)
    return sum(answers) / len(answers) if answers else 0.0
