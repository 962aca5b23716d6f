"""Whether a file may follow the state that is held, or takes a list back to what it was: a pure decision.

A mirror that lags behind, or several of which some do, would take designations off a list that are in force. So the
newer state is held, and the operator is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from watchlist.errors import SnapshotRejectedError
from watchlist.model import Snapshot, WatchedList

#: Forms of one list date themselves in different ways: by the day of issue, of the last change, of saving. A file of
#: another form than the one held is older only when it is so by more than this.
OTHER_FORM = timedelta(days=31)
#: A day that is further ahead than this is a slip of the authority's, and says nothing of what is older.
AHEAD = timedelta(days=2)
#: After a file that went back, a list counts as flapping until none has come for so long.
FLAPPING = timedelta(days=1)

#: What every message about a download that goes back has in it.
_STAYS = "the newer one stays in force"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that has come, before its entities are read."""

    list_id: str
    form: str
    sha256: str
    published_at: datetime | None
    #: The operator gave it, in place of a download.
    by_hand: bool = False


def check_order(held: Snapshot | None, arrival: Arrival, former: Snapshot | None, now: datetime) -> None:
    """Raise SnapshotRejectedError when a file is older than the state held, or is a former state once more.

    ``former`` is the state before the one held that had the very same content, if there was one. Where days are known
    they decide; a file that is newer by its day may well be a former state that was accepted and taken back. The very
    file that is held may come again, to be read by readers who know more.
    """
    if held is None:
        return
    ours, theirs = _credible(held.published_at, now), _credible(arrival.published_at, now)
    if ours is not None and theirs is not None:
        if theirs < ours - (timedelta(0) if arrival.form == held.form else OTHER_FORM):
            reason = f"it is of {_day(theirs, ours)}, older than the one that is held, of {_day(ours, theirs)}"
            raise _refusal(arrival, reason, "the server or mirror lags behind")
        if theirs > ours:
            return
    if former is not None and arrival.sha256 != held.sha256:
        since = f"{held.fetched_at:%Y-%m-%d %H:%M} UTC"
        reason = (
            f"it is the state of {former.fetched_at:%Y-%m-%d %H:%M} UTC again, which another has replaced at {since}"
        )
        raise _refusal(arrival, reason, "the server or mirror goes back and forth")


def went_back(error: str | None) -> bool:
    """Whether what is stored as a list's error tells of a download that would have taken it back."""
    return error is not None and _STAYS in error


def is_flapping(watched: WatchedList, now: datetime) -> bool:
    """Whether a good check is no reason yet to take a list for well: a file has gone back lately."""
    error_at = watched.last_error_at
    return went_back(watched.last_error) and error_at is not None and now - error_at < FLAPPING


def _refusal(arrival: Arrival, reason: str, cause: str) -> SnapshotRejectedError:
    if arrival.by_hand:
        return SnapshotRejectedError(arrival.list_id, f"{reason}; --accept takes it all the same")
    hint = f"'watchlist lists sync {arrival.list_id} --accept' takes the older one all the same"
    return SnapshotRejectedError(arrival.list_id, f"{reason}: {cause}, and {_STAYS}; {hint}")


def _credible(published: datetime | None, now: datetime) -> datetime | None:
    return published if published is not None and published <= now + AHEAD else None


def _day(day: datetime, other: datetime) -> str:
    """A day, with its time where the two are of one day."""
    return f"{day:%Y-%m-%d %H:%M:%S}" if day.date() == other.date() else f"{day:%Y-%m-%d}"
