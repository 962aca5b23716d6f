"""The demo itself: the same pipeline as ever, with something to look at after each step."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from watchlist.app import now
from watchlist.demo.drawing import indented, show_alert, show_mail, step
from watchlist.demo.servers import FeedServer, MailSink
from watchlist.demo.setting import STARTER_DATE, document, load_starter, make_demo_app
from watchlist.errors import WatchlistError
from watchlist.feeds.schedule import may_ask
from watchlist.pipeline import run
from watchlist.steps.parts import RunReport

#: Alerts shown in full; the rest have a line each.
_IN_FULL = 3


def show_demo(screen: Console, program: str = "watchlist") -> None:
    """Run the whole job twice in a throw-away database and show each step; ``program`` is what it is called by here.

    Raises WatchlistError if it goes wrong.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="watchlist-demo-")))
        feed = FeedServer(document("feed.xml"))
        sink = MailSink()
        stack.enter_context(feed.running())
        parts = make_demo_app(folder, stack.enter_context(sink.running()))
        stack.callback(parts.store.close)

        step(screen, 1, "A database", f"made by its migrations in {folder.name}, gone afterwards")
        change = load_starter(parts.store, now())
        step(screen, 2, "A list", f"{change.entity_count} entities, {change.name_count} names: the starter list")
        indented(screen, f"Well-known entries of OFAC's list of {STARTER_DATE}: no substitute for a synced list.")

        parts.store.add_feed(feed.url, None)
        first = run(parts, may_ask)
        alerts = parts.store.alert_details(tuple(alert.id for alert in first.alerts))
        step(screen, 3, "A feed", f"{first.counts['articles_new']} articles pulled over HTTP from {feed.url}")
        step(screen, 4, "Mentions and alerts", f"{len(alerts)} listed entities are named in them")
        for n, alert in enumerate(alerts):
            show_alert(screen, alert, in_full=n < _IN_FULL)
        step(screen, 5, "E-mail", f"{len(sink.messages)} message for {len(alerts)} alerts, taken by an SMTP server")
        show_mail(screen, sink)

        feed.document = document("feed_again.xml")
        second = run(parts, may_ask)
        step(screen, 6, "The same feed again", "in another order, with one sentence reworded")
        screen.print(
            f"   {second.counts['articles_new']} article changed and was screened again:"
            f" {len(second.alerts)} new alerts, {len(sink.messages) - 1} more messages."
        )
        _require(first, second, sink)
    screen.print()
    screen.print("Your turn:", style="bold")
    screen.print(f"   {program} init          write a config.yaml, to look through")
    screen.print(f"   {program} lists sync    fetch the official lists")
    screen.print(f"   {program} run --once    do everything once: the line for cron")


def _require(first: RunReport, second: RunReport, sink: MailSink) -> None:
    """A demo that shows something else than the job done is a fault of this program, and must not pass for success."""
    faults = [*first.errors, *second.errors]
    if not first.alerts:
        faults.append("no alert was raised")
    if len(sink.messages) != 1:
        faults.append(f"{len(sink.messages)} messages arrived where one was due")
    if second.alerts:
        faults.append(f"{len(second.alerts)} alerts were raised twice")
    if faults:
        raise WatchlistError("the demo went wrong: " + "; ".join(faults))
