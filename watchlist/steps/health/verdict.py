"""What all faults together come to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from watchlist.model import KnownFault

#: Characters of a fault that the verdict repeats.
_MOST = 120


class Health(IntEnum):
    """The verdict; its number is the exit code of ``watchlist status``."""

    WELL = 0
    DEGRADED = 1
    FAILING = 2


def health_of(faults: Iterable[KnownFault]) -> Health:
    """Failing where alerts are missed or reach nobody; a fault that somebody acknowledged weighs a step less."""
    return max((_weight(each) for each in faults), default=Health.WELL)


def in_words(faults: Iterable[KnownFault]) -> str:
    """The verdict in a sentence."""
    known = list(faults)
    health = health_of(known)
    fresh = [each for each in known if not each.is_acknowledged]
    acknowledged = len(known) - len(fresh)
    besides = f"{acknowledged:,} acknowledged" if acknowledged else ""
    if health is Health.WELL:
        return f"Well: no faults but {besides}." if besides else "Well: no faults."
    # That of the gravest, the longest known of these.
    first = max(known, key=lambda each: (_weight(each), not each.is_acknowledged))
    counted = f"{len(fresh):,} fault{'s' if len(fresh) != 1 else ''}" if fresh else ""
    numbers = ", ".join(each for each in (counted, besides) if each)
    word = "Failing" if health is Health.FAILING else "Degraded"
    text = first.fault.text
    return f"{word}: {numbers}. {text if len(text) <= _MOST else text[: _MOST - 1] + '…'}"


def _weight(known: KnownFault) -> Health:
    weight = Health.FAILING if known.fault.grave else Health.DEGRADED
    return Health(weight - 1) if known.is_acknowledged else weight
