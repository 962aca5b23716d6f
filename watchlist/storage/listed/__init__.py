"""What is listed: lists and their states, entities with their names, and what people decided of either.

Who is the same as whom is asked of `subjects`. No article, mention or alert is read here; only `succession` touches
the rows of those, when an entity's id changes hands.
"""

from watchlist.storage.listed.by_hand import EditRows
from watchlist.storage.listed.changes import ChangeRows
from watchlist.storage.listed.contents import ContentRows
from watchlist.storage.listed.declarations import ListDeclarationRows
from watchlist.storage.listed.entities import EntityRows
from watchlist.storage.listed.fingerprints import FingerprintRows
from watchlist.storage.listed.groups import GroupRows
from watchlist.storage.listed.intake import IntakeRows
from watchlist.storage.listed.lists import ListRows
from watchlist.storage.listed.snapshots import SnapshotRows
from watchlist.storage.listed.suppressions import SuppressionRows


class ListedRows(
    ListDeclarationRows,
    ListRows,
    SnapshotRows,
    ChangeRows,
    ContentRows,
    IntakeRows,
    EntityRows,
    FingerprintRows,
    EditRows,
    GroupRows,
    SuppressionRows,
):
    """Everything about what is listed."""
