"""Shorter names inside longer ones: of two candidates for overlapping words the one that is meant stays."""

from __future__ import annotations

from collections import defaultdict

from watchlist.matching.evidence.candidate import ByEntity, Candidate


def drop_nested(found: ByEntity) -> None:
    """Drop candidates that lie inside a longer and no worse match of another entity."""
    everything = [(entity, c) for entity, candidates in found.items() for c in candidates]
    by_field: dict[str, list[tuple[int, Candidate]]] = defaultdict(list)
    for row in everything:
        by_field[row[1].field].append(row)
    dropped: set[int] = set()
    for rows in by_field.values():
        rows.sort(key=lambda row: (row[1].start, -row[1].end))
        open_rows: list[tuple[int, Candidate]] = []
        for entity, c in rows:
            open_rows = [row for row in open_rows if row[1].end > c.start]
            for other, outer in open_rows:
                if other == entity:
                    continue
                longer = outer.end - outer.start > c.end - c.start and outer.end >= c.end
                if longer and _passed_over(outer, c):
                    dropped.add(id(outer))
                elif longer and outer.alignment.score >= min(0.7, c.alignment.score):
                    dropped.add(id(c))
                elif outer.start == c.start and outer.end == c.end:
                    _drop_worse(outer, c, dropped)
            open_rows.append((entity, c))
    for entity in list(found):
        found[entity] = [c for c in found[entity] if id(c) not in dropped]
        if not found[entity]:
            del found[entity]


def _passed_over(outer: Candidate, inner: Candidate) -> bool:
    """Whether the outer name leaves out, as foreign to it, a word that the inner name needs: Iran's [Mahan Air]."""
    if inner.alignment.score < 0.99 or not outer.alignment.extra:
        return False
    shift = outer.start - outer.alignment.start
    return any(inner.start <= shift + word.start < inner.end for word in outer.alignment.extra)


def _drop_worse(one: Candidate, other: Candidate, dropped: set[int]) -> None:
    difference = one.alignment.score - other.alignment.score
    if difference > 0.1:
        dropped.add(id(other))
    elif difference < -0.1:
        dropped.add(id(one))
