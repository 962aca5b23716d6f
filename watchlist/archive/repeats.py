"""Texts that come more than once, as wire reports do: what was found in one is found in all of them.

The processes of a run share what they know through files in one folder: each writes a table of its own and reads those
of the others, so that no lock is needed and none can be left behind. Tables have a fixed size; what was forgotten for
another is read again, which costs time and changes nothing. What was half written by a process that was killed is seen
by its checksum. A text that a process begins to read stands in its table as in hand, so that others leave it to it for
the time being; they never wait for it, for it may be dead.
"""

from __future__ import annotations

import mmap
import os
import pickle
import struct
import zlib
from hashlib import blake2b
from pathlib import Path
from typing import Final

from watchlist.model import Article, Mention

#: Texts that a process remembers at most: 32 bytes each, of which the system keeps what is used.
_SLOTS: Final = 1 << 18
#: Bytes of what was found in them; behind the last of it the first is written over.
_FOUND_BYTES: Final = 1 << 24
_DIGEST: Final = 16
#: Digest of the text, where in the file of finds it stands (length 0: nothing was found), and a checksum.
_SLOT: Final = struct.Struct(f"<{_DIGEST}sQII")
#: The length of what is not found yet: the text is in hand.
_IN_HAND: Final = 0xFFFFFFFF
#: Places that a text may have: with one alone, in a table a tenth full every tenth text would drive another out.
_WAYS: Final = 4
_BUCKET: Final = _WAYS * _SLOT.size
#: Texts that came again and in which nothing was found, as in most: for these no table is looked at, own or another's.
_MOST_QUIET: Final = 1 << 16
_NOBODY: Final = bytes(_DIGEST)
_SUM: Final = struct.Struct("<I")
_TABLE, _FOUND = ".table", ".found"


class SharedFinds:
    """What the processes that share a folder found, by the hash of where. ``own`` names this one among them."""

    def __init__(self, folder: Path, own: str, *, slots: int = _SLOTS, found_bytes: int = _FOUND_BYTES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._own = _SharedTable(folder / own, slots, found_bytes, writes=True)
        self._others: dict[str, _SharedTable] = {}
        self._sizes = slots, found_bytes

    def look_around(self) -> None:
        """See which other processes there are by now."""
        for path in self._folder.glob(f"*{_TABLE}"):
            name = path.stem
            if name not in self._others and path.with_suffix("") != self._own.path:
                try:
                    self._others[name] = _SharedTable(path.with_suffix(""), *self._sizes, writes=False)
                except (OSError, ValueError):
                    # It is being made just now, or of another size.
                    continue

    def get(self, key: bytes) -> bytes | None:
        """What was found there, empty for nothing; None where nobody looked or it is forgotten."""
        found = self._own.get(key)
        if found is not None:
            return found
        for other in self._others.values():
            found = other.get(key)
            if found is not None:
                return found
        return None

    def put(self, key: bytes, found: bytes) -> None:
        """Know it from now on."""
        self._own.put(key, found)

    def take(self, key: bytes) -> bool:
        """Have others know that this process looks there; False where another one does, or did until it died."""
        if any(other.is_in_hand(key) for other in self._others.values()):
            return False
        self._own.take(key)
        return True


class Repeats:
    """What was found in texts by the processes that share a folder."""

    def __init__(self, finds: SharedFinds) -> None:
        self._finds = finds
        self._quiet: set[bytes] = set()

    def look_around(self) -> None:
        """See which other processes there are by now."""
        self._finds.look_around()

    def known(self, key: bytes) -> tuple[Mention, ...] | None:
        """What was found in a text, None where it has not been seen or is forgotten."""
        if key in self._quiet:
            return ()
        found = self._finds.get(key)
        if found is None:
            return None
        if not found:
            if len(self._quiet) >= _MOST_QUIET:
                self._quiet.clear()
            self._quiet.add(key)
            return ()
        mentions: tuple[Mention, ...] = pickle.loads(found)  # noqa: S301 - written by a process of this run
        return mentions

    def take(self, key: bytes) -> bool:
        """Take a text in hand that is not known; False where another process has it, which may also have died of it."""
        return self._finds.take(key)

    def keep(self, key: bytes, found: tuple[Mention, ...]) -> None:
        """Know a text from now on."""
        self._finds.put(key, pickle.dumps(found, pickle.HIGHEST_PROTOCOL) if found else b"")


class _SharedTable:
    """One process's finds by the hash of their texts: a table with a few places for each, and a file behind it."""

    def __init__(self, path: Path, slots: int, found_bytes: int, *, writes: bool) -> None:
        self.path = path
        self._buckets = slots // _WAYS
        self._table = _mapped(path.with_name(path.name + _TABLE), slots * _SLOT.size, writes=writes)
        self._found = _mapped(path.with_name(path.name + _FOUND), found_bytes, writes=writes)
        self._end = 0

    def get(self, key: bytes) -> bytes | None:
        place = self._place(key)
        if place is None or place[1] == _IN_HAND:
            return None
        offset, length = place
        if not length:
            return b""
        written = self._found[offset : offset + length]
        if len(written) != length or not written.startswith(key):
            return None
        (content,) = _SUM.unpack_from(written, _DIGEST)
        plain = written[_DIGEST + _SUM.size :]
        return plain if content == zlib.crc32(plain) else None

    def is_in_hand(self, key: bytes) -> bool:
        """Whether the process has begun to read the text and not come to its end."""
        place = self._place(key)
        return place is not None and place[1] == _IN_HAND

    def take(self, key: bytes) -> None:
        """Have it in hand."""
        self._write(key, 0, _IN_HAND)

    def put(self, key: bytes, plain: bytes) -> None:
        offset = length = 0
        if plain:
            written = key + _SUM.pack(zlib.crc32(plain)) + plain
            length = len(written)
            if length > len(self._found):
                return
            offset = self._end if self._end + length <= len(self._found) else 0
            self._found[offset : offset + length] = written
            self._end = offset + length
        self._write(key, offset, length)

    def _place(self, key: bytes) -> tuple[int, int] | None:
        """What its slot says: where it stands and how long it is."""
        start = self._start(key)
        bucket = self._table[start : start + _BUCKET]
        at = bucket.find(key)
        if at < 0 or at % _SLOT.size:
            return None
        slot = bucket[at : at + _SLOT.size]
        _, offset, length, checksum = _SLOT.unpack(slot)
        return (offset, length) if checksum == zlib.crc32(slot[: -_SUM.size]) else None

    def _write(self, key: bytes, offset: int, length: int) -> None:
        head = _SLOT.pack(key, offset, length, 0)[: -_SUM.size]
        at = self._start(key) + self._free(key) * _SLOT.size
        self._table[at : at + _SLOT.size] = head + _SUM.pack(zlib.crc32(head))

    def _start(self, key: bytes) -> int:
        """Where the places begin that a text may have."""
        return int.from_bytes(key[:8], "little") % self._buckets * _BUCKET

    def _free(self, key: bytes) -> int:
        """Which of them it takes: its own, else one that nothing has, else one by its hash."""
        start = self._start(key)
        held = [self._table[at : at + _DIGEST] for at in range(start, start + _BUCKET, _SLOT.size)]
        for wanted in (key, _NOBODY):
            if wanted in held:
                return held.index(wanted)
        return key[-1] % _WAYS


def _mapped(path: Path, size: int, *, writes: bool) -> mmap.mmap:
    if not writes:
        with path.open("rb") as stream:
            return mmap.mmap(stream.fileno(), size, access=mmap.ACCESS_READ)
    with path.open("w+b") as stream:
        # Room is taken at once: on a full disk, writing to a mapped file that has none would end the process.
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(stream.fileno(), 0, size)
        else:
            os.truncate(stream.fileno(), size)
        return mmap.mmap(stream.fileno(), size)


def key_of(article: Article) -> bytes:
    """The hash of title and text: the engine reads nothing else of an article."""
    found = blake2b(article.title.encode("utf-8", "surrogatepass"), digest_size=_DIGEST)
    # A byte that no text in UTF-8 has.
    found.update(b"\xff")
    found.update(article.text.encode("utf-8", "surrogatepass"))
    return found.digest()
