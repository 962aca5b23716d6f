"""What a service manager tells the program it starts, by variables of its own."""

from __future__ import annotations

import os


def notify_socket() -> str | None:
    """Where systemd wants to be told that the service is ready and alive (sd_notify); None where nobody does."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    # A name that begins with @ has no file.
    return f"\0{address[1:]}" if address.startswith("@") else address or None
