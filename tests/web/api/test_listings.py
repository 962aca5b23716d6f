"""Everything else that is listed: the JSON of the commands, in the shapes that are told."""

from __future__ import annotations

import json

import pytest

from tests.web.api.conftest import Ask, Printed


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/entities?q=marrow", "entities search marrow"),
        ("/entities?list=own", "entities list own"),
        ("/entities/own:s-2", "entities show own:s-2"),
        ("/subjects/own:s-2", "entities group own:s-2"),
        ("/subjects/own:s-2/notes", "entities notes own:s-2"),
        ("/lists", "lists list"),
        ("/lists/own/history", "lists history own"),
        ("/feeds", "feeds list"),
        ("/deliveries", "deliveries list"),
        ("/suppressions", "suppressions list"),
        ("/silences", "silences list"),
        ("/workers", "workers"),
    ],
)
def test_it_is_what_the_command_prints(ask: Ask, printed: Printed, path: str, command: str) -> None:
    told = json.loads(printed(*command.split(), "--json"))
    assert ask("GET", f"/api/v1{path}", status=200).json() == told


def test_entities_of_a_list_come_in_pages(ask: Ask) -> None:
    first = ask("GET", "/api/v1/entities?list=own&limit=3", status=200)
    rest = ask("GET", first.links["next"]["url"], status=200)
    assert [each["entity"] for each in first.json() + rest.json()] == [f"own:s-{n}" for n in range(1, 6)]
    assert "next" not in rest.links
    ask("GET", "/api/v1/entities", status=400)
    ask("GET", "/api/v1/entities?list=none", status=404)


def test_how_everything_stands(ask: Ask) -> None:
    assert ask("GET", "/api/v1/status", status=200).json()["verdict"] in ("well", "degraded", "failing")
    assert ask("GET", "/api/v1/lists/own", status=200).json()["entities"] == 5
    assert ask("GET", "/api/v1/faults", status=200).json()
    ask("GET", "/api/v1/lists/own/diff?since=1d", status=200)
    ask("GET", "/api/v1/feeds/99", status=404)
    ask("GET", "/api/v1/deliveries/99", status=404)
    ask("GET", "/api/v1/entities/own:none", status=404)


def test_a_silence_begins_and_ends(ask: Ask) -> None:
    asked = {"subject": "own:s-2", "until": "7d", "why": "a trial"}
    made = ask("POST", "/api/v1/silences", asked, status=201).json()
    assert (made["entity_id"], made["reason"]) == ("own:s-2", "a trial")
    assert ask("GET", "/api/v1/silences").json()[0]["id"] == made["id"]
    assert ask("POST", f"/api/v1/silences/{made['id']}/end", {}, status=200).json()["ended_at"]
    assert ask("GET", "/api/v1/silences").json() == []
    ask("POST", f"/api/v1/silences/{made['id']}/end", {}, status=404)
    ask("POST", "/api/v1/silences", {**asked, "until": "2020-01-01"}, status=400)
