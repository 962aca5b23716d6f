"""When a failed download is tried again."""

from __future__ import annotations

import random
from email.utils import parsedate_to_datetime

import httpx
import tenacity


class RetryableError(Exception):
    """The try failed for a reason that may pass; ``wait`` is the server's wish in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(message)


def retry_after(response: httpx.Response) -> float | None:
    """The server's Retry-After in seconds from its answer, a date being read against its own Date; None without one."""
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        wished = parsedate_to_datetime(text)
        return max(0.0, (wished - parsedate_to_datetime(response.headers.get("date", ""))).total_seconds())
    except (TypeError, ValueError):
        return None


def wait_before_retry(state: tenacity.RetryCallState, backoff: float) -> float:
    """Seconds to wait after a failed try: the server's wish, else ``backoff``, doubled each time, with some jitter."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RetryableError) and error.wait is not None:
        return error.wait
    spread = random.uniform(1.0, 1.25)  # noqa: S311  # spreads load, guards no secret
    return float(backoff * 2 ** (state.attempt_number - 1) * spread)
