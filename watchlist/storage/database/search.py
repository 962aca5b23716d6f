"""The words by which what was found is searched, written in the transaction that writes what they are of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Column, ColumnElement, Connection, Select, exists, literal, or_, select, text, update
from sqlalchemy.engine import Engine

from watchlist.storage.database.rows import chunks, dialect_of
from watchlist.storage.database.tables import articles, entities, entity_groups, mentions, names
from watchlist.storage.database.tables.searched import InquiryType, TermsType, holds_terms, searched
from watchlist.text.terms import inquiry_of, terms_of

_OfEntities = Callable[[ColumnElement[bool]], ColumnElement[bool]]
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
    """Have entities found by their names."""
    if not entity_ids:
        return
    statement = select(names.c.entity_id, names.c.text).where(names.c.entity_id.in_(entity_ids))
    called: dict[str, list[str]] = {id: [] for id in entity_ids}
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


def of_text(
    connection: Connection, asked: str, article_id: Column[str], of_entities: _OfEntities
) -> ColumnElement[bool] | None:
    """Whether each word that is asked for stands in an article, or in a name of its entity.

    None where that can't be told: without full-text search, for what has no words, and as long as not all that was
    found is indexed.
    ``of_entities`` makes of a condition on entities one on what is asked about.
    """
    inquiry = inquiry_of(asked)
    if not inquiry or not _is_ready(connection):
        return None
    each: list[ColumnElement[bool]] = []
    for terms in inquiry:
        holding = holds_terms(literal(terms, InquiryType))
        in_article = select(searched.c.article_id).where(holding, searched.c.article_id.is_not(None))
        in_names = select(searched.c.entity_id).where(holding, searched.c.entity_id.is_not(None))
        found = article_id.in_(in_article)
        # Most words are no names: then an index finds the articles' alerts.
        is_name = connection.execute(in_names.limit(1)).first() is not None
        each.append(or_(found, of_entities(entities.c.id.in_(in_names))) if is_name else found)
    condition = each[0]
    for other in each[1:]:
        condition &= other
    return condition


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
