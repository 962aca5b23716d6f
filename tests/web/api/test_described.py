"""What the API tells of itself is true, and ``docs/api.md`` says the same.

``python -m tests.web.api.test_described --write`` writes ``docs/api.md`` anew from the description, and with
``--write-answers`` first the answers in it, as a served world of the tests gives them.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import Mock

import httpx
import pytest
from pydantic import TypeAdapter

from tests.web.conftest import Served, make_world, serving
from watchlist.app import make_app
from watchlist.delivery.payload import as_json, payload
from watchlist.delivery.transports import full_config
from watchlist.model import FeedFetchIntent
from watchlist.ports import Message
from watchlist.web.api.examples import EXAMPLES, SHOWN, Example
from watchlist.web.api.routing import ProblemShape
from watchlist.web.api.shapes.alerts import AlertShape, MessageShape
from watchlist.web.api.shapes.listed import EntityInFull
from watchlist.web.application import make_application
from watchlist.web.site import Site

#: Of an answer: when it was asked for, and what depends on how the engine weighs.
_TIMES, _TIME = re.compile(r"20\d\d-\d\d-\d\dT[\d:.]+\+00:00"), "2026-11-30T08:00:00+00:00"
_MEASURED = ("score", "features", "severity", "severity_why", "engine_version")

#: In which order the page tells of what there is.
TAGS = (
    "health",
    "alerts",
    "lists and entities",
    "feeds, messages and status",
    "suppressions and silences",
    "articles",
    "screening",
    "FollowTheMoney",
)

ANSWERS = Path(str(files("watchlist.web.api"))) / "answers.json"
PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"

INTRODUCTION = """\
# The API

Made from `/openapi.json`, which the server has of itself; every example here is sent to a server by a test, and the
answers shown are of that server. `watchlist serve` answers; how it is set up says [Deploying](deploying.md).

- **Who asks.** A program sends a token: `Authorization: Bearer TOKEN` (`ApiKey TOKEN`, as clients of yente do, is the
  same). Without accounts programs on the same machine need none. Who may only read is refused with 403 what judges.
- **Answers** are the JSON that commands print with `--json`, UTF-8, times in UTC.
- **Pages.** A listing gives `limit` values; where there are more, the header `Link` has the address of the next page
  (`rel="next"`). What is judged meanwhile moves nothing from one page to another.
- **Errors** are problems as in RFC 9457 (`application/problem+json`): `type`, `title`, `status`, and `detail`, which
  says what to do instead. A request that is not valid (422) has `errors` with where and what; 503 has `Retry-After`.
- **Once.** What changes something takes the header `Idempotency-Key`, any text of your own: the same request with it
  again is answered as before for a day, and done once; another request with it is refused (409).
- **Two people, one alert.** Judge with `seen`, the last judgement that you saw (0 for none), or with `If-Match` and the
  `ETag` of the alert: where somebody judged since, nothing is done, and 409 says in `judgements` who did what.
- **Too much.** As many texts are screened at a time as there are cores (`web.screening_processes`), and some wait for
  their turn; who comes then gets 503 and `Retry-After`.

The examples ask a server on the same machine:

```
export SERVER=http://127.0.0.1:8765
```
"""


def description() -> dict[str, Any]:
    """What the server tells of itself."""
    found: dict[str, Any] = make_application(Site(Mock())).openapi()
    return found


def page(told: dict[str, Any]) -> str:
    """The text of ``docs/api.md``."""
    by_tag: dict[str, list[str]] = {}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            by_tag.setdefault(operation["tags"][0], []).append("\n".join(_operation(path, method.upper(), operation)))
    parts = [INTRODUCTION]
    for tag, operations in sorted(by_tag.items(), key=lambda each: TAGS.index(each[0])):
        parts += [f"## {tag[:1].upper()}{tag[1:]}\n", *operations]
    message = told["webhooks"]["message"]["post"]
    parts += ["## Webhooks\n", f"{_prose(message['description'])} Its shape is [MessageShape](#messageshape).\n"]
    parts.append("## Shapes\n")
    shapes = told["components"]["schemas"]
    parts += ["\n".join(_shape(name, shapes[name])) for name in sorted(shapes)]
    return "\n".join(parts).rstrip() + "\n"


def _operation(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"### `{method} {path}`\n"
    yield f"{_prose(operation['description'])}\n"
    for each in operation.get("parameters", ()):
        words = each["schema"].get("description") or each.get("description") or ""
        yield f"- `{each['name']}` ({each['in']}): {_kind(each['schema'])}{f'. {_prose(words)}' if words else ''}"
    if operation.get("parameters"):
        yield ""
    if (body := operation.get("requestBody")) is not None:
        kinds = ", or ".join(f"{_kind(each['schema'])} as `{kind}`" for kind, each in body["content"].items())
        yield f"Takes {kinds}.\n"
    answers = [
        f"{_kind(each.get('schema', {}))} as `{kind}`"
        for code, reply in operation["responses"].items()
        if code.startswith("2")
        for kind, each in reply.get("content", {}).items()
    ]
    if answers:
        yield f"Answers {', or '.join(answers)}.\n"
    for example in EXAMPLES:
        if (example.route, example.method) == (path, method):
            yield from _example(example)
    for code, reply in operation["responses"].items():
        for block in _shown(reply):
            yield f"{'An answer' if code.startswith('2') else f'With {code}'}:\n\n{block}"


def _shown(reply: dict[str, Any]) -> Iterator[str]:
    for media in reply.get("content", {}).values():
        if "example" in media:
            yield f"```json\n{json.dumps(media['example'], indent=2, ensure_ascii=False)}\n```\n"


def _example(example: Example) -> Iterator[str]:
    yield f"{example.says}:\n\n```"
    command = ["curl", "--silent", "--show-error"]
    if example.body is not None:
        kind = f"content-type: {example.kind}"
        body = example.body if isinstance(example.body, str) else json.dumps(example.body, ensure_ascii=False)
        yield f"{shlex.join([*command, '--header', kind])} \\\n  --data-binary {shlex.quote(body)} \\"
        yield f'  "$SERVER{example.path}"'
    else:
        yield f'{shlex.join(command)} "$SERVER{example.path}"'
    yield "```\n"


def _shape(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    if "enum" in schema:
        yield f"One of {', '.join(f'`{each}`' for each in schema['enum'])}.\n"
        return
    if words := schema.get("description"):
        yield f"{_prose(words)}\n"
    for field, each in schema.get("properties", {}).items():
        words = each.get("description", "")
        yield f"- `{field}`: {_kind(each)}{f'. {_prose(words)}' if words else ''}"
    yield ""


def _kind(schema: dict[str, Any]) -> str:
    match schema:
        case {"$ref": reference}:
            name = reference.rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        case {"anyOf": choices}:
            return " or ".join(_kind(each) for each in choices)
        case {"enum": values}:
            return "one of " + ", ".join(f"`{each}`" for each in values)
        case {"const": value}:
            return f"`{value}`"
        case {"type": "array", "prefixItems": parts}:
            return f"a list of {', '.join(map(_kind, parts))}"
        case {"type": "array", "items": inner}:
            return f"a list of {_kind(inner)}"
        case {"type": "object", "additionalProperties": dict() as inner}:
            return f"an object of {_kind(inner)}"
        case {"type": "string", "format": "date-time"}:
            return "time"
        case {"type": kind}:
            return {"integer": "whole number", "null": "null", "boolean": "true or false"}.get(kind, str(kind))
        case _:
            return "anything"


def _prose(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def answers(site: Served) -> dict[str, Any]:
    """The answers that are shown, as a site over the world of the tests gives them, at a time of theirs."""
    at = site.parts.clock()
    feed = site.parts.store.add_feed("https://news.example/feed.xml", "Harbour news")
    site.parts.store.record_fetch(FeedFetchIntent(feed.id, at, at, status=200))
    found = {}
    for shown in SHOWN:
        reply = site.client.get(shown.path)
        assert reply.status_code == shown.status, reply.text
        found[shown.name] = json.loads(_TIMES.sub(_TIME, reply.text))
    return found


def _unmeasured(value: Any) -> Any:
    """Without what the engine measured: that changes with the engine, and only its shape is told."""
    if isinstance(value, dict):
        return {key: None if key in _MEASURED else _unmeasured(each) for key, each in value.items()}
    return [_unmeasured(each) for each in value] if isinstance(value, list) else value


def test_the_page_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(description())


def test_everything_is_described() -> None:
    told = description()
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], (method, path)
            codes = set(operation["responses"])
            assert path.startswith(("/healthz", "/readyz", "/metrics")) or {"401", "403", "503"} <= codes, path
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(told)))
    assert references <= set(told["components"]["schemas"])


@pytest.fixture(scope="module")
def again(served: Any) -> Any:
    """The description as the server gives it."""
    return served.client.get("/openapi.json").json()


def test_the_server_gives_it(again: Any) -> None:
    assert again["openapi"].startswith("3.1")
    assert again["webhooks"]["message"]


def test_the_answers_that_are_shown_are_given(served: Served) -> None:
    kept, given = json.loads(ANSWERS.read_text(encoding="utf-8")), answers(served)
    assert _unmeasured(kept) == _unmeasured(given)
    for name, shape in (("alert", AlertShape), ("entity", EntityInFull), ("problem", ProblemShape)):
        TypeAdapter(shape).validate_python(kept[name], strict=False)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.says)
def test_every_example_is_answered(served: Any, example: Example) -> None:
    body = example.body if isinstance(example.body, str) or example.body is None else json.dumps(example.body)
    headers = {} if body is None else {"content-type": example.kind}
    reply = httpx.request(
        example.method, served.url + example.path, content=body, headers=headers, trust_env=False, timeout=60
    )
    assert reply.status_code == example.status, reply.text
    # Nothing of that world was kept for review.
    assert reply.content not in (b"[]", b"{}") or example.path.endswith("/review")


def test_a_webhook_is_sent_what_is_told(served: Any) -> None:
    alerts = served.parts.store.alert_details((1, 2))
    told = as_json(payload(Message("<key>", served.parts.clock(), alerts)))
    TypeAdapter(MessageShape).validate_json(told)


def _write_answers() -> None:
    with TemporaryDirectory() as name:
        config = full_config()(database=f"sqlite:///{make_world(Path(name))}")
        parts = make_app(config, declares=False, creates=False)
        with closing(parts.store), serving(parts) as site:
            text = json.dumps(answers(site), indent=1, ensure_ascii=False)
    ANSWERS.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] not in (["--write"], ["--write-answers"]):
        sys.exit("usage: python -m tests.web.api.test_described --write|--write-answers")
    if sys.argv[1] == "--write-answers":
        _write_answers()
    PAGE.write_text(page(description()), encoding="utf-8")
