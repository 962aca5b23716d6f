"""Article in, mentions out.

text ─> chains ─> stretches ─> alignments ─> candidates, read with the whole article ─> score ─> band ─> Mentions
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from watchlist.config import BandThresholds, MatchingConfig
from watchlist.matching.evidence.article import ReadArticle
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.collect import collect_candidates, note_other_names
from watchlist.matching.evidence.evaluate import may_reach, score_from
from watchlist.matching.evidence.namesakes import Namesakes
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.language.packs.detect import language_of
from watchlist.matching.language.packs.load import ENGLISH
from watchlist.matching.language.spelling import words_of
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.chains import Chains
from watchlist.matching.search.finder import Finder
from watchlist.matching.search.reader import WordReader
from watchlist.matching.table import ALERT, CLEAR, MOST_SCORED, REVIEW
from watchlist.matching.version import engine_version
from watchlist.model import Article, Band, Entity, FeatureScore, Mention, Name, NameKind, Quote, Schema, Span

_SENTENCE_BORDER = re.compile(r"[.!?]['\"”’)]?\s+|\n+")
_LONGEST_QUOTE = 400


class _Verdict(NamedTuple):
    """What a subject comes to in an article, with the candidate that decides and the entry that the mention names."""

    score: float
    band: Band
    candidate: Candidate
    features: tuple[FeatureScore, ...]
    named: Entity


class Engine:
    """Screens articles against one index. Holds caches of words, bounded; use one engine per thread."""

    def __init__(self, index: CompiledIndex, config: MatchingConfig) -> None:
        self._index = index
        self._config = config
        self._known_thresholds: dict[tuple[Schema, str], tuple[float, float]] = {}
        settings = (config, *config.lists.values(), *config.schemas.values())
        bounds = [bound for each in settings for bound in (each.alert, each.review) if bound is not None]
        self._least = min(REVIEW, *bounds) if bounds else REVIEW
        self._chains: dict[str, Chains] = {}
        self._nothing = ReadArticle(Article("", "", ""), self._of_language(ENGLISH).reader)
        self._stop = frozenset(" ".join(words_of(name)) for name in config.stop_names)
        self._trusted = frozenset(" ".join(words_of(name)) for name in config.trusted_names)

    def screen(
        self, article: Article, *, lists: frozenset[str] | None = None, entities: frozenset[str] | None = None
    ) -> tuple[Mention, ...]:
        """Every listed subject the article mentions, best first; only those with an entry on these lists, of these ids.

        Never raises on any text; the work grows linearly with the text.
        """
        chains = self._of_language(language_of(article.title, article.text))
        read = ReadArticle(article, chains.reader)
        found = collect_candidates(read, chains, self._index, self._filter(lists, entities))
        if not found:
            return ()
        verdicts = {}
        for subject, candidates in found.items():
            verdict = self._verdict(candidates, lists, entities)
            if verdict is not None:
                verdicts[subject] = verdict
        namesakes = Namesakes(
            {subject: found[subject] for subject in verdicts},
            {subject: verdict.band for subject, verdict in verdicts.items()},
        )
        for subject in list(verdicts):
            kept = namesakes.remaining(subject)
            if len(kept) == len(found[subject]):
                continue
            note_other_names(kept)
            found[subject] = kept
            verdict = self._verdict(kept, lists, entities)
            if verdict is None:
                del verdicts[subject]
            else:
                verdicts[subject] = verdict
        standing = {subject: found[subject] for subject in verdicts}
        mentions = [
            self._mention(read, found[subject], verdict, namesakes.told(subject, verdict.candidate, standing))
            for subject, verdict in verdicts.items()
        ]
        mentions.sort(key=lambda m: (-m.score, m.field != "title", m.start, m.entity_id))
        return tuple(mentions)

    def _of_language(self, code: str) -> Chains:
        """What finds names in a language; made when the first article in it comes."""
        found = self._chains.get(code)
        if found is None:
            finder = Finder(self._index, WordReader(self._index, code), self._worthwhile)
            found = self._chains[code] = Chains(finder)
        return found

    def _worthwhile(self, surface: str, alignment: Alignment) -> bool:
        """Whether a name that lies like this over words can be found in any article."""
        entity = alignment.name.entity
        subject = self._index.subject(self._index.subject_of(entity))
        c = Candidate("text", 0, 0, alignment, self._index.entity(entity), subject, self._nothing)
        trusted, _ = self._trusted_or_stopped(surface, alignment.name.name)
        return may_reach(c, self._least, trusted=trusted)

    def _trusted_or_stopped(self, surface: str, name: Name) -> tuple[bool, bool]:
        if not (self._trusted or self._stop):
            return False, False
        keys = {" ".join(words_of(surface)), " ".join(words_of(name.text))}
        return bool(keys & self._trusted), bool(keys & self._stop)

    def _filter(self, lists: frozenset[str] | None, entities: frozenset[str] | None) -> Callable[[int], bool] | None:
        if lists is None and entities is None:
            return None

        def wanted(at: int) -> bool:
            return any(_is_wanted(entity, lists, entities) for entity in self._index.subject(at).listings)

        return wanted

    def _verdict(
        self, candidates: list[Candidate], lists: frozenset[str] | None, entities: frozenset[str] | None
    ) -> _Verdict | None:
        """What the best candidate of a subject comes to, by the thresholds of the wanted lists it stands on."""
        if not candidates:
            return None
        listings = [each for each in candidates[0].subject.listings if _is_wanted(each, lists, entities)]
        thresholds = [self._thresholds(each) for each in listings]
        alert, review = min(alert for alert, _ in thresholds), min(review for _, review in thresholds)
        best: tuple[float, Candidate, tuple[FeatureScore, ...]] | None = None
        for candidate in _worth_scoring(candidates):
            trusted, stopped = self._trusted_or_stopped(candidate.surface, candidate.name)
            if stopped:
                continue
            scored = score_from(candidate, review, trusted=trusted)
            if scored is not None and (best is None or scored[0] > best[0]):
                best = (scored[0], candidate, scored[1])
                if scored[0] >= CLEAR:
                    break
        if best is None:
            return None
        value, chosen, parts = best
        named = chosen.entity if any(chosen.entity is each for each in listings) else listings[0]
        return _Verdict(value, Band.ALERT if value >= alert else Band.REVIEW, chosen, parts, named)

    def _mention(self, read: ReadArticle, candidates: list[Candidate], verdict: _Verdict, told: str) -> Mention:
        chosen, entity = verdict.candidate, verdict.named
        others = (each.id for each in chosen.subject.listings if each is not entity)
        return Mention(
            article_id=read.id,
            entity_id=entity.id,
            listings=(entity.id, *others),
            caption=entity.caption,
            schema=entity.schema,
            name=chosen.name,
            field=chosen.field,
            start=chosen.start,
            end=chosen.end,
            surface=chosen.surface,
            spans=_spans(candidates),
            quote=quote(read.texts[chosen.field], chosen.start, chosen.end),
            score=verdict.score,
            band=verdict.band,
            features=(*verdict.features, _namesakes(told)) if told else verdict.features,
            engine_version=engine_version(),
            snapshot_version=self._index.snapshots.get(entity.list_id, ""),
        )

    def _thresholds(self, entity: Entity) -> tuple[float, float]:
        """The alert and review thresholds of an entity, worked out once for each schema and list."""
        key = entity.schema, entity.list_id
        known = self._known_thresholds.get(key)
        if known is None:
            known = self._known_thresholds[key] = self._settle(*key)
        return known

    def _settle(self, schema: Schema, list_id: str) -> tuple[float, float]:
        """List before schema before the general setting before the engine's own; review never above alert."""
        config = self._config
        settings: list[BandThresholds] = [config]
        for more in (config.schemas.get(schema), config.lists.get(list_id)):
            if more is not None:
                settings.insert(0, more)
        alert = next((s.alert for s in settings if s.alert is not None), ALERT)
        review = next((s.review for s in settings if s.review is not None), REVIEW)
        return alert, min(alert, review)


def _is_wanted(entity: Entity, lists: frozenset[str] | None, entities: frozenset[str] | None) -> bool:
    return (lists is None or entity.list_id in lists) and (entities is None or entity.id in entities)


def _worth_scoring(candidates: list[Candidate]) -> list[Candidate]:
    """The few candidates of a subject that are worth scoring: of each entry the best aligned, first in the article."""
    if len(candidates) == 1:
        return candidates
    kept = []
    taken: Counter[int] = Counter()
    for candidate in sorted(candidates, key=_rank):
        entry = candidate.alignment.name.entity
        taken[entry] += 1
        if taken[entry] <= MOST_SCORED:
            kept.append(candidate)
    return kept


def _rank(c: Candidate) -> tuple[float, bool, int]:
    """The better aligned before others, then a primary name before an alias, then in the order of the lists."""
    return -c.alignment.score, c.name.kind is not NameKind.PRIMARY, c.alignment.name.entity


def _namesakes(told: str) -> FeatureScore:
    """A finding that weighs nothing: that others are listed too is no evidence against the one."""
    return FeatureScore("namesake", 0.0, 0.0, told, "Namesakes")


def _spans(candidates: list[Candidate]) -> tuple[Span, ...]:
    """The places of the candidates, title first, those that lie inside another left out."""
    if len(candidates) == 1:
        only = candidates[0]
        return (Span(only.field, only.start, only.end),)
    spans: list[Span] = []
    for _, start, stop, field in sorted({(c.field != "title", c.start, -c.end, c.field) for c in candidates}):
        if not spans or spans[-1].field != field or start >= spans[-1].end:
            spans.append(Span(field, start, -stop))
    return tuple(spans)


def quote(text: str, start: int, end: int) -> Quote:
    """The sentence a span stands in, cut to a readable length around it."""
    left, right = max(0, start - _LONGEST_QUOTE // 2), min(len(text), end + _LONGEST_QUOTE // 2)
    begin, stop = left, right
    for border in _SENTENCE_BORDER.finditer(text, left, right):
        if border.end() <= start:
            begin = border.end()
        elif border.start() >= end:
            stop = border.start() + (0 if border.group().startswith("\n") else 1)
            break
    while begin < start and text[begin].isspace():
        begin += 1
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return Quote(text[begin:stop], start - begin, end - begin)
