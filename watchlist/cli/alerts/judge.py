"""``watchlist alerts confirm``, ``dismiss``, ``unsure``, ``escalate``, ``reopen``, ``assign``, ``note``, ``undo``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from watchlist.cli.alerts.filters import with_filters
from watchlist.cli.alerts.numbers import AlertIds, SomeAlertIds
from watchlist.cli.shared.confirm import confirm
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.persons import By, Why, who
from watchlist.errors import UsageError
from watchlist.model import Act, Action, Judgement, Reach
from watchlist.steps.asked.chosen import Chosen
from watchlist.steps.asked.judge import perform
from watchlist.steps.asked.named import Named, named
from watchlist.steps.asked.times import parse_until

if TYPE_CHECKING:
    from datetime import datetime

    from watchlist.app import App

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it to all that the filter chooses, without asking.")]

_HELP = {
    Action.CONFIRM: """Close alerts as true matches; open what was kept for review.

    By number, or all that the options choose: then it asks first how many, unless --yes.
    """,
    Action.UNSURE: """Close alerts as unsure.

    By number, or all that the options choose: then it asks first how many, unless --yes.
    """,
    Action.ESCALATE: """Hand alerts on.

    By number, or all that the options choose: then it asks first how many, unless --yes.
    """,
    Action.REOPEN: """Take alerts back that were closed or escalated.

    By number, or all that the options choose: then it asks first how many, unless --yes.
    """,
}


def verb(action: Action) -> Callable[..., None]:
    """The command for an act."""

    @with_filters
    def judge(
        context: typer.Context,
        ids: SomeAlertIds = None,
        *,
        chosen: Chosen,
        why: Why = None,
        by: By = None,
        yes: Yes = False,
    ) -> None:
        _judge(context, Act(action, who(by), why), ids or [], chosen, yes=yes)

    judge.__doc__ = _HELP[action]
    return judge


@with_filters
def dismiss(
    context: typer.Context,
    ids: SomeAlertIds = None,
    *,
    chosen: Chosen,
    why: Why = None,
    scope: Annotated[Reach, typer.Option(help="What it holds back from now on.")] = Reach.SURFACE,
    expires: Annotated[
        str | None, typer.Option(help="Until when: 90d, 2027-01-31; else for good.", metavar="T")
    ] = None,
    close_similar: Annotated[
        bool, typer.Option("--close-similar", help="Close what is open of the same kind as well.")
    ] = False,
    by: By = None,
    yes: Yes = False,
) -> None:
    """Close alerts as false positives, and have no more of the kind.

    By number, or all that the options choose: then it asks first how many, unless --yes. From then on it holds back the
    same subject by the same words in the same kind of context (surface), the subject altogether, in this feed, or in
    this story; 'watchlist suppressions' shows what. With numbers --until is the same as --expires.
    """
    from watchlist.app import now

    if ids and chosen.until is not None:
        expires, chosen = expires or chosen.until, replace(chosen, until=None)
    until = parse_until(expires, now())
    act = Act(Action.DISMISS, who(by), why, scope=scope, until=until, close_similar=close_similar)
    _judge(context, act, ids or [], chosen, yes=yes)


def assign(
    context: typer.Context,
    ids: AlertIds,
    to: Annotated[str, typer.Argument(metavar="WHO", help="Whose they are from now on; '-' for nobody's.")],
    by: By = None,
) -> None:
    """Say whose alerts are to judge."""
    if to.isdigit():
        raise UsageError(f"'{to}' is a number: name last whose they are to be, as in 'watchlist alerts assign 12 ann'")
    _judge(context, Act(Action.ASSIGN, who(by), to=None if to == "-" else to), ids, Chosen(), yes=True)


def note(
    context: typer.Context,
    ids: AlertIds,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    by: By = None,
) -> None:
    """Add a note to alerts; nothing else changes."""
    _judge(context, Act(Action.NOTE, who(by), text), ids, Chosen(), yes=True)


def undo(context: typer.Context, by: By = None) -> None:
    """Take back the last thing you did; once more, the one before.

    What was done stays on record, and that it was taken back.
    """
    from watchlist.app import now

    with invocation(context).store() as store:
        done = store.undo(who(by), now())
    typer.echo(f"{_alerts(done)} stands again as before." if len(done) == 1 else f"{_alerts(done)} stand as before.")


def _judge(context: typer.Context, act: Act, ids: list[str], chosen: Chosen, *, yes: bool) -> None:
    from watchlist.alerts.triage import DONE

    if bool(ids) == chosen.is_narrow:
        raise UsageError("name alerts by their numbers, or choose them by options such as --entity; not both, nor none")
    with invocation(context).app() as parts:
        at = parts.clock()
        wanted = named(ids) if ids else _chosen(parts, act.action, chosen, at)
        if not wanted.count:
            typer.echo("No alert is as the options say; nothing was done.")
            return
        if not ids and not yes:
            confirm(f"{wanted.count} will be {DONE[act.action]}. Go on?")
        done = perform(parts, parts.store, act, wanted, at)
    if not done:
        typer.echo("Nothing to do: it is so already.")
        return
    to = f" to {act.to or 'nobody'}" if act.action is Action.ASSIGN else ""
    opened = wanted.kept and act.action is Action.CONFIRM
    first = [each for each in done if each.alert_id in wanted.alerts] or done
    typer.echo(f"{_alerts(first)} {'opened' if opened else DONE[act.action]}{to}.")
    if len(first) < len(done):
        typer.echo(f"{_alerts(done[len(first) :])} of the same kind closed along.")


def _chosen(parts: App, action: Action, chosen: Chosen, at: datetime) -> Named:
    from watchlist.alerts.triage import MEANT_FOR

    if chosen.of_review:
        kept = parts.store.find_kept(chosen.filter(parts.store, at))
        return Named(kept=tuple(each.mention.id for each in kept))
    return Named(parts.store.find_alert_ids(chosen.filter(parts.store, at, MEANT_FOR[action])))


def _alerts(done: Iterable[Judgement]) -> str:
    numbers = [str(each.alert_id) for each in done]
    return f"Alert {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} alerts ({', '.join(numbers)})"
