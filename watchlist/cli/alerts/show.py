"""``watchlist alerts show``."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.text import Text

from watchlist.alerts.as_json import alert_json
from watchlist.cli.alerts.earlier import EARLIER, known
from watchlist.cli.alerts.numbers import AlertIds
from watchlist.cli.alerts.story import show_story
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import console, marked, print_facts, print_json, when
from watchlist.cli.shared.reports import on_list
from watchlist.cli.shared.told import told_lines
from watchlist.model import AlertDetail, EarlierAlert, PageStatus, SubjectNote
from watchlist.news.full_text import MAX_TRIES
from watchlist.steps.asked.named import named, shown_id


def show(context: typer.Context, ids: AlertIds, as_json: AsJson = False) -> None:
    """Show alerts: who is listed, the sentence, the reasons."""
    wanted = named(ids)
    with invocation(context).store() as store:
        found = [*(store.alert(id) for id in wanted.alerts), *store.kept(wanted.kept)]
        told, outages = {id: store.deliveries_about(id) for id in wanted.alerts}, store.outages()
        earlier = [
            (store.judged_before(each.mention, EARLIER), store.notes_on(each.mention.listings)) for each in found
        ]
    if as_json:
        shown = [alert_json(each) for each in found]
        print_json(shown[0] if len(ids) == 1 else shown)
        return
    for n, detail in enumerate(found):
        if n:
            console().print()
        to_whom = told_lines(told[detail.alert.id], detail.silence_id, outages) if detail.alert.id else []
        _show(detail, to_whom, *earlier[n])


def _show(
    detail: AlertDetail,
    told: list[tuple[str, str]],
    earlier: Sequence[EarlierAlert],
    notes: Sequence[SubjectNote],
) -> None:
    from watchlist.alerts.explain import explain

    mention, entity, screen = detail.mention, detail.entity, console()
    facts = [
        ("Alert", _stands(detail)),
        ("Severity", f"{detail.alert.severity}: {'; '.join(detail.alert.severity_why) or 'not assessed'}"),
        ("Assigned", detail.alert.assigned or ""),
        ("Entity", f"{entity.caption} ({entity.id}), {entity.schema}"),
        ("List", f"{detail.list_title}{f', snapshot {mention.snapshot_version}' if mention.snapshot_version else ''}"),
        ("Why now", detail.alert.note or ""),
        ("In short", "its subject had its share of new stories that day" if detail.alert.rolled_up else ""),
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
        *told,
    ]
    print_facts(facts)
    screen.print()
    screen.indented(Text.assemble("“", marked(mention.quote), "”"))
    screen.print()
    for sentence in explain(mention):
        screen.indented(f"- {sentence}")
    show_story(screen, detail.story)
    if detail.judgements:
        from watchlist.cli.shared.judged import judged

        screen.print()
        print_facts(("Judged" if n == 0 else "", judged(each)) for n, each in enumerate(detail.judgements))
    if earlier or notes:
        screen.print()
        print_facts(("" if n else "Known", words) for n, words in enumerate(known(earlier, mention.surface, notes)))


def _stands(detail: AlertDetail) -> str:
    alert = detail.alert
    if not alert.id:
        return f"none: {shown_id(detail)} is kept for review since {when(alert.opened_at)} UTC"
    outcome = f" as {alert.outcome.replace('_', ' ')}" if alert.outcome else ""
    return f"{alert.id}, {alert.status}{outcome}, opened {when(alert.opened_at)} UTC"


def text_from(detail: AlertDetail) -> str:
    """Where the words that were screened are from: the feed, or the article's page; and why not from the page."""
    page = detail.page
    if page is None:
        return "the feed's"
    if page.start is not None:
        told = f"the article's page, fetched {when(page.fetched_at)} UTC"
        told = f"{told} ({page.reason})" if page.reason and page.status is PageStatus.READ else told
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
