"""Where one record of a WARC file ends and the next begins; what is in them is read by `rows`.

Only what may hold an article is kept: answers, resources and texts. Records are found by the length that each states.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

_KEPT: Final = (b"response", b"resource", b"conversion")
#: No header has a longer line, or more of them.
_LONGEST_LINE: Final = 1 << 16
_MOST_LINES: Final = 200
_AT_ONCE: Final = 1 << 20


class FrameError(ValueError):
    """The bytes are no WARC record; the text says what they are not."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One record: its bytes, or why it is put aside, or neither where it is of a kind that holds no article."""

    number: int
    record: bytes | None
    reason: str = ""


class Frames:
    """The records of a stream, one after another; raises FrameError where it is no WARC any more."""

    def __init__(self, stream: IO[bytes], longest: int) -> None:
        self._stream = stream
        self._longest = longest
        #: Bytes read so far.
        self.read = 0

    def __iter__(self) -> Iterator[Frame]:
        number = 0
        while (head := self._head()) is not None:
            number += 1
            fields = _fields(head)
            length = fields.get(b"content-length", b"")
            if not length.isdigit():
                raise FrameError(f"record {number} states no length")
            if fields.get(b"warc-type") not in _KEPT:
                self._pass(int(length))
                yield Frame(number, None)
            elif int(length) > self._longest:
                self._pass(int(length))
                yield Frame(number, None, f"is longer than {self._longest:,} bytes")
            else:
                block = self._stream.read(int(length))
                self.read += len(block)
                if len(block) < int(length):
                    raise FrameError(f"record {number} is cut off")
                yield Frame(number, b"".join((*head, block, b"\r\n\r\n")))

    def _head(self) -> list[bytes] | None:
        """The lines of the next header with the empty one behind them; None at the end."""
        line = self._line()
        while line in (b"\r\n", b"\n"):
            line = self._line()
        if not line:
            return None
        if not line.startswith(b"WARC/"):
            raise FrameError("is no WARC record")
        lines = [line]
        while line not in (b"\r\n", b"\n"):
            line = self._line()
            lines.append(line)
            if not line or len(lines) > _MOST_LINES:
                raise FrameError("a record's header does not end")
        return lines

    def _line(self) -> bytes:
        line = self._stream.readline(_LONGEST_LINE)
        self.read += len(line)
        return line

    def _pass(self, length: int) -> None:
        left = length
        while left:
            part = self._stream.read(min(left, _AT_ONCE))
            if not part:
                raise FrameError("the last record is cut off")
            left -= len(part)
            self.read += len(part)


def _fields(head: list[bytes]) -> dict[bytes, bytes]:
    fields = {}
    for line in head[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            fields[name.strip().lower()] = value.strip()
    return fields
