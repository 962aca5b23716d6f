"""Article in, mentions out.

text ─> chains ─> strips ─> alignments ─> candidates, read with the whole article ─> score ─> band ─> Mention per entity
"""

from __future__ import annotations

import re
from collections.abc import Callable

from watchlist.config import BandThresholds, MatchingConfig
from watchlist.matching.evidence.article import ReadArticle
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.collect import collect_candidates
from watchlist.matching.evidence.evaluate import score_from
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.language.spelling import words_of
from watchlist.matching.search.chains import Chains
from watchlist.matching.search.finder import Finder
from watchlist.matching.search.reader import WordReader
from watchlist.matching.table import ALERT, CLEAR, MOST_SCORED, REVIEW
from watchlist.matching.version import engine_version
from watchlist.model import Article, Band, Entity, FeatureScore, Mention, Quote, Schema, Span

_SENTENCE_BORDER = re.compile(r"[.!?]['\"”’)]?\s+|\n+")
_LONGEST_QUOTE = 400


class Engine:
    """Screens articles against one index. Holds caches of words, bounded; use one engine per thread."""

    def __init__(self, index: CompiledIndex, config: MatchingConfig) -> None:
        self._index = index
        self._config = config
        self._known_thresholds: dict[tuple[Schema, str], tuple[float, float]] = {}
        self._reader = WordReader(index)
        self._chains = Chains(Finder(index, self._reader))
        self._stop = frozenset(" ".join(words_of(name)) for name in config.stop_names)
        self._trusted = frozenset(" ".join(words_of(name)) for name in config.trusted_names)

    def screen(
        self, article: Article, *, lists: frozenset[str] | None = None, entities: frozenset[str] | None = None
    ) -> tuple[Mention, ...]:
        """Every listed entity the article mentions, best first; only of these lists and entities where given.

        Never raises on any text; the work grows linearly with the text.
        """
        read = ReadArticle(article, self._reader)
        found = collect_candidates(read, self._chains, self._index, self._filter(lists, entities))
        if not found:
            return ()
        mentions = []
        for candidates in found.values():
            mention = self._mention(read, candidates)
            if mention is not None:
                mentions.append(mention)
        mentions.sort(key=lambda m: (-m.score, m.field != "title", m.start, m.entity_id))
        return tuple(mentions)

    def _trusted_or_stopped(self, candidate: Candidate) -> tuple[bool, bool]:
        if not (self._trusted or self._stop):
            return False, False
        keys = {" ".join(words_of(candidate.surface)), " ".join(words_of(candidate.name.text))}
        return bool(keys & self._trusted), bool(keys & self._stop)

    def _filter(self, lists: frozenset[str] | None, entities: frozenset[str] | None) -> Callable[[int], bool] | None:
        if lists is None and entities is None:
            return None

        def wanted(at: int) -> bool:
            entity = self._index.entity(at)
            return (lists is None or entity.list_id in lists) and (entities is None or entity.id in entities)

        return wanted

    def _mention(self, read: ReadArticle, candidates: list[Candidate]) -> Mention | None:
        alert, review = self._thresholds(candidates[0].entity)
        best: tuple[float, Candidate, tuple[FeatureScore, ...]] | None = None
        for candidate in _worth_scoring(candidates):
            trusted, stopped = self._trusted_or_stopped(candidate)
            if stopped:
                continue
            scored = score_from(candidate, review, trusted=trusted)
            if scored is None:
                continue
            value, parts = scored
            if best is None or value > best[0]:
                best = (value, candidate, parts)
            if value >= CLEAR:
                break
        if best is None:
            return None
        value, chosen, parts = best
        if value < review:
            return None
        entity = chosen.entity
        return Mention(
            article_id=read.id,
            entity_id=entity.id,
            caption=entity.caption,
            schema=entity.schema,
            name=chosen.name,
            field=chosen.field,
            start=chosen.start,
            end=chosen.end,
            surface=chosen.surface,
            spans=_spans(candidates),
            quote=quote(read.texts[chosen.field], chosen.start, chosen.end),
            score=value,
            band=Band.ALERT if value >= alert else Band.REVIEW,
            features=parts,
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


def _worth_scoring(candidates: list[Candidate]) -> list[Candidate]:
    """The few candidates of one entity that are worth scoring: the best aligned, the first in the article."""
    if len(candidates) == 1:
        return candidates
    return sorted(candidates, key=lambda c: -c.alignment.score)[:MOST_SCORED]


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
