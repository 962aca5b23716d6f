"""``watchlist channels test`` and ``preview``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.output import console
from watchlist.cli.shared.terminal import complain
from watchlist.errors import DeliveryError, UsageError

if TYPE_CHECKING:
    from watchlist.app import App
    from watchlist.ports import Message, Transport

Name = Annotated[str, typer.Argument(metavar="NAME")]


def try_out(
    context: typer.Context,
    name: Name,
    to: Annotated[str | None, typer.Option(help="Only to this recipient.", metavar="ADDRESS")] = None,
) -> None:
    """Send a sample for real, and show the conversation.

    The sample is the last alert, or an invented one.
    """
    failed = False
    with invocation(context).app() as parts:
        transport = _transport(parts, name)
        if to is not None and to not in transport.recipients:
            raise UsageError(f"{to!r} is no recipient of {name}: {', '.join(transport.recipients)}")
        for recipient in (to,) if to is not None else transport.recipients:
            console().print(f"{name}{f' to {recipient}' if recipient else ''}")
            try:
                transport.send(_sample(parts, recipient, parts.clock()), lambda line: console().print(f"  {line}"))
            except DeliveryError as error:
                complain(error)
                failed = True
            else:
                console().print("  It was taken.", style="green")
    if failed:
        raise typer.Exit(PARTLY_FAILED)


def preview(context: typer.Context, name: Name) -> None:
    """Show what the last alert looks like there.

    Where there is none, an invented one is shown.
    """
    with invocation(context).app() as parts:
        transport = _transport(parts, name)
        console().print(transport.preview(_sample(parts, transport.recipients[0], parts.clock())), soft_wrap=True)


def _transport(parts: App, name: str) -> Transport:
    found = parts.transports.get(name)
    if found is None:
        known = ", ".join(parts.transports) or "none"
        raise UsageError(f"no channel {name!r} is set up (set up: {known})")
    return found


def _sample(parts: App, recipient: str, now: datetime) -> Message:
    from watchlist.delivery.sample import sample_alert
    from watchlist.ports import Message

    last = parts.store.alerts(limit=1) or (sample_alert(now),)
    # In full, also where it is one of those that are told in short.
    alerts = tuple(replace(each, alert=replace(each.alert, rolled_up=False)) for each in last)
    # Not a key of any delivery, or a copy of a real one could be taken for known.
    return Message(f"<test.{uuid4().hex}@watchlist>", now, alerts, recipient=recipient, test=True)
