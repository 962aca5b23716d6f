"""``watchlist channels test`` and ``preview``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import PARTLY_FAILED, invocation
from watchlist.cli.shared.output import console
from watchlist.cli.shared.terminal import complain
from watchlist.errors import DeliveryError, UsageError

Name = Annotated[str, typer.Argument(metavar="NAME")]


def try_out(
    context: typer.Context,
    name: Name,
    to: Annotated[str | None, typer.Option(help="Only to this recipient.", metavar="ADDRESS")] = None,
) -> None:
    """Send a sample for real, and show the conversation.

    The sample is the last alert, or an invented one.
    """
    from watchlist.health.channels import sample, transport_of

    failed = False
    with invocation(context).app() as parts:
        transport = transport_of(parts, name)
        if to is not None and to not in transport.recipients:
            raise UsageError(f"{to!r} is no recipient of {name}: {', '.join(transport.recipients)}")
        for recipient in (to,) if to is not None else transport.recipients:
            console().print(f"{name}{f' to {recipient}' if recipient else ''}")
            try:
                transport.send(sample(parts, recipient, parts.clock()), lambda line: console().print(f"  {line}"))
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
    from watchlist.health.channels import sample, transport_of

    with invocation(context).app() as parts:
        transport = transport_of(parts, name)
        console().print(transport.preview(sample(parts, transport.recipients[0], parts.clock())), soft_wrap=True)
