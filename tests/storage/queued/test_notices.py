from __future__ import annotations

from datetime import timedelta

from watchlist.model import DeliveryStatus, Fault, NoticeKind

STALE = Fault("list us_ofac_sdn", "list us_ofac_sdn: stale")
DEAD = Fault("feed 7", "feed 7 https://news.example/feed: host name not found")


def told(store):
    """The notices of each delivery, the oldest first."""
    return [
        [(notice.kind, notice.subject) for notice in store.notices(delivery.notice_ids)]
        for delivery in reversed(store.deliveries())
    ]


def test_a_fault_is_told_once_and_its_end_once(store, now):
    later = now + timedelta(hours=1)
    assert store.record_faults([STALE], ["email"], now) == 1
    assert store.record_faults([STALE], ["email"], later) == 0
    assert store.record_faults([STALE, DEAD], ["email"], later) == 1
    assert store.record_faults([DEAD], ["email"], later) == 1
    assert store.record_faults([STALE, DEAD], ["email"], later) == 1
    assert told(store) == [
        [(NoticeKind.FAULT, STALE.subject)],
        [(NoticeKind.FAULT, DEAD.subject)],
        [(NoticeKind.RECOVERY, STALE.subject)],
        [(NoticeKind.FAULT, STALE.subject)],
    ]


def test_faults_of_one_run_come_in_one_message(store, now):
    store.record_faults([STALE, DEAD], ["email"], now)
    assert told(store) == [[(NoticeKind.FAULT, STALE.subject), (NoticeKind.FAULT, DEAD.subject)]]


def test_without_a_channel_nothing_is_queued(store, now):
    assert store.record_faults([STALE], [], now) == 1
    assert store.deliveries() == ()


def test_a_notice_is_claimed_like_an_alert_and_alerts_are_not_added_to_it(store, now, open_alerts):
    store.record_faults([STALE], ["email"], now)
    open_alerts(1)
    first = store.claim_delivery({"email": ("",)}, now, timedelta(minutes=5), timedelta(hours=6))
    second = store.claim_delivery({"email": ("",)}, now, timedelta(minutes=5), timedelta(hours=6))
    assert first is not None
    assert second is not None
    assert sorted([(len(each.alert_ids), len(each.notice_ids)) for each in (first, second)]) == [(0, 1), (1, 0)]
    store.record_sent(first, now, None)
    assert store.delivery_counts()[DeliveryStatus.SENT] == 1
