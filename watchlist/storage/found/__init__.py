"""What is found: mentions and alerts, written together with the scan that found them.

Which mentions open an alert is asked of `watchlist.alerts`, within the transaction that writes them. No score is made
and nothing is sent here.
"""

from watchlist.storage.found.alerts import AlertRows
from watchlist.storage.found.evidence import EvidenceRows
from watchlist.storage.found.inbox import InboxRows
from watchlist.storage.found.judged.acts import ActRows
from watchlist.storage.found.judged.earlier import EarlierRows
from watchlist.storage.found.judged.held import HeldRows
from watchlist.storage.found.judged.judgements import JudgementRows
from watchlist.storage.found.judged.notes import NoteRows
from watchlist.storage.found.mentions import MentionRows
from watchlist.storage.found.review import ReviewRows
from watchlist.storage.found.scans import ScanRows
from watchlist.storage.found.screenings import ScreeningRows


class FoundRows(
    ScanRows,
    MentionRows,
    AlertRows,
    InboxRows,
    JudgementRows,
    ActRows,
    HeldRows,
    EarlierRows,
    NoteRows,
    ReviewRows,
    ScreeningRows,
    EvidenceRows,
):
    """Everything that was found."""
