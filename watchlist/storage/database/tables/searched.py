"""What is searched by words: the articles in which something was found, and the entities that were found.

SQLite keeps the words in a full-text table of its own beside this one, which triggers keep in step; PostgreSQL in the
column. They are not copied from one database to another, but made anew there: hence they stand apart.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Dialect, Integer, MetaData, String, Table, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import UserDefinedType

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


class InquiryType(TypeDecorator[tuple[tuple[str, ...], ...]]):
    """What is looked for, as each database asks for it.

    All of it must stand there, the terms of each one after the other, the last as a beginning.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[tuple[str, ...], ...] | None, dialect: Dialect) -> Any:
        """Write it in the database's own language."""
        inquiry = value or ()
        if dialect.name == "sqlite":
            return " AND ".join(f'"{" ".join(terms)}" *' for terms in inquiry)
        return " & ".join(
            " <-> ".join([*(f"'{each}'" for each in terms[:-1]), f"'{terms[-1]}':*"]) for terms in inquiry
        )


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


class IsSo(UserDefinedType[bool]):
    """A truth value that is not compared with 1 in SQLite, which then would look nothing up by it."""

    cache_ok = True


class holds_terms(GenericFunction[bool]):  # noqa: N801
    """Whether the row of ``searched`` holds what is looked for."""

    type = IsSo()
    inherit_cache = True
    name = "holds_terms"


@compiles(holds_terms, "sqlite")
def _by_full_text_table(element: holds_terms, compiler: Any, **options: Any) -> str:
    return _IN_FULL_TEXT.replace("?", str(compiler.process(element.clauses, **options)))


class is_among_some_that_hold(holds_terms):  # noqa: N801
    """The same of some rows that do; SQLite gets no further than it is asked for, nor looks at the rest."""

    inherit_cache = True
    name = "is_among_some_that_hold"


@compiles(is_among_some_that_hold, "sqlite")
def _of_some(element: is_among_some_that_hold, compiler: Any, **options: Any) -> str:
    asked, most = (str(compiler.process(each, **options)) for each in element.clauses)
    return _IN_FULL_TEXT.replace("?", f"{asked} LIMIT {most}")


class this_holds_terms(holds_terms):  # noqa: N801
    """Whether a row that is found by something else holds what is looked for."""

    inherit_cache = True
    name = "this_holds_terms"


@compiles(this_holds_terms, "sqlite")
def _looked_at(element: this_holds_terms, compiler: Any, **options: Any) -> str:
    return f"+{_by_full_text_table(element, compiler, **options)}"


@compiles(holds_terms, "postgresql")
@compiles(is_among_some_that_hold, "postgresql")
@compiles(this_holds_terms, "postgresql")
def _by_column(element: holds_terms, compiler: Any, **options: Any) -> str:
    asked = next(iter(element.clauses))
    return f"searched.words @@ CAST({compiler.process(asked, **options)} AS tsquery)"
