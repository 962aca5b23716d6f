"""A text in pieces, its mentions among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watchlist.model import Band, Field, Mention


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A stretch of a text: the number of the mention that it is, or None."""

    text: str
    mention: int | None = None
    band: Band | None = None


def marked(text: str, field: Field, mentions: tuple[Mention, ...]) -> Iterator[MarkedPiece]:
    """A text in pieces, those that are a mention with its number from 1; of two that overlap the first."""
    spans = sorted(
        (span.start, -span.end, number, mention.band)
        for number, mention in enumerate(mentions, 1)
        for span in mention.spans
        if span.field == field
    )
    at = 0
    for start, end, number, band in spans:
        if start < at:
            continue
        if start > at:
            yield MarkedPiece(text[at:start])
        yield MarkedPiece(text[start:-end], number, band)
        at = -end
    if at < len(text):
        yield MarkedPiece(text[at:])
