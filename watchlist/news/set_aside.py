"""When an article whose screening failed is tried again. Pure: how often it failed and ``now`` in, a time out."""

from __future__ import annotations

from datetime import datetime, timedelta

#: The wait after the first failure; it doubles with each further one.
FIRST_WAIT = timedelta(minutes=10)
#: However often it failed, it is tried again after this: memory comes back, a new version may have mended the fault.
LONGEST_WAIT = timedelta(days=1)


def next_try(failures: int, now: datetime) -> datetime:
    """When an article is screened again that has now failed ``failures`` times."""
    # Ten doublings are past any bound; many more would overflow.
    return now + min(FIRST_WAIT * (1 << min(max(failures - 1, 0), 10)), LONGEST_WAIT)
