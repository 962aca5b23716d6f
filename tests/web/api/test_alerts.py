"""Alerts over the API: the JSON of the command line, in pages, judged by several at a time."""

from __future__ import annotations

import json

import pytest

from tests.web.api.conftest import Ask, Printed
from tests.web.conftest import Served
from watchlist.model import Act, Action


def test_a_listing_is_what_the_command_prints(ask: Ask, printed: Printed) -> None:
    told = json.loads(printed("alerts", "list", "--json", "--sort", "score"))
    assert ask("GET", "/api/v1/alerts?sort=score", status=200).json() == told


@pytest.mark.parametrize("sort", ["time", "score", "severity"])
def test_pages_have_each_alert_once(ask: Ask, sort: str) -> None:
    everything = ask("GET", f"/api/v1/alerts?sort={sort}").json()
    found, where = [], f"/api/v1/alerts?sort={sort}&limit=2"
    while True:
        reply = ask("GET", where, status=200)
        found += reply.json()
        if "next" not in reply.links:
            break
        where = reply.links["next"]["url"]
    assert [each["id"] for each in found] == [each["id"] for each in everything]
    assert len(found) > 4


def test_filters_are_those_of_the_command(ask: Ask) -> None:
    (only,) = ask("GET", "/api/v1/alerts?entity=own:s-5", status=200).json()
    assert only["subject"] == "TARKHOV, Dmitri"
    assert ask("GET", "/api/v1/alerts?schema=Vessel").json()[0]["schema"] == "Vessel"
    assert "own:nobody" in ask("GET", "/api/v1/alerts?entity=own:nobody", status=404).json()["detail"]
    assert ask("GET", "/api/v1/alerts?since=yesterday", status=400).json()["title"] == "Bad Request"
    told = ask("GET", "/api/v1/alerts?min_score=2", status=422).json()
    assert told["errors"][0]["where"] == "query.min_score"
    ask("GET", "/api/v1/alerts?cursor=nonsense", status=400)


def test_the_second_to_judge_is_told_by_whom_it_was_judged(ask: Ask, served: Served) -> None:
    (alert,) = ask("GET", "/api/v1/alerts?schema=Vessel").json()
    where = f"/api/v1/alerts/{alert['id']}"
    seen = ask("GET", where, status=200).headers["etag"]
    (done,) = served.parts.store.judge([alert["id"]], Act(Action.ESCALATE, "ann"), served.parts.clock())
    refused = ask("POST", f"{where}/judgements", {"action": "confirm"}, status=409, headers={"If-Match": seen}).json()
    assert refused["type"] == "urn:watchlist:problem:judged-meanwhile"
    assert [(each["alert"], each["by"], each["action"]) for each in refused["judgements"]] == [
        (alert["id"], "ann", "escalate")
    ]
    ask("POST", f"{where}/judgements", {"action": "confirm", "seen": 0}, status=409)
    (judged,) = ask("POST", f"{where}/judgements", {"action": "confirm", "seen": done.id}, status=200).json()
    assert judged["outcome"] == "true_match"
    assert ask("GET", where).json()["judgements"][-1]["action"] == "confirm"


def test_many_are_judged_at_one_stroke_and_undone(ask: Ask) -> None:
    ids = [each["id"] for each in ask("GET", "/api/v1/alerts?entity=own:s-2").json()]
    assert len(ids) > 1
    asked = {"alerts": ids, "action": "dismiss", "scope": "subject", "until": "90d", "why": "a namesake"}
    done = ask("POST", "/api/v1/judgements", asked, status=200).json()
    assert {each["alert"] for each in done} == set(ids)
    held, *_ = ask("GET", "/api/v1/suppressions", status=200).json()
    ask("GET", f"/api/v1/suppressions/{held['id']}", status=200)
    undone = ask("POST", "/api/v1/judgements/undo", {"act": done[0]["act"]}, status=200).json()
    assert {each["alert"] for each in undone} == set(ids)
    assert not ask("GET", "/api/v1/suppressions").json()
    assert "undone already" in ask("POST", "/api/v1/judgements/undo", {"act": done[0]["act"]}, status=400).text
    assert ask("GET", "/api/v1/judgements?since=1d", status=200).json()
    ask("POST", "/api/v1/judgements", {"alerts": [ids[0], 999], "action": "confirm"}, status=404)
    ask("POST", "/api/v1/judgements", {"alerts": [ids[0]], "action": "note"}, status=400)
    ask("POST", "/api/v1/judgements", {"alerts": [ids[0]], "action": "explode"}, status=422)


def test_what_is_sent_again_with_its_key_is_done_once(ask: Ask) -> None:
    (alert,) = ask("GET", "/api/v1/alerts?entity=own:s-5").json()
    where, key = f"/api/v1/alerts/{alert['id']}/judgements", {"Idempotency-Key": "k-1"}
    first = ask("POST", where, {"action": "note", "why": "seen"}, status=200, headers=key)
    again = ask("POST", where, {"action": "note", "why": "seen"}, status=200, headers=key)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    other = ask("POST", where, {"action": "note", "why": "another"}, status=409, headers=key).json()
    assert other["type"] == "urn:watchlist:problem:idempotency-key-reused"
    assert len(ask("GET", f"/api/v1/alerts/{alert['id']}").json()["judgements"]) == 1
    # What came to nothing may be asked again.
    failed = {"Idempotency-Key": "k-2"}
    ask("POST", "/api/v1/judgements", {"alerts": [999], "action": "confirm"}, status=404, headers=failed)
    ask("POST", "/api/v1/judgements", {"alerts": [alert["id"]], "action": "unsure"}, status=200, headers=failed)


def test_what_is_not_there_is_a_problem(ask: Ask, served: Served) -> None:
    ask("GET", "/api/v1/alerts/999", status=404)
    ask("GET", "/api/v1/alerts/xyz", status=400)
    ask("GET", "/api/v1/alerts/m0123456789", status=404)
    assert ask("GET", "/api/v1/review", status=200).json() == []
    for method, path, status in (("GET", "/api/v1/nowhere", 404), ("PUT", "/api/v1/alerts", 405)):
        reply = served.client.request(method, path, json={})
        assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
