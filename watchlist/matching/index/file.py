"""The file an index is kept in: a header, then arrays of numbers, each at an aligned offset, read by memory map.

The header is one JSON object (format, engine version, counts, where each section stands) with its own checksum.
Sections are checked in full up to 64 MB in all and by their first and last page beyond, so that opening a large index
stays quick.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from watchlist.errors import MatchingError

#: One array of numbers; a plain buffer, so that reading an index needs no library for arrays.
Section = memoryview

_ORDER = "<" if sys.byteorder == "little" else ">"
#: What a section's numbers are called in the header, and how a buffer of them is addressed.
_FORMATS: dict[str, Literal["B", "H", "I", "Q"]] = {
    "|u1": "B",
    f"{_ORDER}u2": "H",
    f"{_ORDER}u4": "I",
    f"{_ORDER}u8": "Q",
}
_NAME_BY_SIZE = {int(name[2:]): name for name in _FORMATS}
_MAGIC = b"watchlist-index\n"
_ALIGNMENT = 64
_PAGE = 4096
_CHECKED_IN_FULL = 64 << 20


def _checksum(view: memoryview, in_full: bool) -> int:
    if in_full or len(view) <= 2 * _PAGE:
        return zlib.crc32(view)
    return zlib.crc32(view[-_PAGE:], zlib.crc32(view[:_PAGE]))


def write(path: Path, about: Mapping[str, Any], sections: Mapping[str, Section]) -> None:
    """Write an index file beside ``path`` and put it in place in one step; raises MatchingError when it can't."""
    in_full = sum(section.nbytes for section in sections.values()) <= _CHECKED_IN_FULL
    places: dict[str, tuple[str, int, int, int]] = {}
    offset = 0
    views: list[tuple[int, memoryview]] = []
    for name, section in sections.items():
        view = section.cast("B") if section.nbytes else memoryview(b"")
        places[name] = (_NAME_BY_SIZE[section.itemsize], offset, len(view), _checksum(view, in_full))
        views.append((offset, view))
        offset = -(-(offset + len(view)) // _ALIGNMENT) * _ALIGNMENT
    header = json.dumps({"about": dict(about), "sections": places, "size": offset, "in_full": in_full}).encode()
    start = -(-(len(_MAGIC) + 16 + len(header)) // _ALIGNMENT) * _ALIGNMENT
    lead = _MAGIC + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(8, "little") + header
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(lead)
            for place, view in views:
                file.seek(start + place)
                file.write(view)
            file.truncate(start + offset)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise MatchingError(f"cannot write the index {path}: {error}") from error


def read(path: Path) -> tuple[dict[str, Any], dict[str, Section]]:
    """What ``write`` was given, the sections mapped read-only; raises MatchingError when missing or damaged."""
    try:
        with path.open("rb") as file:
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return _unpack(mapped)
    except FileNotFoundError as error:
        raise MatchingError(f"there is no index {path}: 'watchlist index build {path}' makes one") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MatchingError(f"the index {path} cannot be read ({error}): compile it again") from error


def _unpack(mapped: memoryview) -> tuple[dict[str, Any], dict[str, Section]]:
    lead = len(_MAGIC)
    if bytes(mapped[:lead]) != _MAGIC:
        raise ValueError("it is no index file")
    length = int.from_bytes(mapped[lead : lead + 8], "little")
    header = bytes(mapped[lead + 16 : lead + 16 + length])
    if zlib.crc32(header) != int.from_bytes(mapped[lead + 8 : lead + 16], "little"):
        raise ValueError("its header is damaged")
    described = json.loads(header)
    start = -(-(lead + 16 + length) // _ALIGNMENT) * _ALIGNMENT
    if len(mapped) != start + described["size"]:
        raise ValueError("it is not of the length it should have")
    sections: dict[str, Section] = {}
    for name, (dtype, offset, size, checksum) in described["sections"].items():
        view = mapped[start + offset : start + offset + size]
        if _checksum(view, described["in_full"]) != checksum:
            raise ValueError(f"its section {name} is damaged")
        sections[name] = view.cast(_FORMATS[dtype])
    return described["about"], sections
