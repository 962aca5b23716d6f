"""The words by which what was found is searched, written in the transaction that writes what they are of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, exists, literal, or_, select, text, update
from sqlalchemy.engine import Engine

from watchlist.storage.database.rows import chunks, dialect_of
from watchlist.storage.database.tables import articles, entities, entity_groups, mentions, names
from watchlist.storage.database.tables.searched import (
    InquiryType,
    TermsType,
    is_among_some_that_hold,
    searched,
    this_holds_terms,
)
from watchlist.text.terms import inquiry_of, terms_of

Inquiry = tuple[tuple[str, ...], ...]
_OfEntities = Callable[[ColumnElement[bool]], ColumnElement[bool]]
#: So many are looked up one by one; where there are more, what is read in order soon finds a page of them.
FEW: Final = 1_000
#: So many are looked at first, where it is to be known whether there are many.
_SOME: Final = 2_000
_WORDS_TABLE: Final = text("SELECT 1 FROM sqlite_master WHERE name = 'searched_words'")


def index_article(connection: Connection, article_id: str, title: str, words: str) -> None:
    """Have an article found by its words, in place of those it had."""
    _put(connection, searched.c.article_id, {article_id: terms_of(f"{title}\n{words}")})


def reindex_article(connection: Connection, article_id: str, title: str, words: str) -> None:
    """The same for an article that has other words now, where it is searched at all."""
    if connection.execute(select(searched.c.id).where(searched.c.article_id == article_id)).first() is not None:
        index_article(connection, article_id, title, words)


def reindex_entities(connection: Connection, entity_ids: Iterable[str]) -> None:
    """Have those of these entities that are searched found by the names they have now."""
    for part in chunks(entity_ids):
        known = connection.execute(select(searched.c.entity_id).where(searched.c.entity_id.in_(part))).scalars().all()
        index_entities(connection, known)


def index_entities(connection: Connection, entity_ids: Sequence[str]) -> None:
    """Have entities found by their names; what an older index names and is gone by now is passed over."""
    if not entity_ids:
        return
    statement = select(names.c.entity_id, names.c.text).where(names.c.entity_id.in_(entity_ids))
    there = connection.execute(select(entities.c.id).where(entities.c.id.in_(entity_ids))).scalars()
    called: dict[str, list[str]] = {id: [] for id in there}
    for row in connection.execute(statement.order_by(names.c.entity_id, names.c.position)):
        called[row.entity_id].append(row.text)
    _put(connection, searched.c.entity_id, {id: terms_of("\n".join(some)) for id, some in called.items()})


def index_new_entities(connection: Connection, entity_ids: Iterable[str]) -> None:
    """The same for those that are not searched yet."""
    wanted = dict.fromkeys(entity_ids)
    known = connection.execute(select(searched.c.entity_id).where(searched.c.entity_id.in_(wanted))).scalars()
    there = set(known)
    index_entities(connection, [id for id in wanted if id not in there])


def fill(connection: Connection, limit: int) -> int:
    """Index some of what was found and is not searched yet; return how many there were."""
    columns = (articles.c.id, articles.c.title, articles.c.text)
    waiting = connection.execute(select(*columns).where(articles.c.id.in_(_unsearched_articles().limit(limit)))).all()
    _insert(connection, searched.c.article_id, {row.id: terms_of(f"{row.title}\n{row.text}") for row in waiting})
    left = limit - len(waiting)
    found = [row.id for row in connection.execute(_unsearched_entities().limit(left))] if left else []
    for part in chunks(found):
        index_entities(connection, list(part))
    return len(waiting) + len(found)


def is_fillable(connection: Connection) -> bool:
    """Whether there is full-text search, and something that is not indexed yet."""
    ready = _is_ready(connection)
    return _able[connection.engine] and not ready


@dataclass(frozen=True, slots=True)
class FoundByWords:
    """What is found by words, resolved: as a condition on what is asked about, for any number of statements."""

    condition: ColumnElement[bool]
    #: Some articles in which they stand, where they are many: much sooner looked at than all.
    some: Select[tuple[str]] | None = None


def of_text(
    connection: Connection, asked: str, article_id: Column[str], of_entities: _OfEntities
) -> FoundByWords | None:
    """Whether each word that is asked for stands in an article, or in a name of its entity.

    None where that can't be told: without full-text search, for what has no words, and as long as not all that was
    found is indexed.
    ``of_entities`` makes of a condition on entities one on what is asked about.
    """
    inquiry = inquiry_of(asked)
    if not inquiry or not _is_ready(connection):
        return None
    each: list[ColumnElement[bool]] = []
    named = {terms: such for terms in inquiry if (such := _with_a_name(connection, terms)) is not None}
    # Most words are no names: an index finds all of them at once.
    others = tuple(terms for terms in inquiry if terms not in named)
    is_rare = False
    for part in (*([others] if others else []), *((terms,) for terms in named)):
        few = _few_articles(connection, part)
        is_rare = is_rare or few is not None
        found = article_id.in_(few) if few is not None else _in_article(part, article_id)
        each.append(or_(found, of_entities(named[part[0]])) if part[0] in named else found)
    condition = and_(*each)
    if is_rare:
        return FoundByWords(_narrowed(connection, condition, article_id.table.c.id))
    some = select(searched.c.article_id).where(is_among_some_that_hold(literal(inquiry, InquiryType), _SOME))
    return FoundByWords(condition, some.limit(_SOME))


def _narrowed(connection: Connection, found: ColumnElement[bool], id: Column[Any]) -> ColumnElement[bool]:
    """The same as a few that are named, where they are few: else the database may read all in order to find them."""
    few = connection.execute(select(id).where(found).limit(FEW + 1)).scalars().all()
    return id.in_(few) if len(few) <= FEW else found


def _with_a_name(connection: Connection, terms: tuple[str, ...]) -> ColumnElement[bool] | None:
    """Which entities have a name with these terms; None where none has."""
    # There are fewer entities than articles that a common word stands in.
    such = (this_holds_terms(literal((terms,), InquiryType)), searched.c.entity_id.is_not(None))
    statement = select(searched.c.entity_id).where(*such)
    few = connection.execute(statement.limit(FEW + 1)).scalars().all()
    if not few:
        return None
    return entities.c.id.in_(few if len(few) <= FEW else statement)


def _few_articles(connection: Connection, inquiry: Inquiry) -> list[str] | None:
    """The articles in which all of an inquiry stands; None where they are many."""
    asked = literal(inquiry, InquiryType)
    some = select(searched.c.article_id).where(is_among_some_that_hold(asked, FEW + 1)).limit(FEW + 1)
    few = connection.execute(some).scalars().all()
    return [id for id in few if id is not None] if len(few) <= FEW else None


def _in_article(inquiry: Inquiry, article_id: Column[str]) -> ColumnElement[bool]:
    """Whether all of an inquiry stands in an article, for each that is read."""
    asked = this_holds_terms(literal(inquiry, InquiryType))
    return exists().where(searched.c.article_id == article_id, asked)


#: Databases that have full-text search, and those whose every find is indexed: both stay so.
_able: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()
_whole: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()


def _is_ready(connection: Connection) -> bool:
    engine = connection.engine
    if engine not in _able:
        is_sqlite = connection.dialect.name == "sqlite"
        _able[engine] = not is_sqlite or connection.execute(_WORDS_TABLE).first() is not None
    if _able[engine] and engine not in _whole:
        missing = connection.execute(_unsearched_articles().limit(1)).first()
        missing = missing or connection.execute(_unsearched_entities().limit(1)).first()
        if missing is None:
            _whole[engine] = True
    return _able[engine] and engine in _whole


def _unsearched_articles() -> Select[tuple[str]]:
    there = exists().where(searched.c.article_id == mentions.c.article_id)
    return select(mentions.c.article_id).where(~there).distinct()


def _unsearched_entities() -> Select[tuple[str]]:
    """The entities that were found, and those that are one with them."""
    found = select(mentions.c.entity_id)
    groups = select(entity_groups.c.group_id).where(entity_groups.c.entity_id.in_(found))
    members = select(entity_groups.c.entity_id).where(entity_groups.c.group_id.in_(groups))
    there = exists().where(searched.c.entity_id == entities.c.id)
    return select(entities.c.id).where(or_(entities.c.id.in_(found), entities.c.id.in_(members)), ~there)


def _put(connection: Connection, column: Column[str], words: Mapping[str, tuple[str, ...]]) -> None:
    known = set(connection.execute(select(column).where(column.in_(list(words)))).scalars())
    for key in known:
        changed = update(searched).where(column == key).values(words=literal(words[key], TermsType))
        connection.execute(changed)
    _insert(connection, column, {key: terms for key, terms in words.items() if key not in known})


def _insert(connection: Connection, column: Column[str], words: Mapping[str, tuple[str, ...]]) -> None:
    if words:
        # Of two that find the same at the same time, the first has it.
        statement = dialect_of(connection).insert(searched).on_conflict_do_nothing()
        connection.execute(statement, [{column.name: key, "words": terms} for key, terms in words.items()])
