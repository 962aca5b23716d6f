"""Namesakes: entities that fit the same words of an article, and which of them fits best."""

from __future__ import annotations

from collections import defaultdict

from watchlist.matching.evidence.candidate import ByEntity, Candidate


def mark_namesakes(found: ByEntity) -> None:
    """Tell candidates for the same span of each other, and the lesser ones why another fits better.

    Of the lesser ones only the best is kept: it is enough to see that there is a choice.
    """
    by_span: dict[tuple[str, int, int], list[Candidate]] = defaultdict(list)
    for candidates in found.values():
        for c in candidates:
            by_span[c.field, c.start, c.end].append(c)
    dropped: set[int] = set()
    # A name that stands in the article again and again has the same namesakes each time.
    known: dict[tuple[tuple[int, float], ...], tuple[int, list[int]]] = {}
    for namesakes in by_span.values():
        if len(namesakes) < 2:
            continue
        key = tuple((c.alignment.name.id, c.alignment.score) for c in namesakes)
        ranked = known.get(key)
        if ranked is None:
            ranked = known[key] = _ranked(namesakes)
        best, lesser = ranked
        dropped.update(id(namesakes[at]) for at in lesser[1:])
        for at in lesser[:1]:
            namesakes[at].better = namesakes[best]
        kept = [c for c in namesakes if id(c) not in dropped]
        for c in kept:
            c.namesakes = tuple(r for r in kept if r is not c)
    if dropped:
        for entity in list(found):
            found[entity] = [c for c in found[entity] if id(c) not in dropped]
            if not found[entity]:
                del found[entity]


def _ranked(namesakes: list[Candidate]) -> tuple[int, list[int]]:
    """Which of them fits best, and which fit less well, the better first, by their places in the list.

    What decides between namesakes: nearness of the name; and, where that is the same, support in the article, then a
    primary name before an alias.
    """
    nearness = [round(c.alignment.score, 2) for c in namesakes]
    nearest = max(nearness)
    near = [at for at, score in enumerate(nearness) if score == nearest]
    far = sorted(
        (at for at, score in enumerate(nearness) if score < nearest), key=lambda at: -namesakes[at].alignment.score
    )
    if len(near) == 1:
        return near[0], far
    ranked = sorted(((_fit(namesakes[at]), -at) for at in near), reverse=True)
    return -ranked[0][1], [-at for fit, at in ranked if fit < ranked[0][0]] + far


def _fit(c: Candidate) -> tuple[int, bool]:
    countries, words = c.support()
    leads = c.alignment.leading_symbols == c.article.reader.index.leading_symbols(c.alignment.name.entity)
    return 2 * len(countries) + len(words), leads
