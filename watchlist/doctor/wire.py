"""Checks of the wire: names of hosts, addresses of lists with their certificates, the clock by their servers."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from watchlist.config import FetchConfig
from watchlist.doctor.examine import side_by_side
from watchlist.doctor.finding import Finding, broken, doubtful, fine
from watchlist.http.addresses import Guard, is_literal
from watchlist.http.client import make_client
from watchlist.http.failures import Failure, HttpError
from watchlist.http.get import Wanted, get
from watchlist.http.limits import Limits
from watchlist.http.pace import host_of
from watchlist.http.reasons import is_no_connection

#: Seconds for one address up to the first byte of its answer; for all names, and for all addresses.
_ADDRESS_TIME, _NAMES_TIME, _LISTS_TIME = 15.0, 20.0, 25.0
#: Names of hosts that are told.
_NAMED = 3
#: A clock that is further out tells the wrong times of everything, and its certificates are refused before long.
_WRONG, _OFF = timedelta(minutes=5), timedelta(seconds=30)
_OFFLINE = "see whether this machine is online, and its name server: 'resolvectl status', /etc/resolv.conf"


@dataclass(frozen=True, slots=True)
class ListAddress:
    """A list and one address that it is fetched from."""

    list_id: str
    url: str


def look_up_hosts(addresses: Sequence[str]) -> Iterator[Finding]:
    """Whether the hosts of lists, feeds and channels have addresses."""
    hosts = sorted({host for url in addresses if (host := host_of(url)) and not is_literal(host)})
    if not hosts:
        yield fine("dns", "no host has to be looked up")
        return
    # One that nobody answers about in time is not known either.
    lost = [host for host, there in zip(hosts, side_by_side(_is_known, hosts, _NAMES_TIME), strict=True) if not there]
    if len(lost) == len(hosts):
        yield broken("dns", f"none of {len(hosts)} hosts could be looked up: is this machine online?", _OFFLINE)
    elif lost:
        named = ", ".join(lost[:_NAMED]) + (", …" if len(lost) > _NAMED else "")
        mend = "'watchlist feeds' and 'watchlist lists' show whose they are; switch off what is gone for good"
        yield doubtful("dns", f"{len(lost)} of {len(hosts)} hosts could not be looked up: {named}", mend)
    else:
        yield fine("dns", f"{len(hosts)} hosts looked up")


def ask_lists(addresses: Sequence[ListAddress], fetch: FetchConfig, now: Callable[[], datetime]) -> Iterator[Finding]:
    """Whether each address of a list answers, over a connection that can be trusted, and what time it is there."""
    if not addresses:
        yield fine("lists", "no list is fetched")
        return
    found = side_by_side(lambda each: _ask(each, fetch, now), addresses, _LISTS_TIME)
    answers = [
        answer or _Asked(each, HttpError(Failure.LATE, f"no answer within {_LISTS_TIME:g} s"))
        for each, answer in zip(addresses, found, strict=True)
    ]
    failed = [each for each in answers if each.error is not None]
    unreached = [each for each in failed if is_no_connection(str(each.error))]
    if len(unreached) == len(answers):
        yield broken(
            "lists", f"none of {len(answers)} addresses of lists could be reached: {failed[0].error}", _OFFLINE
        )
    else:
        if well := len(answers) - len(failed):
            yield fine("lists", f"{well} of {len(answers)} addresses of lists answer")
        for each in failed:
            # Some make their file when it is asked for.
            slow = each.error is not None and each.error.kind is Failure.LATE
            grade = doubtful if slow else broken
            yield grade("lists", f"{each.asked.list_id}: {each.asked.url}: {each.error}", _mend(each))
    yield from _look_at_certificates(answers)
    yield from _look_at_clock(answers)


@dataclass(frozen=True, slots=True)
class _Asked:
    asked: ListAddress
    error: HttpError | None
    #: How far this machine's clock is ahead of the server's.
    ahead: timedelta | None = None


def _ask(asked: ListAddress, fetch: FetchConfig, now: Callable[[], datetime]) -> _Asked:
    limits = Limits.starting_now(_ADDRESS_TIME, fetch.list_max_bytes, connecting=_ADDRESS_TIME)
    wanted = Wanted(asked.url, trusted_by_name=True)
    try:
        with (
            make_client(fetch.user_agent, deadline=_ADDRESS_TIME, guard=Guard.allowing(fetch.allow)) as client,
            # The body is left where it is.
            get(client, wanted, limits) as answer,
        ):
            return _Asked(asked, None, _ahead(answer.header("date"), now()))
    except HttpError as error:
        return _Asked(asked, error)


def _ahead(date: str | None, now: datetime) -> timedelta | None:
    try:
        told = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    return now - (told if told.tzinfo else told.replace(tzinfo=UTC))


def _mend(answer: _Asked) -> str:
    error = answer.error
    if error is not None and error.kind is Failure.LATE:
        return "the authority may only be slow today; else raise fetch.list_deadline"
    if error is not None and error.status in (401, 403):
        return "it may refuse the user agent: set fetch.user_agent"
    if error is not None and error.status in (404, 410):
        return "the list may have moved: set its url in the configuration"
    return f"try it with 'watchlist lists sync {answer.asked.list_id}'; else set its url, or read it with --from FILE"


def _look_at_certificates(answers: Sequence[_Asked]) -> Iterator[Finding]:
    refused = [each for each in answers if each.error is not None and "certificate" in str(each.error)]
    secure = [each for each in answers if each.asked.url.startswith("https:") and each.error is None]
    if refused:
        mend = "set the clock, install the system's certificates ('ca-certificates'), or see whose proxy is in between"
        yield broken("tls", f"{host_of(refused[0].asked.url)}: {refused[0].error}", mend)
    elif secure:
        yield fine("tls", f"the certificates of {len({host_of(each.asked.url) for each in secure})} hosts are valid")
    elif any(each.asked.url.startswith("https:") for each in answers):
        yield doubtful("tls", "not looked at: no https address answered", "mend the addresses first")
    else:
        yield fine("tls", "no list is fetched over https")


def _look_at_clock(answers: Sequence[_Asked]) -> Iterator[Finding]:
    # A server may itself be wrong; the one in the middle is not, unless most are.
    told = sorted(each.ahead for each in answers if each.ahead is not None)
    if not told:
        yield doubtful("clock", "not compared: no server told its time", "mend the addresses first")
        return
    ahead = told[len(told) // 2]
    off = abs(ahead)
    text = f"{off.total_seconds():,.0f} s {'ahead of' if ahead > timedelta() else 'behind'} the servers of lists"
    mend = "set it, and have it kept: 'timedatectl set-ntp true'"
    if off > _WRONG:
        yield broken("clock", text, mend)
    elif off > _OFF:
        yield doubtful("clock", text, mend)
    else:
        yield fine("clock", "right by the servers of lists")


def _is_known(host: str) -> bool:
    try:
        socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return True
