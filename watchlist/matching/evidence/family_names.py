"""Family names that stand alone: whose they are shows when the whole article has been read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from watchlist.matching.evidence.candidate import BySubject, Candidate
from watchlist.matching.language.known.lexicon import GIVEN_NAME, ORDINARY, PARTICLE, PLACE, TITLE
from watchlist.matching.language.known.name_counts import name_counts
from watchlist.matching.language.name_words import ARABIC_ARTICLE, BEFORE_FAMILY_NAME
from watchlist.matching.language.roles import FAMILY_ROLES

_SPACE = r"[\s\u200b\u200c\u2060\xa0]{1,3}"
_NAME_BEFORE = re.compile(rf"([^\W\d_a-z][^\W\d_]+){_SPACE}(?:(?:{BEFORE_FAMILY_NAME})[\s\-\u2011]+)?$")
_NAME_AFTER = re.compile(rf"{_SPACE}(?:{ARABIC_ARTICLE}[\s\-\u2011]+)?([^\W\d_a-z][^\W\d_]+)")


def family_names_that_stay(alone: BySubject, found: BySubject) -> BySubject:
    """Family names alone that may be a subject's: it is named in full as well, or few people bear the name.

    Not where the article gives the name to somebody by another given name. Whether another who is named in full is
    meant, `namesakes` says.
    """
    staying: BySubject = {}
    for subject, candidates in alone.items():
        owned = family_names(found.get(subject, ()))
        by_name: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
        for c in candidates:
            by_name[c.alignment.name.entity, c.alignment.matches[0].word.meaning.form].append(c)
        kept = [c for (_, form), places in by_name.items() if form in owned or _may_be(places) for c in places]
        if kept:
            staying[subject] = kept
    return staying


def family_names(candidates: Iterable[Candidate]) -> frozenset[str]:
    """The family names, as the text writes them, in the names that stand there with more than a family name."""
    return frozenset(
        m.word.meaning.form
        for c in candidates
        if not c.alignment.family_name_only
        for m in c.alignment.matches
        if m.part.role in FAMILY_ROLES
    )


def _may_be(places: list[Candidate]) -> bool:
    common = name_counts(places[0].alignment.matches[0].part.symbol).as_family_name
    return not common and not any(_of_somebody_else(c) or _of_many(c) for c in places)


def _of_many(alone: Candidate) -> bool:
    """Whether the text has the plural of the name, a family or a people: the Houthis."""
    m = alone.alignment.matches[0]
    return any(
        m.word.meaning.form.endswith(end) and not m.part.form.endswith(end)
        for end in alone.article.reader.pack.group("plural_end")
    )


def _of_somebody_else(alone: Candidate) -> bool:
    """Whether a name that is not the entity's touches its family name: a given name before, or any name after."""
    text = alone.article.texts[alone.field]
    meaning = alone.article.reader.meaning
    before = _NAME_BEFORE.search(text, max(0, alone.start - 30), alone.start)
    if before is not None:
        flags = meaning(before.group(1)).flags
        if not flags & (TITLE | PLACE | PARTICLE) and (not flags & ORDINARY or flags & GIVEN_NAME):
            return True
    after = _NAME_AFTER.match(text, alone.end, alone.end + 30)
    return after is not None and not meaning(after.group(1)).flags & (TITLE | ORDINARY | PLACE | PARTICLE)
