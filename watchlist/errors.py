"""Every error this program raises on purpose.

    WatchlistError
    ├── ConfigError               a configuration file, key or environment variable
    ├── UsageError                a request that cannot be carried out as it was put
    │   ├── ConflictError         what is there stands against it
    │   └── JudgedMeanwhileError  the alert was judged since it was looked at
    ├── RunLockedError            another run holds the lock
    ├── BusyError                 too many ask at the same time
    ├── StorageError              the database
    │   ├── DatabaseAwayError     locked, full or not to be reached: what failed may succeed later
    │   │   ├── MayOnlyReadError  this user may not write to it
    │   │   └── LeaseLostError    another worker has taken over: what was to be written is refused
    │   ├── NoDatabaseError       there is none at this address
    │   ├── NotFoundError         no such list, entity, feed, alert
    │   └── SchemaOutOfDateError  tables of another version
    ├── ListError                 a watch list
    │   ├── ListFetchError        it could not be downloaded
    │   ├── ListParseError        it is not in the form it should have
    │   └── SnapshotRejectedError it was read, but must not replace the last good one
    ├── FeedError                 a feed
    │   ├── FeedFetchError        it could not be fetched
    │   └── FeedParseError        what came back is no feed
    ├── ExtractionError           an article's text could not be taken out of its page
    ├── MatchingError             an index file or a text that the engine cannot use
    ├── ArchiveError              a run over an archive that cannot go on
    └── DeliveryError             a message that could not be handed over

Each carries its subject. An expected outcome (not modified, nothing mentioned) is a value, not an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

#: What a failed delivery is laid to.
Blame = Literal["channel", "recipient", "message"]


class WatchlistError(Exception):
    """Base of all errors of this program; ``str()`` is one sentence for a person."""


class ConfigError(WatchlistError):
    """A configuration that cannot be used: which file, which key, and why."""

    def __init__(self, message: str, *, path: Path | str | None = None, key: str | None = None) -> None:
        self.path = path
        self.key = key
        self.reason = message
        where = ": ".join(str(part) for part in (path, key) if part)
        super().__init__(f"{where}: {message}" if where else message)


class UsageError(WatchlistError):
    """A request that cannot be carried out as it was put; the message says what to do instead."""


class ConflictError(UsageError):
    """A request that what is there already stands against: an id that is taken, a list that is not one's own."""


class JudgedMeanwhileError(UsageError):
    """Alerts that were judged since they were looked at; nothing is done to any of those named along."""

    def __init__(self, alert_ids: tuple[int, ...]) -> None:
        self.alert_ids = alert_ids
        many = f"alerts {', '.join(map(str, alert_ids))} were" if len(alert_ids) > 1 else f"alert {alert_ids[0]} was"
        super().__init__(f"{many} judged since you looked; 'watchlist alerts show {alert_ids[0]}' shows by whom")


class RunLockedError(WatchlistError):
    """Another run holds the lock of this database."""


class BusyError(WatchlistError):
    """Too many ask at the same time: whoever comes again in ``retry_after`` seconds may have better luck."""

    def __init__(self, message: str, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class StorageError(WatchlistError):
    """The database refused or cannot be reached."""


class DatabaseAwayError(StorageError):
    """The database is locked, full or cannot be reached: nothing of what was to be stored is to blame."""


class MayOnlyReadError(DatabaseAwayError):
    """The database may be read by this user, and not written to."""


class LeaseLostError(DatabaseAwayError):
    """Others have taken this worker for dead, or its duty over: it writes nothing more until it takes part again."""


class NoDatabaseError(StorageError):
    """There is no database at this address, and the command at hand makes none."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"there is no database at {where}: 'watchlist init', 'watchlist lists sync' or 'watchlist run' makes one;"
            " or name another with --database, or with 'database' in the configuration"
        )


class NotFoundError(StorageError):
    """No row of this kind and id."""

    def __init__(self, kind: str, id: str, hint: str = "") -> None:
        self.kind = kind
        self.id = id
        super().__init__(f"no {kind} {id!r}" + (f"; {hint}" if hint else ""))


class SchemaOutOfDateError(StorageError):
    """The database's tables are of another version than this program's."""

    def __init__(self, current: str, expected: str) -> None:
        self.current = current
        self.expected = expected
        super().__init__(
            f"the database is at schema version {current}, this program needs {expected}: run 'watchlist db upgrade'"
        )


class SchemaTooNewError(StorageError):
    """The database's tables are of a version that this program does not know yet."""

    def __init__(self, current: str, expected: str) -> None:
        super().__init__(
            f"the database is at schema version {current}, this program knows versions up to {expected}: it was made by"
            " a newer version of watchlist; install that one, or name another database"
        )


class ListError(WatchlistError):
    """Something wrong with one list."""

    def __init__(self, list_id: str, message: str) -> None:
        self.list_id = list_id
        super().__init__(f"{list_id}: {message}")


class ListFetchError(ListError):
    """A list could not be downloaded; the last good snapshot stays in force."""


class ListParseError(ListError):
    """A list file is not in the form it should have; ``line`` counts from 1 where it is known."""

    def __init__(self, list_id: str, message: str, *, line: int | None = None) -> None:
        self.line = line
        super().__init__(list_id, f"line {line}: {message}" if line else message)


class SnapshotRejectedError(ListError):
    """A list was read in full but must not replace the last good snapshot."""

    def __init__(self, list_id: str, reason: str) -> None:
        self.reason = reason
        super().__init__(list_id, f"snapshot refused: {reason}")


class FeedError(WatchlistError):
    """Something wrong with one feed."""

    def __init__(self, url: str, message: str) -> None:
        self.url = url
        self.reason = message
        super().__init__(f"{url}: {message}")


class FeedFetchError(FeedError):
    """A feed could not be fetched.

    ``status`` is the HTTP status if one came back, ``retry_after`` the server's wish in seconds, and ``permanent`` says
    that asking again the same way is pointless.
    """

    def __init__(
        self,
        url: str,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        permanent: bool = False,
    ) -> None:
        self.status = status
        self.retry_after = retry_after
        self.permanent = permanent
        super().__init__(url, message)


class FeedParseError(FeedError):
    """What the server sent is not a feed, or took too long to read."""


class ExtractionError(WatchlistError):
    """No text could be taken out of a page."""

    def __init__(self, url: str, message: str) -> None:
        self.url = url
        self.reason = message
        super().__init__(f"{url}: {message}")


class MatchingError(WatchlistError):
    """An index file that is damaged or of another engine version, or an input the engine cannot read."""


class ArchiveError(WatchlistError):
    """A run over an archive that cannot go on; what it has done so far is kept."""


class DeliveryError(WatchlistError):
    """A message could not be handed over.

    ``blame`` says what else would fail the same way: everything on the channel, everything to this recipient, or this
    message alone. ``permanent`` says that no later try can succeed; a refusal that somebody may mend is none.
    ``unanswered`` says that all of the message was handed over and nothing came back: the other side may have it.
    ``retry_after`` is the peer's wish in seconds.
    """

    def __init__(
        self,
        channel: str,
        message: str,
        *,
        blame: Blame = "message",
        permanent: bool = False,
        unanswered: bool = False,
        retry_after: float | None = None,
    ) -> None:
        self.channel = channel
        self.blame: Blame = blame
        self.permanent = permanent
        self.unanswered = unanswered
        self.retry_after = retry_after
        super().__init__(f"{channel}: {message}")
