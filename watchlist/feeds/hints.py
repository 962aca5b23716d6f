"""What a feed's document says about how often to come. Hints only: `schedule` keeps them within bounds."""

from __future__ import annotations

import re

from watchlist.model import FeedHints

#: Hints stand before the entries; a document is searched no further than this, in characters.
_HEAD = 30_000
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(r"<\w+:updatePeriod>\s*(\w+)\s*</\w+:updatePeriod>", re.IGNORECASE)
_FREQUENCY = re.compile(r"<\w+:updateFrequency>\s*(\d{1,6})\s*</\w+:updateFrequency>", re.IGNORECASE)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(r"<day>\s*(\w+)\s*</day>", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Seconds of the periods of the RSS syndication module 1.0.
_PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 7 * 86400.0, "monthly": 30 * 86400.0, "yearly": 365 * 86400.0}


def read_hints(document: str) -> FeedHints:
    """The hints of an RSS or Atom document.

    ``<ttl>`` counts minutes (RSS 2.0); the syndication module gives a period and how often within it.
    """
    head = document[:_HEAD].split("<item", 1)[0]
    waits = [0.0]
    if found := _TTL.search(head):
        waits.append(60.0 * float(found[1]))
    if found := _PERIOD.search(head):
        frequency = _FREQUENCY.search(head)
        waits.append(_PERIODS.get(found[1].lower(), 0.0) / max(1, int(frequency[1]) if frequency else 1))
    # Some count the hours from 1 to 24.
    skipped = {int(hour) % 24 for hour in _HOUR.findall(_inside(head, "skiphours"))}
    closed = {_DAYS.index(day.lower()) for day in _DAY.findall(_inside(head, "skipdays")) if day.lower() in _DAYS}
    return FeedHints(max(waits) or None, tuple(sorted(skipped)), tuple(sorted(closed)))


def _inside(head: str, tag: str) -> str:
    """What stands in the first element of this name; nothing where it has no end."""
    lowered = head.lower()
    start = lowered.find(f"<{tag}>")
    end = lowered.find(f"</{tag}>", start)
    # A letter may become two in lower case: then the places are not those of the original, and its words serve as well.
    return lowered[start:end] if 0 <= start < end else ""
