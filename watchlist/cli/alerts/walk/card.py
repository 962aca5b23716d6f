"""One alert on one screen: what is needed to judge it, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from watchlist.alerts.explain import KIND_WORDS, namesakes, reasons
from watchlist.alerts.triage import standing
from watchlist.cli.alerts.earlier import known
from watchlist.cli.alerts.story import in_short
from watchlist.cli.shared.judged import judged
from watchlist.cli.shared.output import BAND_STYLE, marked, when
from watchlist.cli.shared.terminal import visible
from watchlist.model import AlertDetail, EarlierAlert, Entity, Relation, Severity, Story, SubjectNote
from watchlist.steps.asked.named import shown_id

_SEVERITY_STYLE = {Severity.HIGH: "bold red", Severity.NORMAL: "yellow", Severity.LOW: "dim"}
#: Reasons to each side that a screen has room for.
_REASONS = 4
#: Sources of a story that are named, and developments that are told: the last ones.
_SOURCES, _DEVELOPMENTS = 4, 2


def card(detail: AlertDetail, earlier: Sequence[EarlierAlert], notes: Sequence[SubjectNote] = ()) -> RenderableType:
    """An alert to be judged: headline, source, quote, the entry with its listings, reasons, what is known."""
    mention = detail.mention
    told = (detail.feed_title or "", when(detail.article_published_at, never=""), detail.article_url or "")
    return Group(
        _head(detail),
        Text(visible(detail.article_title or "(no headline)"), style="bold"),
        Text(visible("  ".join(each for each in told if each)), style="dim", overflow="ellipsis", no_wrap=True),
        Text(),
        Padding(
            Text.assemble("“", marked(mention.quote, style=BAND_STYLE[mention.band] + " reverse"), "”"), (0, 0, 0, 2)
        ),
        Text(),
        _facts(_about(detail, earlier, notes)),
    )


def _head(detail: AlertDetail) -> Text:
    alert = detail.alert
    name = f"alert {alert.id}" if alert.id else f"for review {shown_id(detail)}"
    found = Text.assemble(name, "  ", (alert.severity, _SEVERITY_STYLE[alert.severity]), f"  {standing(alert)}")
    if alert.assigned:
        found.append(f"  {visible(alert.assigned)}'s")
    if alert.note:
        found.append(f"  {visible(alert.note)}", style="yellow")
    return found


def _about(
    detail: AlertDetail, earlier: Sequence[EarlierAlert], notes: Sequence[SubjectNote]
) -> Iterator[tuple[str, str | Text]]:
    mention = detail.mention
    listed = f"the {KIND_WORDS[mention.name.kind]} “{mention.name.text}”"
    yield "Found", f"“{mention.surface}” by {listed}, score {mention.score:.2f}"
    for n, entity in enumerate((detail.entity, *detail.also)):
        yield ("Listed" if n == 0 else ""), _entry(entity)
    supporting, opposing = reasons(mention.features)
    for label, found, style in (("For", supporting, "green"), ("Against", opposing, "red")):
        for n, reason in enumerate(found[:_REASONS]):
            yield ("" if n else label), Text(visible(reason.sentence), style=style)
        if len(found) > _REASONS:
            yield "", f"and {len(found) - _REASONS} that weigh{'s' if len(found) - _REASONS == 1 else ''} less"
    if others := namesakes(mention.features):
        yield "Namesakes", others
    yield "Severity", "; ".join(detail.alert.severity_why)
    yield from _story(detail.story)
    for n, judgement in enumerate(detail.judgements):
        yield ("" if n else "Judged"), judged(judgement)
    for n, words in enumerate(known(earlier, mention.surface, notes)):
        yield ("" if n else "Known"), words


def _story(story: Story) -> Iterator[tuple[str, str | Text]]:
    """How often and by whom it is told, and what came further; nothing of a story that one article tells."""
    if not (told := in_short(story)):
        return
    yield "Story", f"{told}: {', '.join(story.sources[:_SOURCES])}{', …' if len(story.sources) > _SOURCES else ''}"
    further = [each for each in story.articles if each.relation is Relation.DEVELOPMENT]
    for each in further[-_DEVELOPMENTS:]:
        yield "", f"further: {each.title or each.url or each.id}"
    if len(further) > _DEVELOPMENTS:
        yield "", f"and {len(further) - _DEVELOPMENTS} developments before"


def _entry(entity: Entity) -> Text:
    facts = [
        entity.schema,
        ", ".join(entity.programs),
        ", ".join(entity.countries),
        f"born {', '.join(entity.birth_dates)}" if entity.birth_dates else "",
        "; ".join(entity.designations[:2]),
        ", ".join(f"{each.kind} {each.value}" for each in entity.identifiers[:2]),
    ]
    told = f" {entity.id}: {'; '.join(fact for fact in facts if fact)}"
    return Text.assemble((visible(entity.caption), "bold"), visible(told))


def _facts(facts: Iterable[tuple[str, str | Text]]) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(min_width=9, style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in facts:
        if value:
            grid.add_row(label, Text(visible(value)) if isinstance(value, str) else value)
    return grid
