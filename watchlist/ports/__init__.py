"""What one package needs of another, as small Protocols: one for each user's need, named after the user.

The steps and `delivery` reach the database through these and nothing else; `storage.Store` fulfils them all. A protocol
has no method that its user does not call, and no behaviour stands here.
"""

from watchlist.ports.lists import GroupStore, IndexFileStore, IndexStore, SearchStore, SyncStore
from watchlist.ports.news import IngestStore, PageStore, PollStore
from watchlist.ports.outbox import DeliveryStore, Message, Missed, ProbedTransport, RouteStore, Said, Transport
from watchlist.ports.purge import PurgeStore
from watchlist.ports.runs import Clock, FaultStore, FlowStore
from watchlist.ports.scans import ArchiveStore, LookBackStore, ReplayStore, ScanStore
from watchlist.ports.workers import Membership, WorkerStore

__all__ = [
    "ArchiveStore",
    "Clock",
    "DeliveryStore",
    "FaultStore",
    "FlowStore",
    "GroupStore",
    "IndexFileStore",
    "IndexStore",
    "IngestStore",
    "LookBackStore",
    "Membership",
    "Message",
    "Missed",
    "PageStore",
    "PollStore",
    "ProbedTransport",
    "PurgeStore",
    "ReplayStore",
    "RouteStore",
    "Said",
    "ScanStore",
    "SearchStore",
    "SyncStore",
    "Transport",
    "WorkerStore",
]
