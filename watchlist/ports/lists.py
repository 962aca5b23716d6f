"""What is needed of the lists that are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from watchlist.model import (
    Entity,
    GroupDecision,
    GroupMember,
    IntakeOptions,
    KeptImport,
    ListChange,
    ListDeclaration,
    Name,
    NameOrigin,
    Snapshot,
    WatchedList,
)


class GroupStore(Protocol):
    """Working out which entities of several lists are one."""

    def watched_lists(self) -> tuple[WatchedList, ...]:
        """All lists, in the order of their ids."""

    def live_entities(self, list_id: str | None = None) -> Iterator[Entity]:
        """The entities now on one list, or on all lists that are switched on; streamed within one transaction."""

    def group_decisions(self) -> tuple[GroupDecision, ...]:
        """What people decided."""

    def replace_groups(self, members: Iterable[GroupMember]) -> None:
        """Make these the groups; writes nothing when they are so already."""


class SyncStore(GroupStore, Protocol):
    """Bringing lists up to date."""

    def watched_list(self, list_id: str) -> WatchedList:
        """One list; raises NotFoundError."""

    def add_list(self, declaration: ListDeclaration) -> None:
        """Add a list of the user's; raises UsageError when the id is taken."""

    def validators(self, list_id: str) -> dict[str, list[str | None]]:
        """What the server said of the last good download, by address: ETag and Last-Modified."""

    def apply_entities(
        self,
        list_id: str,
        found: Iterable[Entity],
        now: datetime,
        accept: Callable[[ListChange], Snapshot | None],
        options: IntakeOptions,
    ) -> ListChange:
        """Make a list hold exactly these entities, if ``accept`` returns; raises ListParseError for an id twice."""

    def set_names(
        self,
        list_id: str,
        wanted: Mapping[str, tuple[Name, ...]],
        origin: NameOrigin,
        now: datetime,
        look_back: timedelta | None,
    ) -> None:
        """Make these the names of this origin on a list, by the authority's id."""

    def former_snapshot(self, list_id: str, sha256: str) -> Snapshot | None:
        """The last state of a list with this content that another has replaced; None where there was none."""

    def record_checked(
        self,
        list_id: str,
        now: datetime,
        validators: Mapping[str, list[str | None]] | None = None,
        *,
        keep_error: bool = False,
    ) -> None:
        """A check of a list went well; keep the server's validators where there are any, and the last error if told."""

    def record_list_error(self, list_id: str, error: str, now: datetime) -> None:
        """A check of a list failed; what it held before stays in force."""


class IndexStore(Protocol):
    """Compiling what is screened for."""

    def revisions(self) -> tuple[tuple[str, str], ...]:
        """Each list that is switched on with its present revision, which changes with its groups as well."""

    def watched_lists(self) -> tuple[WatchedList, ...]:
        """All lists, in the order of their ids."""

    def groups(self) -> dict[str, str]:
        """The group of each entity that is one with entities of other lists."""

    def entity_fingerprints(self) -> dict[str, int]:
        """Each entity on a list that is switched on, in the order of `live_entities`, with its fingerprint."""

    def entities_of(self, ids: Iterable[str]) -> Iterator[Entity]:
        """These entities, on their lists or taken off them."""

    def live_entities(self) -> Iterator[Entity]:
        """The entities now on all lists that are switched on; streamed within one transaction."""


class IndexFileStore(IndexStore, Protocol):
    """Writing what is screened for into a file that needs no database."""

    def listed_since(self) -> dict[str, datetime]:
        """Since when each entity that is screened for is on its list as it is now: new there, or changed."""


class SearchStore(Protocol):
    """Looking entities up by name."""

    def live_names(self) -> tuple[tuple[str, str], ...]:
        """Each name on a list with its entity's id."""

    def entity(self, entity_id: str) -> Entity:
        """One entity, on its list or taken off it; raises NotFoundError."""


class OwnListStore(SearchStore, Protocol):
    """Lists of the user's, and the names that a user gives."""

    def watched_list(self, list_id: str) -> WatchedList:
        """One list; raises NotFoundError."""

    def add_list(self, declaration: ListDeclaration) -> None:
        """Add a list of the user's; raises ConflictError when the id is taken."""

    def put_entity(self, entity: Entity, now: datetime, look_back: timedelta | None = None) -> None:
        """Add one entity of an own list; raises ConflictError when its id is taken."""

    def remove_entity(self, entity_id: str, now: datetime) -> None:
        """Take an entity off its list; its alerts stay on record."""

    def add_alias(self, entity_id: str, name: Name, now: datetime, look_back: timedelta | None = None) -> bool:
        """Give a listed entity one more name; False when it has that name already."""

    def apply_entities(
        self,
        list_id: str,
        found: Iterable[Entity],
        now: datetime,
        accept: Callable[[ListChange], Snapshot | None],
        options: IntakeOptions,
    ) -> ListChange:
        """Make a list hold exactly these entities, if ``accept`` returns; raises ListParseError for an id twice."""


class GroupingStore(GroupStore, SearchStore, Protocol):
    """Deciding by hand who is one with whom."""

    def decide_group(self, one_id: str, other_id: str, same: bool, now: datetime) -> None:
        """Keep what a person decided of two entities."""


class ImportStore(GroupStore, Protocol):
    """Taking files into lists of the user's."""

    def watched_list(self, list_id: str) -> WatchedList:
        """One list; raises NotFoundError."""

    def live_entities(self, list_id: str | None = None) -> Iterator[Entity]:
        """The entities now on one list, or on all lists that are switched on; streamed within one transaction."""

    def apply_entities(
        self,
        list_id: str,
        found: Iterable[Entity],
        now: datetime,
        accept: Callable[[ListChange], Snapshot | None],
        options: IntakeOptions,
    ) -> ListChange:
        """Make a list hold exactly these entities, if ``accept`` returns; raises ListParseError for an id twice."""

    def keep_import(self, list_id: str, content: str, added: Sequence[str], now: datetime) -> None:
        """Keep what an import changed, so that it can be undone."""

    def last_import(self, list_id: str) -> KeptImport:
        """What was kept of the last import that was not undone; raises NotFoundError."""

    def drop_import(self, number: int) -> None:
        """Forget an import that was undone."""
