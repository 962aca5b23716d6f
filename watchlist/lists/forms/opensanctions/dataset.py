"""OpenSanctions' ``index.json``: which version of a dataset its files are of, and their checksums.

See https://www.opensanctions.org/docs/bulk/. OpenSanctions' licence is CC BY-NC 4.0: free for non-commercial use only.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.streams.json_lines import Record, record
from watchlist.lists.words.dates import point_in_time

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


def beside(file: ListFile) -> Index | None:
    """What the index that came with a file says of it; None when there is none, or it does not know the file.

    Raises ListParseError for a damaged index.
    """
    for other in file.beside():
        if other.name == NAME:
            return _read(other, file.name)
    return None


def verify(file: ListFile, index: Index) -> None:
    """Raise ListParseError when a file is not the one its index describes."""
    if index.checksum is None:
        return
    algorithm = _HASHES.get(len(index.checksum))
    if algorithm is None:
        raise file.broken(f"{NAME} states a checksum of {len(index.checksum)} digits; none such is known")
    found = hashlib.new(algorithm, usedforsecurity=False)
    with file.opened() as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    if found.hexdigest() != index.checksum.lower():
        raise file.broken(f"does not have the checksum that {NAME} states: fetch both again")


def vouching_for(name: str, index: ListFile) -> str:
    """An index for a file that is of the version of another index but not, byte for byte, the file described there."""
    found = read_record(index)
    head = {key: found[key] for key in ("version", "updated_at", "last_export") if key in found}
    return json.dumps({**head, "resources": [{"name": name}]})


def read_record(index: ListFile) -> Record:
    """The object in an index file; raises ListParseError for a damaged one."""
    with index.opened() as stream:
        content = stream.read(_MOST + 1)
    if len(content) > _MOST:
        raise index.broken("is too large for an index")
    try:
        return record(index, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise index.broken("expected UTF-8 text") from error


def stated(found: Record, key: str) -> str | None:
    """The text under a key; None when there is none."""
    value = found.get(key)
    return value if isinstance(value, str) and value else None


def _read(index: ListFile, name: str) -> Index | None:
    found = read_record(index)
    resources = found.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        if isinstance(resource, dict) and resource.get("name") == name:
            return Index(stated(found, "version"), _time(found), stated(resource, "checksum"))
    return None


def _time(found: Record) -> datetime | None:
    times = (point_in_time(stated(found, key)) for key in ("updated_at", "last_export"))
    return next(filter(None, times), None)
