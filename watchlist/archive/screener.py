"""Rows to what is written of them, with one engine: the same in a process of the local pool and in one of Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from watchlist.archive.layout import PartRows
from watchlist.archive.reading.fields import ArchiveRow
from watchlist.archive.reading.rows import BadRow, NoArticle
from watchlist.archive.repeats import Repeats, SharedFinds, key_of
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article, Mention


@dataclass(frozen=True, slots=True)
class ScreeningPlan:
    """What rows are screened with; small, and the same for every process."""

    #: The settings under ``matching``, as JSON.
    matching: str
    #: The ids of the entries that are looked for; None means all.
    sought: frozenset[str] | None = None


class Screener:
    """Screens rows one after another; one for each process."""

    def __init__(self, index: CompiledIndex, plan: ScreeningPlan, repeats: Repeats) -> None:
        self._engine = Engine(index, MatchingConfig.model_validate_json(plan.matching))
        self._sought = plan.sought
        self._repeats = repeats

    def screen(
        self,
        rows: Iterable[ArchiveRow | BadRow | NoArticle],
        part: PartRows,
        come_back: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Put what comes of these rows into a part, in their order; a row that cannot be screened is put aside.

        A text that another process has in hand is put off until the end of the rows, when that one has mostly come to
        its end; ``come_back`` is told the number of a row, from 0, before it is taken up once more.
        """
        self._repeats.look_around()
        put_off: list[tuple[int, int, ArchiveRow]] = []
        for number, row in enumerate(rows):
            if isinstance(row, ArchiveRow):
                if not self._take(row, part, leaves=True):
                    put_off.append((number, len(part.rows), row))
            elif isinstance(row, BadRow):
                part.put_aside(row)
            else:
                part.counts.passed_over += 1
        late = []
        for number, place, row in put_off:
            come_back(number)
            own = PartRows(counts=part.counts)
            self._take(row, own, leaves=False)
            late.append((place, own.rows))
        for place, found in reversed(late):
            part.rows[place:place] = found

    def _take(self, row: ArchiveRow, part: PartRows, *, leaves: bool) -> bool:
        """Put what comes of a row into a part; False where it is left, since another process has its text in hand."""
        key = key_of(row.article)
        known = self._repeats.known(key)
        if known is not None:
            part.found(row, tuple(replace(each, article_id=row.article.id) for each in known), screened=False)
            return True
        if not self._repeats.take(key) and leaves:
            return False
        try:
            mentions = self._mentions(row.article)
        except Exception as error:
            # Also a fault of the engine's own.
            words = f"{row.article.title}\n{row.article.text}".encode("utf-8", "backslashreplace")
            reason = f"could not be screened: {type(error).__name__}: {error}"
            part.put_aside(BadRow(f"article {row.article.id}", reason, words))
            return True
        self._repeats.keep(key, mentions)
        part.found(row, mentions, screened=True)
        return True

    def _mentions(self, article: Article) -> tuple[Mention, ...]:
        if self._sought is None:
            return self._engine.screen(article)
        # Most articles have none of the names; those that have one are read in full, since a name may belong to
        # somebody else on a list who fits better.
        if not self._engine.screen(article, entities=self._sought):
            return ()
        return tuple(each for each in self._engine.screen(article) if each.sought(None, self._sought))


def open_screener(index: Path, plan: ScreeningPlan, shared: Path, own: str) -> Screener:
    """A screener on an index file, which it maps; raises MatchingError where the engine cannot use the file.

    Processes with the same folder ``shared`` and the same plan tell each other what they found; ``own`` names this one.
    """
    return Screener(CompiledIndex.load(index), plan, Repeats(SharedFinds(shared, own)))
