"""Chains to candidates: take what names were laid over the text, then read the article as a whole.

A candidate inside a longer match of another entity is dropped; a family name alone belongs to the person whose full
name the article has; entities that fit the same words equally well are kept together as namesakes.
"""

from __future__ import annotations

import re

from watchlist.matching.evidence.article import ReadArticle
from watchlist.matching.evidence.candidate import ByEntity, Candidate, Wanted
from watchlist.matching.evidence.family_names import FamilyNameAlone, family_names_that_stay
from watchlist.matching.evidence.identified import add_identified
from watchlist.matching.evidence.namesakes import mark_namesakes
from watchlist.matching.evidence.nested import drop_nested
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.chains import Chains
from watchlist.model import Field

_LONGEST_ARTICLE = 7
_ARTICLE = re.compile(rf"(?<![^\W_])([A-Za-z]{{2,{_LONGEST_ARTICLE - 1}}})[ \-\u2011]$")


def collect_candidates(article: ReadArticle, chains: Chains, index: CompiledIndex, wanted: Wanted) -> ByEntity:
    """The candidates of each entity (by its number in the index) that survive a reading of the whole article."""
    collected = _Collector(article, index, wanted)
    for field, text in article.texts.items():
        if text:
            collected.field(field, text, chains)
    found = collected.found
    if index.has_identifiers:
        add_identified(found, article, index, wanted)
    if len(found) > 1:
        drop_nested(found)
    staying = family_names_that_stay(collected.alone, found, article, index) if collected.alone else ()
    for alone in staying:
        collected.keep(*alone)
    if staying and len(found) > 1:
        drop_nested(found)
    if not found:
        return found
    mark_namesakes(found)
    for candidates in found.values():
        if len(candidates) > 1:
            names = {c.alignment.phrase: (c.alignment.symbols, c.surface) for c in candidates if c.alignment.matches}
            for c in candidates:
                own = c.alignment.symbols
                c.other_names = tuple(s for _, (theirs, s) in sorted(names.items()) if own.isdisjoint(theirs))
    return found


class _Collector:
    """Finds, in each field, the stretches that listed names point to."""

    def __init__(self, article: ReadArticle, index: CompiledIndex, wanted: Wanted) -> None:
        self.found: ByEntity = {}
        self.alone: list[FamilyNameAlone] = []
        self.article = article
        self._index = index
        self._wanted = wanted

    def field(self, field: Field, text: str, chains: Chains) -> None:
        """Collect the candidates of one field."""
        stretches, places = chains.read(text)
        self.article.places |= places
        seen: set[tuple[int, int, int]] = set()
        for at, aligned in stretches:
            for entity, alignment in aligned:
                if self._wanted is not None and not self._wanted(entity):
                    continue
                start, end = at + alignment.start, at + alignment.end
                # What stands beside a number may have been read with the words around it already.
                if (start, end, entity) in seen:
                    continue
                seen.add((start, end, entity))
                if start and alignment.lost_particles:
                    start = _with_article(text, start, alignment)
                if alignment.family_name_only:
                    self.alone.append(FamilyNameAlone(field, start, end, entity, alignment))
                else:
                    self.keep(field, start, end, entity, alignment)

    def keep(self, field: Field, start: int, end: int, entity: int, alignment: Alignment) -> None:
        """Make a candidate of a stretch."""
        # Made for every alignment of every article: by position, since keywords take twice as long.
        candidate = Candidate(field, start, end, alignment, self._index.entity(entity), self.article)
        kept = self.found.get(entity)
        if kept is None:
            self.found[entity] = [candidate]
        else:
            kept.append(candidate)


def _with_article(text: str, begin: int, alignment: Alignment) -> int:
    """Where a name begins with the small word that the list has too: [al-]Shabaab, [Abdel] Fattah al-Burhan."""
    article = _ARTICLE.search(text, max(0, begin - _LONGEST_ARTICLE), begin)
    if article is None or article.group(1).lower() not in alignment.lost_particles:
        return begin
    return article.start(1)
