"""What a feed's document says about how often to come. Hints only: `schedule` keeps them within bounds."""

from __future__ import annotations

import re

from watchlist.model import FeedHints

#: Hints stand before the entries; a document is searched no further than this, in characters.
_HEAD = 30_000
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(r"<\w+:updatePeriod>\s*(\w+)\s*</\w+:updatePeriod>", re.IGNORECASE)
_FREQUENCY = re.compile(r"<\w+:updateFrequency>\s*(\d{1,6})\s*</\w+:updateFrequency>", re.IGNORECASE)
_SKIP_HOURS = re.compile(r"<skipHours>(.{0,4000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(r"<skipDays>(.{0,1000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
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
    hours, days = _SKIP_HOURS.search(head), _SKIP_DAYS.search(head)
    # Some count the hours from 1 to 24.
    skipped = {int(hour) % 24 for hour in _HOUR.findall(hours[1])} if hours else set()
    closed = {_DAYS.index(day.lower()) for day in _DAY.findall(days[1]) if day.lower() in _DAYS} if days else set()
    return FeedHints(max(waits) or None, tuple(sorted(skipped)), tuple(sorted(closed)))
