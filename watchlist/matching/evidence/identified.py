"""Identifiers of an article: for the entities that have them, and against ships whose name stands by another's."""

from __future__ import annotations

from watchlist.matching.evidence.article import ReadArticle
from watchlist.matching.evidence.candidate import BySubject, Candidate, Wanted
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.index.identifiers import FoundIdentifier, find_identifiers
from watchlist.matching.search.alignment import Alignment
from watchlist.model import Field

#: How near an identifier belongs to the name before or after it, in characters.
_BY_THE_NAME = 60


def add_identified(found: BySubject, article: ReadArticle, index: CompiledIndex, wanted: Wanted) -> None:
    """Let identifiers speak: for the subjects that have them, also where no name is near, and against namesakes."""
    for field, text in article.texts.items():
        standing = find_identifiers(text)
        for identifier in standing:
            for entity in index.with_identifier(identifier.normal):
                subject = index.subject_of(entity)
                if wanted is not None and not wanted(subject):
                    continue
                length = identifier.end - identifier.start
                alignment = Alignment(
                    name=index.primary_name(entity),
                    first=0,
                    last=0,
                    start=0,
                    end=length,
                    matches=(),
                    missing=(),
                    extra=(),
                    score=1.0,
                )
                by_number = Candidate(
                    field=field,
                    start=identifier.start,
                    end=identifier.end,
                    alignment=alignment,
                    entity=index.entity(entity),
                    subject=index.subject(subject),
                    article=article,
                )
                found.setdefault(subject, []).append(by_number)
                for c in found[subject]:
                    c.identifier = f"{identifier.normal.replace(':', ' ')} stands in the {field}"
        if standing:
            _mark_foreign(found, field, [i for i in standing if i.kind == "imo"])


def _mark_foreign(found: BySubject, field: Field, standing: list[FoundIdentifier]) -> None:
    """Mark ships whose name stands by the IMO number of another ship."""
    for candidates in found.values():
        for c in candidates:
            if c.field != field or c.identifier or not any(i.kind == "imo" for i in c.entity.identifiers):
                continue
            near = [i for i in standing if abs(i.start - c.end) < _BY_THE_NAME or abs(c.start - i.end) < _BY_THE_NAME]
            if near:
                c.foreign_identifier = f"{near[0].normal.replace(':', ' ')} is not the listed one"
