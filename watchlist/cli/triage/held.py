"""What was held back, as a table: by a suppression, and by a silence alike."""

from __future__ import annotations

from watchlist.cli.shared.output import Column, print_table, when
from watchlist.model import HeldBack

_COLUMNS = (
    Column("held"),
    Column("alert"),
    Column("name", words=True),
    Column("as written", words=True, spare=1),
    Column("score"),
    Column("article", words=True),
    Column("address", spare=2),
)


def print_held(held: tuple[HeldBack, ...]) -> None:
    """What was held back, as a table."""
    print_table(
        _COLUMNS,
        [
            (
                when(each.at),
                str(each.alert_id or ""),
                each.caption,
                each.surface,
                f"{each.score:.2f}",
                each.article_title,
                each.article_url or "",
            )
            for each in held
        ],
        none="Nothing was held back.",
    )
