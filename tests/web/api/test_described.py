"""What the API tells of itself is true, and ``docs/api.md`` says the same.

``python -m tests.web.api.test_described --write`` writes ``docs/api.md`` anew from the description, and with
``--write-answers`` first the answers in it, as a served world of the tests gives them.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from tests.web.conftest import Served, description, make_world, serving
from watchlist.app import make_app
from watchlist.delivery.payload import as_json, payload
from watchlist.delivery.transports import full_config
from watchlist.health.channels import tell_missed
from watchlist.model import FeedFetchIntent
from watchlist.ports import Message
from watchlist.web import application
from watchlist.web.api.answers import NDJSON
from watchlist.web.api.examples import EXAMPLES, Example
from watchlist.web.api.shapes.alerts import MessageShape

#: What an answer has of its time, its place and its user, and what stands there when it is shown.
_OF_ITS_OWN = (
    (re.compile(r"20\d\d-\d\d-\d\dT[\d:.]+\+00:00"), "2026-11-30T08:00:00+00:00"),
    (re.compile(r"sqlite:///[^\"]*w\.db"), "sqlite:////var/lib/watchlist/watchlist.db"),
    (re.compile(r"\"[^\"]*w\.index\""), '"/var/lib/watchlist/watchlist.index"'),
    (re.compile(r'("by": ?)"[^"]*"'), r'\1"ann"'),
)
#: What there is none of in that world: it has one list, of its own.
_EMPTY = ("/review", "/workers", "/faults", "/subjects/own:s-2", "/history?limit=2", "/diff?since=1d")
#: What depends on how the engine weighs, on the machine, or on chance.
_MEASURED = ("score", "features", "severity", "severity_why", "engine_version")
_CHANGING = ("act", "undoes", "idempotency_key", "bytes", "versions", "message_id")

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
  their turn; who comes then gets 503 and `Retry-After`. Texts of 50,000 characters and more leave one process to short
  ones. A text that is not screened within a minute, and another for each million characters, is given up (500).

The examples ask a server on the same machine:

```
export SERVER=http://127.0.0.1:8765
```
"""


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


def replies(site: Served) -> list[httpx.Response]:
    """What the examples are answered, one after the other, by a site over the world of the tests."""
    at = site.parts.clock()
    feed = site.parts.store.add_feed("https://news.example/feed.xml", "Harbour news")
    site.parts.store.record_fetch(FeedFetchIntent(feed.id, at, at, status=200))
    assert tell_missed(site.parts, "jsonl", None, at - timedelta(days=1))
    return [_ask(site, each) for each in EXAMPLES]


def _ask(site: Served, example: Example) -> httpx.Response:
    body = example.body if isinstance(example.body, str) or example.body is None else json.dumps(example.body)
    headers = {} if body is None else {"content-type": example.kind}
    return site.client.request(example.method, example.path, content=body, headers=headers)


def answers(found: list[httpx.Response]) -> dict[str, Any]:
    """The answers that are shown, at a time of theirs."""
    shown: dict[str, Any] = {}
    for example, reply in zip(EXAMPLES, found, strict=True):
        # The same as lines are shown by none.
        if example.answered_as not in shown and reply.headers["content-type"] != NDJSON:
            text = reply.text
            for pattern, shown_as in _OF_ITS_OWN:
                text = pattern.sub(shown_as, text)
            shown[example.answered_as] = json.loads(text)
    return shown


@contextmanager
def _site(database: str) -> Iterator[Served]:
    config = full_config()(database=database, jsonl={"path": "alerts.jsonl"})
    parts = make_app(config, declares=False, creates=False)
    with closing(parts.store), serving(parts) as site:
        yield site


def _unmeasured(value: Any) -> Any:
    """Without what is another each time: of that only the shape is told."""
    if isinstance(value, dict):
        return {key: None if key in _MEASURED + _CHANGING else _unmeasured(each) for key, each in value.items()}
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


@pytest.fixture(scope="module")
def given(worked: Callable[[], str]) -> list[httpx.Response]:
    """What the examples are answered."""
    with _site(worked()) as site:
        return replies(site)


def test_every_example_is_answered(given: list[httpx.Response]) -> None:
    wrong = {
        example.says: reply.text
        for example, reply in zip(EXAMPLES, given, strict=True)
        if reply.status_code != example.status
        or (reply.content in (b"[]", b"{}") and not example.path.endswith(_EMPTY))
    }
    assert not wrong


def test_the_answers_that_are_shown_are_given(given: list[httpx.Response]) -> None:
    kept = json.loads(ANSWERS.read_text(encoding="utf-8"))
    assert _unmeasured(kept) == _unmeasured(answers(given))


def test_every_route_shows_an_answer_of_its_shape() -> None:
    routes = [each for router in application._API for each in router.routes if isinstance(each, APIRoute)]
    kept = json.loads(ANSWERS.read_text(encoding="utf-8"))
    for route in routes:
        if route.response_model is None:
            # Text.
            assert route.path == "/metrics"
            continue
        for method in route.methods:
            answer = json.dumps(kept[f"{method} {route.path_format} {route.status_code or 200}"])
            TypeAdapter(route.response_model).validate_json(answer)


def test_a_webhook_is_sent_what_is_told(served: Any) -> None:
    alerts = served.parts.store.alert_details((1, 2))
    told = as_json(payload(Message("<key>", served.parts.clock(), alerts)))
    TypeAdapter(MessageShape).validate_json(told)


def _write_answers() -> None:
    with TemporaryDirectory() as name, _site(f"sqlite:///{make_world(Path(name))}") as site:
        text = json.dumps(answers(replies(site)), indent=1, ensure_ascii=False)
    ANSWERS.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] not in (["--write"], ["--write-answers"]):
        sys.exit("usage: python -m tests.web.api.test_described --write|--write-answers")
    if sys.argv[1] == "--write-answers":
        _write_answers()
    PAGE.write_text(page(description()), encoding="utf-8")
