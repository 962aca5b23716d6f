"""How the demo looks on a terminal, and in a file."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from watchlist.alerts.explain import explain
from watchlist.demo.servers import MailSink
from watchlist.model import AlertDetail

#: Lines of the mail that are shown.
_MAIL_LINES = 24


def step(screen: Console, number: int, title: str, text: str) -> None:
    """The heading of a step."""
    screen.print()
    screen.print(Text.assemble((f"{number}. {title}", "bold cyan"), f"  {text}"))


def show_alert(screen: Console, alert: AlertDetail, *, in_full: bool) -> None:
    """An alert with its sentence, and its reasons where it is shown in full."""
    mention, quote = alert.mention, alert.mention.quote
    before, inside, after = quote.text[: quote.start], quote.text[quote.start : quote.end], quote.text[quote.end :]
    heading = Text.assemble(
        ("ALERT  ", "bold red"),
        (mention.caption, "bold"),
        (f"  score {mention.score:.2f}, OFAC id {alert.entity.source_id}", "dim"),
    )
    surface = (inside, "bold reverse") if screen.is_terminal else f"[{inside}]"
    screen.print()
    indented(screen, heading)
    indented(screen, Text.assemble("“", before, surface, after, "”"))
    if in_full:
        for sentence in explain(mention):
            indented(screen, Text(f"- {sentence}", "dim"), 5)


def indented(screen: Console, text: Text | str, by: int = 3) -> None:
    """Lines that stay indented where a terminal wraps them, and are not wrapped elsewhere."""
    if screen.is_terminal:
        screen.print(Padding(text, (0, 0, 0, by)))
    else:
        screen.print(Text.assemble(" " * by, text))


def show_mail(screen: Console, sink: MailSink) -> None:
    """What the mail server took: the head and the first lines of each message."""
    for message in sink.messages:
        body = message.get_body(("plain",))
        lines = body.get_content().splitlines() if body else []
        head = [f"{name}: {message[name]}" for name in ("From", "To", "Subject", "Message-ID")]
        rest = f"… and {len(lines) - _MAIL_LINES} more lines, and the same as HTML"
        screen.print()
        for line in (*head, "", *lines[:_MAIL_LINES], rest):
            screen.print(f"  | {line}", style="dim")
