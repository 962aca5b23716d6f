"""``watchlist doctor``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import console, print_json
from watchlist.cli.shared.terminal import visible
from watchlist.doctor.examine import BOUND, examine
from watchlist.doctor.finding import Finding, Grade, broken
from watchlist.errors import ConfigError

app = noun()

_WORDS = {Grade.FINE: "fine", Grade.DOUBTFUL: "doubtful", Grade.BROKEN: "broken"}
_STYLES = {Grade.FINE: "green", Grade.DOUBTFUL: "yellow", Grade.BROKEN: "bold red"}
_MEND_CONFIG = "mend it in the file; 'watchlist init --force' writes a fresh one"


@app.command()
def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Look at all that has to work, and how to mend it.

    The configuration, permissions, disk, database, index and accounts; names of hosts, addresses of lists, certificates
    and the clock; each channel, by a log-in without a message. Nothing is changed. The exit code is 0 where all is
    fine, 1 where something is doubtful, 2 where something is broken.
    """
    found = _examined(context)
    worst = max((each.grade for each in found), default=Grade.FINE)
    if as_json:
        print_json(
            {
                "verdict": _WORDS[worst],
                "exit_code": int(worst),
                "findings": [{**asdict(each), "grade": _WORDS[each.grade]} for each in found],
            }
        )
    else:
        _show(found)
        console().print(_summary(found), style=_STYLES[worst])
    raise typer.Exit(int(worst))


def _examined(context: typer.Context) -> list[Finding]:
    from watchlist.app import refuse_unknown
    from watchlist.delivery.transports import make_transports
    from watchlist.doctor.checks import all_checks

    try:
        config, path = invocation(context).config()
        transports = make_transports(config)
        refuse_unknown(config, transports)
        checks = all_checks(config, path, transports)
    except ConfigError as error:
        # All else is known from it.
        return [broken("config", str(error), _MEND_CONFIG)]
    screen = Console(stderr=True, markup=False)
    if not screen.is_terminal:
        return examine(checks, BOUND)
    with screen.status("looking") as status:
        return examine(checks, BOUND, lambda left: status.update(f"looking at {', '.join(left)}"))


def _show(found: Sequence[Finding]) -> None:
    screen = console()
    if not screen.is_terminal:
        for each in found:
            screen.print(f"{_WORDS[each.grade]:10}{each.check:13}{_one_line(each.text)}")
            if each.mend:
                screen.print(f"{'':23}mend it: {_one_line(each.mend)}")
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    for words in (False, False, True):
        grid.add_column(no_wrap=not words, overflow="fold")
    for each in found:
        grid.add_row(Text(_WORDS[each.grade], style=_STYLES[each.grade]), each.check, _one_line(each.text))
        if each.mend:
            grid.add_row("", "", Text(f"mend it: {_one_line(each.mend)}", style="italic"))
    screen.print(grid)


def _one_line(text: str) -> str:
    """What a server says may take several lines, and a line is what programs read."""
    return " ".join(visible(text).split())


def _summary(found: Sequence[Finding]) -> str:
    counts = {grade: sum(each.grade is grade for each in found) for grade in Grade}
    if not counts[Grade.DOUBTFUL] and not counts[Grade.BROKEN]:
        return "All is fine."
    return ", ".join(f"{n} {_WORDS[grade]}" for grade, n in counts.items() if n) + "."
