"""Workers that share a database: who takes part, what each has claimed, and which duty is whose.

A worker has a lease, which its signs of life renew; what it claims is its own for as long. One whose lease ran out is
taken for dead by the next that looks: its claims are free, and `Fence` refuses what it would still write. Which feeds
are whose share, and what is done when, is decided elsewhere.
"""

from watchlist.storage.workers.claims import ClaimRows
from watchlist.storage.workers.duties import DutyRows
from watchlist.storage.workers.membership import MembershipRows
from watchlist.storage.workers.shown import ShownWorkerRows


class WorkerRows(MembershipRows, DutyRows, ClaimRows, ShownWorkerRows):
    """The workers."""
