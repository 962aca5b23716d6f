"""STORED STATE -> NOTICE: what does not work as it should, by the state that is stored. Silence is a fault too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from watchlist.feeds.schedule import duration_words
from watchlist.lists.schedule import is_stale
from watchlist.model import Delivery, DeliveryStatus, Fault, Feed, WatchedList
from watchlist.ports import FaultStore
from watchlist.steps.parts import Parts

#: Polls in a row that must fail before a feed's fault is more than a passing one.
LASTING_FAILURES = 3


def tell_operator(parts: Parts) -> None:
    """STORED STATE -> NOTICE, for faults that last, and for those that are over."""
    if not parts.config.alerts.faults:
        return
    store: FaultStore = parts.store
    now, max_age = parts.clock(), timedelta(seconds=parts.config.schedule.list_max_age)
    faults = (*list_faults(store.watched_lists(), max_age, now), *feed_faults(store.watched_feeds(), now))
    store.record_faults((fault for fault in faults if fault.lasting), tuple(parts.transports), now)


def list_faults(lists: Iterable[WatchedList], max_age: timedelta, now: datetime) -> Iterator[Fault]:
    """Lists that are stale, were refused or could not be fetched, or were never synced."""
    for each in lists:
        if not each.enabled:
            continue
        subject = f"list {each.id}"
        stale = is_stale(each, max_age, now)
        if stale and each.last_good_at is not None:
            since = f"last good check {each.last_good_at:%Y-%m-%d %H:%M} UTC"
            reason = f"; {each.last_error}" if each.last_error else ""
            yield Fault(subject, f"list {each.id}: stale, {since}{reason}")
        elif each.last_error:
            yield Fault(subject, f"list {each.last_error}", lasting=False)
        elif each.refresh and not each.entity_count:
            hint = f"'watchlist lists sync {each.id}' fetches it"
            yield Fault(subject, f"list {each.id}: never synced; {hint}", lasting=False)


def feed_faults(feeds: Iterable[Feed], now: datetime) -> Iterator[Fault]:
    """Feeds that failed, lasting once they did several times in a row; that are gone for good; that went silent."""
    for each in feeds:
        subject = f"feed {each.id}"
        if each.gone_at is not None:
            since = f"gone for good since {each.gone_at:%Y-%m-%d} (410), and switched off"
            hint = f"'watchlist feeds remove {each.id}' takes it away, 'enable' asks it again"
            yield Fault(subject, f"feed {each.id} {each.url}: {since}; {hint}")
        elif each.enabled and not each.last_error and (silent := each.habit.silent_for(now)) is not None:
            usual = duration_words(each.habit.gap or 0.0)
            lasting = duration_words(silent.total_seconds())
            text = f"silent for {lasting}; as a rule it brings something new about every {usual}"
            yield Fault(subject, f"feed {each.id} {each.url}: {text}")
        if each.enabled and each.last_error:
            text = f"feed {each.id} {each.url}: {each.last_error}"
            yield Fault(subject, text, lasting=each.failures >= LASTING_FAILURES)


def delivery_faults(deliveries: Iterable[Delivery]) -> Iterator[Fault]:
    """Messages that were not taken, or only in part; never told by message, since that is what does not work."""
    for each in deliveries:
        if each.status is not DeliveryStatus.SENT and each.last_error:
            text = f"delivery {each.id} ({each.channel}, {each.status}): {each.last_error}"
            yield Fault(f"delivery {each.id}", text, lasting=False)
