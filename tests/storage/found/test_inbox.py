"""Alerts in pages, counted, and found by words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from watchlist.errors import JudgedMeanwhileError
from watchlist.model import (
    Act,
    Action,
    AlertFilter,
    AlertOrder,
    AlertStatus,
    Article,
    Entity,
    ListChange,
    Mention,
    Name,
    Scan,
)
from watchlist.storage.database.connect import writing
from watchlist.storage.database.tables.searched import searched
from watchlist.storage.store import Store

MINUTE = timedelta(minutes=1)
TEXTS = (
    "A tanker of Grey Quay Lines lay off Gdańsk; its masters spoke of sanctions.",
    "Grey Quay Lines was put on the 制裁名单 on Monday, said the ministry.",
    "Lines of grey quays: a film festival of Grey Quay Lines, with al-Assad's cousin.",
    "قال متحدث باسم شركة Grey Quay Lines في المحكمة",
)


@pytest.fixture
def world(
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
) -> tuple[int, ...]:
    """Alerts of four articles, each of an entity of its own, one minute after another."""
    firms = [entity(str(n), f"FIRM {n}", names=(Name(f"FIRM {n}"), Name(f"Фирма {n}"))) for n in range(len(TEXTS))]
    fill(store, *firms)
    opened = []
    for n, (text, firm) in enumerate(zip(TEXTS, firms, strict=True)):
        told = article(n, title=f"News of day {n}", text=text, feed_id=feed_id)
        pull(told)
        (alert,) = store.record_scan(scan(told, mention(told, firm, score=0.8 + n / 100)), now + n * MINUTE) or ()
        opened.append(alert.id)
    return tuple(opened)


def test_pages_follow_each_other_in_every_order(store: Store, world: tuple[int, ...]) -> None:
    for order in AlertOrder:
        whole = store.find_alert_ids(AlertFilter(sort=order))
        assert sorted(whole) == sorted(world)
        paged: list[int] = []
        while part := store.find_alert_ids(AlertFilter(sort=order, limit=2, after=str(paged[-1]) if paged else None)):
            paged += part
        assert tuple(paged) == whole
        for n, id in enumerate(whole):
            before, after = store.neighbours(AlertFilter(sort=order), id)
            assert (before, after) == (whole[n - 1] if n else None, whole[n + 1] if n + 1 < len(whole) else None)


def test_they_are_counted_by_status_severity_and_list(store: Store, world: tuple[int, ...], now: datetime) -> None:
    store.judge(world[:1], Act(Action.DISMISS, "ann"), now)
    assert store.alert_counts() == {AlertStatus.OPEN: 3, AlertStatus.CLOSED: 1}
    assert sum(store.severity_counts(AlertStatus.OPEN).values()) == 3
    assert store.list_counts(AlertStatus.OPEN) == {"own": 3}
    open_ones = AlertFilter(statuses=(AlertStatus.OPEN,))
    assert store.count_alerts(open_ones, 10) == 3
    assert store.count_alerts(open_ones, 2) == 2
    assert store.count_alerts(open_ones, 10, beyond=world[2]) == 1


#: Words, and whose text holds them.
BY_WORDS = {
    "sanctions": [0],
    "SANCT tank": [0],
    "gdansk": [0],
    "制裁": [1],
    "裁名": [1],
    "制单": [],
    "名": [1],
    '"film festival"': [2],
    '"festival film"': [],
    "festival film": [2],
    "al-assad": [2],
    "المحكمة": [3],
    "day 2": [2],
    # The names that the entity is listed under, in whatever script, together with words of the article.
    "фирма": [0, 1, 2, 3],
    "ФИРМА tanker": [0],
    "nobody": [],
    "'; --": [],
    '" * OR AND NEAR(': [],
}


def test_they_are_found_by_words(store: Store, world: tuple[int, ...]) -> None:
    number = {id: n for n, id in enumerate(world)}
    found = {words: sorted(number[id] for id in store.find_alert_ids(AlertFilter(text=words))) for words in BY_WORDS}
    assert found == BY_WORDS


def test_other_words_and_other_names_are_found_at_once(
    store: Store,
    world: tuple[int, ...],
    pull: Callable[..., int],
    article: Callable[..., Article],
    feed_id: int,
    now: datetime,
) -> None:
    pull(article(0, title="News of day 0", text="The word is heliotrope.", feed_id=feed_id))
    assert store.find_alert_ids(AlertFilter(text="heliotrope")) == world[:1]
    assert store.find_alert_ids(AlertFilter(text="tanker")) == ()
    store.add_alias("own:3", Name("Zephyr Holding"), now)
    assert store.find_alert_ids(AlertFilter(text="zephyr")) == world[3:]


def test_what_is_not_indexed_yet_is_found_all_the_same_and_filled_in(store: Store, world: tuple[int, ...]) -> None:
    with writing(store._engine) as connection:
        connection.execute(delete(searched))
    assert store.find_alert_ids(AlertFilter(text="festival")) == (world[2],)
    assert store.fill_search(3) == 3
    assert store.fill_search(100) == 5
    assert store.fill_search(100) == 0
    assert store.find_alert_ids(AlertFilter(text="festival lines")) == (world[2],)


def test_what_others_judged_meanwhile_is_not_judged_over(store: Store, world: tuple[int, ...], now: datetime) -> None:
    (first,) = store.judge(world[:1], Act(Action.CONFIRM, "ann"), now)
    unseen = Act(Action.DISMISS, "bob", seen=dict.fromkeys(world, 0))
    with pytest.raises(JudgedMeanwhileError) as refused:
        store.judge(world, unseen, now)
    assert refused.value.alert_ids == world[:1]
    assert store.alert_counts() == {AlertStatus.OPEN: 3, AlertStatus.CLOSED: 1}
    assert len(store.judge(world, replace(unseen, seen={world[0]: first.id}), now)) == 4


def test_a_preview_says_what_a_dismissal_would_have_held_back(
    store: Store, world: tuple[int, ...], now: datetime
) -> None:
    assert store.would_hold(world[0], Act(Action.DISMISS, "ann"), 10, now) == ((), 0)
    assert store.act("nothing") == ()
