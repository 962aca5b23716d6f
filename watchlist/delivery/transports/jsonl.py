"""A file of JSON lines: its section of the configuration, and the transport that adds to it."""

from __future__ import annotations

import os
from pathlib import Path

from watchlist.delivery.transports.channel import Channel
from watchlist.errors import DeliveryError
from watchlist.ports import Message, Said


class JsonlConfig(Channel):
    """A line of JSON for each alert and notice, added to a file; no ``path`` means none."""

    path: Path | None = None

    def transport(self) -> JsonlTransport | None:
        """The transport once a file is named."""
        return JsonlTransport(self.path) if self.path else None


class JsonlTransport:
    """Adds lines to one file, which other programs may read or move away meanwhile."""

    channel = "jsonl"
    recipients: tuple[str, ...] = ("",)

    def __init__(self, path: Path) -> None:
        """Take the path; nothing is opened."""
        self._path = path

    def preview(self, message: Message) -> str:
        """The lines that would be added."""
        from watchlist.alerts.as_json import alert_json
        from watchlist.delivery.payload import as_json, notice_payload

        key = message.idempotency_key.strip("<>")
        parts = [{"alert": alert_json(each)} for each in message.alerts]
        parts += [{"notice": notice_payload(each)} for each in message.notices]
        return "\n".join(as_json({"delivery": key, "test": message.test, **part}) for part in parts)

    def probe(self) -> str:
        """Look whether the file may be written; raises DeliveryError where it may not."""
        place = self._path if self._path.exists() else self._path.parent
        if not place.exists() or not os.access(place, os.W_OK):
            raise DeliveryError(self.channel, f"{self._path} may not be written", blame="channel")
        return f"{self._path} may be written"

    def send(self, message: Message, said: Said | None = None) -> str | None:
        """Add one message's lines, all or none; raises DeliveryError when the file cannot be written."""
        lines = (self.preview(message) + "\n").encode()
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
            try:
                size = os.fstat(handle).st_size
                if os.write(handle, lines) < len(lines):
                    os.ftruncate(handle, size)
                    raise OSError(0, "the disk is full")
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            text = f"{self._path} cannot be written: {error.strerror}: check jsonl.path"
            raise DeliveryError(self.channel, text, blame="channel") from error
        count = lines.count(b"\n")
        done = f"{count} line{'s' if count != 1 else ''} added to {self._path}"
        if said:
            said(f"> {done}")
        return done
