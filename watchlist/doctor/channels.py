"""Checks of the channels: whether they would take a message, without sending one."""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.doctor.finding import Finding, broken, fine
from watchlist.errors import DeliveryError
from watchlist.ports import ProbedTransport, Transport

_MEND = {
    "email": "see email.host, port, security, username and password; 'watchlist channels test email' shows the talk",
    "webhook": "see webhook.url and webhook.allow; 'watchlist channels test webhook' posts a sample",
    "command": "see command.run: the program, and whether it may be run",
    "jsonl": "see jsonl.path, and who may write there",
}


def try_channel(name: str, transport: Transport) -> Iterator[Finding]:
    """Whether a channel would take a message."""
    if not isinstance(transport, ProbedTransport):
        yield fine(name, f"set up; 'watchlist channels test {name}' sends a sample")
        return
    try:
        yield fine(name, transport.probe())
    except DeliveryError as error:
        mend = _MEND.get(name, f"'watchlist channels test {name}' shows more")
        yield broken(name, str(error).removeprefix(f"{name}: "), mend)
