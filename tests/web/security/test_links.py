"""Links in mails: nothing by looking, once by a person, and nothing by whoever makes one up."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import httpx
import pytest

from tests.web.conftest import Served
from tests.web.security.conftest import MakeSite, field_of
from watchlist.delivery.links import MailLink, link_text
from watchlist.model import AccessKind, Act, Action, AlertFilter, AlertStatus, Outcome

Visit = Callable[..., httpx.Client]


@pytest.fixture(scope="module")
def site(site_with: MakeSite) -> Served:
    return site_with(public_url="http://127.0.0.1")


@pytest.fixture
def alert_id(site: Served) -> int:
    """An alert that nobody judged yet."""
    return site.parts.store.find_alert_ids(AlertFilter(statuses=(AlertStatus.OPEN,)))[0]


# An end is signed to the second: links made within one would be one link, used by the test before.
SECONDS = count()


def made(site: Served, alert_id: int, action: Action = Action.CONFIRM, days: float = 1) -> str:
    now = site.parts.clock()
    link = MailLink(action, alert_id, "desk@example.org", now + timedelta(days=days, seconds=next(SECONDS)))
    return "/m/" + link_text(link, site.parts.store.signing_key("links", now))


def status_of(site: Served, alert_id: int) -> tuple[AlertStatus, Outcome | None]:
    (found,) = site.parts.store.alert_details((alert_id,))
    return found.alert.status, found.alert.outcome


@pytest.mark.parametrize(
    ("action", "outcome"), [(Action.CONFIRM, Outcome.TRUE_MATCH), (Action.DISMISS, Outcome.FALSE_POSITIVE)]
)
def test_a_link_judges_once_in_the_name_of_whom_it_was_sent_to(
    site: Served, visit: Visit, alert_id: int, action: Action, outcome: Outcome
) -> None:
    link, client = made(site, alert_id, action), visit(site)
    page = client.get(link)
    assert page.status_code == 200
    assert f"{action.value.capitalize()} alert {alert_id}" in page.text
    assert "desk@example.org" in page.text
    done = client.post(link, data={"csrf": field_of(page.text)})
    assert done.status_code == 200
    assert status_of(site, alert_id) == (AlertStatus.CLOSED, outcome)
    (detail,) = site.parts.store.alert_details((alert_id,))
    assert (detail.judgements[-1].by, detail.judgements[-1].why) == ("desk@example.org", "by a link in a mail")
    # Once more it says what was done, and does nothing.
    site.parts.store.judge([alert_id], REOPEN, site.parts.clock())
    again = visit(site).get(link)
    assert again.status_code == 410
    assert "This link was used on" in again.text
    assert client.post(link, data={"csrf": field_of(page.text)}).status_code == 410
    assert status_of(site, alert_id) == (AlertStatus.OPEN, None)
    assert site.parts.store.access_log(1)[0].kind is AccessKind.LINK_USED


REOPEN = Act(Action.REOPEN, "ann")


def test_a_program_that_looks_through_mail_does_nothing(site: Served, visit: Visit, alert_id: int) -> None:
    link, client = made(site, alert_id), visit(site)
    for method in ("GET", "HEAD", "OPTIONS"):
        client.request(method, link)
    assert client.post(link).status_code == 403
    assert status_of(site, alert_id) == (AlertStatus.OPEN, None)


def test_a_link_that_is_over_says_so(site: Served, visit: Visit, alert_id: int) -> None:
    link, client = made(site, alert_id, days=-0.01), visit(site)
    csrf = field_of(client.get("/login").text)
    page = client.get(link)
    assert page.status_code == 410
    assert "was good until" in page.text
    assert client.post(link, data={"csrf": csrf}).status_code == 410
    assert status_of(site, alert_id) == (AlertStatus.OPEN, None)


def test_a_link_to_what_somebody_judged_meanwhile_says_by_whom(site: Served, visit: Visit, alert_id: int) -> None:
    site.parts.store.judge([alert_id], Act(Action.UNSURE, "bea"), site.parts.clock())
    page = visit(site).get(made(site, alert_id)).text
    assert re.search(r"<bdi>bea</bdi> was the last\s+to judge it", page)
    site.parts.store.judge([alert_id], REOPEN, site.parts.clock())


def test_a_link_to_an_alert_that_is_gone_says_so(site: Served, visit: Visit) -> None:
    link, client = made(site, 999_999), visit(site)
    assert "no longer on record" in client.get(link).text
    csrf = field_of(client.get("/login").text)
    assert client.post(link, data={"csrf": csrf}).status_code == 404
    assert site.parts.store.used_link("x") is None


@pytest.mark.parametrize(
    "change", ["other alert", "other purpose", "other key", "cut", "longer", "nonsense", "written anew"]
)
def test_no_link_is_made_of_another(site: Served, visit: Visit, alert_id: int, change: str) -> None:
    good = made(site, alert_id)
    payload, _, signature = good.removeprefix("/m/").partition(".")
    other = made(site, alert_id + 1).removeprefix("/m/").partition(".")[0]
    dismissal = made(site, alert_id, Action.DISMISS).removeprefix("/m/").partition(".")[0]
    foreign = link_text(
        MailLink(Action.CONFIRM, alert_id, "x@example.org", site.parts.clock() + timedelta(1)), b"guess"
    )
    bad = {
        "other alert": f"{other}.{signature}",
        "other purpose": f"{dismissal}.{signature}",
        "other key": foreign,
        "cut": good.removeprefix("/m/")[:-1],
        "longer": f"{payload}.{signature}" + "A" * 2000,
        "nonsense": "\u00e9.x",
        "written anew": f"{payload}.{signature}=",
    }[change]
    client = visit(site)
    csrf = field_of(client.get("/login").text)
    assert client.get(f"/m/{bad}").status_code == 404
    assert client.post(f"/m/{bad}", data={"csrf": csrf}).status_code == 404
    assert status_of(site, alert_id) == (AlertStatus.OPEN, None)


def test_two_who_follow_a_link_at_once_judge_once(site: Served, alert_id: int) -> None:
    store, now = site.parts.store, site.parts.clock()
    act = Act(Action.CONFIRM, "desk@example.org")
    first, second = (store.judge_by_link("same", alert_id, act, now) for _ in range(2))
    assert (first is None, second is None) == (False, True)
    (detail,) = store.alert_details((alert_id,))
    assert [each.by for each in detail.judgements if each.at == now] == ["desk@example.org"]
    store.judge([alert_id], REOPEN, now)


def test_what_articles_say_is_escaped(site: Served, visit: Visit) -> None:
    for alert_id in site.parts.store.find_alert_ids(AlertFilter()):
        page = visit(site).get(made(site, alert_id)).text
        assert "<script>" not in page
        assert "<b>Lakeside" not in page
