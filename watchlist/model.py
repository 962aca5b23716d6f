"""The currency between the stages: frozen values, no behaviour beyond what follows from their own fields.

Datetimes are aware and in UTC; collections are tuples. Words follow OpenSanctions and FollowTheMoney.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Schema(StrEnum):
    """What kind of thing an entity is (FollowTheMoney's names)."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    COMPANY = "Company"
    VESSEL = "Vessel"
    AIRCRAFT = "Aircraft"
    #: A company or an organisation: the list does not say which.
    LEGAL_ENTITY = "LegalEntity"


class NameKind(StrEnum):
    """How strongly the authority stands behind a name."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK_ALIAS = "weak_alias"
    PREVIOUS = "previous"
    ACRONYM = "acronym"


class NameOrigin(StrEnum):
    """Who gave the name: a sync replaces only the authority's."""

    AUTHORITY = "authority"
    #: From the packaged set of names the press uses.
    PRESS = "press"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity, as written by its source."""

    text: str
    kind: NameKind = NameKind.PRIMARY
    lang: str | None = None
    given: str | None = None
    family: str | None = None
    origin: NameOrigin = NameOrigin.AUTHORITY


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number or code that names one entity.

    ``kind`` is one of ``imo``, ``mmsi``, ``call_sign``, ``tail_number``, ``msn``, ``bic``, ``lei``, ``passport``,
    ``national_id``, ``tax_id``, ``registration``, ``crypto`` (``detail`` is the currency), ``email``, ``website``,
    ``phone``, ``other``. ``detail`` holds the country, the currency or the authority's own label;
    ``company`` marks the IMO number of a company, ``previous`` a tail number no longer in use.
    """

    kind: str
    value: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One listed person, company, vessel or organisation, as one list describes it."""

    list_id: str
    #: The authority's own id, unique within its list.
    source_id: str
    schema: Schema
    #: The primary name first.
    names: tuple[Name, ...]
    #: ISO 3166-1 alpha-2 in lower case where the country is known to us, else the authority's words.
    countries: tuple[str, ...] = ()
    #: ISO 8601, as precise as the list is: ``1967-10-15``, ``1967-10``, ``1967``; a range is ``1951/1953``.
    birth_dates: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programs: tuple[str, ...] = ()
    #: Offices and titles by which the authority describes the entity.
    designations: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    #: Names of entities this one is linked to, in the authority's words.
    linked_to: tuple[str, ...] = ()
    #: The day of listing, ISO 8601 as precise as the list is.
    listed_on: str | None = None
    #: The reference under which the authority writes of the entity, where it is another than its id (``QDi.001``).
    reference: str | None = None
    #: What the authority says that has no field of its own.
    remarks: str | None = None
    #: The authority's page on this entity.
    url: str | None = None

    @property
    def id(self) -> str:
        """``list:source_id``, unique in the database and stable across syncs."""
        return f"{self.list_id}:{self.source_id}"

    @property
    def caption(self) -> str:
        """The name to show: the primary one."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One accepted state of a list."""

    list_id: str
    #: What tells this state from others: the publication date where the list states one, else a prefix of the SHA-256.
    version: str
    published_at: datetime | None
    fetched_at: datetime
    sha256: str
    entity_count: int
    name_count: int
    #: The form it was read from, such as ``ofac_csv``.
    form: str = ""
    #: How many entities have something in each field of theirs.
    filled: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article as screened. ``title`` and ``text`` are the fields that offsets refer to."""

    #: Content hash of the article's identity (canonical address, else guid, else its words).
    id: str
    title: str
    text: str
    url: str | None = None
    feed_id: int | None = None
    guid: str | None = None
    lang: str | None = None
    published_at: datetime | None = None
    fetched_at: datetime | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 over title and text: a change means the article must be screened again."""
        return content_hash(self.title, self.text)


class Band(StrEnum):
    """What a score means: ``alert`` raises an alert, ``review`` is kept and shown, never mailed by itself."""

    ALERT = "alert"
    REVIEW = "review"


#: The part of an article an offset counts in.
Field = Literal["title", "text"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article: code points ``start`` to ``end`` (exclusive) of the named field."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FeatureScore:
    """One part of a score: the feature's name, its finding (0 to 1), its weight, and the finding in words.

    A finding times its weight speaks for the mention when above zero, against it when below.
    """

    feature: str
    score: float
    weight: float
    detail: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence a mention stands in, with the mention at ``start`` to ``end`` of ``text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One entity found in one article: the best span, and every other span that was found."""

    article_id: str
    entity_id: str
    #: The entity's primary name, for showing.
    caption: str
    schema: Schema
    #: The listed name that matched.
    name: Name
    #: The best span, and the text it covers.
    field: Field
    start: int
    end: int
    surface: str
    #: All spans of the article in order of place, the best one included.
    spans: tuple[Span, ...]
    quote: Quote
    score: float
    band: Band
    features: tuple[FeatureScore, ...]
    engine_version: str
    snapshot_version: str

    @property
    def id(self) -> str:
        """Content hash of article and entity: finding the same thing twice is one mention."""
        return stable_id(self.article_id, self.entity_id)

    @property
    def list_id(self) -> str:
        """The list of the entity."""
        return self.entity_id.split(":", 1)[0]


class ChangeKind(StrEnum):
    """What happened to an entity on its list."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class EntityChange:
    """One entity that a list gained, lost or describes in another way."""

    entity_id: str
    kind: ChangeKind
    caption: str
    at: datetime
    #: For a change, each field that differs: its values before and after.
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class SnapshotHistory:
    """One accepted state of a list, and what it changed against the one before."""

    id: int
    snapshot: Snapshot
    added: int
    changed: int
    removed: int


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


@dataclass(frozen=True, slots=True)
class GroupMember:
    """An entity that is one with entities of other lists."""

    entity_id: str
    #: The least id among them.
    group_id: str
    #: What it was recognised by, in words.
    reason: str


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """What a person decided of two entities; it goes before everything the program works out."""

    one_id: str
    other_id: str
    same: bool


class AlertStatus(StrEnum):
    """Where an alert stands in triage."""

    OPEN = "open"
    ESCALATED = "escalated"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What a person found an alert to be."""

    TRUE_MATCH = "true_match"
    FALSE_POSITIVE = "false_positive"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Alert:
    """A mention of an entity that is new in a story."""

    id: int
    entity_id: str
    #: What is reported once for an entity; an article is a story of its own until stories are grouped.
    story_id: str
    article_id: str
    mention_id: str
    status: AlertStatus
    opened_at: datetime
    #: Why it comes now, where that is not the article's being new: "newly listed on 2026-11-23".
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AlertDetail:
    """An alert with what a reader needs to judge it."""

    alert: Alert
    mention: Mention
    entity: Entity
    list_title: str
    article_title: str
    article_url: str | None
    article_published_at: datetime | None
    feed_title: str | None
    #: The same entity on other lists.
    also: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody made of an alert; judgements are added, never changed."""

    alert_id: int
    outcome: Outcome
    by: str
    at: datetime
    note: str | None = None


class DeliveryStatus(StrEnum):
    """Where a delivery stands. ``sending`` is leased to one sender until ``lease_until``."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message of one channel about one or more alerts."""

    id: int
    channel: str
    alert_ids: tuple[int, ...]
    #: Fixed when the row is written, and the e-mail's Message-ID: a message sent twice is recognised as one.
    idempotency_key: str
    status: DeliveryStatus
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    lease_until: datetime | None = None
    last_error: str | None = None
    sent_at: datetime | None = None


class Declared(StrEnum):
    """Where a list or a feed was declared: it can be taken away only there."""

    CONFIG = "config"
    USER = "user"


@dataclass(frozen=True, slots=True)
class WatchedList:
    """A list with the state of its last sync."""

    id: str
    title: str
    declared: Declared
    enabled: bool
    #: Synced by ``watchlist run``; own lists and lists read only from files are not.
    refresh: bool
    #: A list the user edits, as against one an authority publishes.
    own: bool
    url: str | None = None
    snapshot: Snapshot | None = None
    entity_count: int = 0
    name_count: int = 0
    last_checked_at: datetime | None = None
    #: The last check that went well, whether or not it brought something new.
    last_good_at: datetime | None = None
    last_changed_at: datetime | None = None
    last_error: str | None = None
    last_error_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a sync or an import did to a list, in numbers of entities."""

    list_id: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    name_count: int = 0
    #: How many entities have something in each field of theirs.
    filled: tuple[tuple[str, int], ...] = ()

    @property
    def entity_count(self) -> int:
        """Entities on the list afterwards."""
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class Run:
    """One pass over lists, feeds, articles and deliveries; ``finished_at`` is None while it goes on or was killed."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    counts: tuple[tuple[str, int], ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with the state of its last poll."""

    id: int
    url: str
    title: str | None
    declared: Declared
    enabled: bool
    etag: str | None = None
    last_modified: str | None = None
    last_checked_at: datetime | None = None
    last_success_at: datetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    last_error_at: datetime | None = None
    #: Polls in a row that failed.
    failures: int = 0
    next_check_at: datetime | None = None
    article_count: int = 0


@dataclass(frozen=True, slots=True)
class FeedForFetch:
    """What a poll needs to know of a feed."""

    id: int
    url: str
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class FeedFetchIntent:
    """What a poll found, to be stored in one transaction.

    ``error`` is None after a good poll, also one that was answered "not modified" (``status`` 304, no articles). A
    document that was damaged can give both articles and an error.
    """

    feed_id: int
    checked_at: datetime
    next_check_at: datetime
    status: int | None = None
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    articles: tuple[Article, ...] = ()
    error: str | None = None


def stable_id(*parts: str) -> str:
    """A 24-digit hexadecimal id that depends on the parts and their borders alone (SHA-256, shortened to 96 bits)."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def content_hash(title: str, text: str) -> str:
    """SHA-256 over an article's words, in hexadecimal."""
    return hashlib.sha256(f"{title}\x1f{text}".encode("utf-8", "surrogatepass")).hexdigest()
