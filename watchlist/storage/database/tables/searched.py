"""What is searched by words: the articles in which something was found, and the entities that were found.

SQLite keeps the words in a full-text table of its own beside this one, which triggers keep in step; PostgreSQL in the
column. They are not copied from one database to another, but made anew there: hence they stand apart.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Dialect, Integer, MetaData, String, Table, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Boolean

from watchlist.storage.database.tables.packed import packed

#: What PostgreSQL keeps at most: places of a word, and their numbers.
_PLACES: Final = 255
_LAST_PLACE: Final = 16_383


class TermsType(TypeDecorator[tuple[str, ...]]):
    """The terms of a text, as each database keeps them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:
        """Put a blank between them; for PostgreSQL, each with its places."""
        if value is None or dialect.name == "sqlite":
            return packed(" ".join(value or ()))
        places: dict[str, list[int]] = {}
        for n, term in enumerate(value, 1):
            places.setdefault(term, []).append(min(n, _LAST_PLACE))
        return " ".join(f"'{term}':{','.join(map(str, some[:_PLACES]))}" for term, some in places.items())

    def bind_expression(self, bindvalue: Any) -> Any:
        """Say what it is."""
        return as_terms(bindvalue)


class InquiryType(TypeDecorator[tuple[str, ...]]):
    """Terms that are to stand one after the other, the last as a beginning, as each database asks for them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:
        """Write them in the database's own language."""
        terms = value or ()
        if dialect.name == "sqlite":
            return f'"{" ".join(terms)}" *'
        *first, last = (f"'{term}'" for term in terms)
        return " <-> ".join([*first, f"{last}:*"])


_IN_FULL_TEXT: Final = "searched.id IN (SELECT rowid FROM searched_words WHERE searched_words MATCH ?)"
#: Not in the one of the others, of which all is copied and compared.
apart = MetaData()

searched = Table(
    "searched",
    apart,
    Column("id", Integer, primary_key=True),
    #: One of the two.
    Column("article_id", String(24)),
    Column("entity_id", String(255)),
    Column("words", TermsType, nullable=False),
)


class as_terms(GenericFunction[Any]):  # noqa: N801
    """Terms as the column holds them."""

    inherit_cache = True
    name = "as_terms"


@compiles(as_terms, "sqlite")
def _as_they_are(element: as_terms, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(as_terms, "postgresql")
def _as_vector(element: as_terms, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS tsvector)"


class holds_terms(GenericFunction[bool]):  # noqa: N801
    """Whether the row of ``searched`` holds these terms."""

    type = Boolean()
    inherit_cache = True
    name = "holds_terms"


@compiles(holds_terms, "sqlite")
def _by_full_text_table(element: holds_terms, compiler: Any, **options: Any) -> str:
    return _IN_FULL_TEXT.replace("?", str(compiler.process(element.clauses, **options)))


@compiles(holds_terms, "postgresql")
def _by_column(element: holds_terms, compiler: Any, **options: Any) -> str:
    return f"searched.words @@ CAST({compiler.process(element.clauses, **options)} AS tsquery)"
