"""What a feature is, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable

from watchlist.matching.evidence.candidate import Candidate

#: How far a feature holds (0 to 1) and in what words; None where it does not apply.
Finding = tuple[float, str] | None
Feature = Callable[[Candidate], Finding]


def quoted(c: Candidate) -> str:
    """The words that were found, in quotation marks."""
    return ", ".join(f"'{m.word.meaning.form}'" for m in c.alignment.strong)
