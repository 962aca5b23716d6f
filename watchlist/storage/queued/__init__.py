"""What waits to be done or sent: look-backs, faults that are not over, notices to the operator, and messages.

Each row is taken up by a later step, and by one program at a time. What opens an alert or makes a notice is decided
elsewhere.
"""

from watchlist.storage.queued.by_hand import HandledRows
from watchlist.storage.queued.deliveries import DeliveryRows
from watchlist.storage.queued.faults import FaultRows
from watchlist.storage.queued.look_backs import LookBackRows
from watchlist.storage.queued.notices import NoticeRows
from watchlist.storage.queued.outbox import OutboxRows
from watchlist.storage.queued.routed import RoutedRows


class QueuedRows(
    LookBackRows,
    NoticeRows,
    FaultRows,
    DeliveryRows,
    OutboxRows,
    HandledRows,
    RoutedRows,
):
    """Everything that waits."""
