"""Subjects that the same words may name: which of them are meant. The one decision between subjects.

It is made when all are scored, for only one that is found itself may speak against another: a listed name that fits
the words strictly better takes them, if what it brings is no less than what it takes away. An alert is taken by a name
of its own list alone, whose authority keeps the two apart: more lists never take an alert away. Those that fit the
words equally well all stand, and each says so; so does one that another list's name fits better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from watchlist.matching import table
from watchlist.matching.evidence.aliases import is_unlike
from watchlist.matching.evidence.candidate import BySubject, Candidate
from watchlist.matching.evidence.family_names import family_names
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.roles import Role
from watchlist.model import Band, Name, Schema, Subject

#: A subject's number, and a candidate of it.
_Row = tuple[int, Candidate]


class Namesakes:
    """Decides between the subjects found in one article, each with its candidates and its band."""

    def __init__(self, found: BySubject, bands: Mapping[int, Band]) -> None:
        self._found = found
        self._bands = bands
        self._names = {subject: family_names(candidates) for subject, candidates in found.items()}
        #: Candidates with more than a family name, by each family name in them.
        self._bearers: dict[str, list[_Row]] = defaultdict(list)
        #: What each candidate that is not meant has lost its words to.
        self._lost: dict[int, int | None] = {}
        rows = [(subject, c) for subject, candidates in found.items() for c in candidates]
        self._near = _overlapping(rows)
        for row in rows:
            for form in family_names((row[1],)):
                self._bearers[form].append(row)

    def remaining(self, subject: int) -> list[Candidate]:
        """The candidates of a subject whose words are not another's."""
        kept = [c for c in self._found[subject] if self._taker(subject, c) is None]
        named = self._names[subject]
        if named and len(kept) < len(self._found[subject]) and all(c.alignment.family_name_only for c in kept):
            # It was named by more than its family name, and that was somebody else.
            return []
        return kept

    def _taker(self, subject: int, c: Candidate) -> int | None:
        """The subject whose name takes the words of a candidate, if any."""
        if id(c) not in self._lost:
            self._lost[id(c)] = None
            self._lost[id(c)] = next(
                (
                    other
                    for other, one in self._rivals(c)
                    if other != subject
                    and self._may_take(other, one, subject, c)
                    and self._fits_better(other, one, subject, c)
                    and self._taker(other, one) is None
                ),
                None,
            )
        return self._lost[id(c)]

    def _may_take(self, other: int, one: Candidate, subject: int, c: Candidate) -> bool:
        """Whether what one brings is no less than what it takes away, and takes no alert of another list."""
        if self._bands[subject] is not Band.ALERT:
            return True
        return self._bands[other] is Band.ALERT and one.entity.list_id == c.entity.list_id

    def _rivals(self, c: Candidate) -> list[_Row]:
        near = self._near[id(c)]
        if c.alignment.family_name_only:
            return near + self._bearers[c.alignment.matches[0].word.meaning.form]
        return near

    def _fits_better(self, other: int, one: Candidate, subject: int, c: Candidate) -> bool:
        if one.field == c.field and one.start < c.end and one.end > c.start:
            return _fits_better(one, c)
        if any(near == other and not each.alignment.family_name_only for near, each in self._near[id(c)]):
            # To the other these very words are a whole name: how near each is decides.
            return False
        # Elsewhere in the article the other is named by more than this family name.
        form = c.alignment.matches[0].word.meaning.form
        return form in self._names[other] and form not in self._names[subject]

    def told(self, subject: int, chosen: Candidate, standing: BySubject) -> str:
        """Who else the words of a mention name, as well or better, and who is not meant because of it; or nothing."""
        equal = [
            candidates[0].subject
            for other, candidates in standing.items()
            if other != subject and any(c.field == chosen.field and _same_words(c, chosen) for c in candidates)
        ]
        lesser = [
            candidates[0].subject
            for other, candidates in self._found.items()
            if other not in standing and any(self._taker(other, c) == subject for c in candidates)
        ]
        nearer = {
            other: one.subject
            for other, one in self._near[id(chosen)]
            if other != subject and other in standing and not _same_words(one, chosen) and _fits_better(one, chosen)
        }
        words = []
        if equal:
            words.append(f"one of {len(equal) + 1} that the same words name: {_described(equal)}")
        if nearer:
            words.append(f"fits less well than {_described(list(nearer.values()))}")
        if lesser:
            words.append(f"fits better than {_described(lesser)}")
        return "; ".join(words)


def _overlapping(rows: Sequence[_Row]) -> dict[int, list[_Row]]:
    """For each candidate the others that claim some of its words."""
    near: dict[int, list[_Row]] = {id(c): [] for _, c in rows}
    reaching: list[_Row] = []
    for row in sorted(rows, key=lambda row: (row[1].field, row[1].start)):
        c = row[1]
        reaching = [each for each in reaching if each[1].field == c.field and each[1].end > c.start]
        for each in reaching:
            near[id(c)].append(each)
            near[id(each[1])].append(row)
        reaching.append(row)
    return near


def _fits_better(one: Candidate, other: Candidate) -> bool:
    """Whether one candidate fits words that both claim strictly better than the other."""
    if _same_words(one, other):
        return _is_nearer(one, other)
    if one.start <= other.start and one.end >= other.end:
        return one.alignment.score >= min(table.THERE, other.alignment.score) and not _passed_over(one, other)
    return other.start <= one.start and other.end >= one.end and _passed_over(other, one)


def _same_words(one: Candidate, other: Candidate) -> bool:
    """Whether two names claim the same words, but for such as have no meaning: "the Houthis" and "Houthis"."""
    if (one.start, one.end) == (other.start, other.end):
        return True
    return one.core() == other.core()


def _is_nearer(one: Candidate, other: Candidate) -> bool:
    """Whether a name is nearer to the same words; or as near, and its subject is what the article speaks of.

    The latter, and whether it is what the subject is called first, decides between entries of one list alone, which
    are two: entries of two lists may be one and the same, each named and described in its authority's way.
    """
    more = one.alignment.score - other.alignment.score
    shared = _lists_of_both(one, other)
    if not shared:
        return more > table.MUCH_NEARER
    if is_unlike(one) != is_unlike(other) and abs(more) <= table.BETTER_KNOWN:
        return is_unlike(other)
    if more > table.NEARER or (more > 0 and any(is_so(one) and not is_so(other) for is_so in (_in_full, _as_listed))):
        return True
    if more >= 0 and _as_listed(one) and one.alignment.has_legal_form and not other.alignment.has_legal_form:
        return True
    return abs(more) < table.AS_NEAR and _fit(one, shared) > _fit(other, shared)


def _lists_of_both(one: Candidate, other: Candidate) -> set[str]:
    """The list whose names these are, or the lists that both subjects stand on."""
    if one.entity.list_id == other.entity.list_id:
        return {one.entity.list_id}
    return {entity.list_id for entity in one.subject.listings} & {entity.list_id for entity in other.subject.listings}


def _in_full(c: Candidate) -> bool:
    """Whether all of a name is there that tells it from others, letters and numbers too: ISIS is not all of ISIS-K."""
    a = c.alignment
    return a.is_whole and not a.extra and not any(len(part.form) == 1 for part in a.missing)


def _as_listed(c: Candidate) -> bool:
    """Whether all of a name is there, its legal form too: of a bank and its subsidiary abroad the text names one."""
    return not c.alignment.extra and all(part.role is Role.PARTICLE for part in c.alignment.missing)


def _fit(c: Candidate, lists: set[str]) -> tuple[int, bool]:
    """How far the article speaks of a subject as these lists describe it, and whether it is so called first."""
    entries = [entity for entity in c.subject.listings if entity.list_id in lists]
    countries, words = c.article.shared(
        tuple(program for entity in entries for program in entity.programs),
        tuple(country for entity in entries for country in entity.countries),
    )
    leads = c.alignment.leading_symbols == _leading_symbols(c.entity.names[0], c.entity.schema)
    return table.COUNTRY_IN_WORDS * len(countries) + len(words), leads


@lru_cache(maxsize=1 << 12)
def _leading_symbols(first: Name, schema: Schema) -> tuple[str, ...]:
    """The first two symbols of a primary name."""
    return tuple(part.symbol for part in parse_name(first, schema)[:2])


def _passed_over(outer: Candidate, inner: Candidate) -> bool:
    """Whether the outer name leaves out, as foreign to it, a word that the inner name needs: Iran's [Mahan Air]."""
    if inner.alignment.score < table.THERE_IN_FULL or not outer.alignment.extra:
        return False
    shift = outer.end - outer.alignment.end
    return any(inner.start <= shift + word.start < inner.end for word in outer.alignment.extra)


def _described(subjects: Sequence[Subject]) -> str:
    more = len(subjects) - table.MOST_TOLD
    return ", ".join(map(_description, subjects[: table.MOST_TOLD])) + (f" and {more} more" if more > 0 else "")


def _description(subject: Subject) -> str:
    """A subject with what tells it from its namesakes."""
    about = [
        *(entity.id for entity in subject.listings),
        *subject.designations[:1],
        *(f"born {date}" for date in subject.birth_dates[:1]),
        *subject.programs[:2],
    ]
    return f"{subject.listings[0].caption} ({', '.join(about)})"
