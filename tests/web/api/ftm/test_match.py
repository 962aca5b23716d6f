"""``/match`` as its description shows it, without a client library between."""

from __future__ import annotations

from tests.web.api.conftest import Ask

QUERIES = {
    "q1": {"schema": "Person", "properties": {"name": ["Ilya Marrov", "Илья Марров"], "birthDate": ["1955"]}},
    "q2": {"schema": "Company", "properties": {"name": "Grey Harbour Lines"}},
    "q3": {"schema": "LegalEntity", "properties": {"name": ["Dmitri Tarkhov"]}},
}


def test_a_batch_is_answered_by_its_keys(ask: Ask) -> None:
    found = ask("POST", "/match/default?limit=3", {"queries": QUERIES}, status=200).json()
    assert found["limit"] == 3
    best = {key: each["results"][0] for key, each in found["responses"].items()}
    assert {key: each["id"] for key, each in best.items()} == {"q1": "own:s-2", "q2": "own:s-1", "q3": "own:s-5"}
    assert all(each["match"] and 0 < each["features"]["name"] <= 1 for each in best.values())
    assert found["responses"]["q2"]["query"]["properties"] == {"name": "Grey Harbour Lines"}


def test_what_cannot_be_looked_for_is_said(ask: Ask) -> None:
    assert "no queries" in ask("POST", "/match/own", {"queries": {}}, status=400).text
    asked = {"q": {"schema": "Address", "properties": {"name": ["x"]}}}
    assert "'Address' is no schema" in ask("POST", "/match/own", {"queries": asked}, status=400).text
    ask("POST", "/match/own", {"queries": {"q": {"schema": "Person"}}}, status=422)
    ask("POST", "/match/own", {"queries": {str(n): QUERIES["q1"] for n in range(501)}}, status=422)
    ask("GET", "/search/none?q=x", status=404)
