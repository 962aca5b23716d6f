"""``watchlist status``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import console, print_facts, print_json, print_line, shows_tables
from watchlist.cli.shared.terminal import complain
from watchlist.errors import WatchlistError

if TYPE_CHECKING:
    from watchlist.cli.shared.screen import Screen

app = noun()

#: The colours of the verdicts.
_STYLES = ("bold green", "bold yellow", "bold red")
#: Lines of a screen, one of them for the prompt; and those that faults have however little room is left.
_SCREEN, _FEWEST = 23, 3


@app.command()
def status(
    context: typer.Context,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing: the exit code says it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show on one screen how everything stands.

    The exit code is for monitors: 0 well, 1 degraded, 2 failing. 'watchlist faults' shows each fault in full, and
    acknowledges it; one that is acknowledged weighs a step less.
    """
    from watchlist.app import now
    from watchlist.health.overview import gather
    from watchlist.health.screenful import fault_lines, height, lines, state_json
    from watchlist.steps.health.standing import present_faults
    from watchlist.steps.health.verdict import Health, health_of, in_words

    try:
        with invocation(context).app() as parts:
            at = now()
            faults = present_faults(parts, at)
            state = None if quiet else gather(parts, at)
    except WatchlistError as error:
        # No configuration, no database, or none that answers: what a monitor asks for is failing.
        if not quiet:
            complain(error)
        raise typer.Exit(int(Health.FAILING)) from error
    health = health_of(faults)
    if state is not None and as_json:
        print_json(state_json(state, faults))
    elif state is not None:
        verdict, facts = in_words(faults), lines(state)
        print_line(verdict, style=_STYLES[health])
        print_facts(facts)
        if not shows_tables():
            print_facts(fault_lines(faults))
        else:
            screen = console()
            room = max(_SCREEN - height((("", verdict), *facts), screen.width), _FEWEST)
            _show_in(screen, fault_lines(faults), room)
    raise typer.Exit(int(health))


def _show_in(screen: Screen, faults: Sequence[tuple[str, str]], room: int) -> None:
    """The gravest faults, a line each, in so many lines."""
    shown = faults if len(faults) <= room else faults[: room - 1]
    for number, text in shown:
        screen.print(f"{number:12}{text}", no_wrap=True, overflow="ellipsis", crop=False)
    if len(shown) < len(faults):
        screen.print(f"{'':12}… and {len(faults) - len(shown):,} more: 'watchlist faults' shows all")
