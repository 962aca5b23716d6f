"""Requests that show how the API is used; tests send each to a served world of its own, in this order.

`answers.json` has what the first of a route, and of a status, is answered there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from watchlist.web.api.answers import JSON, NDJSON


@dataclass(frozen=True, slots=True)
class Example:
    """A request, and what it shows."""

    says: str
    method: str
    #: As it is asked for, and as the route has it.
    path: str
    route: str
    body: Any = None
    kind: str = JSON
    status: int = 200

    @property
    def answered_as(self) -> str:
        """Under what `answers.json` has the answer to it, or to one like it."""
        return f"{self.method} {self.route} {self.status}"


_V1: Final = "/api/v1"
_LINES = '{"id": "n-1", "title": "A trial", "text": "Ilya Marrow was there."}\n{"id": "n-2"}\n'

EXAMPLES: Final = (
    Example("The gravest open alert", "GET", f"{_V1}/alerts?status=open&sort=severity&limit=1", f"{_V1}/alerts"),
    Example("What came in a day, of a list", "GET", f"{_V1}/alerts?since=24h&list=own", f"{_V1}/alerts"),
    Example("What was kept for review", "GET", f"{_V1}/review", f"{_V1}/review"),
    Example("One alert", "GET", f"{_V1}/alerts/1", f"{_V1}/alerts/{{alert}}"),
    Example("One that there is not", "GET", f"{_V1}/alerts/999", f"{_V1}/alerts/{{alert}}", status=404),
    Example(
        "Confirm it, where nobody judged it yet",
        "POST",
        f"{_V1}/alerts/1/judgements",
        f"{_V1}/alerts/{{alert}}/judgements",
        {"action": "confirm", "why": "the ship is theirs", "seen": 0},
    ),
    Example(
        "Dismiss two, and have no more of the kind for 90 days",
        "POST",
        f"{_V1}/judgements",
        f"{_V1}/judgements",
        {"alerts": [2, 3], "action": "dismiss", "why": "a namesake", "scope": "surface", "until": "90d"},
    ),
    Example("What is held back since", "GET", f"{_V1}/suppressions", f"{_V1}/suppressions"),
    Example("One of them, with what it held back", "GET", f"{_V1}/suppressions/1", f"{_V1}/suppressions/{{number}}"),
    Example("End it", "POST", f"{_V1}/suppressions/1/end", f"{_V1}/suppressions/{{number}}/end", {}),
    Example(
        "Assign one",
        "POST",
        f"{_V1}/alerts/2/judgements",
        f"{_V1}/alerts/{{alert}}/judgements",
        {"action": "assign", "to": "ann"},
    ),
    Example("Take that back", "POST", f"{_V1}/judgements/undo", f"{_V1}/judgements/undo", {}),
    Example("Who judged what", "GET", f"{_V1}/judgements?limit=1", f"{_V1}/judgements"),
    Example("Who is listed under a name", "GET", f"{_V1}/entities?q=marrow", f"{_V1}/entities"),
    Example("One entity", "GET", f"{_V1}/entities/own:s-2", f"{_V1}/entities/{{entity}}"),
    Example(
        "Write a note on a subject",
        "POST",
        f"{_V1}/subjects/own:s-2/notes",
        f"{_V1}/subjects/{{entity}}/notes",
        {"text": "The harbour master knows him: ask before judging."},
        status=201,
    ),
    Example("What is known of it", "GET", f"{_V1}/subjects/own:s-2/notes", f"{_V1}/subjects/{{entity}}/notes"),
    Example("What lists say of one subject", "GET", f"{_V1}/subjects/own:s-2", f"{_V1}/subjects/{{entity}}"),
    Example("How the lists stand", "GET", f"{_V1}/lists", f"{_V1}/lists"),
    Example("What is in one", "GET", f"{_V1}/lists/own", f"{_V1}/lists/{{list_id}}"),
    Example("Its versions", "GET", f"{_V1}/lists/own/history?limit=2", f"{_V1}/lists/{{list_id}}/history"),
    Example("What changed in it in a day", "GET", f"{_V1}/lists/own/diff?since=1d", f"{_V1}/lists/{{list_id}}/diff"),
    Example("The feeds, and how they are", "GET", f"{_V1}/feeds", f"{_V1}/feeds"),
    Example("One of them, with its last polls", "GET", f"{_V1}/feeds/1", f"{_V1}/feeds/{{feed}}"),
    Example("What was sent", "GET", f"{_V1}/deliveries?limit=1", f"{_V1}/deliveries"),
    Example("One message", "GET", f"{_V1}/deliveries/1", f"{_V1}/deliveries/{{number}}"),
    Example("Who does what", "GET", f"{_V1}/workers", f"{_V1}/workers"),
    Example(
        "Two articles as lines, one of them without words",
        "POST",
        f"{_V1}/articles?feed=wire",
        f"{_V1}/articles",
        _LINES,
        NDJSON,
    ),
    Example(
        "One article",
        "POST",
        f"{_V1}/articles",
        f"{_V1}/articles",
        {"url": "https://news.example/9", "title": "A tanker sails", "text": "The Osprey Dawn left port."},
    ),
    Example(
        "A text",
        "POST",
        f"{_V1}/screen",
        f"{_V1}/screen",
        {"text": "Grey Harbour Shipping Co. opens an office.", "lists": ["own"]},
    ),
    Example(
        "A batch of texts",
        "POST",
        f"{_V1}/screen",
        f"{_V1}/screen",
        {"texts": [{"id": "a", "text": "Ilya Petrovich Marrow spoke."}, {"id": "b", "text": "It rained."}]},
    ),
    Example(
        "Tell nobody of an entity for a week",
        "POST",
        f"{_V1}/silences",
        f"{_V1}/silences",
        {"subject": "own:s-2", "until": "7d", "why": "his trial is in all papers"},
        status=201,
    ),
    Example("Whose alerts are told to nobody", "GET", f"{_V1}/silences", f"{_V1}/silences"),
    Example("One silence", "GET", f"{_V1}/silences/1", f"{_V1}/silences/{{number}}"),
    Example("End it", "POST", f"{_V1}/silences/1/end", f"{_V1}/silences/{{number}}/end", {}),
    Example("What is not well", "GET", f"{_V1}/faults", f"{_V1}/faults"),
    Example("How everything stands", "GET", f"{_V1}/status", f"{_V1}/status"),
    Example(
        "Two queries against all lists",
        "POST",
        "/match/default?limit=1",
        "/match/{dataset}",
        {
            "queries": {
                "q1": {"schema": "Person", "properties": {"name": ["Ilya Marrov"], "birthDate": ["1955"]}},
                "q2": {"schema": "Company", "properties": {"name": ["Grey Harbour Lines"], "country": ["ir"]}},
            }
        },
    ),
    Example("Subjects by words of their names", "GET", "/search/default?q=marrow&limit=1", "/search/{dataset}"),
    Example("A subject by its id", "GET", "/entities/own:s-2", "/entities/{entity_id}"),
    Example("The data sets", "GET", "/catalog", "/catalog"),
    Example("How scores are made", "GET", "/algorithms", "/algorithms"),
    Example("Is it at work", "GET", "/healthz", "/healthz"),
    Example("Can it do its work", "GET", "/readyz", "/readyz"),
)
