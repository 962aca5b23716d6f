"""The demo itself: the same pipeline as ever, with something to look at after each step."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from watchlist.alerts.explain import explain
from watchlist.app import App, index_dir, now
from watchlist.config import DatabaseConfig, FetchConfig
from watchlist.delivery.transports import full_config, make_transports
from watchlist.delivery.transports.email import EmailConfig
from watchlist.demo.servers import LOOPBACK, FeedServer, MailSink
from watchlist.errors import WatchlistError
from watchlist.feeds.schedule import may_ask
from watchlist.lists.forms.generic.csv import read_generic_csv
from watchlist.lists.press import press_names
from watchlist.model import AlertDetail, FullText, ListChange, ListDeclaration, NameOrigin
from watchlist.pipeline import run
from watchlist.steps.parts import RunReport
from watchlist.storage.store import Store, open_store

#: The list's id in the demo's database.
STARTER = "starter"
#: The day the starter list's facts are of.
STARTER_DATE = "2026-08-20"
#: Alerts shown in full; the rest have a line each.
_IN_FULL = 3
#: Lines of the mail that are shown.
_MAIL_LINES = 24

_DATA = files("watchlist.demo") / "data"


def show_demo(screen: Console, program: str = "watchlist") -> None:
    """Run the whole job twice in a throw-away database and show each step; ``program`` is what it is called by here.

    Raises WatchlistError if it goes wrong.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="watchlist-demo-")))
        feed = FeedServer(_document("feed.xml"))
        sink = MailSink()
        stack.enter_context(feed.running())
        parts = _parts(folder, stack.enter_context(sink.running()))
        stack.callback(parts.store.close)

        _step(screen, 1, "A database", f"made by its migrations in {folder.name}, gone afterwards")
        change = load_starter(parts.store, now())
        _step(screen, 2, "A list", f"{change.entity_count} entities, {change.name_count} names: the starter list")
        _indented(screen, f"Well-known entries of OFAC's list of {STARTER_DATE}: no substitute for a synced list.")

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
    screen.print(f"   {program} init          write a config.yaml, to look through")
    screen.print(f"   {program} lists sync    fetch the official lists")
    screen.print(f"   {program} run --once    do everything once: the line for cron")


def load_starter(store: Store, at: datetime) -> ListChange:
    """Put the starter list into a database, as a list of its own, with the names the press uses."""
    store.add_list(
        ListDeclaration(id=STARTER, title=f"Starter list ({STARTER_DATE})", url=None, refresh=False, own=True)
    )
    with (_DATA / "starter.csv").open("rb") as stream:
        change = store.apply_entities(STARTER, read_generic_csv(STARTER, stream), at, lambda _change: None)
    store.set_names(STARTER, press_names("us_ofac_sdn"), NameOrigin.PRESS, at)
    return change


def _parts(folder: Path, smtp_port: int) -> App:
    settings: dict[str, Any] = {
        "database": DatabaseConfig(url=f"sqlite:///{folder / 'watchlist.db'}"),
        # The demo's articles have no pages, and it needs no network.
        "fetch": FetchConfig(full_text=FullText.NEVER),
        "email": EmailConfig(
            host=LOOPBACK,
            port=smtp_port,
            security="none",
            sender="watchlist@news.example",
            recipients=("desk@news.example",),
        ),
    }
    # Made without validation, which would let the environment's settings in.
    config = full_config().model_construct(**settings)
    store = open_store(config.database.url)
    return App(
        config=config,
        store=store,
        transports=make_transports(config),
        index_dir=index_dir(config),
        clock=now,
        stop=Event(),
    )


def _document(name: str) -> bytes:
    return (_DATA / name).read_bytes()


def _step(screen: Console, number: int, title: str, text: str) -> None:
    screen.print()
    screen.print(Text.assemble((f"{number}. {title}", "bold cyan"), f"  {text}"))


def _show_alert(screen: Console, alert: AlertDetail, *, in_full: bool) -> None:
    mention, quote = alert.mention, alert.mention.quote
    before, inside, after = quote.text[: quote.start], quote.text[quote.start : quote.end], quote.text[quote.end :]
    heading = Text.assemble(
        ("ALERT  ", "bold red"),
        (mention.caption, "bold"),
        (f"  score {mention.score:.2f}, OFAC id {alert.entity.source_id}", "dim"),
    )
    surface = (inside, "bold reverse") if screen.is_terminal else f"[{inside}]"
    screen.print()
    _indented(screen, heading)
    _indented(screen, Text.assemble("“", before, surface, after, "”"))
    if in_full:
        for sentence in explain(mention):
            _indented(screen, Text(f"- {sentence}", "dim"), 5)


def _indented(screen: Console, text: Text | str, by: int = 3) -> None:
    """Lines that stay indented where a terminal wraps them, and are not wrapped elsewhere."""
    if screen.is_terminal:
        screen.print(Padding(text, (0, 0, 0, by)))
    else:
        screen.print(Text.assemble(" " * by, text))


def _show_mail(screen: Console, sink: MailSink) -> None:
    for message in sink.messages:
        body = message.get_body(("plain",))
        lines = body.get_content().splitlines() if body else []
        head = [f"{name}: {message[name]}" for name in ("From", "To", "Subject", "Message-ID")]
        rest = f"… and {len(lines) - _MAIL_LINES} more lines, and the same as HTML"
        screen.print()
        for line in (*head, "", *lines[:_MAIL_LINES], rest):
            screen.print(f"  | {line}", style="dim")


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
