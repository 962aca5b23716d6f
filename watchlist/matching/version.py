"""The engine's version, apart from the engine so that it is cheap to import; it follows from code, tables and data.

Compiled indexes are kept by it, and each mention says by which it was found: whatever may change a score or the form of
an index file must change it. So it is made of everything that stands in this package.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: For people, who see it before the digest: another one where the engine works in another way than before.
_GENERATION: Final = "2.0"
_AT_ONCE: Final = 1 << 17
_PACKAGE: Final = Path(__file__).parent


@cache
def engine_version() -> str:
    """Such as ``2.0+3fa9c18e``; worked out when first asked, in a few milliseconds."""
    return f"{_GENERATION}+{digest_of(_PACKAGE if _PACKAGE.is_dir() else _zipped())}"


def digest_of(package: Traversable) -> str:
    """A digest over every file in a package, by its name in it and its content."""
    found = hashlib.blake2b(digest_size=4)
    for name, file in sorted(_files(package, ""), key=lambda row: row[0]):
        found.update(f"{name} {_checksum(file)}\n".encode())
    return found.hexdigest()


def _checksum(file: Traversable) -> int:
    # The tables are long: a checksum is quicker than a digest, and nobody means to deceive.
    found = 0
    with file.open("rb") as stream:
        while part := stream.read(_AT_ONCE):
            found = zlib.crc32(part, found)
    return found


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        if each.is_dir():
            # What Python makes of the sources says nothing new, and is there or not.
            if each.name != "__pycache__":
                yield from _files(each, f"{path}{each.name}/")
        else:
            yield f"{path}{each.name}", each


def _zipped() -> Traversable:
    # Here, since it takes longer to import than to read all files of a package that is unpacked.
    from importlib.resources import files

    return files("watchlist.matching")
