"""How everything stands, in lines for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from watchlist.feeds.schedule import duration_words
from watchlist.health.overview import Overview
from watchlist.model import DeliveryStatus, Feed, KnownFault, PageStatus, Run, WatchedList
from watchlist.steps.health.verdict import health_of, in_words
from watchlist.subjects.in_words import cells_not_read
from watchlist.text.times import when

#: Lists that get a line each; of more, only the sum is shown.
_LISTS = 6
#: Scripts that are named of a list.
_SCRIPTS = 3
_KILO = 1024.0
#: Columns of a label.
_LABEL = 12


def lines(state: Overview) -> list[tuple[str, str]]:
    """Labelled lines, those with nothing to say empty."""
    polled = [each for each in state.feeds if each.enabled]
    failing = sum(each.last_error is not None for each in polled)
    silent = sum(each.habit.silent_for(state.at) is not None for each in polled)
    aside = f", {state.aside.count:,} set aside" if state.aside.count else ""
    run = state.runs[0] if state.runs else None
    return [
        *_list_lines(state),
        ("feeds", f"{len(polled):,} on, {failing:,} failing, {silent:,} silent{_left_out(state.feeds)}"),
        ("articles", f"{state.stored:,} stored, {state.waiting:,} waiting to be screened{aside}"),
        ("pages", _pages_line(state)),
        ("alerts", _alerts_line(state)),
        ("deliveries", _deliveries_line(state)),
        ("last run", _run_line(run, state.at) if run else "never; 'watchlist run --once' does one"),
        ("purged", _purge_line(state)),
        ("accounts", _accounts_line(state)),
        ("database", f"{size_words(state.database_bytes)}, {state.database}"),
        ("index", f"{size_words(state.index_bytes)} in {state.index_files:,} files" if state.index_files else ""),
        ("versions", "watchlist {watchlist}, schema {schema}, {database}, Python {python}".format(**state.versions)),
    ]


def fault_lines(faults: Sequence[KnownFault]) -> list[tuple[str, str]]:
    """Each fault with its number, if it has one, and who knows of it."""
    return [(f"fault {each.number}" if each.number else "fault", fault_words(each)) for each in faults]


def height(facts: Iterable[tuple[str, str]], width: int) -> int:
    """How many lines of a terminal these take."""
    return sum(max(1, ceil(len(value) / max(width - _LABEL, 1))) for _, value in facts if value)


def fault_words(known: KnownFault) -> str:
    """A fault in words."""
    by = f"acknowledged by {known.acknowledged_by}: " if known.is_acknowledged else ""
    return f"{by}{known.fault.text}"


def fault_json(known: KnownFault) -> dict[str, Any]:
    """A fault for programs."""
    return {
        "id": known.number or None,
        "kind": known.fault.kind,
        "subject": known.fault.subject,
        "text": known.fault.text,
        "grave": known.fault.grave,
        "lasting": known.fault.lasting,
        "first_at": known.first_at,
        "last_at": known.last_at,
        "count": known.count,
        "told_at": known.told_at,
        "acknowledged_at": known.acknowledged_at,
        "acknowledged_by": known.acknowledged_by,
        "acknowledged_why": known.acknowledged_why,
        "cleared_at": known.cleared_at,
    }


def state_json(state: Overview, faults: Sequence[KnownFault]) -> dict[str, Any]:
    """Everything for programs."""
    health = health_of(faults)
    run = state.runs[0] if state.runs else None
    return {
        "verdict": health.name.lower(),
        "exit_code": int(health),
        "text": in_words(faults),
        "lists": [_list_json(state, each) for each in state.lists],
        "feeds": [
            {**asdict(each), "silent": each.enabled and each.habit.silent_for(state.at) is not None}
            for each in state.feeds
        ],
        "articles": {"stored": state.stored, "waiting": state.waiting, "set_aside": state.aside.count},
        "pages": asdict(state.pages),
        "alerts": state.alerts,
        "unclosed_alerts": {
            "day": state.unclosed[0],
            "week": state.unclosed[1],
            "month": state.unclosed[2],
            "older": state.unclosed[3],
            "oldest_at": state.oldest_alert,
        },
        "deliveries": state.deliveries,
        "untold_alerts": state.untold,
        "last_run": asdict(run) if run else None,
        "last_purge": asdict(state.purge) if state.purge else None,
        "accounts": {
            "count": state.accounts.known,
            "open": state.accounts.opened,
            "admins": state.accounts.admins,
            "lacks_admin": state.lacks_admin,
        },
        "database": {"address": state.database, "bytes": state.database_bytes},
        "index": {"folder": str(state.index), "files": state.index_files, "bytes": state.index_bytes},
        "versions": state.versions,
        "faults": [each.fault.text for each in faults],
        "known_faults": [fault_json(each) for each in faults],
    }


def size_words(size: float) -> str:
    """A number of bytes for people."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < _KILO:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 10 else f"{size:.1f} {unit}"
        size /= _KILO
    return f"{size:.1f} TB"


def _list_lines(state: Overview) -> list[tuple[str, str]]:
    on = [each for each in state.lists if each.enabled]
    names, entities = sum(each.name_count for each in on), sum(each.entity_count for each in on)
    unread = sum(each.snapshot.unread for each in on if each.snapshot and each.entity_count)
    not_read = f"; {cells_not_read(unread)} ('watchlist lists show LIST' names them)" if unread else ""
    found = [("lists", f"{len(on)} on, {entities:,} entities, {names:,} names{_left_out(state.lists)}{not_read}")]
    if len(on) <= _LISTS:
        found += [("", _list_line(each, state)) for each in on]
    else:
        summed: dict[str, int] = {}
        for each in on:
            for script, n in state.scripts.get(each.id, {}).items():
                summed[script] = summed.get(script, 0) + n
        oldest = min((at for each in on if each.refresh and (at := each.last_good_at)), default=None)
        checked = f", the oldest check {_ago(oldest, state.at)}" if oldest else ""
        found.append(("", f"{_scripts(summed)}{checked}"))
    return found


def _left_out(watched: Sequence[WatchedList] | Sequence[Feed]) -> str:
    count = sum(each.undeclared_at is not None for each in watched)
    return f", {count:,} no longer in the configuration" if count else ""


def _list_line(each: WatchedList, state: Overview) -> str:
    if not each.entity_count:
        return f"{each.id}: empty"
    form = f"{each.snapshot.form.replace('_', ' ')}, " if each.snapshot and each.snapshot.form else ""
    age = "your own" if each.own else f"checked {_ago(each.last_good_at, state.at)}"
    return f"{each.id}: {form}{age}, {_scripts(state.scripts.get(each.id, {}))}"


def _list_json(state: Overview, each: WatchedList) -> dict[str, Any]:
    snapshot = each.snapshot
    return {
        **asdict(each),
        "form": snapshot.form if snapshot else None,
        "age_seconds": int((state.at - each.last_good_at).total_seconds()) if each.last_good_at else None,
        "names_by_script": state.scripts.get(each.id, {}),
        "unread": snapshot.unread if snapshot and each.entity_count else 0,
    }


def _scripts(counts: dict[str, int]) -> str:
    most = sorted(counts.items(), key=lambda each: -each[1])
    rest = sum(n for _, n in most[_SCRIPTS:])
    told = [f"{n:,} {script}" for script, n in most[:_SCRIPTS]]
    return ", ".join([*told, *([f"{rest:,} other"] if rest else [])]) or "no names"


def _alerts_line(state: Overview) -> str:
    counts = ", ".join(f"{n:,} {status}" for status, n in state.alerts.items()) or "none"
    if not sum(state.unclosed):
        return counts
    labels = ("today", "this week", "this month", "older")
    ages = ", ".join(f"{n:,} {label}" for n, label in zip(state.unclosed, labels, strict=True) if n)
    oldest = f", the oldest {_ago(state.oldest_alert, state.at)}" if sum(state.unclosed) > 1 else ""
    return f"{counts}; not closed: {ages}{oldest}"


def _deliveries_line(state: Overview) -> str:
    waiting = sum(state.deliveries.get(each, 0) for each in (DeliveryStatus.PENDING, DeliveryStatus.SENDING))
    failed = sum(each.deliveries for each in state.troubles if not each.parked)
    numbers = {
        "waiting": waiting,
        "failed and tried again": failed,
        "parked": state.deliveries.get(DeliveryStatus.FAILED, 0),
        "sent": state.deliveries.get(DeliveryStatus.SENT, 0),
        "dropped": state.deliveries.get(DeliveryStatus.DROPPED, 0),
    }
    line = ", ".join(f"{n:,} {what}" for what, n in numbers.items() if n) or "none"
    if state.untold:
        line += f"; alerts told to nobody: {state.untold:,} ('watchlist deliveries tell CHANNEL --since T' tells them)"
    return line


def _pages_line(state: Overview) -> str:
    counts = state.pages.by_status
    if not counts:
        return ""
    read = counts.get(PageStatus.READ, 0) + counts.get(PageStatus.PLAIN, 0)
    line = f"{read:,} read, {counts.get(PageStatus.WAITING, 0):,} waiting, {counts.get(PageStatus.FAILED, 0):,} failed"
    reasons = "; ".join(f"{reason} ({n:,})" for reason, n in state.pages.reasons)
    return f"{line}: {reasons}" if reasons else line


def _run_line(run: Run, at: datetime) -> str:
    began = f"{when(run.started_at)} UTC, {_ago(run.started_at, at)}"
    if run.finished_at is None:
        return f"{began}, under way or interrupted"
    return f"{began}, {_counted(len(run.errors), 'error')}"


def _purge_line(state: Overview) -> str:
    purge = state.purge
    if purge is None:
        return ""
    removed = ", ".join(f"{n:,} {kind}" for kind, n in purge.removed) or "nothing was old"
    left = "" if purge.finished_at else "; the next run goes on"
    return f"{when(purge.started_at)} UTC, {removed}{left}"


def _accounts_line(state: Overview) -> str:
    known, opened, admins = state.accounts.known, state.accounts.opened, state.accounts.admins
    if not known and not state.by_proxy:
        return "none: the page is for this machine alone"
    counts = f"{known:,}, {opened:,} of them open" if opened < known else f"{known:,}"
    if state.lacks_admin:
        return f"{counts}, no admin among them: nobody may change anything on the page ('watchlist users role')"
    if not admins:
        return f"{counts}; whom the proxy names is an admin"
    return f"{counts}, {_counted(admins, 'admin')} among them"


def _ago(moment: datetime | None, at: datetime) -> str:
    if moment is None:
        return "never"
    passed = at - moment
    if passed < -timedelta(minutes=1):
        return f"at {when(moment)} UTC, which is still to come"
    return f"{duration_words(max(passed.total_seconds(), 0.0))} ago"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' if count != 1 else ''}"
