"""Whether each part of the work is somebody's, where workers have roles. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watchlist.model import Fault, Worker, WorkerRole

#: What nobody does then.
_UNDONE = {
    WorkerRole.POLL: "no feed is polled",
    WorkerRole.SCREEN: "nothing is screened, and no list synced",
    WorkerRole.DELIVER: "no message is sent",
}


def role_faults(workers: Iterable[Worker]) -> Iterator[Fault]:
    """The roles that none of the workers has that are at work; where nobody is, that is told as a standstill."""
    taken = {role for each in workers if not each.lost for role in each.roles}
    if taken:
        for role in WorkerRole:
            if role not in taken:
                hint = "see 'worker.roles' of those that 'watchlist workers' shows"
                yield Fault(f"role {role}", f"no worker has the role {role}, so {_UNDONE[role]}: {hint}", grave=True)
