"""A note on a subject, as somebody writes it."""

from __future__ import annotations

from datetime import datetime

from watchlist.errors import UsageError
from watchlist.model import SubjectNote

#: Characters of a note.
LONGEST_NOTE = 5_000


def note_of(entity_id: str, words: str, by: str, now: datetime) -> SubjectNote:
    """The note that is to be kept; raises UsageError for one without words, and for one that is too long."""
    text = words.replace("\r\n", "\n").strip()
    if not text:
        raise UsageError("a note needs words")
    if len(text) > LONGEST_NOTE:
        raise UsageError(f"a note may have {LONGEST_NOTE:,} characters, and this one has {len(text):,}")
    return SubjectNote(entity_id, now, by, text)
