"""``/openapi.json``: what FastAPI tells by itself, with examples, problems, tokens and the messages of webhooks."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from watchlist import __version__
from watchlist.web.api.answers import JSON, PROBLEM
from watchlist.web.api.examples import EXAMPLES, Example
from watchlist.web.api.routing import ProblemShape
from watchlist.web.api.shapes.alerts import MessageShape
from watchlist.web.api.shapes.asked import GivenArticle

_REFERENCE = "#/components/schemas/{model}"
_ABOUT = """\
What `watchlist` knows and does, for programs. Answers are the JSON that commands print with `--json`. A program shows
who it is with a token: `Authorization: Bearer TOKEN`; without accounts programs on the same machine need none.
"""


def describe(application: FastAPI) -> None:
    """Have an application tell of itself."""

    @application.webhooks.post("message", tags=["webhooks"])
    def message(body: MessageShape) -> None:
        """What the channel `webhook` sends of alerts and notices; the same ``id`` again is the same message."""

    @cache
    def described() -> dict[str, Any]:
        return _described(application)

    # The way in which the framework has it changed.
    vars(application)["openapi"] = described


def _described(application: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title="watchlist",
        version=__version__,
        description=_ABOUT,
        routes=application.routes,
        webhooks=application.webhooks.routes,
    )
    components = found.setdefault("components", {})
    for shape in (ProblemShape, GivenArticle):
        components.setdefault("schemas", {})[shape.__name__] = _schema(shape)
    # Those who are sent a message do not check it for us.
    found["webhooks"]["message"]["post"]["responses"].pop("422", None)
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{"token": []}]
    answers = json.loads(files("watchlist.web.api").joinpath("answers.json").read_text(encoding="utf-8"))
    for example in EXAMPLES:
        operation = found["paths"][example.route][example.method.lower()]
        if example.body is not None:
            _add(operation, example)
        told = operation["responses"][str(example.status)]["content"]
        told[JSON if JSON in told else PROBLEM]["example"] = answers[example.answered_as]
    return found


def _schema(shape: type[BaseModel]) -> dict[str, Any]:
    return shape.model_json_schema(ref_template=_REFERENCE)


def _add(operation: dict[str, Any], example: Example) -> None:
    media = operation["requestBody"]["content"][example.kind]
    media.setdefault("examples", {})[example.says] = {"summary": example.says, "value": example.body}
