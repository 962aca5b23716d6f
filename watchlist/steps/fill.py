"""What was found by an earlier version is made searchable, some of it with each run."""

from __future__ import annotations

import time
from typing import Final

from watchlist.errors import StorageError
from watchlist.log import Log
from watchlist.steps.parts import Parts, RunReport

_log = Log(__name__)

#: Articles and entities to a transaction, which nobody notices.
_PART: Final = 200
#: Seconds of a run that may go into it; what is left is for the next run.
_BUDGET: Final = 10.0


def fill_search(parts: Parts, report: RunReport) -> None:
    """Index what is not searched yet, as far as there is time; until all is, searches look through the texts."""
    ends_at = time.monotonic() + _BUDGET
    try:
        while not parts.stop.is_set() and time.monotonic() < ends_at and (count := parts.store.fill_search(_PART)):
            report.counts["made_searchable"] += count
    except StorageError as error:
        # The next run goes on; it must not end this one.
        _log.warning("what was found earlier is not searched yet", error=str(error))
        report.errors.append(f"search: {error}")
