"""From a path to readable parts: folders, zip archives, gzip or plain files, told apart by content, never trusted.

Every failure to read comes out as ListParseError that names the part.
"""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from watchlist.errors import ListParseError

#: More than this after decompression is no list (the largest official file has about 130 MB).
MAX_BYTES = 1_000_000_000
#: A longer line is no text.
MAX_LINE = 1_000_000

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a list, inflated while it is read."""

    list_id: str
    #: How messages call it.
    label: str
    open_raw: Callable[[], IO[bytes]]

    @property
    def name(self) -> str:
        """The file's name in lower case without ``.gz``: what the official names are compared with."""
        return PurePosixPath(self.label.replace("\\", "/")).name.lower().removesuffix(".gz")

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The inflated bytes; low-level errors of reading leave the block as ListParseError."""
        try:
            with self.open_raw() as raw:
                packed = raw.read(2) == _GZIP
                raw.seek(0)
                if packed:
                    with gzip.open(raw, "rb") as inflated:
                        yield cast("IO[bytes]", inflated)
                else:
                    yield raw
        except EOFError as error:
            raise self.broken("the compressed file is cut off before its end: fetch it again") from error
        except (OSError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise self.broken(f"cannot be read: {error}") from error

    def broken(self, message: str, line: int | None = None) -> ListParseError:
        """The error to raise about this part."""
        return ListParseError(self.list_id, f"{self.label}: {message}", line=line)

    def head(self, size: int = 8192) -> bytes:
        """The first bytes of the content."""
        with self.opened() as stream:
            return stream.read(size)


@dataclass(frozen=True, slots=True)
class Source:
    """What a path holds."""

    list_id: str
    path: Path
    parts: tuple[Part, ...]
    #: One file was given, not a folder or an archive.
    lone: bool

    def beside(self) -> tuple[Part, ...]:
        """The parts, and for a lone file what lies in its folder too."""
        if not self.lone:
            return self.parts
        neighbours = (path for path in sorted(self.path.parent.iterdir()) if path.is_file() and path != self.path)
        return self.parts + tuple(_file_part(self.list_id, path) for path in neighbours)


def open_source(list_id: str, path: Path) -> Source:
    """See what is at ``path``; raises ListParseError when nothing readable is."""
    try:
        if path.is_dir():
            files = tuple(_file_part(list_id, child) for child in sorted(path.iterdir()) if _counts(child))
            if not files:
                raise ListParseError(list_id, f"{path}: the folder holds no files")
            return Source(list_id, path, files, lone=False)
        if not path.exists():
            raise ListParseError(list_id, f"{path}: no such file or folder")
        if not path.is_file():
            raise ListParseError(list_id, f"{path}: expected a file or a folder")
        with path.open("rb") as stream:
            magic = stream.read(4)
    except OSError as error:
        raise ListParseError(list_id, f"{path}: cannot be read: {error}") from error
    if magic in (_ZIP, _EMPTY_ZIP):
        return Source(list_id, path, _zip_parts(list_id, path), lone=False)
    return Source(list_id, path, (_file_part(list_id, path),), lone=True)


def digest(parts: tuple[Part, ...]) -> str:
    """SHA-256 of one part's content, or over the names and contents of several; refuses more than `MAX_BYTES`."""
    whole = hashlib.sha256()
    size = 0
    for part in parts:
        content = hashlib.sha256()
        with part.opened() as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > MAX_BYTES:
                    raise part.broken(f"holds more than {MAX_BYTES:,} bytes after decompression; that is no list")
                content.update(chunk)
        if len(parts) == 1:
            return content.hexdigest()
        whole.update(f"{part.name} {content.hexdigest()}\n".encode())
    return whole.hexdigest()


def text_lines(list_id: str, stream: IO[bytes], label: str = "", encoding: str = "utf-8") -> Iterator[str]:
    """Lines of text with their ends, without a byte order mark; ListParseError with the line otherwise."""
    prefix = f"{label}: " if label else ""
    number = 0
    while raw := stream.readline(MAX_LINE):
        number += 1
        if number == 1:
            raw = raw.removeprefix(_BOM)
        if len(raw) >= MAX_LINE:
            raise ListParseError(list_id, f"{prefix}the line is longer than {MAX_LINE:,} bytes", line=number)
        try:
            line = raw.decode(encoding)
        except UnicodeDecodeError as error:
            raise ListParseError(
                list_id,
                f"{prefix}expected {encoding.upper()} text, found byte 0x{raw[error.start]:02x}; save it as UTF-8",
                line=number,
            ) from error
        if "\0" in line:
            raise ListParseError(list_id, f"{prefix}expected text, found a NUL byte", line=number)
        yield line


def _counts(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _file_part(list_id: str, path: Path) -> Part:
    return Part(list_id, path.name, lambda: path.open("rb"))


def _zip_parts(list_id: str, path: Path) -> tuple[Part, ...]:
    def opener(name: str) -> Callable[[], IO[bytes]]:
        return lambda: _open_member(path, name)

    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise ListParseError(list_id, f"{path.name}: the zip archive is damaged or cut off: {error}") from error
    names = [name for name in names if "__MACOSX" not in name and not PurePosixPath(name).name.startswith(".")]
    if not names:
        raise ListParseError(list_id, f"{path.name}: the zip archive holds no files")
    return tuple(Part(list_id, f"{path.name}/{name}", opener(name)) for name in names)


def _open_member(path: Path, name: str) -> IO[bytes]:
    # The archive object must live as long as its member; the member keeps the shared file handle open by itself.
    with zipfile.ZipFile(path) as archive:
        return archive.open(name)
