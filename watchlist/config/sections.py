"""The sections of the configuration, and the frozen whole of them.

A channel's section stands with its transport, in `delivery`; `with_channels` takes it in beside those here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator

from watchlist.config.health import HealthConfig
from watchlist.config.retention import EvidenceSetting, RetentionConfig
from watchlist.config.routes import RouteConfig
from watchlist.config.values import HostOrNetwork, HttpUrl, ListId, Seconds, Share, Whole
from watchlist.config.web import WebConfig
from watchlist.config.worker import WorkerConfig
from watchlist.model import MAPPED, FullText, Schema, Severity

#: The environment's names begin with this; two underscores go one level down.
ENV_PREFIX = "WATCHLIST_"


class Section(BaseModel):
    """Settings that belong together: frozen, and nothing in it that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class DatabaseConfig(Section):
    """Where everything is kept."""

    #: SQLAlchemy URL; a relative SQLite path is taken from the folder of the configuration file. May hold a password.
    url: str = Field(default="sqlite:///watchlist.db", repr=False)
    #: How long a writer waits for another before it gives up.
    busy_timeout: Seconds = 30.0


def _plain(key: str) -> BeforeValidator:
    """Let a plain string stand for a mapping with this one key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


def _several(value: object) -> object:
    """Let one text stand for a list of it."""
    return (value,) if isinstance(value, str) else value


class DeclaredList(Section):
    """One list to keep in sync; in the file a plain id does."""

    id: ListId
    title: str | None = None
    #: Another address than the authority's own: a mirror in the official form.
    url: HttpUrl | None = None
    enabled: bool = True
    #: Between two checks of this list, where it is to be another time than `schedule.lists`.
    every: Seconds | None = None
    #: Of a CSV in no form that is known: which of its columns say what, by the field.
    columns: dict[str, Annotated[tuple[str, ...], BeforeValidator(_several)]] = {}
    #: Its encoding, where it is not UTF-8 and is not found.
    encoding: str | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if unknown := self.columns.keys() - set(MAPPED):
            raise ValueError(f"columns: {min(unknown)!r} is no field; known are {', '.join(MAPPED)}")
        if self.columns and not {"name", "given", "family"} & self.columns.keys():
            raise ValueError("columns: which column has the name must be said, or which have given and family name")
        return self


class DeclaredFeed(Section):
    """One feed to poll; in the file a plain address does."""

    url: HttpUrl
    title: str | None = None
    enabled: bool = True
    #: Whether the pages of its articles are fetched; ``auto`` leaves it to ``fetch.full_text``.
    full_text: FullText = FullText.AUTO
    #: The shortest time between two polls; None leaves it to ``schedule.feeds``.
    every: Seconds | None = None


class FetchConfig(Section):
    """How anything is fetched over HTTP."""

    user_agent: str = "Mozilla/5.0 (compatible; watchlist/0.1)"
    #: Wall clock for one feed, from connecting to the last byte.
    deadline: Seconds = 30.0
    #: The most a feed may hold after decompression, in bytes.
    max_bytes: Whole = Field(default=10_000_000, gt=0)
    #: Wall clock for one list file.
    list_deadline: Seconds = 600.0
    #: The most a list file may hold after decompression, in bytes.
    list_max_bytes: Whole = Field(default=500_000_000, gt=0)
    #: Hosts, addresses and networks that are not public and may be fetched from all the same.
    allow: tuple[HostOrNetwork, ...] = ()
    #: Feeds fetched at the same time.
    concurrency: Whole = Field(default=8, ge=1, le=64)
    #: Of these, feeds of one host; and the time between the starts of two requests to it.
    per_host: Whole = Field(default=2, ge=1, le=64)
    host_spacing: Seconds = 1.0
    #: Whether the pages of articles are fetched: where a feed has little text, for each article, or for none.
    full_text: FullText = FullText.AUTO
    #: Whether the text of a page that declares a paywall is used where it is plainly the whole article.
    paywalled: Literal["read", "leave"] = "read"
    #: The most pages fetched in one run, and how long that may hold the run up; the rest waits for the next.
    pages_per_run: Whole = Field(default=200, ge=0, le=100_000)
    pages_time: Seconds = 60.0
    #: The most a page may hold after decompression, in bytes.
    page_max_bytes: Whole = Field(default=5_000_000, gt=0)


class BandThresholds(Section):
    """From which score on a mention alerts, and from which it is kept for review; None takes the engine's default."""

    alert: Share | None = None
    review: Share | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.alert is not None and self.review is not None and self.review > self.alert:
            raise ValueError("review must not be above alert")
        return self


class MatchingConfig(BandThresholds):
    """How mentions are judged."""

    #: Thresholds of their own for lists and for schemas; a list's goes before a schema's.
    lists: dict[ListId, BandThresholds] = {}
    schemas: dict[Schema, BandThresholds] = {}
    #: Names that never count, compared without case and punctuation.
    stop_names: tuple[str, ...] = ()
    #: Names that count although they are ordinary words or single weak aliases.
    trusted_names: tuple[str, ...] = ()
    #: Where compiled indexes are kept; beside the database when empty.
    index_dir: Path | None = None


class SeverityConfig(Section):
    """What matters more than it would, or less: ``high``, ``normal`` or ``low`` for what is on a list, in a program."""

    lists: dict[ListId, Severity] = {}
    #: By its name as the list writes it.
    programs: dict[str, Severity] = {}


class FrequentConfig(Section):
    """What becomes of subjects that are in the news all the time."""

    #: So many new stories of a subject are told one by one on a day; those after them in one line with their number.
    per_day: Whole = Field(default=5, ge=1)
    #: Other numbers for some subjects, by the id of one of their entries, such as ``us_ofac_sdn:12345``.
    subjects: dict[str, Annotated[Whole, Field(ge=1)]] = {}


class AlertsConfig(Section):
    """Which articles are screened and what becomes of alerts."""

    #: The most alerts one message carries.
    max_per_message: Whole = Field(default=50, ge=1)
    #: Up to this age an article is news; an older one comes with its date, and from a first reading as a digest.
    fresh: Seconds = 2 * 86400.0
    #: How far back stored articles are screened for names that are new on a list.
    look_back: Seconds = 90 * 86400.0
    #: Whether a message goes out when an official list has changed.
    list_changes: bool = False
    #: Whether a message goes out when a list or a feed has stopped working, and when it works again.
    faults: bool = True
    severity: SeverityConfig = SeverityConfig()
    frequent: FrequentConfig = FrequentConfig()


class DeliveryConfig(Section):
    """How messages reach those they are for, on whatever channel."""

    #: How long a message that fails is tried again, before it is parked and shown as failed.
    retry_for: Seconds = 7 * 86400.0
    #: The channel that faults are told on; all channels where none is named.
    operator: str | None = None


class LoggingConfig(Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "warning"
    format: Literal["text", "json"] = "text"


class ScheduleConfig(Section):
    """How often things are done."""

    #: Between two polls of a feed that gives no hint of its own.
    feeds: Seconds = 900.0
    #: Between two checks of a list.
    lists: Seconds = 4 * 3600.0
    #: A list whose last good check is longer ago is stale: a fault.
    list_max_age: Seconds = 3 * 86400.0


class Config(BaseModel):
    """Everything a user can set. Frozen; made by `load`."""

    # The whole is built once, when it is known which channels are in it.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)

    database: Annotated[DatabaseConfig, _plain("url")] = DatabaseConfig()
    lists: tuple[Annotated[DeclaredList, _plain("id")], ...] = ()
    feeds: tuple[Annotated[DeclaredFeed, _plain("url")], ...] = ()
    fetch: FetchConfig = FetchConfig()
    matching: MatchingConfig = MatchingConfig()
    alerts: AlertsConfig = AlertsConfig()
    delivery: DeliveryConfig = DeliveryConfig()
    routes: tuple[RouteConfig, ...] = ()
    logging: LoggingConfig = LoggingConfig()
    schedule: ScheduleConfig = ScheduleConfig()
    #: Whether the bytes of entries and pages are kept.
    evidence: EvidenceSetting = "none"
    retention: RetentionConfig = RetentionConfig()
    health: HealthConfig = HealthConfig()
    #: What this process takes part in, where several share a PostgreSQL database.
    worker: WorkerConfig = WorkerConfig()
    #: The page and the API.
    web: WebConfig = WebConfig()

    @model_validator(mode="after")
    def _no_duplicates(self) -> Self:
        named = {
            "lists": [each.id for each in self.lists],
            "feeds": [each.url for each in self.feeds],
            "routes": [each.name for each in self.routes],
        }
        for kind, keys in named.items():
            if twice := sorted({key for key in keys if keys.count(key) > 1}):
                raise ValueError(f"{kind}: {twice[0]} is declared twice")
        return self

    @property
    def keeps_evidence(self) -> bool:
        """Whether the bytes of entries and pages are kept."""
        return self.evidence == "keep"

    @property
    def channels(self) -> dict[str, Section]:
        """The sections of the channels that were taken in, by channel."""
        return {name: getattr(self, name) for name in type(self).model_fields if name not in Config.model_fields}


def with_channels(sections: Mapping[str, type[Section]]) -> type[Config]:
    """The configuration with these channels' sections beside its own, each under the channel's name."""
    fields: dict[str, Any] = {channel: (section, section()) for channel, section in sections.items()}
    return create_model("Config", __base__=Config, **fields)
