"""The tables, by the rooms that write them. ``migrations/`` makes them; a test compares the two.

Times are stored as UTC without a zone and come back aware. Values that are only ever read as a whole (tuples of
strings, the parts of a score) are JSON columns; what is looked up or joined has columns of its own. Nothing but columns
and indexes stands here. All are imported at once, since they refer to each other.
"""

from watchlist.storage.database.tables.accounts import (
    access_log,
    access_tokens,
    accounts,
    answered,
    keys,
    sessions,
    throttles,
    used_links,
)
from watchlist.storage.database.tables.audited import captures, evidence, screened_with, screenings
from watchlist.storage.database.tables.columns import metadata
from watchlist.storage.database.tables.found import alerts, judgements, mentions
from watchlist.storage.database.tables.held import held_back, silenced, silences, subject_notes, suppressions
from watchlist.storage.database.tables.listed import (
    changes,
    entities,
    entity_groups,
    group_decisions,
    identifiers,
    list_imports,
    lists,
    names,
    snapshots,
)
from watchlist.storage.database.tables.news import articles, feed_polls, feeds, page_hosts, pages
from watchlist.storage.database.tables.past import past_articles, past_screenings, purges
from watchlist.storage.database.tables.queued import (
    deliveries,
    delivery_alerts,
    delivery_notices,
    lookbacks,
    notices,
    outages,
)
from watchlist.storage.database.tables.stories import story_articles, story_prints, story_signatures
from watchlist.storage.database.tables.workers import claims, duties, faults, runs, workers

__all__ = [
    "access_log",
    "access_tokens",
    "accounts",
    "alerts",
    "answered",
    "articles",
    "captures",
    "changes",
    "claims",
    "deliveries",
    "delivery_alerts",
    "delivery_notices",
    "duties",
    "entities",
    "entity_groups",
    "evidence",
    "faults",
    "feed_polls",
    "feeds",
    "group_decisions",
    "held_back",
    "identifiers",
    "judgements",
    "keys",
    "list_imports",
    "lists",
    "lookbacks",
    "mentions",
    "metadata",
    "names",
    "notices",
    "outages",
    "page_hosts",
    "pages",
    "past_articles",
    "past_screenings",
    "purges",
    "runs",
    "screened_with",
    "screenings",
    "sessions",
    "silenced",
    "silences",
    "snapshots",
    "story_articles",
    "story_prints",
    "story_signatures",
    "subject_notes",
    "suppressions",
    "throttles",
    "used_links",
    "workers",
]
