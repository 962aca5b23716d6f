"""Output on streams that cannot write every character: nothing is lost, and no command ends in a traceback for it."""

from __future__ import annotations

import codecs
import sys
from io import TextIOWrapper
from typing import Final

#: Signs that have a plain form; what stands for them ends no text in JSON either.
_PLAIN: Final = {
    "…": "...",
    "“": "'",
    "”": "'",
    "„": "'",
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "→": "->",
    "×": "x",
    "•": "*",
    "\N{NO-BREAK SPACE}": " ",
    "\N{REPLACEMENT CHARACTER}": "?",
}
_HANDLER: Final = "watchlist.plain"


def write_anything() -> None:
    """Have standard output and standard error write what their encoding lacks in another way."""
    codecs.register_error(_HANDLER, _written_plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not _has_all(stream.encoding):
            stream.reconfigure(errors=_HANDLER)


def lacks_characters() -> bool:
    """Whether standard output cannot write every character."""
    return not _has_all(getattr(sys.stdout, "encoding", None) or "utf-8")


def _has_all(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name.startswith(("utf-", "utf_"))
    except LookupError:
        return False


def _written_plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plainly, error.object[error.start : error.end])), error.end


def _plainly(character: str) -> str:
    """A plain form, or the escapes that JSON and most languages know."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return _PLAIN.get(character) or "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
