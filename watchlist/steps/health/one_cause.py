"""One cause is told once: that no host at all can be reached says something of this machine, not of any feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from watchlist.http.pace import host_of
from watchlist.http.reasons import is_no_connection, is_no_look_up, no_connection_in
from watchlist.model import Fault, Feed, WatchedList
from watchlist.steps.parts import RunReport

#: Fewer hosts say nothing of this machine.
_FEWEST = 2
#: What follows from it, and is not told beside it.
_FOLLOWING = ("setup feeds",)
_ADDRESS = re.compile(r"https?://[^\s;,]+?(?=: |$|[\s;,])")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked last, and how that went."""

    #: What a fault of it has as its subject.
    subject: str
    host: str
    #: When it was asked; when it last answered, well or badly.
    at: datetime
    answered_at: datetime | None = None
    #: Why it could not be reached; None where it was.
    error: str | None = None

    @property
    def is_unreached(self) -> bool:
        """Whether no connection came about."""
        return self.error is not None and is_no_connection(self.error)


@dataclass(frozen=True, slots=True)
class OneCause:
    """What is told in place of these subjects' own faults."""

    text: str
    subjects: frozenset[str]


def one_cause(asked: Iterable[Asked]) -> OneCause | None:
    """The one cause of all that could not be reached, if since the last answer of anybody half of all hosts were tried.

    Those that have been dead for long are asked last, and a few of them alone say nothing of this machine.
    """
    known = list(asked)
    answers = [each.answered_at if each.is_unreached else each.at for each in known]
    last_answer = max((at for at in answers if at is not None), default=None)
    unreached = [each for each in known if each.is_unreached and (last_answer is None or each.at > last_answer)]
    hosts = {each.host for each in unreached}
    if len(hosts) < _FEWEST or 2 * len(hosts) < len({each.host for each in known}):
        return None
    return OneCause(in_words(len(hosts), [each.error or "" for each in unreached]), _subjects(unreached))


def in_words(hosts: int, errors: Sequence[str]) -> str:
    """That none of these hosts could be reached, for these reasons."""
    if all(is_no_look_up(error) for error in errors):
        return f"none of {hosts:,} hosts could be looked up: is this machine online?"
    reason = max(sorted(set(errors)), key=errors.count, default="")
    return f"none of {hosts:,} hosts could be reached ({reason}): is this machine online, and behind no proxy?"


def note_answer(report: RunReport, host: str, error: str | None, line: str = "") -> None:
    """Note of a host whether it answered; ``line`` is the error as the report has it."""
    if error is not None and is_no_connection(error):
        report.unreached[line or error] = host
    else:
        report.answered.add(host)


def host_in(sentence: str, otherwise: str) -> str:
    """The host of the first address in a sentence."""
    found = _ADDRESS.search(sentence)
    return host_of(found[0]) if found else otherwise


def tell_once(report: RunReport) -> str | None:
    """Where nobody could be reached in a run, put one line in place of one for each; return it."""
    hosts = set(report.unreached.values())
    if report.answered or len(hosts) < _FEWEST:
        return None
    reasons = [_reason(line) for line in report.unreached]
    first = next(n for n, error in enumerate(report.errors) if error in report.unreached)
    rest = [error for error in report.errors if error not in report.unreached]
    line = in_words(len(hosts), reasons)
    report.errors[:] = [*rest[:first], line, *rest[first:]]
    return line


def asked_of(lists: Iterable[WatchedList], feeds: Iterable[Feed]) -> list[Asked]:
    """What is known of the hosts of lists and feeds by their last checks."""
    found = [
        Asked(
            f"feed {each.id}",
            host_of(each.moved_to if each.adopted and each.moved_to else each.url),
            each.last_checked_at,
            each.last_success_at,
            each.last_error,
        )
        for each in feeds
        if each.enabled and each.last_checked_at is not None
    ]
    found += [
        # Of a list without an address of its own only an error names the host; else its id stands for it.
        Asked(
            f"list {each.id}",
            host_of(each.url) if each.url else host_in(each.last_error or "", each.id),
            each.last_checked_at,
            each.last_good_at,
            each.last_error,
        )
        for each in lists
        if each.enabled and each.refresh and each.last_checked_at is not None
    ]
    return found


def gathered(faults: Iterable[Fault], cause: OneCause | None) -> list[Fault]:
    """The faults, with those that have one cause as one: lasting as soon as one of them is."""
    known = list(faults)
    if cause is None:
        return known
    caused = [each for each in known if each.subject in cause.subjects]
    if not caused:
        return known
    lasting = any(each.lasting for each in caused)
    # In the place of the first of them.
    first = known.index(caused[0])
    rest = [each for each in known if each.subject not in {*cause.subjects, *_FOLLOWING}]
    return [*rest[:first], Fault("network", cause.text, lasting, grave=True), *rest[first:]]


def _reason(line: str) -> str:
    """Of an error in a sentence, why no connection came about."""
    return no_connection_in(line) or line


def _subjects(unreached: Iterable[Asked]) -> frozenset[str]:
    return frozenset(each.subject for each in unreached)
