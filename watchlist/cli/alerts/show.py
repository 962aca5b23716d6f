"""``watchlist alerts``, ``alerts list`` and ``alerts show``."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from watchlist.cli.alerts.as_json import alert_json
from watchlist.cli.alerts.story import in_short, show_story
from watchlist.cli.alerts.told import told_lines
from watchlist.cli.shared.context import invocation, parse_since
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, console, marked, print_facts, print_json, print_table, when
from watchlist.cli.shared.reports import on_list
from watchlist.model import AlertDetail, PageStatus
from watchlist.news.full_text import MAX_TRIES

Since = Annotated[str | None, typer.Option(help="Opened since: 7d, 24h, 2026-11-23.", metavar="T")]
OfEntity = Annotated[str | None, typer.Option("--entity", help="Of this entity only.", metavar="LIST:ID")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most this many, the newest first.")]


def list_alerts(
    context: typer.Context,
    since: Since = None,
    entity: OfEntity = None,
    as_json: AsJson = False,
    limit: Limit = None,
) -> None:
    """List alerts, the newest first."""
    from watchlist.app import now

    with invocation(context).store() as store:
        if entity is not None:
            store.entity(entity)
        found = store.alerts(since=parse_since(since, now()), entity_id=entity, limit=limit)
    if as_json:
        print_json([alert_json(each) for each in found])
        return
    print_table(
        (
            Column("id"),
            Column("opened"),
            Column("status", spare=3),
            Column("entity", spare=1),
            Column("name", words=True),
            Column("score"),
            Column("article", words=True),
            Column("story", spare=2),
            Column("why now", words=True, spare=4),
        ),
        [
            (
                str(each.alert.id),
                when(each.alert.opened_at),
                each.alert.status,
                each.alert.entity_id,
                each.mention.caption,
                f"{each.mention.score:.2f}",
                each.article_title or each.article_url or each.alert.article_id,
                in_short(each.story),
                each.alert.note or "",
            )
            for each in found
        ],
        none="No alerts.",
    )


def show(
    context: typer.Context, alert_id: Annotated[int, typer.Argument(metavar="ID")], as_json: AsJson = False
) -> None:
    """Show one alert: who is listed, the sentence, the score explained."""
    from watchlist.alerts.explain import explain

    with invocation(context).store() as store:
        detail = store.alert(alert_id)
        told = store.deliveries_about(alert_id)
    if as_json:
        print_json(alert_json(detail))
        return
    mention, entity, screen = detail.mention, detail.entity, console()
    facts = [
        ("Alert", f"{detail.alert.id}, {detail.alert.status}, opened {when(detail.alert.opened_at)} UTC"),
        ("Entity", f"{entity.caption} ({entity.id}), {entity.schema}"),
        ("List", f"{detail.list_title}{f', snapshot {mention.snapshot_version}' if mention.snapshot_version else ''}"),
        ("Why now", detail.alert.note or ""),
        ("Told", "in short: its subject had its share of new stories that day" if detail.alert.rolled_up else ""),
        ("Also on", ", ".join(map(on_list, detail.also))),
        ("Programs", ", ".join(entity.programs)),
        ("Countries", ", ".join(entity.countries)),
        ("Born", ", ".join(entity.birth_dates)),
        ("Page", entity.url or ""),
        ("Article", detail.article_title),
        ("", detail.article_url or ""),
        ("Feed", detail.feed_title or ""),
        ("Text", text_from(detail)),
        ("Published", when(detail.article_published_at, never="")),
        ("Score", f"{mention.score:.2f} ({mention.band}), engine {mention.engine_version}"),
        *told_lines(told),
    ]
    print_facts(facts)
    screen.print()
    screen.indented(Text.assemble("“", marked(mention.quote), "”"))
    screen.print()
    for sentence in explain(mention):
        screen.indented(f"- {sentence}")
    show_story(screen, detail.story)


def text_from(detail: AlertDetail) -> str:
    """Where the words that were screened are from: the feed, or the article's page; and why not from the page."""
    page = detail.page
    if page is None:
        return "the feed's"
    if page.start is not None:
        told = f"the article's page, fetched {when(page.fetched_at)} UTC"
        told = f"the feed's and {told}" if page.start else told
    elif page.status is PageStatus.PLAIN:
        return "the feed's; the article's page has no more"
    else:
        told = "the feed's"
    if page.status is PageStatus.WAITING:
        tries = f" ({page.tries} of {MAX_TRIES} tries)" if page.tries else ""
        reason = f": {page.reason}{tries}, next {when(page.next_at)} UTC" if page.reason else ""
        return f"{told}; its page is still to be fetched{reason}"
    return f"{told}; its page could not be used: {page.reason}" if page.status is PageStatus.FAILED else told
