"""Chains to candidates: the names laid over the text, by subject, and what the article as a whole says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchlist.matching import table
from watchlist.matching.evidence.article import ReadArticle, Unmistakable
from watchlist.matching.evidence.candidate import BySubject, Candidate, Wanted
from watchlist.matching.evidence.family_names import family_names_that_stay
from watchlist.matching.evidence.identified import add_identified
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.chains import Chains
from watchlist.model import Field

_LONGEST_ARTICLE = 7
_ARTICLE = re.compile(rf"(?<![^\W_])([A-Za-z]{{2,{_LONGEST_ARTICLE - 1}}})[ \-\u2011]$")


def collect_candidates(article: ReadArticle, chains: Chains, index: CompiledIndex, wanted: Wanted) -> BySubject:
    """The candidates of each subject (by its number in the index), those of names in full before family names alone."""
    collected = _Collector(article, index, wanted)
    for field, text in article.texts.items():
        if text:
            collected.field(field, text, chains)
    found = collected.found
    if index.has_identifiers:
        add_identified(found, article, index, wanted)
    if collected.alone:
        for subject, candidates in family_names_that_stay(collected.alone, found).items():
            found.setdefault(subject, []).extend(candidates)
    article.standing = [
        Unmistakable(c.field, c.start, c.end, c.subject, c.alignment.symbols)
        for candidates in found.values()
        for c in candidates
        if _is_plain(c)
    ]
    for candidates in found.values():
        note_other_names(candidates)
    return found


def note_other_names(candidates: Sequence[Candidate]) -> None:
    """Tell each candidate of a subject which wholly other names of it the article has."""
    if len(candidates) == 1:
        candidates[0].other_names = ()
        return
    names = {c.alignment.phrase: (c.alignment.symbols, c.surface) for c in candidates if c.alignment.matches}
    for c in candidates:
        own = c.alignment.symbols
        c.other_names = tuple(surface for _, (theirs, surface) in sorted(names.items()) if own.isdisjoint(theirs))


class _Collector:
    """Finds, in each field, the stretches that listed names point to."""

    def __init__(self, article: ReadArticle, index: CompiledIndex, wanted: Wanted) -> None:
        self.found: BySubject = {}
        #: Family names that stand alone.
        self.alone: BySubject = {}
        self.article = article
        self._index = index
        self._wanted = wanted

    def field(self, field: Field, text: str, chains: Chains) -> None:
        """Collect the candidates of one field."""
        stretches, places = chains.read(text)
        self.article.places |= places
        index = self._index
        seen: set[tuple[int, int, int]] = set()
        for at, aligned in stretches:
            for entity, alignment in aligned:
                subject = index.subject_of(entity)
                if self._wanted is not None and not self._wanted(subject):
                    continue
                start, end = at + alignment.start, at + alignment.end
                # What stands beside a number may have been read with the words around it already.
                if (start, end, entity) in seen:
                    continue
                seen.add((start, end, entity))
                if start and alignment.lost_particles:
                    start = _with_article(text, start, alignment)
                # Made for every alignment of every article: by position, since keywords take twice as long.
                candidate = Candidate(
                    field, start, end, alignment, index.entity(entity), index.subject(subject), self.article
                )
                kept = self.alone if alignment.family_name_only else self.found
                if subject in kept:
                    kept[subject].append(candidate)
                else:
                    kept[subject] = [candidate]


def _is_plain(c: Candidate) -> bool:
    """Whether the name is there as listed, and none of its words is anything else."""
    a = c.alignment
    return a.score >= table.PLAIN and not a.missing and all(m.is_distinctive for m in a.strong)


def _with_article(text: str, begin: int, alignment: Alignment) -> int:
    """Where a name begins with the small word that the list has too: [al-]Shabaab, [Abdel] Fattah al-Burhan."""
    article = _ARTICLE.search(text, max(0, begin - _LONGEST_ARTICLE), begin)
    if article is None or article.group(1).lower() not in alignment.lost_particles:
        return begin
    return article.start(1)
