"""What was made before of a subject, and of the words that were found, in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from watchlist.cli.shared.output import when
from watchlist.model import EarlierAlert, SubjectNote

#: Earlier judgements that are read, for their number; and those that are told one by one.
EARLIER = 100
_TOLD = 3


def known(earlier: Sequence[EarlierAlert], surface: str, notes: Sequence[SubjectNote] = ()) -> Iterator[str]:
    """What is known of a subject, and was made before of it and of the words that were found, in lines."""
    for note in notes[:_TOLD]:
        yield f"{when(note.at)} {note.by} on this subject: {note.text}"
    if len(notes) > _TOLD:
        yield f"{len(notes) - _TOLD} more: 'watchlist entities notes {notes[0].entity_id}'"
    if not earlier:
        yield "nobody has judged this subject or these words before"
        return
    for words, these in (
        ("this subject", [each for each in earlier if each.same_subject]),
        (f"“{surface}” of others", [each for each in earlier if each.same_surface and not each.same_subject]),
    ):
        if these:
            counts = Counter(each.outcome.replace("_", " ") for each in these)
            yield f"{words} before: {', '.join(f'{n} {outcome}' for outcome, n in counts.most_common())}"
    for each in earlier[:_TOLD]:
        why = f": {each.why}" if each.why else ""
        yield f"  {when(each.at)} {each.by}: “{each.surface}” {each.outcome.replace('_', ' ')}{why} ({each.alert_id})"
