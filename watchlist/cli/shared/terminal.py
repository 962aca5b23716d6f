"""What goes to a terminal or a pipe: text from outside made harmless, JSON, and complaints on standard error.

Where a stream cannot write every character, nothing is lost, and no command ends in a traceback for it.
"""

from __future__ import annotations

import codecs
import sys
from io import TextIOWrapper
from typing import Any, Final

import typer

from watchlist.text.masked import without_logins
from watchlist.text.plain_json import json_text
from watchlist.text.shown import harmless

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
_PLAINLY: Final = "watchlist.plainly"
#: ASCII by a name of ours: where a stream has it by its own, the library of commands takes that for a mistake and
#: writes UTF-8 all the same.
_ASCII: Final = "watchlist_ascii"


def visible(text: str) -> str:
    """The text without what could steer a terminal, or hide between letters, and without the log-ins of addresses."""
    return harmless(without_logins(text))


def say(text: str, *, err: bool = False) -> None:
    """A line to whoever typed the command, with names in it that may come from anywhere."""
    typer.echo(visible(text), err=err)


def to_json(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON; what could steer a terminal or is not to be seen is an escape, which reads back the same."""
    # Where signs are written in a plain form, JSON is not: it is to read back the same.
    return json_text(value, indent=indent, ascii_only=lacks_characters())


def complain(text: object) -> None:
    """Say on standard error what went wrong, in one line."""
    typer.secho(f"watchlist: {' '.join(visible(str(text)).split())}", err=True, fg=typer.colors.RED)


def write_anything() -> None:
    """Have standard output and standard error write what their encoding lacks in another way."""
    codecs.register_error(_PLAINLY, _written_plainly)
    codecs.register(_plain_ascii)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not _has_all(stream.encoding):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=_ASCII if is_ascii else stream.encoding, errors=_PLAINLY)


def lacks_characters() -> bool:
    """Whether standard output cannot write every character."""
    return not _has_all(getattr(sys.stdout, "encoding", None) or "utf-8")


def _has_all(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name.startswith(("utf-", "utf_"))
    except LookupError:
        return False


def _plain_ascii(name: str) -> codecs.CodecInfo | None:
    if name != _ASCII:
        return None
    plain = codecs.lookup("ascii")
    return codecs.CodecInfo(
        plain.encode,
        plain.decode,
        plain.streamreader,
        plain.streamwriter,
        plain.incrementalencoder,
        plain.incrementaldecoder,
        name=_ASCII,
    )


def _written_plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plainly, error.object[error.start : error.end])), error.end


def _plainly(character: str) -> str:
    """A plain form, or the escapes that JSON and most languages know."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return _PLAIN.get(character) or "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
