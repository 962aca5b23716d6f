"""What is needed of the store to choose alerts and to judge them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from watchlist.model import Act, AlertFilter, Entity, Feed, Judgement, SeverityRules, Standing, WatchedList


class ChoosingStore(Protocol):
    """Choosing alerts by what people ask for."""

    def entity(self, entity_id: str) -> Entity:
        """One entity, on its list or taken off it; raises NotFoundError."""

    def feed(self, key: str) -> Feed:
        """One feed by its number, its address or its title; raises NotFoundError, or UsageError when several fit."""

    def list_titles(self) -> dict[str, str]:
        """What each list is called, by its id."""

    def watched_list(self, list_id: str) -> WatchedList:
        """One list; raises NotFoundError."""

    def find_alert_ids(self, wanted: AlertFilter) -> tuple[int, ...]:
        """The numbers of the alerts that a filter wants, in its order."""


class JudgingStore(Protocol):
    """Judging alerts, and what was kept for review."""

    def judge(self, alert_ids: Sequence[int], act: Act, now: datetime) -> tuple[Judgement, ...]:
        """Do the same with some alerts, all or none; return the judgements, those of alerts closed along last."""

    def judge_kept(
        self,
        mention_ids: Sequence[str],
        act: Act,
        now: datetime,
        *,
        channels: Sequence[str] = (),
        max_per_message: int = 1,
        rules: SeverityRules | None = None,
    ) -> tuple[Judgement, ...]:
        """Open an alert on each of these mentions and do something with it, all or none; return what was kept."""


class SilencingStore(Protocol):
    """Naming whose alerts are not to be told."""

    def entity(self, entity_id: str) -> Entity:
        """One entity, on its list or taken off it; raises NotFoundError."""

    def standing(self, entity_id: str) -> Standing:
        """Since when an entity is on its list, and under which ids; raises NotFoundError."""

    def watched_list(self, list_id: str) -> WatchedList:
        """One list; raises NotFoundError."""
