"""The tables of what is listed: lists with their states, entities with their names, and what people decided."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, false

from watchlist.storage.database.tables.columns import UtcDateTime, metadata

lists = Table(
    "lists",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("declared", String(16), nullable=False),
    #: As declared; `disabled` is the user's own switch, and goes before it.
    Column("enabled", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("refresh", Boolean, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("url", Text),
    #: Seconds between two looks, where the configuration gives the list its own.
    Column("every", Float),
    #: Another random one whenever what is matched changes: a compiled index is known by the revisions it was made of.
    Column("revision", String(32), nullable=False),
    Column("last_checked_at", UtcDateTime),
    Column("last_good_at", UtcDateTime),
    Column("last_changed_at", UtcDateTime),
    Column("last_error", Text),
    Column("last_error_at", UtcDateTime),
    #: For each address of a conditional list download: its ETag and Last-Modified.
    Column("validators", JSON, nullable=False),
    #: Set when the user removed the list; its entities and their alerts stay on record.
    Column("removed_at", UtcDateTime),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(64), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    Column("version", String(64), nullable=False),
    Column("published_at", UtcDateTime),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("entity_count", Integer, nullable=False),
    Column("name_count", Integer, nullable=False),
    #: The form it was read from, such as `ofac_csv`.
    Column("form", String(32)),
    #: How many entities had something in each field, which tells when a list loses one.
    Column("filled", JSON),
    #: The ids at the end of the file, which tell when a later one is cut off.
    Column("tail", JSON),
    #: The fields of whose cells some could not be read, with counts and a few of them.
    Column("cells", JSON),
    #: How far the readers were when it was read: a file that has not changed is read again by those that know more.
    Column("reading", Integer, nullable=False, server_default="1"),
    Index("ix_snapshots_list_id", "list_id"),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(64), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    #: None for a change by the user's own hand.
    Column("snapshot_id", Integer, ForeignKey("snapshots.id", ondelete="CASCADE")),
    Column("entity_id", String(255), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("caption", Text, nullable=False),
    #: For a change, each field that differs: what it was and what it is.
    Column("fields", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    #: What the change means for the id, `renumbered` or `reused`, and the other id it is about.
    Column("note", String(16)),
    Column("other_id", String(255)),
    Index("ix_changes_list_id_at", "list_id", "at"),
    Index("ix_changes_snapshot_id", "snapshot_id"),
    Index("ix_changes_entity_id", "entity_id"),
)

entities = Table(
    "entities",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("list_id", String(64), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    Column("source_id", String(190), nullable=False),
    Column("schema", String(32), nullable=False),
    Column("caption", Text, nullable=False),
    Column("countries", JSON, nullable=False),
    Column("birth_dates", JSON, nullable=False),
    Column("birth_places", JSON, nullable=False),
    Column("programs", JSON, nullable=False),
    Column("designations", JSON, nullable=False),
    Column("addresses", JSON, nullable=False),
    Column("linked_to", JSON, nullable=False),
    Column("listed_on", String(32)),
    Column("reference", Text),
    Column("remarks", Text),
    Column("url", Text),
    #: Hash over all the authority says of the entity: the change test of a sync.
    Column("digest", String(64), nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    #: Set when the authority took the entity off the list; past alerts keep pointing here.
    Column("removed_at", UtcDateTime),
    #: The id under which the authority lists the same entity now.
    Column("succeeded_by", String(255)),
    Index("ix_entities_list_id_removed_at", "list_id", "removed_at"),
    Index("ix_entities_succeeded_by", "succeeded_by"),
)

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("lang", String(16)),
    Column("given", Text),
    Column("family", Text),
    Column("origin", String(16), nullable=False),
    Column("script", String(4)),
    #: Pairs of kind and text, in the list's order.
    Column("parts", JSON(none_as_null=True)),
    Column("weak", Boolean, nullable=False, server_default=false()),
    Index("ix_names_entity_id", "entity_id"),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("value", Text, nullable=False),
    Column("detail", Text),
    Index("ix_identifiers_entity_id", "entity_id"),
    Index("ix_identifiers_kind_value", "kind", "value"),
)

entity_groups = Table(
    "entity_groups",
    metadata,
    Column("entity_id", String(255), ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True),
    #: The least id among those that are one.
    Column("group_id", String(255), nullable=False),
    #: What they were recognised by, in words.
    Column("reason", Text, nullable=False),
    Index("ix_entity_groups_group_id", "group_id"),
)

group_decisions = Table(
    "group_decisions",
    metadata,
    #: The lesser id first.
    Column("one_id", String(255), primary_key=True),
    Column("other_id", String(255), primary_key=True),
    Column("same", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

list_imports = Table(
    "list_imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(64), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    #: In the generic CSV form the entities that an import changed or took off, as they were before.
    Column("content", Text, nullable=False),
    #: The ids that it added; null where the content is all that the list held.
    Column("added", JSON(none_as_null=True)),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_list_imports_list_id", "list_id"),
)
