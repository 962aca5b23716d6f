"""How it is worded that no connection came about, and how that is known again in what was stored."""

from __future__ import annotations

import re
from typing import Final

NOT_FOUND: Final = "host name not found"
NO_LOOK_UP: Final = "host name look-up failed"
#: How reasons begin where no connection came about, whoever was asked.
_NO_CONNECTION: Final = (NOT_FOUND, NO_LOOK_UP, "no connection", "connection refused", "the proxy refused")


def is_no_look_up(reason: str) -> bool:
    """Whether a stored reason, or one in a sentence, says that a host's name could not be looked up."""
    return NOT_FOUND in reason or NO_LOOK_UP in reason


def is_no_connection(reason: str) -> bool:
    """Whether a stored reason, or one in a sentence, says that no connection came about: nothing of who was asked."""
    return no_connection_in(reason) is not None


def no_connection_in(sentence: str) -> str | None:
    """The part of a sentence that says that no connection came about; None where none does."""
    for words in _NO_CONNECTION:
        if found := re.search(rf"(?:^|: )({re.escape(words)}[^;]*)", sentence):
            return found[1]
    return None
