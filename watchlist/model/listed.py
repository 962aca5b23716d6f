"""What is on lists, who is one with whom, and what people decided of either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from watchlist.model.scripts import script_of

_Fact = TypeVar("_Fact")


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
    """What a name is to its entity; how strong it is says `Name.weak`."""

    PRIMARY = "primary"
    ALIAS = "alias"
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
    #: The authority itself says that the name does not count alone: it is too common, too short or not certain.
    weak: bool = False

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


# What its listings say together is asked again and again: it is worked out once, hence no slots.
@dataclass(frozen=True)
class Subject:
    """What the entries of several lists say of one person or thing; most have one entry."""

    #: The least id among its entries.
    id: str
    #: In the order of the lists.
    listings: tuple[Entity, ...]

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every name of every entry."""
        return self._all(lambda entity: entity.names)

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries of all entries."""
        return self._all(lambda entity: entity.countries)

    @cached_property
    def birth_dates(self) -> tuple[str, ...]:
        """The dates of birth that any entry gives."""
        return self._all(lambda entity: entity.birth_dates)

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        """The numbers and codes of all entries."""
        return self._all(lambda entity: entity.identifiers)

    @cached_property
    def programs(self) -> tuple[str, ...]:
        """The programs of all entries."""
        return self._all(lambda entity: entity.programs)

    @cached_property
    def designations(self) -> tuple[str, ...]:
        """The offices and titles by which any authority describes it."""
        return self._all(lambda entity: entity.designations)

    @property
    def is_only_named(self) -> bool:
        """Whether one name is all that is listed of it, as on many lists of one's own."""
        return len(self.names) == 1 and not self.programs and not self.countries

    def _all(self, of: Callable[[Entity], tuple[_Fact, ...]]) -> tuple[_Fact, ...]:
        if len(self.listings) == 1:
            return of(self.listings[0])
        return tuple(dict.fromkeys(each for entity in self.listings for each in of(entity)))


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
