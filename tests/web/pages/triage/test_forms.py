"""What the forms of triage take, and what they refuse."""

from __future__ import annotations

import re
from getpass import getuser

import httpx
import pytest

from tests.web.conftest import Served
from watchlist.model import Act, Action


def send(site: Served, path: str, **fields: str | list[str]) -> httpx.Response:
    return site.client.post(path, data={"csrf": site.csrf, **fields})


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/?severity=grave", "is no severity: it is one of high, normal, low"),
        ("/?min-score=2", "is no min score"),
        ("/?list=nowhere", "nowhere"),
        ("/?since=yesterday", "is no time"),
        ("/?after=mabcdef12", "begin at the first page again"),
    ],
)
def test_a_link_that_asks_for_what_cannot_be_says_so(served: Served, path: str, words: str) -> None:
    reply = served.client.get(path)
    assert reply.status_code == 400
    assert words in reply.text


@pytest.mark.parametrize(("path", "status"), [("/alerts/999", 404), ("/review/mffffffff", 404), ("/alerts/x", 404)])
def test_what_is_not_there_is_not_found(served: Served, path: str, status: int) -> None:
    assert served.client.get(path).status_code == status


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"action": "dismiss"}, "choose alerts first"),
        ({"action": "note", "id": "1"}, "a note needs words"),
        ({"action": "assign", "id": "1"}, "whose they are to be"),
        ({"action": "undo", "id": "1"}, "is not asked for by itself"),
        ({"action": "dismiss", "id": "1", "expires": "2001-01-01"}, "is past"),
        ({"action": "dismiss", "id": "1; DROP"}, "by their numbers"),
    ],
)
def test_a_form_that_makes_no_sense_changes_nothing(served: Served, fields: dict[str, str], words: str) -> None:
    before = served.parts.store.alert_counts()
    reply = send(served, "/judge", **fields)
    assert reply.status_code == 400
    assert words in reply.text.lower()
    assert served.parts.store.alert_counts() == before


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(served: Served, back: str) -> None:
    reply = send(served, "/judge", action="note", id="1", why="seen", back=back)
    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/?done=")


def test_a_judgement_carries_the_name_and_can_be_taken_back_from_the_page(served: Served) -> None:
    reply = send(served, "/judge", action="escalate", id=["1", "2"], seen=["1:0"], back="/?severity=normal")
    # A note was made of the first by now, which this form has not seen.
    assert reply.status_code == 409
    assert "Do it to the other 1" in reply.text
    reply = send(served, "/judge", action="escalate", id=["2"], seen=["2:0"], back="/?severity=normal")
    assert reply.headers["location"].startswith("/?severity=normal&done=")
    page = served.client.get(reply.headers["location"]).text
    assert "Alert 2 escalated." in page
    (judgement,) = served.parts.store.alert(2).judgements
    assert judgement.action is Action.ESCALATE
    act = reply.headers["location"].partition("done=")[2]
    assert send(served, "/undo", act=act, back="/").status_code == 303
    assert send(served, "/undo", act=act, back="/").status_code == 400
    assert served.parts.store.alert(2).judgements[-1].undoes == act


def test_whoever_was_there_meanwhile_is_told_for_who_they_are(served: Served) -> None:
    store, now, me = served.parts.store, served.parts.clock(), getuser()

    def told(*seen: int, alerts: tuple[str, ...]) -> str:
        shown = [f"{alert}:{last}" for alert, last in zip(alerts, seen, strict=True)]
        reply = send(served, "/judge", action="unsure", id=list(alerts), seen=shown)
        assert reply.status_code == 409
        (words,) = re.findall(r'role="alert"><p>(.*?)</p>', reply.text)
        return str(words)

    send(served, "/judge", action="note", id="3", why="in another tab")
    own = told(0, alerts=("3",))
    assert own.startswith("You were at this alert since")
    assert "another tab" in own
    store.judge([4], Act(Action.NOTE, "bob", "looked"), now)
    assert told(0, alerts=("4",)).startswith("Somebody else was at this alert since")
    both = told(0, 0, alerts=("3", "4"))
    assert both.startswith("You and somebody else were at these alerts since")
    assert "another tab" not in both
    # What was seen does not count.
    last = store.alert(3).judgements[-1]
    assert last.by == me
    assert told(last.id, 0, alerts=("3", "4")).startswith("Somebody else was at this alert since")


def test_a_preview_counts_what_there_is(served: Served) -> None:
    """Whichever alert it is of: those that it holds back, and the others, are the subject's other alerts."""
    subjects = {each.alert.id: each.mention.entity_id for each in served.parts.store.alert_details(tuple(range(1, 8)))}
    seen = set()
    for number, subject in subjects.items():
        reply = send(served, f"/alerts/{number}/preview", scope="subject", expires="90d", close_similar="true")
        assert reply.status_code == 303
        page = served.client.get(reply.headers["location"]).text
        others = sum(each == subject for each in subjects.values()) - 1
        if others == 0:
            assert "only alert" in page
            continue
        found = re.search(r"<strong>(\d+)</strong> of the (\d+) other alerts? of this subject", page)
        assert found is not None, page
        held, of = int(found[1]), int(found[2])
        assert of == others
        assert page.count("<mark>") == held
        assert ("checked> and close the" in page) == (held > 0)
        seen.add(held)
    assert len(seen) > 1, "in this world some hold back others and some none"
