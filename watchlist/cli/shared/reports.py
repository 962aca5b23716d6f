"""What a run says: its alerts on standard output, what went wrong on standard error, else nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from watchlist.cli.shared.output import BAND_STYLE, console, marked
from watchlist.cli.shared.terminal import complain, visible
from watchlist.model import AlertDetail, Entity
from watchlist.steps.parts import RunReport
from watchlist.storage.store import Store


def print_report(store: Store, report: RunReport) -> None:
    """Show the new alerts and the errors of a run."""
    for detail in store.alert_details(tuple(alert.id for alert in report.alerts)):
        print_alert_line(detail)
    for error in report.errors:
        complain(error)


def on_list(entity: Entity) -> str:
    """An entry by its id, with the programs it is listed for."""
    return f"{entity.id} ({', '.join(entity.programs)})" if entity.programs else entity.id


def listed_on(listings: Iterable[Entity]) -> str:
    """On which lists a subject stands, and for what, in a line."""
    return f"on {'; '.join(map(on_list, listings))}"


def print_alert_line(detail: AlertDetail) -> None:
    """An alert in a few lines: who, where, and the sentence."""
    mention = detail.mention
    screen = console()
    heading = Text(f"ALERT {detail.alert.id}", style=BAND_STYLE[mention.band])
    heading.append(f"  {visible(mention.caption)}", style="bold")
    screen.print(heading, f" ({mention.entity_id})  score {mention.score:.2f}")
    if detail.also:
        screen.indented(listed_on((detail.entity, *detail.also)))
    if detail.article_title:
        screen.indented(detail.article_title)
    if detail.article_url:
        # One line whatever the width: a wrapped address can't be opened.
        screen.print(f"  {detail.article_url}", soft_wrap=True)
    screen.indented(Text.assemble("“", marked(mention.quote, style=BAND_STYLE[mention.band]), "”"))
