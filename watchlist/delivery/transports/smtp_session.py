"""One SMTP connection that ends in bounded time."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal

from watchlist.delivery.clean import one_line
from watchlist.ports import Said

#: The reply that asks for the text.
_GO_ON = 354


class Session(smtplib.SMTP):
    """`smtplib.SMTP` with a deadline for the whole dialogue and, with a context, TLS from the first byte.

    The time-out of `smtplib` counts for one read, so a server that drips a byte now and then could hold the sender for
    hours. At the deadline the connection is shut down, and whatever waits for it fails with an error. The answer to the
    text has a time-out of its own, for in that time the server stores and checks it (RFC 5321, 4.5.3.2.6).
    """

    def __init__(
        self,
        address: tuple[str, int],
        waits: tuple[float, float, float],
        implicit_tls: ssl.SSLContext | None = None,
        hello: str | None = None,
        said: Said | None = None,
    ) -> None:
        """Connect and read the greeting; raises OSError and SMTPException.

        ``waits`` are the seconds for a step, for all up to the text, and for the answer to it. ``said`` is told the
        dialogue, but for what is said in `hushed`. ``hello`` is what the program calls itself, in place of the name of
        this machine.
        """
        timeout, deadline, answer_timeout = waits
        self._said = said
        self._hushed = False
        #: How far the text has come: not yet asked for, asked for, on its way, all of it handed over.
        self.text: Literal["none", "asked", "going", "gone"] = "none"
        #: What the server said to it.
        self.receipt: tuple[int, bytes] | None = None
        self._answer_timeout = max(timeout, answer_timeout)
        self._implicit_tls = implicit_tls
        # The same connection under a second descriptor: TLS replaces the first, at a moment the timer can't know.
        self._leash: socket.socket | None = None
        self._timer = self._timer_for(deadline)
        self._overdue = False
        self.peer: str | None = None
        try:
            super().__init__(*address, local_hostname=hello, timeout=timeout)
        except BaseException:
            self.close()
            raise

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        # The method smtplib's own SMTP_SSL overrides for the same purpose.
        raw = socket.create_connection((host, port), timeout)
        try:
            self.peer = raw.getpeername()[0]
            self._leash = raw.dup()
            self._timer.start()
            if self._implicit_tls is None:
                return raw
            return self._implicit_tls.wrap_socket(raw, server_hostname=host)
        except BaseException:
            raw.close()
            raise

    @contextmanager
    def hushed(self) -> Iterator[None]:
        """Tell of the dialogue in the block no more than that it is held."""
        self._hushed = True
        try:
            yield
        finally:
            self._hushed = False

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Send a command, as smtplib does."""
        self._tell(f"> {cmd} {args}".rstrip(), "> *** (login)")
        super().putcmd(cmd, args)

    def _tell(self, line: str, hushed: str) -> None:
        if self._said is not None:
            self._said(hushed if self._hushed else one_line(line))

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over the text, as smtplib does, and keep what the server says to it."""
        self.text = "asked"
        self.receipt = super().data(msg)
        return self.receipt

    def getreply(self) -> tuple[int, bytes]:
        """Read one reply, as smtplib does; a connection cut at the deadline is reported as timed out."""
        reply = self._next_reply()
        self._tell(f"< {reply[0]} {reply[1].decode('utf-8', 'replace')}", f"< {reply[0]}")
        return reply

    def _next_reply(self) -> tuple[int, bytes]:
        match self.text:
            case "asked":
                reply = self._reply()
                self.text = "going" if reply[0] == _GO_ON else "none"
                return reply
            case "going":
                self.text = "gone"
                self._tell("> the text, and a dot", "")
                self._wait_for_answer()
                reply = self._reply()
                self.text = "none"
                return reply
            case _:
                return self._reply()

    def _wait_for_answer(self) -> None:
        self._timer.cancel()
        if self.sock is not None and not self._overdue:
            self.sock.settimeout(self._answer_timeout)
            self._timer = self._timer_for(self._answer_timeout)
            self._timer.start()

    def _timer_for(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        return timer

    def _reply(self) -> tuple[int, bytes]:
        try:
            reply = super().getreply()
        except smtplib.SMTPServerDisconnected as error:
            if not self._overdue:
                raise
            raise self._overtime() from error
        # smtplib takes what came of a line for the whole of it when the connection ends.
        if self._overdue:
            self.close()
            raise self._overtime()
        return reply

    @staticmethod
    def _overtime() -> smtplib.SMTPServerDisconnected:
        return smtplib.SMTPServerDisconnected("timed out: the whole dialogue took too long")

    def _cut(self) -> None:
        self._overdue = True
        leash = self._leash
        if leash is not None:
            with suppress(OSError):
                leash.shutdown(socket.SHUT_RDWR)

    def say_goodbye(self) -> None:
        """End the dialogue politely; nothing that goes wrong here counts."""
        with suppress(smtplib.SMTPException, OSError, ValueError):
            self.quit()

    def close(self) -> None:
        """Close the connection, in whatever state it is."""
        # smtplib itself closes in the middle of a dialogue; the timer is of no use after that.
        self._timer.cancel()
        leash, self._leash = self._leash, None
        if leash is not None:
            leash.close()
        super().close()
