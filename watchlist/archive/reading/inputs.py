"""Which files an archive is made of: named, in folders, or by a pattern."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from glob import glob, has_magic
from pathlib import Path

from watchlist.errors import UsageError


class InputKind(StrEnum):
    """How a file holds articles."""

    LINES = "lines"
    PARQUET = "parquet"
    WARC = "warc"


class Packing(StrEnum):
    """How a file is compressed as a whole."""

    NONE = "none"
    GZIP = "gzip"
    ZSTD = "zstd"


#: By the end of a name, that of its compression left aside.
_KINDS = {
    ".jsonl": InputKind.LINES,
    ".ndjson": InputKind.LINES,
    ".json": InputKind.LINES,
    ".parquet": InputKind.PARQUET,
    ".pq": InputKind.PARQUET,
    ".warc": InputKind.WARC,
    ".wet": InputKind.WARC,
}
_PACKINGS = {".gz": Packing.GZIP, ".zst": Packing.ZSTD}
KNOWN = ".jsonl, .ndjson, .json, .warc and .wet, each also with .gz or .zst behind it, and .parquet"


#: The files that a run keeps of itself, by which its output is known.
OUTPUT_MARKS = frozenset({"_run.json", "_summary.json"})


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of an archive, with what shows that it is still the same."""

    path: str
    kind: InputKind
    packing: Packing
    size: int
    #: When it was last changed, in nanoseconds; 0 where that is not known.
    changed: int


def find_inputs(named: Iterable[str]) -> tuple[InputFile, ...]:
    """The files of these paths, folders and patterns, in the order named and by name within; each once.

    In folders, files of other kinds are passed over, and so is what begins with a dot or an underscore, and the output
    of runs. Raises
    UsageError for a path where nothing is, and for a named file of no known kind.
    """
    found: dict[str, InputFile] = {}
    for each in named:
        before = len(found)
        paths = list(_paths(each))
        for path in paths:
            file = _input(path)
            found.setdefault(os.path.realpath(path), file)
        if len(found) == before and not paths:
            raise UsageError(f"{each}: no files of an archive there: they end in {KNOWN}")
    return tuple(found.values())


def kind_of(name: str) -> tuple[InputKind, Packing] | None:
    """How a file of this name is read; None for one that is none of an archive."""
    path, packing = Path(name.lower()), Packing.NONE
    if path.suffix in _PACKINGS:
        packing, path = _PACKINGS[path.suffix], path.with_suffix("")
    kind = _KINDS.get(path.suffix)
    if kind is None or (kind is InputKind.PARQUET and packing is not Packing.NONE):
        return None
    return kind, packing


def _paths(named: str) -> Iterator[str]:
    path = Path(named)
    if path.is_dir():
        yield from _within(named)
    elif path.exists():
        if kind_of(named) is None:
            raise UsageError(f"{named}: is no file of an archive by its name: those end in {KNOWN}")
        yield named
    elif has_magic(named):
        for each in sorted(glob(named, recursive=True)):  # noqa: PTH207 - a pattern may begin anywhere
            if Path(each).is_dir():
                yield from _within(each)
            elif kind_of(each) is not None:
                yield each
    else:
        raise UsageError(f"{named}: no such file or folder")


def _within(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        if not OUTPUT_MARKS.isdisjoint(names):
            # What a run wrote is no input of the next.
            folders.clear()
            continue
        folders[:] = sorted(each for each in folders if not each.startswith((".", "_")))
        for name in sorted(names):
            if not name.startswith((".", "_")) and kind_of(name) is not None:
                yield str(Path(place, name))


def _input(path: str) -> InputFile:
    known = kind_of(path)
    if known is None:
        raise UsageError(f"{path}: is no file of an archive by its name: those end in {KNOWN}")
    about = Path(path).stat()
    return InputFile(path, *known, about.st_size, about.st_mtime_ns)
