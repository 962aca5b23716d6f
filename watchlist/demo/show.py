"""The demo itself: the same pipeline as ever, with something to look at after each step."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from rich.console import Console
from rich.text import Text

from watchlist.app import index_dir, now
from watchlist.config import Config, DatabaseConfig, EmailConfig
from watchlist.delivery.registry import make_transports
from watchlist.demo.servers import LOOPBACK, FeedServer, MailSink
from watchlist.errors import WatchlistError
from watchlist.feeds.schedule import may_ask
from watchlist.lists.generic_csv import read_generic_csv
from watchlist.lists.press import press_names
from watchlist.matching.explain import explain
from watchlist.model import AlertDetail, ListChange, NameOrigin
from watchlist.parts import Parts
from watchlist.pipeline import RunReport, run
from watchlist.storage.lists import ListDeclaration
from watchlist.storage.store import Store, open_store

#: The list's id in the demo's database.
STARTER = "starter"
#: The day the starter list's facts are of.
STARTER_DATE = "2026-08-20"
#: Alerts shown in full; the rest have a line each.
_IN_FULL = 3

_DATA = files("watchlist.demo") / "data"


def show_demo(screen: Console) -> None:
    """Run the whole job twice in a throw-away database and show each step. Raises WatchlistError if it goes wrong."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="watchlist-demo-")))
        feed = FeedServer(_document("feed.xml"))
        sink = MailSink()
        stack.enter_context(feed.running())
        parts = _parts(folder, stack.enter_context(sink.running()))
        stack.callback(parts.store.close)

        _step(screen, 1, "A database", f"made by its migrations, thrown away afterwards: {folder.name}/watchlist.db")
        change = load_starter(parts.store, now())
        _step(screen, 2, "A list", f"{change.entity_count} entities, {change.name_count} names: the starter list")
        screen.print(f"   Well-known entries of OFAC's list of {STARTER_DATE}: no substitute for a synced list.")

        parts.store.add_feed(feed.url, None)
        first = run(parts, may_ask)
        alerts = parts.store.alert_details(tuple(alert.id for alert in first.alerts))
        _step(screen, 3, "A feed", f"{first.counts['articles_new']} articles pulled over HTTP from {feed.url}")
        _step(screen, 4, "Mentions and alerts", f"{len(alerts)} listed entities are named in them")
        for n, alert in enumerate(alerts):
            _show_alert(screen, alert, in_full=n < _IN_FULL)
        _step(screen, 5, "E-mail", f"{len(sink.messages)} message for {len(alerts)} alerts, taken by an SMTP server")
        _show_mail(screen, sink)

        feed.document = _document("feed_again.xml")
        second = run(parts, may_ask)
        _step(screen, 6, "The same feed again", "in another order, with one sentence reworded")
        screen.print(
            f"   {second.counts['articles_new']} article changed and was screened again:"
            f" {len(second.alerts)} new alerts, {len(sink.messages) - 1} more messages."
        )
        _require(first, second, sink)
    screen.print()
    screen.print("Your turn:", style="bold")
    screen.print("   watchlist init                write a config.yaml and look it through")
    screen.print("   watchlist lists sync          fetch the official lists")
    screen.print("   watchlist run --once          do everything once; the same line goes into cron")


def load_starter(store: Store, at: datetime) -> ListChange:
    """Put the starter list into a database, as a list of its own, with the names the press uses."""
    store.add_list(ListDeclaration(STARTER, f"Starter list ({STARTER_DATE})", None, refresh=False, own=True))
    with (_DATA / "starter.csv").open("rb") as stream:
        change = store.apply_entities(STARTER, read_generic_csv(STARTER, stream), at, lambda _change: None)
    store.set_names(STARTER, press_names("us_ofac_sdn"), NameOrigin.PRESS, at)
    return change


def _parts(folder: Path, smtp_port: int) -> Parts:
    # Made without validation, which would let the environment's settings in.
    config = Config.model_construct(
        database=DatabaseConfig(url=f"sqlite:///{folder / 'watchlist.db'}"),
        email=EmailConfig(
            host=LOOPBACK,
            port=smtp_port,
            security="none",
            sender="watchlist@news.example",
            recipients=("desk@news.example",),
        ),
    )
    store = open_store(config.database.url)
    return Parts(config, store, make_transports(config), index_dir(config), now, Event())


def _document(name: str) -> bytes:
    return (_DATA / name).read_bytes()


def _step(screen: Console, number: int, title: str, text: str) -> None:
    screen.print()
    screen.print(f"[bold cyan]{number}. {title}[/]  {text}")


def _show_alert(screen: Console, alert: AlertDetail, *, in_full: bool) -> None:
    mention, quote = alert.mention, alert.mention.quote
    screen.print()
    heading = Text("   ALERT  ", style="bold red")
    heading.append(mention.caption, style="bold")
    heading.append(f"  score {mention.score:.2f}, OFAC id {alert.entity.source_id}", style="dim")
    screen.print(heading)
    marked = Text("   “")
    marked.append(quote.text[: quote.start])
    marked.append(quote.text[quote.start : quote.end], style="bold reverse")
    marked.append(quote.text[quote.end :] + "”")
    screen.print(marked)
    if in_full:
        for sentence in explain(mention):
            screen.print(f"     - {sentence}", style="dim", markup=False)


def _show_mail(screen: Console, sink: MailSink) -> None:
    for message in sink.messages:
        body = message.get_body(("plain",))
        lines = body.get_content().splitlines() if body else []
        screen.print()
        for name in ("From", "To", "Subject", "Message-ID"):
            screen.print(f"   | {name}: {message[name]}", markup=False, style="dim")
        screen.print("   |", style="dim")
        for line in lines[:14]:
            screen.print(f"   | {line}", markup=False, style="dim")
        if len(lines) > 14:
            screen.print(f"   | … and {len(lines) - 14} more lines, and the same as HTML", style="dim")


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
