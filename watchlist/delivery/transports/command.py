"""A command: its section of the configuration, and the transport that gives messages to it as JSON."""

from __future__ import annotations

import shutil
import subprocess

from watchlist.config.values import Seconds
from watchlist.delivery.transports.channel import Channel
from watchlist.errors import DeliveryError
from watchlist.ports import Message, Said

#: What a command says, cut to so many characters.
_MOST_WORDS = 300


class CommandConfig(Channel):
    """Messages as JSON on the standard input of a command; no ``run`` means none."""

    #: The program and its arguments; no shell reads them.
    run: tuple[str, ...] = ()
    timeout: Seconds = 60.0

    def transport(self) -> CommandTransport | None:
        """The transport once a command is set."""
        return CommandTransport(self) if self.run else None


class CommandTransport:
    """Runs a command for each message; exit code 0 says that it was taken."""

    channel = "command"
    recipients: tuple[str, ...] = ("",)

    def __init__(self, config: CommandConfig) -> None:
        """Take the configuration; nothing is run."""
        self._config = config

    def preview(self, message: Message) -> str:
        """What the command is given, indented; it comes on one line."""
        from watchlist.delivery.payload import as_json, payload

        return as_json(payload(message), indent=2)

    def probe(self) -> str:
        """Look for the program and run nothing; raises DeliveryError where it is not there or may not be run."""
        program = self._config.run[0]
        if (found := shutil.which(program)) is None:
            raise DeliveryError(self.channel, f"{program} is not there, or may not be run", blame="channel")
        return f"{found} is there, and may be run"

    def send(self, message: Message, said: Said | None = None) -> str | None:
        """Run the command; returns the last line of what it printed. Raises DeliveryError for another exit code."""
        from watchlist.delivery.clean import one_line
        from watchlist.delivery.payload import as_json, payload

        program, given = self._config.run[0], as_json(payload(message)).encode() + b"\n"
        if said:
            said(f"> {program}, {len(self._config.run) - 1} arguments, {len(given)} bytes on standard input")
        try:
            done = subprocess.run(  # noqa: S603  (the operator's own command, without a shell)
                self._config.run, input=given, capture_output=True, timeout=self._config.timeout, check=False
            )
        except subprocess.TimeoutExpired:
            text = f"{program} did not end within {self._config.timeout:g} s"
            raise DeliveryError(self.channel, text, unanswered=True) from None
        except OSError as error:
            text = f"{program} cannot be run: {error.strerror}: check command.run"
            raise DeliveryError(self.channel, text, blame="channel") from error
        words = [one_line(part.decode("utf-8", "replace"), _MOST_WORDS) for part in (done.stdout, done.stderr)]
        if said:
            said(f"< exit code {done.returncode}{''.join(f', {each}' for each in words if each)}")
        if done.returncode:
            raise DeliveryError(self.channel, f"{program} ended with {done.returncode}: {words[1] or words[0]}")
        return words[0] or "exit code 0"
