"""Scans: of one article as it comes, and of stored ones again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from watchlist.model.alerted import Alert
from watchlist.model.screened import Article, Mention
from watchlist.model.storied import Frequent
from watchlist.model.triage.judged import SeverityRules


@dataclass(frozen=True, slots=True)
class Scan:
    """What screening one article found, and what is to become of it."""

    article: Article
    mentions: tuple[Mention, ...]
    #: What an alert is reported once for.
    story_id: str
    #: The channels that new alerts go to.
    channels: tuple[str, ...]
    #: The most alerts one delivery carries.
    max_per_message: int
    #: The lists that were screened against, each with its revision.
    revisions: tuple[tuple[str, str], ...]
    #: Why an alert of an entity comes now, where that is not the article's being new.
    notes: Mapping[str, str] = field(default_factory=dict)
    #: Whether the alerts go into a digest rather than into an ordinary message.
    digest: bool = False
    #: What it was screened with beside the lists: the engine, and the settings of the matching as JSON.
    engine_version: str = ""
    settings: str = "{}"
    #: What the user says of how much lists and programs matter.
    severity: SeverityRules = field(default_factory=SeverityRules)
    #: How many new stories of a subject are told one by one on a day.
    frequent: Frequent = field(default_factory=Frequent)


@dataclass(frozen=True, slots=True)
class LoadedFinds:
    """What became of articles of an archive that were to be stored with what was found in them."""

    alerts: tuple[Alert, ...]
    #: Those that are not stored under their own name: copies of others, or taken away for their age before.
    not_kept: int
    #: Those that are there with other words than were screened.
    reworded: int


class LookBackReason(StrEnum):
    """Why stored articles are screened again."""

    #: A list gained names, or describes some in another way.
    CHANGE = "change"
    #: A list is watched that was not.
    NEW_LIST = "new_list"
    #: Somebody asked for it.
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class LookBack:
    """Stored articles to be screened again for some names; what is None is not narrowed."""

    id: int
    reason: LookBackReason
    entity_ids: tuple[str, ...] | None
    list_ids: tuple[str, ...] | None
    #: Articles fetched from ``since`` up to ``until``, after the one with the id ``cursor``.
    since: datetime
    until: datetime
    cursor: str
