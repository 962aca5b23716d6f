"""``watchlist deliveries list`` and ``show``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, console, print_facts, print_json, print_table, when
from watchlist.delivery.waiting import delivery_json, error_of, next_try
from watchlist.model import DeliveryStatus

Failed = Annotated[bool, typer.Option("--failed", help="Only those that are parked.")]
Limit = Annotated[int, typer.Option(min=1, help="At most this many, the newest first.")]
Number = Annotated[int, typer.Argument(metavar="N")]


def list_deliveries(context: typer.Context, failed: Failed = False, as_json: AsJson = False, limit: Limit = 50) -> None:
    """List the deliveries, the newest first."""
    with invocation(context).store() as store:
        found = store.deliveries(limit, (DeliveryStatus.FAILED,) if failed else tuple(DeliveryStatus))
        outages = store.outages()
    if as_json:
        print_json([delivery_json(each, outages) for each in found])
        return
    print_table(
        (
            Column("id"),
            Column("channel", spare=3),
            Column("to", words=True),
            Column("status"),
            Column("alerts", words=True, spare=2),
            Column("attempts", spare=1),
            Column("created", spare=4),
            Column("sent or next try"),
            Column("last error", words=True),
        ),
        [
            (
                str(each.id),
                each.channel,
                each.recipient or "",
                each.status,
                " ".join(str(id) for id in each.alert_ids),
                str(each.attempts),
                when(each.created_at),
                when(each.sent_at or next_try(each, outages), never=""),
                error_of(each, outages) or "",
            )
            for each in found
        ],
        none="No deliveries that failed."
        if failed
        else "No deliveries. They come with alerts once a channel is configured ('email:' in config.yaml).",
    )


def show(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Show one delivery: to whom, what it is about, what became of it."""
    from watchlist.delivery.transports.email import EmailConfig
    from watchlist.delivery.transports.mime import domain_of, message_id

    with invocation(context).store() as store:
        found, outages = store.delivery(number), store.outages()
        alerts, notices = store.alert_details(found.alert_ids), store.notices(found.notice_ids)
    if as_json:
        print_json(delivery_json(found, outages))
        return
    failed = found.status is DeliveryStatus.FAILED
    section = invocation(context).config()[0].channels.get(found.channel)
    mailed_by = section.sender if isinstance(section, EmailConfig) else None
    print_facts(
        [
            ("Delivery", f"{found.id}, {found.status}, made {when(found.created_at)} UTC"),
            ("To", f"{found.recipient or 'whoever the channel has when it goes out,'} by {found.channel}"),
            ("Key", found.idempotency_key),
            ("Message-ID", message_id(found.idempotency_key, domain_of(mailed_by)) if mailed_by else ""),
            ("Tries", str(found.attempts) + (f", {found.unanswered} without an answer" if found.unanswered else "")),
            ("Sent", f"{when(found.sent_at)} UTC" if found.sent_at else ""),
            ("Answer", found.receipt or ""),
            ("Next try", when(next_try(found, outages), never="")),
            ("Parked", f"{when(found.failed_at)} UTC; 'watchlist deliveries retry {found.id}' sends it" * failed),
            ("Told", f"{when(found.told_at)} UTC, in a message that worked" if found.told_at else ""),
            ("Last error", error_of(found, outages) or ""),
            ("Folded in", f"{found.folded} messages that waited as well" if found.folded else ""),
        ]
    )
    screen = console()
    for alert in alerts:
        screen.print(f"  alert {alert.alert.id}: {alert.mention.caption} – {alert.article_title}")
    for notice in notices:
        screen.print(f"  {notice.kind}: {notice.text}")
