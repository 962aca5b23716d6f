"""Whatever is asked of the inbox, it finds and counts what a plain look at each alert does."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, product

import pytest

from watchlist.model import (
    Act,
    Action,
    AlertDetail,
    AlertFilter,
    AlertOrder,
    AlertStatus,
    Article,
    Entity,
    ListChange,
    Mention,
    Name,
    Scan,
    Severity,
)
from watchlist.storage.database import search
from watchlist.storage.store import Store

#: From one in nearly every article to one in hardly any; the last ones are names as well.
WORDS = ("harbour", "ship", "cargo", "ore", "tide", "quay", "zinc")
CHANCE = (0.95, 0.6, 0.4, 0.2, 0.05, 0.3, 0.1)
FIRMS = (("Quay Lines",), ("Zinc Holding", "Cargo Holding"), ("Northern Gulf",))
ASKED = (None, "harbour", "tide", "zinc", "absent", "harbour ship", "holding harbour", "quay zinc ship", '"ship cargo"')
ALERTS = 30
GRAVITY = list(Severity)


@pytest.fixture
def told(
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
) -> dict[int, str]:
    """Alerts with all the words that each is found by; many have the same time and the same score."""
    dice = random.Random(16)
    firms = [entity(str(n), *names, names=tuple(map(Name, names))) for n, names in enumerate(FIRMS)]
    fill(store, *firms)
    words: dict[int, str] = {}
    stories = []
    for n in range(ALERTS):
        text = " ".join(word for word, chance in zip(WORDS, CHANCE, strict=True) if dice.random() < chance) + " ."
        stories.append(article(n, title=f"Day {n}", text=text, feed_id=feed_id))
    pull(*stories)
    for n, each in enumerate(stories):
        firm = dice.choice(firms)
        found = mention(each, firm, score=dice.choice((0.8, 0.9, 0.95, 1.0)))
        (alert,) = store.record_scan(scan(each, found), now + timedelta(minutes=n // 5))
        words[alert.id] = f"{each.title} {each.text} {' '.join(name.text for name in firm.names)}".lower()
    some = dice.sample(sorted(words), 16)
    store.judge(some[:10], Act(Action.DISMISS, "ann"), now)
    store.judge(some[10:], Act(Action.ESCALATE, "ann"), now)
    return words


def _holds(words: str, asked: str | None) -> bool:
    if asked is None:
        return True
    if asked.startswith('"'):
        return asked.strip('"') in words
    return all(any(word.startswith(each) for word in words.split()) for each in asked.split())


def _place(sort: AlertOrder) -> Callable[[AlertDetail], tuple[object, ...]]:
    first: dict[AlertOrder, Callable[[AlertDetail], tuple[float, ...]]] = {
        AlertOrder.TIME: lambda each: (),
        AlertOrder.SCORE: lambda each: (each.mention.score,),
        AlertOrder.SEVERITY: lambda each: ((Severity.LOW, Severity.NORMAL, Severity.HIGH).index(each.alert.severity),),
    }
    return lambda each: (*first[sort](each), each.alert.opened_at, each.alert.id)


def _asked() -> Iterator[AlertFilter]:
    statuses = cycle(((AlertStatus.OPEN,), (), (AlertStatus.CLOSED, AlertStatus.ESCALATED), (AlertStatus.OPEN,)))
    for text, sort in product(ASKED, AlertOrder):
        yield AlertFilter(text=text, sort=sort, statuses=next(statuses))
    yield AlertFilter(text="harbour", severity=Severity.NORMAL, list_id="own", min_score=0.9)
    yield AlertFilter(text="quay", entity_id="own:1", sort=AlertOrder.SCORE)


def _wants(wanted: AlertFilter, each: AlertDetail, words: str) -> bool:
    return (
        (not wanted.statuses or each.alert.status in wanted.statuses)
        and (wanted.severity is None or each.alert.severity is wanted.severity)
        and (wanted.min_score is None or each.mention.score >= wanted.min_score)
        and (wanted.entity_id is None or each.alert.entity_id == wanted.entity_id)
        and _holds(words, wanted.text)
    )


@pytest.mark.parametrize(
    ("backend", "few"),
    [
        ("sqlite", 0),
        ("postgresql", 6),
        pytest.param("sqlite", 6, marks=pytest.mark.thorough),
        pytest.param("postgresql", 0, marks=pytest.mark.thorough),
    ],
    indirect=["backend"],
)
def test_it_finds_and_counts_what_a_look_at_each_does(
    store: Store, told: dict[int, str], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW", few)
    every = store.alert_details(tuple(told))
    for wanted in _asked():
        right = [each for each in every if _wants(wanted, each, told[each.alert.id])]
        right.sort(key=_place(wanted.sort), reverse=True)
        ids = [each.alert.id for each in right]
        assert list(store.find_alert_ids(wanted)) == ids, wanted
        for most in (10, 100):
            assert store.count_alerts(wanted, most) == min(len(ids), most), wanted
        paged: list[int] = []
        while part := store.find_alert_ids(replace(wanted, limit=12, after=str(paged[-1]) if paged else None)):
            paged += part
        assert paged == ids, wanted
        if ids:
            middle = len(ids) // 2
            assert store.neighbours(wanted, ids[middle]) == (
                ids[middle - 1] if middle else None,
                ids[middle + 1] if middle + 1 < len(ids) else None,
            )
