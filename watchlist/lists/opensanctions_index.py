"""OpenSanctions' ``index.json``: which version of a dataset its files are of, and their checksums.

See https://www.opensanctions.org/docs/bulk/. OpenSanctions' licence is CC BY-NC 4.0: free for non-commercial use only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from watchlist.lists.dates import point_in_time
from watchlist.lists.json_lines import Record, record
from watchlist.lists.source import Part, Source

NAME = "index.json"

_MOST = 20_000_000
_CHUNK = 1 << 20
#: The hash by the number of hexadecimal digits.
_HASHES = {40: "sha1", 64: "sha256", 128: "sha512"}


@dataclass(frozen=True, slots=True)
class Index:
    """What the index says of one file."""

    version: str | None
    published_at: datetime | None
    #: Hexadecimal; SHA-1 today.
    checksum: str | None


def beside(source: Source, part: Part) -> Index | None:
    """What the index that came with a file says of it; None when there is none, or it does not know the file.

    Raises ListParseError for a damaged index.
    """
    for other in source.beside():
        if other.name == NAME and other is not part:
            return _read(other, part.name)
    return None


def verify(part: Part, index: Index) -> None:
    """Raise ListParseError when a file is not the one its index describes."""
    if index.checksum is None:
        return
    algorithm = _HASHES.get(len(index.checksum))
    if algorithm is None:
        raise part.broken(f"{NAME} states a checksum of {len(index.checksum)} digits; none such is known")
    found = hashlib.new(algorithm, usedforsecurity=False)
    with part.opened() as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    if found.hexdigest() != index.checksum.lower():
        raise part.broken(f"does not have the checksum that {NAME} states: fetch both again")


def _read(index: Part, name: str) -> Index | None:
    with index.opened() as stream:
        content = stream.read(_MOST + 1)
    if len(content) > _MOST:
        raise index.broken("is too large for an index")
    try:
        found = record(index, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise index.broken("expected UTF-8 text") from error
    resources = found.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        if isinstance(resource, dict) and resource.get("name") == name:
            return Index(_text(found, "version"), _time(found), _text(resource, "checksum"))
    return None


def _text(found: Record, key: str) -> str | None:
    value = found.get(key)
    return value if isinstance(value, str) and value else None


def _time(found: Record) -> datetime | None:
    stated = (point_in_time(_text(found, key)) for key in ("updated_at", "last_export"))
    return next(filter(None, stated), None)
