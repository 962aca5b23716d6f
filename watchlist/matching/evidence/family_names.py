"""Family names that stand alone: whose they are shows when the whole article has been read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from watchlist.matching.evidence.article import ReadArticle
from watchlist.matching.evidence.candidate import ByEntity
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.language.lexicon import GIVEN_NAME, ORDINARY, PARTICLE, PLACE, TITLE
from watchlist.matching.language.name_words import ARABIC_ARTICLE, BEFORE_FAMILY_NAME
from watchlist.matching.language.roles import FAMILY_ROLES
from watchlist.matching.search.alignment import Alignment
from watchlist.model import Field

#: Of a family name alone that more listed entities bear nobody can say whose it is.
_MOST_RELATIVES = 3
_SPACE = r"[\s\u200b\u200c\u2060\xa0]{1,3}"
_NAME_BEFORE = re.compile(rf"([^\W\d_a-z][^\W\d_]+){_SPACE}(?:(?:{BEFORE_FAMILY_NAME})[\s\-\u2011]+)?$")
_NAME_AFTER = re.compile(rf"{_SPACE}(?:{ARABIC_ARTICLE}[\s\-\u2011]+)?([^\W\d_a-z][^\W\d_]+)")


class FamilyNameAlone(NamedTuple):
    """A family name that stands alone; whose it is shows when the article has been read."""

    field: Field
    start: int
    end: int
    entity: int
    alignment: Alignment


def family_names_that_stay(
    standing_alone: Sequence[FamilyNameAlone], found: ByEntity, article: ReadArticle, index: CompiledIndex
) -> list[FamilyNameAlone]:
    """A family name alone goes to the person named in full; otherwise it stays where it can be one person's.

    It cannot where many listed entities bear it, or where the article gives it to somebody by another given name.
    """
    owners: dict[str, set[int]] = defaultdict(set)
    for entity, candidates in found.items():
        for c in candidates:
            for m in c.alignment.matches:
                if m.part.role in FAMILY_ROLES:
                    owners[m.word.meaning.form].add(entity)
    by_entity: dict[int, list[FamilyNameAlone]] = defaultdict(list)
    for alone in standing_alone:
        by_entity[alone.entity].append(alone)
    staying: list[FamilyNameAlone] = []
    for entity, places in by_entity.items():
        match = places[0].alignment.matches[0]
        if match.word.meaning.form in owners:
            stays = entity in owners[match.word.meaning.form]
        else:
            id = index.symbol_id(match.part.symbol)
            holders = index.counts(id)[1] if id is not None else 0
            elsewhere = any(_of_somebody_else(each, article) for each in places)
            stays = holders <= _MOST_RELATIVES and not elsewhere
        if stays:
            staying += places
    return staying


def _of_somebody_else(alone: FamilyNameAlone, article: ReadArticle) -> bool:
    """Whether a name that is not the entity's touches its family name: a given name before, or any name after."""
    text = article.texts[alone.field]
    meaning = article.reader.meaning
    before = _NAME_BEFORE.search(text, max(0, alone.start - 30), alone.start)
    if before is not None:
        flags = meaning(before.group(1)).flags
        if not flags & (TITLE | PLACE | PARTICLE) and (not flags & ORDINARY or flags & GIVEN_NAME):
            return True
    after = _NAME_AFTER.match(text, alone.end, alone.end + 30)
    return after is not None and not meaning(after.group(1)).flags & (TITLE | ORDINARY | PLACE | PARTICLE)
