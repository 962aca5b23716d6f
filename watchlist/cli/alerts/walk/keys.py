"""Single keys from a terminal, and lines between them; what is typed ahead is kept."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds within which the rest of a key that sends several bytes follows its first.
_REST = 0.05
_ESCAPE = b"\x1b"
_INTERRUPTED, _ENDED = b"\x03", b"\x04"


class Keys:
    """The keys of a terminal, one at a time, while it is `open_keys`."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._cooked = termios.tcgetattr(fd)

    def start(self) -> None:
        """Have keys at once and unseen. What was typed before is not thrown away."""
        tty.setcbreak(self._fd, termios.TCSADRAIN)

    def stop(self) -> None:
        """Leave the terminal as it was."""
        termios.tcsetattr(self._fd, termios.TCSADRAIN, self._cooked)

    def next(self) -> str:
        """The next key as a character; "" for one that has none, such as an arrow.

        Raises EOFError when the terminal is gone, or for Ctrl-D; KeyboardInterrupt for Ctrl-C.
        """
        first = os.read(self._fd, 1)
        if first in (b"", _ENDED):
            raise EOFError
        if first == _INTERRUPTED:
            raise KeyboardInterrupt
        if first == _ESCAPE:
            while select.select([self._fd], [], [], _REST)[0] and not os.read(self._fd, 1).isalpha():
                pass
            return ""
        more = 3 if first >= b"\xf0" else 2 if first >= b"\xe0" else 1 if first >= b"\xc0" else 0
        return (first + b"".join(os.read(self._fd, 1) for _ in range(more))).decode("utf-8", "replace")

    def line(self, prompt: str) -> str | None:
        """A line, typed as lines are in a shell; None when it was broken off, "" when nothing was typed."""
        self.stop()
        try:
            return input(prompt).strip()
        except (KeyboardInterrupt, EOFError):
            return None
        finally:
            self.start()


@contextmanager
def open_keys(on_resize: Callable[[], None]) -> Iterator[Keys]:
    """The keys of standard input; ``on_resize`` is called when the terminal gets another size."""

    def resized(_signal: int, _frame: FrameType | None) -> None:
        on_resize()

    keys = Keys(sys.stdin.fileno())
    before = signal.signal(signal.SIGWINCH, resized)
    keys.start()
    try:
        yield keys
    finally:
        signal.signal(signal.SIGWINCH, before)
        keys.stop()
