"""What is on lists, and how it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watchlist.model.scripts import script_of


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
    #: ISO 15924, such as ``Cyrl``. Told from the text where nobody says it; None only where that has no letters.
    script: str | None = None
    #: The parts in the list's order as (kind, text), where it tells more of them apart than given and family name:
    #: ``given``, ``middle``, ``father``, ``grandfather``, ``patronymic``, ``matronymic``, ``family``, ``maiden``,
    #: ``tribal``, ``nickname``, ``first`` to ``fourth`` where only their order is known, or the list's own word.
    parts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Tell the script from the text where none is given."""
        if self.script is None:
            object.__setattr__(self, "script", script_of(self.text))


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
class Standing:
    """Since when an entity is on its list, and under which ids."""

    first_seen_at: datetime
    changed_at: datetime
    #: None while the entity is on its list.
    removed_at: datetime | None = None
    #: The id under which its authority lists it now.
    succeeded_by: str | None = None
    #: Ids under which it was listed before.
    formerly: tuple[str, ...] = ()


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
    #: The ids at the end of the file, in its order.
    tail: tuple[str, ...] = ()


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
    #: Old and new id of each entity that was only given another id; also counted as removed and as added.
    renumbered: tuple[tuple[str, str], ...] = ()
    #: Each id that names another entity now, and the id under which the former one is kept; also counted as changed
    #: or, where it had been off the list, as added.
    reused: tuple[tuple[str, str], ...] = ()
    #: The ids at the end of what was read, in its order, and those that are gone.
    tail: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()

    @property
    def entity_count(self) -> int:
        """Entities on the list afterwards."""
        return self.added + self.changed + self.unchanged


class ChangeKind(StrEnum):
    """What happened to an entity on its list."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class ChangeNote(StrEnum):
    """What a change means for the authority's id."""

    #: The same entity under another id: one change of the old id, one of the new.
    RENUMBERED = "renumbered"
    #: The id names another entity now.
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class EntityChange:
    """One entity that a list gained, lost or describes in another way."""

    entity_id: str
    kind: ChangeKind
    caption: str
    at: datetime
    #: For a change, each field that differs: its values before and after.
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    note: ChangeNote | None = None
    #: Of an entity that was renumbered its other id; of an id that was reused where the former entity is kept.
    other_id: str | None = None


@dataclass(frozen=True, slots=True)
class SnapshotHistory:
    """One accepted state of a list, and what it changed against the one before."""

    id: int
    snapshot: Snapshot
    added: int
    changed: int
    removed: int
    #: How many of those added have only been given another id, and how many ids name another entity.
    renumbered: int = 0
    reused: int = 0


@dataclass(frozen=True, slots=True)
class GroupMember:
    """An entity that is one with entities of other lists."""

    entity_id: str
    #: The least id among them.
    group_id: str
    #: What it was recognised by, in words.
    reason: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """A person's decision that an entity, on whichever list, opens no alerts; it is looked for all the same."""

    entity_id: str
    at: datetime
    #: When it ends by itself.
    until: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """What a person decided of two entities; it goes before everything the program works out."""

    one_id: str
    other_id: str
    same: bool
