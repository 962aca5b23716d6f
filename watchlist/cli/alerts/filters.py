"""The options that choose alerts, the same for every command that takes them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from watchlist.model import AlertOrder, AlertStatus, Band, Schema, Severity
from watchlist.steps.asked.chosen import Chosen

#: Each option with its type and help, in the order of the help.
OPTIONS: dict[str, Any] = {
    "status": Annotated[AlertStatus | None, typer.Option(help="At this status only.")],
    "band": Annotated[Band | None, typer.Option(help="`review`: what was kept for review, on which no alert is open.")],
    "severity": Annotated[Severity | None, typer.Option(help="Of this severity only.")],
    "list": Annotated[str | None, typer.Option("--list", help="Of subjects on this list only.", metavar="L")],
    "program": Annotated[str | None, typer.Option(help="Listed in this program only.", metavar="P")],
    "schema": Annotated[Schema | None, typer.Option(help="Of this kind of entity only.", case_sensitive=False)],
    "feed": Annotated[str | None, typer.Option(help="From this feed: its number, address or title.", metavar="F")],
    "entity": Annotated[str | None, typer.Option(help="Of this entity only.", metavar="LIST:ID")],
    "text": Annotated[str | None, typer.Option(help="With these words in the article or a name.", metavar="T")],
    "assigned": Annotated[str | None, typer.Option(help="Assigned to this person only.", metavar="WHO")],
    "since": Annotated[str | None, typer.Option(help="Opened since: 7d, 24h, 2026-11-23.", metavar="T")],
    "until": Annotated[str | None, typer.Option(help="Opened before, written like --since.", metavar="T")],
    "min_score": Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Of this score at least.", metavar="X")],
    "sort": Annotated[AlertOrder, typer.Option(help="What comes first: the newest, the best, the most severe.")],
    "limit": Annotated[
        int | None,
        typer.Option(min=1, help="At most this many, the first of the order; of a table 200."),
    ],
}


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all of `OPTIONS`, and hand them to it as one value in its parameter ``chosen``."""

    @functools.wraps(command)
    def run(*args: Any, **given: Any) -> None:
        chosen = Chosen(**{name: given.pop(name) for name in OPTIONS if name in given})
        command(*args, chosen=chosen, **given)

    own = inspect.signature(command, eval_str=True)
    options = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=AlertOrder.TIME if name == "sort" else None, annotation=kind
        )
        for name, kind in OPTIONS.items()
    ]
    kept = [each for name, each in own.parameters.items() if name != "chosen"]
    first = [each for each in kept if each.kind is not inspect.Parameter.KEYWORD_ONLY]
    last = [each for each in kept if each.kind is inspect.Parameter.KEYWORD_ONLY]
    taken = [*first, *options, *last]
    signature = own.replace(parameters=taken)
    # typer reads both.
    vars(run)["__signature__"] = signature
    run.__annotations__ = {each.name: each.annotation for each in taken}
    return run
