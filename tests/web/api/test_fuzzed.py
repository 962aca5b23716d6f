"""Whatever is sent to a route, it is answered or refused in words: never by an error of the server's own.

Requests are made from what the API tells of itself, valid ones, nearly valid ones, and others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import Served, description

TOLD: Mapping[str, Any] = description()
ROUTES = [(path, method) for path, operations in TOLD["paths"].items() for method in operations]

#: Requests to a route: enough for what a change breaks; 100 were tried.
_EXAMPLES = 5

#: These answer in the words that monitors read.
FOR_MONITORS = ("/healthz", "/readyz", "/metrics")

#: What there is in the world of the tests, beside all that there is not.
KNOWN = ("own", "own:s-1", "own:s-2", "default", "1", "7", "m1", "7d", "2026-11-23", "Person", "marrow", "wire", "")
WORDS = st.one_of(
    st.sampled_from(KNOWN),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    st.sampled_from(("\x00", "'; --", "%", "_" * 500, "../..", "9" * 40, "-1", "1e400", "NaN", "\u202e", "é" * 300)),
)
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def values(schema: Mapping[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a schema, most of them valid."""
    if (reference := schema.get("$ref")) is not None:
        schema = TOLD["components"]["schemas"][reference.rpartition("/")[2]]
    if depth > 4:
        return st.none()
    if "anyOf" in schema:
        return st.one_of(*(values(each, depth + 1) for each in schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "integer":
            return st.one_of(st.integers(0, 9), st.integers())
        case "number":
            return st.one_of(st.floats(0, 1), st.floats())
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "array":
            return st.lists(values(schema.get("items", {}), depth + 1), max_size=3)
        case "object":
            return _objects(schema, depth)
        case "string":
            return WORDS
        case _:
            return JUNK


def _objects(schema: Mapping[str, Any], depth: int) -> st.SearchStrategy[Any]:
    fields = {name: values(each, depth + 1) for name, each in schema.get("properties", {}).items()}
    needed = {name: fields.pop(name) for name in schema.get("required", ()) if name in fields}
    if not fields and not needed:
        return st.dictionaries(WORDS, values(schema.get("additionalProperties") or {}, depth + 1), max_size=3)
    return st.fixed_dictionaries(needed, optional=fields)


def _sent(value: Any) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value])]


@pytest.mark.parametrize(("path", "method"), ROUTES, ids=lambda each: str(each))
@settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_request_breaks_a_route(served: Served, path: str, method: str, data: st.DataObject) -> None:
    operation = TOLD["paths"][path][method]
    asked, query, headers = path, [], {}
    for each in operation.get("parameters", ()):
        name, place = each["name"], each["in"]
        if place == "path":
            word = "".join(_sent(data.draw(st.one_of(values(each["schema"]), WORDS), label=name))) or "x"
            # A dot alone would be another path.
            asked = asked.replace(f"{{{name}}}", quote(word, safe="").replace(".", "%2E"))
        elif not data.draw(st.booleans(), label=f"{name}?"):
            continue
        elif place == "query":
            found = data.draw(st.one_of(values(each["schema"]), WORDS), label=name)
            query += [(name, word) for word in _sent(found)]
        else:
            headers[name] = data.draw(st.sampled_from(("a", "0", '"7"', "*", "x" * 500)), label=name)
    more: dict[str, Any] = {}
    if (body := operation.get("requestBody")) is not None:
        kind, media = data.draw(st.sampled_from(sorted(body["content"].items())), label="kind")
        headers["content-type"] = kind
        given_body = data.draw(st.one_of(values(media.get("schema", {})), JUNK), label="body")
        more["content"] = given_body if isinstance(given_body, str) else json.dumps(given_body)
        more["content"] = more["content"].encode("utf-8", "surrogatepass")
    reply = served.client.request(method, asked, params=query, headers=headers, **more)
    assert reply.status_code < 500, (reply.status_code, reply.text)
    if reply.is_error and path not in FOR_MONITORS:
        assert reply.headers["content-type"] == "application/problem+json", (reply.status_code, reply.text)
        problem = reply.json()
        assert problem["status"] == reply.status_code
        assert problem["detail"]
