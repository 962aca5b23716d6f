"""Judgements are appended, the alert stands as the last one says, and an undoing is a judgement too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, text

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import (
    Act,
    Action,
    Alert,
    AlertFilter,
    AlertOrder,
    AlertStatus,
    Article,
    Band,
    Entity,
    GroupMember,
    ListChange,
    Mention,
    Outcome,
    Reach,
    Scan,
    Schema,
    Severity,
    SeverityRules,
    stable_id,
)
from watchlist.storage.database.connect import writing
from watchlist.storage.database.tables import judgements
from watchlist.storage.store import Store

OpenAlerts = Callable[..., tuple[Alert, ...]]
MINUTE = timedelta(minutes=1)


def states(store: Store) -> dict[int, tuple[str, str | None]]:
    return {each.alert.id: (each.alert.status, each.alert.outcome) for each in store.alerts()}


def test_a_judgement_is_kept_with_what_was_seen(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    (alert,) = open_alerts()
    (kept,) = store.judge([alert.id], Act(Action.DISMISS, "ann", "another firm"), now + MINUTE)
    detail = store.alert(alert.id)
    assert (detail.alert.status, detail.alert.outcome) == (AlertStatus.CLOSED, Outcome.FALSE_POSITIVE)
    assert detail.judgements == (kept,)
    assert (kept.by, kept.why, kept.at, kept.outcome) == ("ann", "another firm", now + MINUTE, Outcome.FALSE_POSITIVE)
    assert kept.seen is not None
    (article,) = store.stored_articles(now - MINUTE, "", 10)
    assert (kept.seen.engine_version, kept.seen.snapshot_version, kept.seen.score) == ("1", "2026-03-01", 0.9)
    assert kept.seen.text_hash == article.content_hash


def test_judging_again_adds_and_the_last_one_holds(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    (alert,) = open_alerts()
    store.judge([alert.id], Act(Action.DISMISS, "ann"), now)
    store.judge([alert.id], Act(Action.CONFIRM, "bob"), now + MINUTE)
    assert states(store) == {alert.id: ("closed", "true_match")}
    assert [each.by for each in store.alert(alert.id).judgements] == ["ann", "bob"]


def test_several_are_judged_all_or_none(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    one, other = open_alerts(2)
    with pytest.raises(NotFoundError, match="no alert '999'"):
        store.judge([one.id, 999], Act(Action.DISMISS, "ann"), now)
    assert set(states(store).values()) == {("open", None)}
    kept = store.judge([one.id, other.id, one.id], Act(Action.ESCALATE, "ann"), now)
    assert [each.alert_id for each in kept] == [one.id, other.id]
    assert len({each.act for each in kept}) == 1
    assert store.judge([one.id], Act(Action.ESCALATE, "ann"), now) == ()


def test_undo_takes_back_act_after_act_and_keeps_all(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    one, other = open_alerts(2)
    store.judge([one.id], Act(Action.ASSIGN, "ann", to="bob"), now)
    store.judge([one.id, other.id], Act(Action.DISMISS, "ann"), now)
    store.judge([other.id], Act(Action.NOTE, "bob", "not mine"), now)
    undone = store.undo("ann", now + MINUTE)
    assert [each.alert_id for each in undone] == [one.id, other.id]
    assert states(store) == {one.id: ("open", None), other.id: ("open", None)}
    assert store.alert(one.id).alert.assigned == "bob"
    assert [(each.action, each.undone) for each in store.alert(one.id).judgements] == [
        (Action.ASSIGN, False),
        (Action.DISMISS, True),
        (Action.UNDO, False),
    ]
    store.undo("ann", now + MINUTE)
    assert store.alert(one.id).alert.assigned is None
    with pytest.raises(UsageError, match="ann has done nothing that could be undone"):
        store.undo("ann", now + MINUTE)
    assert len(store.judgements()) == 7


def test_undo_does_not_reach_past_another_person(store: Store, now: datetime, open_alerts: OpenAlerts) -> None:
    one, other = open_alerts(2)
    store.judge([one.id, other.id], Act(Action.DISMISS, "ann"), now)
    store.judge([other.id], Act(Action.CONFIRM, "bob"), now)
    with pytest.raises(UsageError, match=rf"alert {other.id} was judged again since, and nothing is undone"):
        store.undo("ann", now)
    assert states(store) == {one.id: ("closed", "false_positive"), other.id: ("closed", "true_match")}


def test_a_closed_alert_does_not_come_back_with_the_same_story(
    store: Store, now: datetime, open_alerts: OpenAlerts, scan: Callable[..., Scan]
) -> None:
    (alert,) = open_alerts()
    store.judge([alert.id], Act(Action.DISMISS, "ann"), now)
    (article,) = store.stored_articles(now - MINUTE, "", 10)
    assert store.record_scan(scan(article, *store.mentions(article.id)), now) == ()
    assert len(store.alerts()) == 1


def test_what_was_judged_before_there_was_more_to_keep_can_be_read(
    store: Store, now: datetime, open_alerts: OpenAlerts
) -> None:
    (alert,) = open_alerts()
    old = {"alert_id": alert.id, "outcome": "unsure", "by": "ann", "at": now, "act": "j1", "action": "unsure"}
    with writing(store._engine) as connection:
        connection.execute(insert(judgements).values(status="closed", was_status="open", **old))
        connection.execute(text("UPDATE alerts SET status = 'closed', outcome = 'unsure'"))
    (kept,) = store.alert(alert.id).judgements
    assert (kept.seen, kept.outcome, kept.before.status) == (None, Outcome.UNSURE, AlertStatus.OPEN)
    store.undo("ann", now)
    assert states(store) == {alert.id: ("open", None)}


class TestFilters:
    @pytest.fixture
    def world(
        self,
        store: Store,
        own_list: str,
        now: datetime,
        entity: Callable[..., Entity],
        fill: Callable[..., ListChange],
        pull: Callable[..., int],
        article: Callable[..., Article],
        mention: Callable[..., Mention],
        scan: Callable[..., Scan],
        feed_id: int,
    ) -> dict[str, int]:
        """Alerts of three entities by their names, one minute after another."""
        firm = entity("1", "GREY QUAY LINES", programs=("SDGT",))
        ship = entity("2", 'SEA "50%_OFF" PEARL', schema=Schema.VESSEL, programs=("IRAN", "OIL_\u00d6L"))
        person = entity("3", "MARROW, Ilya", schema=Schema.PERSON, programs=())
        fill(store, firm, ship, person)
        found = {}
        for n, (name, listed, score) in enumerate(
            (("firm", firm, 0.95), ("ship", ship, 0.75), ("person", person, 0.9))
        ):
            told = article(n, text=f"{name} sailed: 100% of it, or so.", feed_id=feed_id)
            pull(told)
            named = mention(told, listed, schema=listed.schema, score=score)
            (alert,) = store.record_scan(scan(told, named), now + n * MINUTE) or ()
            found[name] = alert.id
        return found

    #: What is asked for, and who is found.
    CHOSEN = (
        (AlertFilter(), ["person", "ship", "firm"]),
        (AlertFilter(sort=AlertOrder.SCORE), ["firm", "person", "ship"]),
        (AlertFilter(sort=AlertOrder.SEVERITY), ["firm", "person", "ship"]),
        (AlertFilter(program="SDGT"), ["firm"]),
        (AlertFilter(program="OIL_\u00d6L"), ["ship"]),
        (AlertFilter(program="OIL"), []),
        (AlertFilter(schema=Schema.VESSEL), ["ship"]),
        (AlertFilter(list_id="own"), ["person", "ship", "firm"]),
        (AlertFilter(list_id="other"), []),
        (AlertFilter(text="50%_off"), ["ship"]),
        (AlertFilter(text="FIRM sailed"), ["firm"]),
        (AlertFilter(text="100%"), ["person", "ship", "firm"]),
        (AlertFilter(text="1%0"), []),
        (AlertFilter(min_score=0.9), ["person", "firm"]),
        (AlertFilter(entity_id="own:2"), ["ship"]),
        (AlertFilter(severity=Severity.HIGH), ["firm"]),
        (AlertFilter(statuses=(AlertStatus.CLOSED,)), []),
        (AlertFilter(limit=1), ["person"]),
        (AlertFilter(assigned="ann"), []),
    )

    def test_alerts_are_chosen_and_sorted(self, store: Store, world: dict[str, int]) -> None:
        by_id = {id: name for name, id in world.items()}
        found = [(wanted, [by_id[id] for id in store.find_alert_ids(wanted)]) for wanted, _ in self.CHOSEN]
        read = [(wanted, [by_id[each.alert.id] for each in store.find_alerts(wanted)]) for wanted, _ in self.CHOSEN]
        wrong = [each for each in (*found, *read) if each not in self.CHOSEN]
        assert wrong == []

    def test_by_time_feed_status_and_person(
        self, store: Store, world: dict[str, int], now: datetime, feed_id: int
    ) -> None:
        def names(**wanted: object) -> set[int]:
            return set(store.find_alert_ids(replace(AlertFilter(), **wanted)))  # type: ignore[arg-type]

        assert names(since=now + MINUTE, until=now + 2 * MINUTE) == {world["ship"]}
        assert names(feed_id=feed_id) == set(world.values())
        assert names(feed_id=feed_id + 1) == set()
        store.judge([world["firm"]], Act(Action.ASSIGN, "ann", to="bob"), now)
        store.judge([world["ship"]], Act(Action.DISMISS, "ann"), now)
        assert names(assigned="bob") == {world["firm"]}
        assert names(statuses=(AlertStatus.CLOSED,)) == {world["ship"]}
        assert names(statuses=(AlertStatus.OPEN, AlertStatus.ESCALATED)) == {world["firm"], world["person"]}

    def test_a_subject_is_chosen_by_any_of_its_entries(self, store: Store, world: dict[str, int]) -> None:
        store.replace_groups([GroupMember("own:1", "own:1", "one"), GroupMember("own:3", "own:1", "one")])
        assert set(store.find_alert_ids(AlertFilter(program="SDGT"))) == {world["firm"], world["person"]}
        assert set(store.find_alert_ids(AlertFilter(entity_id="own:3"))) == {world["firm"], world["person"]}


class TestReview:
    @pytest.fixture
    def kept(
        self,
        store: Store,
        own_list: str,
        now: datetime,
        entity: Callable[..., Entity],
        fill: Callable[..., ListChange],
        pull: Callable[..., int],
        article: Callable[..., Article],
        mention: Callable[..., Mention],
        scan: Callable[..., Scan],
    ) -> Mention:
        """A mention kept for review, beside an alert of another entity in the same article."""
        one, other = entity("1"), entity("2")
        fill(store, one, other)
        told = article(1)
        pull(told)
        unclear = mention(told, one, band=Band.REVIEW, score=0.5)
        assert len(store.record_scan(scan(told, unclear, mention(told, other)), now) or ()) == 1
        return unclear

    def test_it_is_listed_until_an_alert_is_open_on_it(self, store: Store, now: datetime, kept: Mention) -> None:
        (found,) = store.find_kept(AlertFilter())
        assert (found.alert.id, found.mention) == (0, kept)
        assert found.alert.severity is Severity.NORMAL
        assert store.kept([kept.id[:8]]) == (found,)
        (judged,) = store.judge_kept(
            [kept.id[:8]], Act(Action.OPEN, "ann"), now + MINUTE, channels=("email",), max_per_message=50
        )
        alert = store.alert(judged.alert_id).alert
        assert (alert.status, alert.outcome, alert.note) == (AlertStatus.OPEN, None, "opened from review")
        assert store.find_kept(AlertFilter()) == ()
        assert sorted(id for each in store.deliveries() for id in each.alert_ids) == [1, alert.id]

    def test_what_is_dismissed_there_is_an_alert_that_nobody_is_told_of(
        self, store: Store, now: datetime, kept: Mention
    ) -> None:
        (judged,) = store.judge_kept([kept.id], Act(Action.DISMISS, "ann"), now)
        assert states(store)[judged.alert_id] == ("closed", "false_positive")
        assert store.find_kept(AlertFilter()) == ()
        assert [id for each in store.deliveries() for id in each.alert_ids] == [1]

    @pytest.mark.parametrize("action", [Action.OPEN, Action.DISMISS, Action.UNSURE, Action.ESCALATE, Action.ASSIGN])
    def test_what_is_taken_back_is_for_review_again_and_told_nobody(
        self, store: Store, now: datetime, kept: Mention, action: Action
    ) -> None:
        told = {"channels": ("email",), "max_per_message": 1} if action is Action.OPEN else {}
        act = Act(action, "ann", to="ben", scope=Reach.SURFACE if action is Action.DISMISS else None)
        (judged,) = store.judge_kept([kept.id], act, now + MINUTE, **told)
        assert store.find_kept(AlertFilter()) == ()
        (undone,) = store.undo("ann", now + 2 * MINUTE)
        assert (undone.alert_id, undone.undoes) == (judged.alert_id, judged.act)
        (found,) = store.find_kept(AlertFilter())
        assert found.mention == kept
        alert = store.alert(judged.alert_id)
        assert (alert.alert.is_withdrawn, alert.alert.assigned, alert.story.articles) == (True, None, ())
        assert [each.action for each in alert.judgements] == [action, Action.UNDO]
        assert [id for each in store.deliveries() for id in each.alert_ids] == [1]
        assert (store.untold_alerts(), store.tell_since("webhook", None, now, 50, now)) == (0, 1)

    def test_once_taken_back_it_can_be_opened_again_and_is_told_once(
        self, store: Store, now: datetime, kept: Mention
    ) -> None:
        opened, mailed = Act(Action.OPEN, "ann"), {"channels": ("email",), "max_per_message": 9}
        store.judge_kept([kept.id], opened, now, **mailed)
        store.undo("ann", now)
        (judged,) = store.judge_kept([kept.id], opened, now, **mailed)
        assert store.alert(judged.alert_id).alert.status is AlertStatus.OPEN
        assert [each.id for each in store.alert(judged.alert_id).story.articles] == [kept.article_id]
        assert sorted(id for each in store.deliveries() for id in each.alert_ids) == [1, judged.alert_id]
        # What was told already is not told again.
        claimed = store.claim_delivery({"email": ("a@x.example",)}, now, timedelta(minutes=9), timedelta(hours=9))
        assert claimed is not None
        store.record_sent(claimed, now, None)
        store.undo("ann", now)
        store.judge_kept([kept.id], opened, now, **mailed)
        assert len(store.deliveries()) == 1

    def test_once_taken_back_a_sure_mention_of_its_story_opens_it(
        self,
        store: Store,
        now: datetime,
        kept: Mention,
        article: Callable[..., Article],
        pull: Callable[..., int],
        scan: Callable[..., Scan],
    ) -> None:
        (judged,) = store.judge_kept([kept.id], Act(Action.OPEN, "ann"), now, channels=("email",), max_per_message=9)
        store.undo("ann", now)
        (alert,) = store.record_scan(scan(article(1), replace(kept, band=Band.ALERT, score=0.9)), now + MINUTE) or ()
        assert alert.id == judged.alert_id
        assert store.alert(alert.id).alert == alert
        assert alert.status is AlertStatus.OPEN
        assert [each.id for each in store.alert(alert.id).story.articles] == [kept.article_id]
        assert sorted(id for each in store.deliveries() for id in each.alert_ids) == [1, alert.id]

    def test_with_more_articles_in_its_story_it_is_not_taken_back(
        self,
        store: Store,
        now: datetime,
        kept: Mention,
        article: Callable[..., Article],
        pull: Callable[..., int],
        scan: Callable[..., Scan],
    ) -> None:
        (judged,) = store.judge_kept([kept.id], Act(Action.OPEN, "ann"), now)
        copy = replace(article(2), story_id=stable_id("1"))
        pull(copy)
        found = replace(kept, article_id=copy.id, band=Band.ALERT)
        assert store.record_scan(scan(copy, found, story_id=stable_id("1")), now) == ()
        with pytest.raises(UsageError, match=f"'watchlist alerts dismiss {judged.alert_id}' closes it"):
            store.undo("ann", now)
        assert store.alert(judged.alert_id).alert.status is AlertStatus.OPEN

    def test_a_note_leaves_it_for_review(self, store: Store, now: datetime, kept: Mention) -> None:
        (judged,) = store.judge_kept([kept.id], Act(Action.NOTE, "ann", "ask the bank"), now)
        (found,) = store.find_kept(AlertFilter())
        assert found.mention == kept
        assert store.alert(judged.alert_id).alert.is_withdrawn

    def test_a_subject_that_has_an_alert_in_the_article_is_not_kept(self, store: Store, kept: Mention) -> None:
        store.replace_groups([GroupMember("own:1", "own:1", "one"), GroupMember("own:2", "own:1", "one")])
        assert store.find_kept(AlertFilter()) == ()

    @pytest.mark.parametrize("wanted", [AlertFilter(min_score=0.6), AlertFilter(entity_id="own:2")])
    def test_filters_hold_there_too(self, store: Store, kept: Mention, wanted: AlertFilter) -> None:
        assert store.find_kept(wanted) == ()

    def test_nobody_is_found_by_a_wrong_id(self, store: Store, now: datetime, kept: Mention) -> None:
        with pytest.raises(NotFoundError, match="'watchlist alerts --band review' shows"):
            store.judge_kept(["000000"], Act(Action.DISMISS, "ann"), now)


def test_severity_is_kept_with_the_alert_as_the_user_rules(
    store: Store, open_alerts: OpenAlerts, now: datetime
) -> None:
    (plain,) = open_alerts()
    (severe,) = open_alerts(severity=SeverityRules(lists={"own": Severity.HIGH}))
    assert (store.alert(plain.id).alert.severity, plain.severity) == (Severity.NORMAL, Severity.NORMAL)
    assert store.alert(severe.id).alert == severe
    assert severe.severity is Severity.HIGH
    assert "list own, by your rule (+1)" in severe.severity_why
