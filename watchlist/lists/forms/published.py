"""What the folder of an authority says of each list that it publishes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListScope:
    """What tells a list from another one of its authority in the same forms: the share of entities in some programs."""

    programs: frozenset[str]
    #: What the other list is called.
    other: str
    least: float = 0.0
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class PublishedList:
    """One official list: who publishes it, where, and what tells a good copy.

    Addresses and ids are the authority's; the minimum count is ours, set well below what the list has held for years,
    so that a page with a few rows never passes for the list.
    """

    #: The list's id, as OpenSanctions names it.
    id: str
    title: str
    #: Who publishes it.
    authority: str
    #: The page that explains the list to people.
    homepage: str
    #: What to download, in order; together these files are one state of the list.
    files: tuple[str, ...]
    #: A download with fewer entities is not this list. Not applied to files the user hands over.
    minimum_entities: int
    #: The authority's page on one entity, with ``{id}`` for its id.
    entity_page: str | None = None
    #: What tells it from another list in the same forms, where the head of a file does not.
    scope: ListScope | None = None

    def entity_url(self, source_id: str) -> str:
        """The authority's page on one entity, else that on the list."""
        return self.entity_page.replace("{id}", source_id) if self.entity_page else self.homepage
