"""What was dismissed opens no alert, is kept and counted; what a silence falls on is opened and not told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from watchlist.errors import NotFoundError
from watchlist.model import (
    Act,
    Action,
    Alert,
    Article,
    Entity,
    FeatureScore,
    GroupMember,
    IntakeOptions,
    ListChange,
    Mention,
    Name,
    Reach,
    Scan,
    Silence,
    Snapshot,
    Suppression,
)
from watchlist.storage.store import Store

DAY = timedelta(days=1)
AGAINST = FeatureScore("longer_name", 1.0, -0.4, "'force' stands after it")
SECOND = FeatureScore("other_name", 1.0, 0.3, "also in the article: QL")
BY_AUTHORITY = IntakeOptions(ids_by_authority=True)

Find = Callable[..., tuple[Alert, ...]]


@pytest.fixture
def listed(own_list: str, entity: Callable[..., Entity]) -> Entity:
    return entity("1", "Quay Lines 1", "Quays of the First")


@pytest.fixture
def find(
    store: Store,
    listed: Entity,
    now: datetime,
    fill: Callable[..., ListChange],
    pull: Callable[..., int],
    article: Callable[..., Article],
    mention: Callable[..., Mention],
    scan: Callable[..., Scan],
    feed_id: int,
) -> Find:
    """Finds the entity in another article; gives the alerts that this opens."""
    fill(store, listed, replace(listed, source_id="2", names=(Name("Another"),)))
    numbers = iter(range(1, 1000))

    def found_again(
        *features: FeatureScore, at: datetime = now, of: Entity = listed, **changes: Any
    ) -> tuple[Alert, ...]:
        told = article(next(numbers), feed_id=feed_id)
        pull(told)
        named = mention(told, of, features=features or (AGAINST,), **changes)
        return store.record_scan(scan(told, named), at) or ()

    return found_again


def dismiss(store: Store, alert: Alert, now: datetime, scope: Reach = Reach.SURFACE, **changes: Any) -> Any:
    return store.judge([alert.id], Act(Action.DISMISS, "ann", "the force", scope=scope, **changes), now)


def test_what_was_dismissed_is_held_back_counted_and_listed(store: Store, now: datetime, find: Find) -> None:
    (alert,) = find()
    dismiss(store, alert, now)
    assert find() == find(surface="QUAY  lines 1") == ()
    assert len(find(surface="Quay L.")) == 1
    (kept,) = store.suppressions(now)
    assert (kept.entity_id, kept.scope, kept.by, kept.reason, kept.held) == (
        "own:1",
        Reach.SURFACE,
        "ann",
        "the force",
        2,
    )
    found, held = store.suppression(kept.id)
    assert found == kept
    assert {(each.article_title, each.alert_id) for each in held} == {("Article 2", 0), ("Article 3", 0)}
    # All the same it was found.
    assert sum(len(store.mentions(told.id)) for told in store.stored_articles(now - DAY, "", 10)) == 4


def test_found_again_in_the_same_article_counts_once(
    store: Store, now: datetime, find: Find, scan: Callable[..., Scan]
) -> None:
    (alert,) = find()
    dismiss(store, alert, now)
    find()
    for told in store.stored_articles(now - DAY, "", 10):
        assert store.record_scan(scan(told, *store.mentions(told.id)), now) == ()
    assert [each.held for each in store.suppressions(now)] == [1]


def test_new_evidence_comes_back_and_what_is_like_before_stays_away(store: Store, now: datetime, find: Find) -> None:
    (alert,) = find()
    dismiss(store, alert, now)
    (back,) = find(AGAINST, SECOND)
    (kept,) = store.suppressions(now)
    assert store.alert(back.id).alert.note == f"dismissed before (suppression {kept.id}); now there is a second name"
    assert find() == ()


def test_a_changed_entry_ends_it(
    store: Store, now: datetime, find: Find, listed: Entity, fill: Callable[..., ListChange]
) -> None:
    (alert,) = find()
    dismiss(store, alert, now)
    fill(store, replace(listed, programs=("SDGT",)))
    (back,) = find(at=now + DAY)
    assert "its list entry has another program (sdgt) now" in (store.alert(back.id).alert.note or "")
    assert store.suppressions(now + DAY) == ()
    (over,) = store.suppressions()
    assert (over.ended_at, over.ended_why and over.ended_why.startswith("over: dismissed before")) == (now + DAY, True)
    (next_one,) = find(at=now + DAY)
    assert store.alert(next_one.id).alert.note is None


def test_an_expiry_ends_it(store: Store, now: datetime, find: Find) -> None:
    (alert,) = find()
    dismiss(store, alert, now, until=now + DAY)
    assert find(at=now) == ()
    (back,) = find(at=now + DAY)
    assert "ended on" in (store.alert(back.id).alert.note or "")
    with pytest.raises(NotFoundError, match="no suppression that holds"):
        store.remove_suppression(1, "ann", now)


def test_undo_reopening_and_another_judgement_lift_it(store: Store, now: datetime, find: Find) -> None:
    (alert,) = find()
    dismiss(store, alert, now)
    store.undo("ann", now)
    assert store.suppressions(now) == ()
    dismiss(store, alert, now)
    store.judge([alert.id], Act(Action.CONFIRM, "bob"), now)
    assert store.suppressions(now) == ()
    # Bob was wrong: what Ann's dismissal held back is held back again.
    store.undo("bob", now)
    assert len(store.suppressions(now)) == 1
    assert find() == ()


def test_one_of_the_kind_that_is_confirmed_lifts_it(store: Store, now: datetime, find: Find) -> None:
    (first,), (second,) = find(), find()
    dismiss(store, first, now)
    store.judge([second.id], Act(Action.CONFIRM, "bob"), now)
    (over,) = store.suppressions()
    assert over.ended_why == f"alert {second.id}, which is of the kind, was confirmed by bob"
    assert len(find()) == 1
    store.undo("bob", now)
    assert find() == ()


def test_what_is_open_of_the_same_kind_is_closed_if_asked_and_undone_with_it(
    store: Store, now: datetime, find: Find
) -> None:
    (first,), (like,), (other,) = find(), find(), find(AGAINST, SECOND)
    done = dismiss(store, first, now, close_similar=True)
    assert [each.alert_id for each in done] == [first.id, like.id]
    assert store.alert(like.id).judgements[0].why == "the force"
    assert store.alert(other.id).alert.status == "open"
    assert len(store.suppressions(now)) == 1
    store.undo("ann", now)
    assert {each.alert.status for each in store.alerts()} == {"open"}


def test_dismissing_many_alike_makes_one_suppression(store: Store, now: datetime, find: Find) -> None:
    alerts = [find()[0] for _ in range(3)]
    store.judge([each.id for each in alerts], Act(Action.DISMISS, "ann", scope=Reach.SURFACE), now)
    assert len(store.suppressions(now)) == 1


@pytest.mark.parametrize("scope", [Reach.SUBJECT, Reach.FEED])
def test_what_the_scope_does_not_ask_for_makes_no_other_suppression(
    store: Store, now: datetime, find: Find, scope: Reach
) -> None:
    """Other words, another context, another story: all of the subject is dismissed once."""
    (first,), (other,), (more,) = find(), find(surface="the Quays", at=now + DAY), find(AGAINST, SECOND)
    dismiss(store, first, now, scope)
    dismiss(store, other, now, scope)
    (kept,) = store.suppressions(now)
    assert kept.alert_id == first.id
    # What was seen and dismissed with more evidence holds back the rest as well.
    dismiss(store, more, now, scope)
    (wider,) = store.suppressions(now)
    assert wider.alert_id == more.id
    ended = next(each for each in store.suppressions() if each.id == kept.id)
    assert ended.ended_why == f"suppression {wider.id} took its place"
    assert find(surface="Quays") == find(AGAINST, SECOND) == ()
    # Taken back, all is as it was before.
    store.undo("ann", now)
    assert [each.id for each in store.suppressions(now)] == [kept.id]
    assert find(surface="Quays") == ()
    assert len(find(AGAINST, SECOND)) == 1


def test_a_shorter_one_is_none_beside_a_longer(store: Store, now: datetime, find: Find) -> None:
    alerts = [find()[0] for _ in range(3)]
    for alert, until in zip(alerts, (now + DAY, None, now + 2 * DAY), strict=True):
        dismiss(store, alert, now, Reach.SUBJECT, until=until)
    (kept,) = store.suppressions(now)
    assert (kept.until, kept.alert_id) == (None, alerts[1].id)


def test_without_a_scope_nothing_is_held_back(store: Store, now: datetime, find: Find) -> None:
    (alert,) = find()
    store.judge([alert.id], Act(Action.DISMISS, "ann"), now)
    assert store.suppressions(now) == ()


def test_removed_it_opens_what_comes_and_what_it_held_back(
    store: Store, now: datetime, find: Find, scan: Callable[..., Scan]
) -> None:
    (alert,) = find()
    dismiss(store, alert, now)
    find()
    (kept,) = store.suppressions(now)
    assert store.remove_suppression(kept.id, "bob", now).id == kept.id
    assert len(find()) == 1
    opened: list[Alert] = []
    for told in store.stored_articles(now - DAY, "", 9):
        opened += store.record_scan(scan(told, *store.mentions(told.id)), now) or ()
    assert len(opened) == 1
    _, held = store.suppression(kept.id)
    assert [each.alert_id for each in held] == [opened[0].id]


class TestItFollowsTheSubject:
    def test_to_another_entry_of_its_group(self, store: Store, now: datetime, find: Find, listed: Entity) -> None:
        (alert,) = find()
        dismiss(store, alert, now)
        other = replace(listed, source_id="2")
        assert len(find(of=other)) == 1
        store.replace_groups([GroupMember("own:1", "own:1", "one"), GroupMember("own:2", "own:1", "one")])
        assert find(of=other) == ()

    @pytest.mark.parametrize("late", [False, True])
    def test_to_another_id(self, store: Store, now: datetime, find: Find, listed: Entity, late: bool) -> None:
        (alert,) = find()
        if not late:
            dismiss(store, alert, now)
        moved = replace(listed, source_id="77")

        def accept(change: ListChange) -> Snapshot | None:
            assert change.renumbered == (("own:1", "own:77"),)
            return None

        store.apply_entities("own", [moved], now, accept, BY_AUTHORITY)
        if late:
            dismiss(store, alert, now)
        assert [each.entity_id for each in store.suppressions(now)] == ["own:77"]
        assert find(of=moved) == ()

    def test_off_the_list_and_back(
        self, store: Store, now: datetime, find: Find, listed: Entity, fill: Callable[..., ListChange]
    ) -> None:
        (alert,) = find()
        dismiss(store, alert, now)
        fill(store)
        fill(store, listed)
        assert find() == ()

    def test_by_hand_in_place_of_one_before(self, store: Store, now: datetime, find: Find) -> None:
        find()
        store.suppress(Suppression("own:1", now, reason="old"))
        store.suppress(Suppression("own:1", now, reason="new"))
        assert [each.reason for each in store.suppressions(now)] == ["new"]
        assert find(AGAINST, SECOND) == ()
        store.unsuppress("own:1", now)
        assert len(find()) == 1
        with pytest.raises(NotFoundError):
            store.unsuppress("own:1", now)


class TestSilences:
    @pytest.mark.parametrize("subject", [("own:1", None), (None, "own")])
    def test_alerts_are_opened_and_not_told_while_one_holds(
        self, store: Store, now: datetime, find: Find, subject: tuple[str | None, str | None]
    ) -> None:
        number = store.add_silence(Silence(*subject, now, now + DAY, "a conference", "ann"))
        (quiet,) = find()
        (later,) = find(at=now + DAY)
        assert [each.alert_ids for each in store.deliveries()] == [(later.id,)]
        assert [each.alert.id for each in store.alerts()] == [later.id, quiet.id]
        found, held = store.silence(number)
        assert (found.held, found.subject) == (1, subject[0] or subject[1])
        assert [each.alert_id for each in held] == [quiet.id]
        assert store.silences(now) == (found,)
        assert store.silences(now + DAY) == ()

    def test_others_are_told(self, store: Store, now: datetime, find: Find) -> None:
        find()
        store.add_silence(Silence("own:2", None, now, now + DAY, "why", "ann"))
        store.add_silence(Silence(None, "us_ofac_sdn", now, now + DAY, "why", "ann"))
        (told,) = find()
        assert told.id in [id for each in store.deliveries() for id in each.alert_ids]

    def test_a_list_is_silent_only_for_who_stands_on_no_other(self, store: Store, now: datetime, find: Find) -> None:
        store.add_silence(Silence(None, "own", now, now + DAY, "why", "ann"))
        (told,) = find(listings=("own:1", "un:7"))
        assert [each.alert_ids for each in store.deliveries()] == [(told.id,)]

    def test_removed_it_is_over(self, store: Store, now: datetime, find: Find) -> None:
        number = store.add_silence(Silence("own:1", None, now, now + DAY, "why", "ann"))
        store.remove_silence(number, now)
        find()
        assert len(store.deliveries()) == 1
        with pytest.raises(NotFoundError, match="no silence that holds"):
            store.remove_silence(number, now)
