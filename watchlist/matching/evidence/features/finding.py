"""What a feature is, and how one that asks the alignment alone is answered from memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from watchlist.matching.evidence.candidate import Candidate

#: How far a feature holds (0 to 1) and in what words; None where it does not apply.
Finding = tuple[float, str] | None
Feature = Callable[[Candidate], Finding]


def of_alignment(feature: Feature) -> Feature:
    """A feature of the alignment alone, whatever the article: found out once and remembered with the alignment."""

    @wraps(feature)
    def remembered(c: Candidate) -> Finding:
        known = c.alignment.memory
        if feature not in known:
            known[feature] = feature(c)
        found: Finding = known[feature]
        return found

    return remembered


def quoted(c: Candidate) -> str:
    """The words that were found, in quotation marks."""
    return ", ".join(f"'{m.word.meaning.form}'" for m in c.alignment.strong)
