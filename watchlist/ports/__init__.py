"""What one package needs of another, as small Protocols: one for each user's need, named after the user.

The steps and `delivery` reach the database through these and nothing else; `storage.Store` fulfils them all. A protocol
has no method that its user does not call, and no behaviour stands here.
"""

from watchlist.ports.lists import (
    GroupingStore,
    GroupStore,
    ImportStore,
    IndexFileStore,
    IndexStore,
    OwnListStore,
    SearchStore,
    SyncStore,
)
from watchlist.ports.news import FeedListStore, IngestStore, PageStore, PollStore
from watchlist.ports.outbox import (
    DeliveryStore,
    Linking,
    LinkStore,
    Message,
    Missed,
    ProbedTransport,
    RouteStore,
    Said,
    Transport,
)
from watchlist.ports.purge import PurgeStore
from watchlist.ports.runs import Clock, FaultStore, FlowStore
from watchlist.ports.scans import ArchiveStore, FillStore, LookBackStore, ReplayStore, ScanStore
from watchlist.ports.triage import ChoosingStore, JudgingStore, SilencingStore
from watchlist.ports.workers import Membership, WorkerStore

__all__ = [
    "ArchiveStore",
    "ChoosingStore",
    "Clock",
    "DeliveryStore",
    "FaultStore",
    "FeedListStore",
    "FillStore",
    "FlowStore",
    "GroupStore",
    "GroupingStore",
    "ImportStore",
    "IndexFileStore",
    "IndexStore",
    "IngestStore",
    "JudgingStore",
    "LinkStore",
    "Linking",
    "LookBackStore",
    "Membership",
    "Message",
    "Missed",
    "OwnListStore",
    "PageStore",
    "PollStore",
    "ProbedTransport",
    "PurgeStore",
    "ReplayStore",
    "RouteStore",
    "Said",
    "ScanStore",
    "SearchStore",
    "SilencingStore",
    "SyncStore",
    "Transport",
    "WorkerStore",
]
