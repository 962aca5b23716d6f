"""ARTICLE x ENTITIES -> MENTION -> ALERT: new articles, and stored ones when a list has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from watchlist.alerts.decide import story_of
from watchlist.alerts.occasion import Occasion, look_back_note, occasion_of
from watchlist.log import Log
from watchlist.matching.engine import Engine
from watchlist.matching.version import engine_version
from watchlist.model import Article, Frequent, LookBack, Mention, Scan
from watchlist.ports import LookBackStore
from watchlist.steps.index import LoadedIndex, load_index
from watchlist.steps.parts import Parts, RunReport, severity_rules

_log = Log(__name__)

#: Articles of a look-back to a transaction.
_PART = 200
#: Articles read from the queue at a time.
_BATCH = 100
#: Articles that failed before, to a run: what fails may take long to do so.
_RETRIED = 500


def scan_articles(parts: Parts, report: RunReport, scanner: Scanner | None = None) -> None:
    """ARTICLE x ENTITIES -> MENTION -> ALERT, for every article whose words have not been screened."""
    scanner = scanner or Scanner(parts, report)
    before: tuple[Article, ...] = ()
    while not parts.stop.is_set() and (batch := parts.store.take_articles(_BATCH, parts.clock())):
        if batch == before:
            # Lists and articles may change between two looks, but not for ever: what stays so now is for the next run.
            report.errors.append(f"{len(batch)} articles are still waiting: they or the lists changed all the while")
            return
        scanner.scan_all(batch)
        before = batch


def retry_articles(parts: Parts, report: RunReport, scanner: Scanner | None = None) -> None:
    """ARTICLE x ENTITIES -> MENTION -> ALERT, for articles whose screening failed before and whose time has come."""
    scanner = scanner or Scanner(parts, report)
    # Each once: one that fails again waits longer.
    for article in parts.store.articles_to_retry(parts.clock(), _RETRIED):
        if parts.stop.is_set():
            return
        report.counts["articles_retried"] += 1
        scanner.scan(article)


def look_back(parts: Parts, report: RunReport, idle: Callable[[], None] | None = None) -> None:
    """STORED ARTICLE x NEW ENTITIES -> MENTION -> ALERT, for what was put on a list since the article was screened.

    Between two parts ``idle`` is called: however long it takes, other things are not to wait for its end.
    """
    while (back := parts.store.unfinished_look_back()) is not None:
        # Each with the index of its time: what it looks for may have been listed while the one before was at work.
        for _ in Scanner(parts, report).look_back(back):
            if parts.stop.is_set():
                return
            if idle is not None:
                idle()


class Scanner:
    """Screens articles with the lists as they are now; the index is loaded when the first article comes."""

    def __init__(self, parts: Parts, report: RunReport) -> None:
        self._parts = parts
        self._store: LookBackStore = parts.store
        self._report = report
        self._loaded: tuple[Engine, LoadedIndex] | None = None
        self._feeds: dict[int, str] | None = None

    def scan(self, article: Article) -> None:
        """Screen a new article and store what was found; if a list changed meanwhile, it stays in the queue."""
        found = self._scanned(article)
        if found is not None:
            self._record(found)

    def scan_all(self, articles: Sequence[Article]) -> None:
        """The same for several. What nothing was found in is stored together at the end: so it is with most."""
        quiet: list[Scan] = []
        for article in articles:
            if self._parts.stop.is_set():
                break
            found = self._scanned(article)
            if found is None:
                continue
            if not found.mentions:
                quiet.append(found)
            elif not self._record(found):
                # The lists have changed: those before wait for another screening as well.
                quiet.clear()
        if quiet:
            done = self._store.record_quiet(quiet, self._parts.clock())
            if done is None:
                self._loaded = None
            self._report.counts["articles_scanned"] += done or 0

    def _scanned(self, article: Article) -> Scan | None:
        """What screening an article comes to; None where it failed."""
        engine, loaded = self._engine()
        mentions = self._screen(engine, article)
        if mentions is None:
            return None
        if not mentions:
            return self._to_store(loaded, article, ())
        occasion = self._occasion(article)
        notes = {mention.entity_id: occasion.note for mention in mentions if occasion.note is not None}
        return replace(self._to_store(loaded, article, mentions, notes), digest=occasion.digest)

    def _record(self, found: Scan) -> bool:
        """Store what was found; False where a list, or the article, is another by now."""
        opened = self._store.record_scan(found, self._parts.clock())
        if opened is None:
            self._loaded = None
            return False
        self._report.counts["articles_scanned"] += 1
        self._report.counts["mentions"] += len(found.mentions)
        self._report.counts["alerts"] += len(opened)
        self._report.alerts.extend(opened)
        return True

    def look_back(self, back: LookBack) -> Iterator[int]:
        """Screen the stored articles of a look-back again; yields after each part how many articles were in it.

        A part is stored with how far the look-back has come, so one that is killed or left goes on where it stopped.
        """
        wanted = frozenset(back.entity_ids) if back.entity_ids is not None else None
        lists = frozenset(back.list_ids) if back.list_ids is not None else None
        while articles := self._store.look_back_articles(back, _PART):
            engine, loaded = self._engine()
            scans = []
            for article in articles:
                # Most articles have none of the names; those that have one are read in full, since a name may belong
                # to somebody else on a list who fits better.
                if not self._screen(engine, article, lists, wanted):
                    continue
                mentions = tuple(
                    mention for mention in self._screen(engine, article) or () if mention.sought(lists, wanted)
                )
                scans.append(self._to_store(loaded, article, mentions, self._notes(back, mentions, lists, wanted)))
            opened = self._store.record_look_back(back, scans, articles[-1].id, self._parts.clock())
            self._report.counts["articles_looked_back"] += len(articles)
            self._report.counts["alerts"] += len(opened)
            self._report.alerts.extend(opened)
            back = self._store.look_back(back.id)
            yield len(articles)
        self._store.record_look_back(back, (), None, self._parts.clock())

    def _engine(self) -> tuple[Engine, LoadedIndex]:
        if self._loaded is None:
            loaded = load_index(self._store, self._parts.index_dir)
            self._loaded = Engine(loaded.index, self._parts.config.matching), loaded
        return self._loaded

    def _screen(
        self,
        engine: Engine,
        article: Article,
        lists: frozenset[str] | None = None,
        entities: frozenset[str] | None = None,
    ) -> tuple[Mention, ...] | None:
        try:
            return engine.screen(article, lists=lists, entities=entities)
        except Exception as error:
            # Also a fault of the engine's own: the article is set aside and tried again later, the others go on.
            _log.exception("article could not be screened", article=article.id, feed=article.feed_id)
            message = f"{type(error).__name__}: {error}"
            self._store.record_scan_error(article, message, self._parts.clock())
            self._report.errors.append(f"article {article.url or article.id}: {message}")
            return None

    def _occasion(self, article: Article) -> Occasion:
        if self._feeds is None:
            self._feeds = {feed.id: feed.title or feed.url for feed in self._store.feeds_as_set()}
        feed = self._feeds.get(article.feed_id or 0, "its feed")
        return occasion_of(article, feed, timedelta(seconds=self._parts.config.alerts.fresh))

    def _notes(
        self,
        back: LookBack,
        mentions: tuple[Mention, ...],
        lists: frozenset[str] | None,
        wanted: frozenset[str] | None,
    ) -> dict[str, str]:
        """Why an alert on an old article comes now, by the entity that its mention names."""
        note = look_back_note(back)
        if note is not None:
            return {mention.entity_id: note for mention in mentions}
        sought = {mention.entity_id: mention.sought(lists, wanted)[0] for mention in mentions}
        found = self._store.listing_notes(tuple(sought.values()))
        return {named: found[id] for named, id in sought.items() if id in found}

    def _to_store(
        self,
        loaded: LoadedIndex,
        article: Article,
        mentions: tuple[Mention, ...],
        notes: dict[str, str] | None = None,
    ) -> Scan:
        frequent = self._parts.config.alerts.frequent
        return Scan(
            article=article,
            mentions=mentions,
            story_id=story_of(article),
            channels=self._parts.told_on,
            max_per_message=self._parts.config.alerts.max_per_message,
            revisions=loaded.revisions,
            notes=notes or {},
            severity=severity_rules(self._parts.config),
            engine_version=engine_version(),
            settings=self._parts.config.matching.model_dump_json(exclude={"index_dir"}),
            frequent=Frequent(frequent.per_day, frequent.subjects),
        )
