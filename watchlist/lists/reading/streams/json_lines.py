"""Objects of a file with one JSON object on each line: streamed, with line numbers and typed errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from watchlist.lists.reading.files import ListFile, text_lines

#: One object of the file.
Record = dict[str, Any]


def records(file: ListFile) -> Iterator[tuple[int, Record]]:
    """The objects with their lines, blank lines skipped; raises ListParseError for a line that is no object."""
    with file.opened() as stream:
        for line, text in enumerate(text_lines(file.list_id, stream, file.label), start=1):
            if text.strip():
                yield line, record(file, text, line)


def record(file: ListFile, text: str, line: int | None = None) -> Record:
    """One object; raises ListParseError when the text is none, or holds half of a character."""
    try:
        found = json.loads(text)
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise file.broken(f"is no JSON object, or one that is cut off: {error}", line) from error
    if not isinstance(found, dict):
        raise file.broken(f"expected a JSON object, found {text.strip()[:40]!r}", line)
    return found


def strings(file: ListFile, found: Record, key: str, line: int | None = None) -> list[str]:
    """The values of a key that holds a text or a list of texts; none when it is missing."""
    value = found.get(key)
    values = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise file.broken(f"expected a text or a list of texts as {key}, found {str(value)[:40]!r}", line)
    return values
