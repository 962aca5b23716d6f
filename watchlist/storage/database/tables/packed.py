"""Long text, kept small: SQLite stores it as it is given, PostgreSQL packs what is long by itself."""

from __future__ import annotations

import zlib
from typing import Any, Final

from sqlalchemy import Dialect, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

#: Shorter text gains nothing.
LEAST: Final = 256
#: What does not become this much smaller stays as it is, to be read by anything.
_WORTH: Final = 0.9
_LEVEL: Final = 6


def packed(text: str) -> str | bytes:
    """A text as SQLite keeps it: compressed where that pays."""
    if len(text) < LEAST:
        return text
    plain = text.encode("utf-8", "surrogatepass")
    small = zlib.compress(plain, _LEVEL)
    return small if len(small) < _WORTH * len(plain) else text


def unpacked(stored: str | bytes | None) -> str | None:
    """The text again."""
    return zlib.decompress(stored).decode("utf-8", "surrogatepass") if isinstance(stored, bytes) else stored


class PackedText(TypeDecorator[str]):
    """A text that is compressed in an SQLite file; what stands there from before is read as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        """Pack it for SQLite."""
        return packed(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Unpack it."""
        return unpacked(value)


class plain_text(GenericFunction[str]):  # noqa: N801
    """A packed column as the database can look into it."""

    type = Text()
    inherit_cache = True
    name = "plain_text"


@compiles(plain_text, "postgresql")
def _as_it_is(element: plain_text, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))
