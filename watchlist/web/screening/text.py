"""One text screened: what is asked, what comes of it, and who does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from watchlist.alerts.as_json import mention_json
from watchlist.model import Article, Entity, Mention
from watchlist.text.plain_json import json_text

if TYPE_CHECKING:
    from watchlist.matching.engine import Engine
    from watchlist.matching.index.compiled import CompiledIndex


@dataclass(frozen=True, slots=True)
class AskedText:
    """A text that is to be screened."""

    article: Article
    #: The lists whose names count; None means all.
    lists: frozenset[str] | None = None
    #: Whether the mentions are wanted with what lists say of each; else as JSON.
    is_for_page: bool = False

    @property
    def size(self) -> int:
        """Its characters."""
        return len(self.article.title) + len(self.article.text)


@dataclass(frozen=True, slots=True)
class ScreenedText:
    """The mentions of a text, best first: as JSON, an object each, or with their listings."""

    json: tuple[str, ...] = ()
    mentions: tuple[tuple[Mention, tuple[Entity, ...]], ...] = ()
    #: The file of the index that they were found with; None for one that is in memory only.
    index: Path | None = field(default=None, compare=False)


class TextScreener(Protocol):
    """Screens one text at a time."""

    def screen(self, asked: AskedText) -> ScreenedText:
        """The mentions of a text."""


def screened(engine: Engine, index: CompiledIndex, path: Path | None, asked: AskedText) -> ScreenedText:
    """Have an engine screen a text with its index, which is that of a file ``path``."""
    found = engine.screen(asked.article, lists=asked.lists)
    if asked.is_for_page:
        return ScreenedText(
            mentions=tuple((each, tuple(map(index.listing, each.listings))) for each in found), index=path
        )
    # Written out here: in another process it costs this one nothing.
    return ScreenedText(json=tuple(json_text(mention_json(each)) for each in found), index=path)
