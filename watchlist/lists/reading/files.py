"""From a path to readable files: folders, zip archives, gzip or plain files, known by content, never trusted.

Every failure to read comes out as ListParseError that names the file.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, cast

from watchlist.errors import ListParseError
from watchlist.lists.reading.notes import Notes
from watchlist.lists.reading.saved import byte_lines

#: More than this after decompression is no list (the largest official file has about 130 MB).
MAX_BYTES = 1_000_000_000
#: A longer line is no text.
MAX_LINE = 1_000_000

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 20
#: An archive that is packed once more is inflated in memory: no list is so large.
_MAX_ARCHIVE = 200_000_000


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file of a list, inflated while it is read."""

    list_id: str
    #: How messages call it.
    label: str
    open_raw: Callable[[], IO[bytes]]
    #: The path handed over: that of this file, or of the folder or archive that it is in.
    given: Path
    #: It was handed over by itself, not in a folder or an archive.
    lone: bool
    #: The operator takes what is doubtful.
    accept: bool = False
    #: What was taken although it is doubtful, in words; the files that came along share it.
    doubts: list[str] = field(default_factory=list, compare=False, repr=False)
    #: Takes down the cells that could not be read.
    notes: Notes = field(default_factory=Notes, compare=False, repr=False)

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
            raise self.broken("the compressed file is cut off before its end") from error
        except (OSError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise self.broken(f"cannot be read: {error}") from error

    def beside(self) -> tuple[ListFile, ...]:
        """The files that came along, this one among them; for a file by itself all that lie in its folder."""
        if not self.lone:
            return tuple(self._as_this(file) for file in files_at(self.list_id, self.given))
        neighbours = (path for path in sorted(self.given.parent.iterdir()) if path.is_file() and path != self.given)
        return (self, *(self._as_this(file_at(self.list_id, path)) for path in neighbours))

    def doubt(self, message: str, line: int | None = None) -> None:
        """Raise ListParseError for what is doubtful; where the operator takes it all the same, only take that down."""
        if not self.accept:
            raise self.broken(f"{message}; --accept takes it all the same", line)
        self.note(message)

    def note(self, message: str) -> None:
        """Take down what is taken although it is doubtful."""
        words = f"{self.label}: {message}"
        if words not in self.doubts:
            self.doubts.append(words)

    def _as_this(self, other: ListFile) -> ListFile:
        return replace(other, accept=self.accept, doubts=self.doubts, notes=self.notes)

    def broken(self, message: str, line: int | None = None) -> ListParseError:
        """The error to raise about this file."""
        return ListParseError(self.list_id, f"{self.label}: {message}", line=line)

    def head(self, size: int = 8192) -> bytes:
        """The first bytes of the content."""
        with self.opened() as stream:
            return stream.read(size)


def files_at(list_id: str, path: Path) -> tuple[ListFile, ...]:
    """The files at ``path``, which is one, a folder or a zip archive of them; ListParseError when there are none."""
    try:
        if path.is_dir():
            children = tuple(child for child in sorted(path.iterdir()) if _counts(child))
            if not children:
                raise ListParseError(list_id, f"{path}: the folder holds no files")
            return tuple(_in_folder(list_id, child, path) for child in children)
        if not path.exists():
            raise ListParseError(list_id, f"{path}: no such file or folder")
        if not path.is_file():
            raise ListParseError(list_id, f"{path}: expected a file or a folder")
        with path.open("rb") as stream:
            magic = stream.read(4)
    except OSError as error:
        raise ListParseError(list_id, f"{path}: cannot be read: {error}") from error
    try:
        if magic.startswith(_GZIP):
            # A workbook is an archive too, and may be packed once more.
            with gzip.open(path, "rb") as inflated:
                magic = inflated.read(4)
    except (OSError, EOFError, zlib.error):
        # What is damaged is told by whoever reads it.
        pass
    return _zip_members(list_id, path) if magic in (_ZIP, _EMPTY_ZIP) else (file_at(list_id, path),)


@contextmanager
def archive_at(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a zip archive, inflated where it is packed by gzip; raises OSError for more than `MAX_BYTES`."""
    with path.open("rb") as raw:
        if raw.read(2) != _GZIP:
            raw.seek(0)
            yield raw
            return
    with gzip.open(path, "rb") as inflated:
        content = inflated.read(_MAX_ARCHIVE + 1)
    if len(content) > _MAX_ARCHIVE:
        raise OSError(f"holds more than {_MAX_ARCHIVE:,} bytes after decompression")
    yield io.BytesIO(content)


def file_at(list_id: str, path: Path) -> ListFile:
    """The one file at ``path``."""
    return _in_folder(list_id, path, path)


def digest(files: tuple[ListFile, ...]) -> str:
    """SHA-256 of one file's content, or over the names and contents of several; refuses more than `MAX_BYTES`."""
    whole = hashlib.sha256()
    size = 0
    for file in files:
        content = hashlib.sha256()
        with file.opened() as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > MAX_BYTES:
                    raise file.broken(f"holds more than {MAX_BYTES:,} bytes after decompression; that is no list")
                content.update(chunk)
        if len(files) == 1:
            return content.hexdigest()
        whole.update(f"{file.name} {content.hexdigest()}\n".encode())
    return whole.hexdigest()


def text_lines(list_id: str, stream: IO[bytes], label: str = "", old_encoding: str | None = None) -> Iterator[str]:
    """Lines of UTF-8 text with their ends, without a byte order mark; ListParseError with the line otherwise.

    Text whose byte order mark is that of UTF-16 is read as such. A line that is no UTF-8 is read in the old encoding
    where there is one: each by itself, so that a stray one costs the others nothing.
    """
    prefix = f"{label}: " if label else ""
    number = 1
    try:
        for raw in byte_lines(stream, MAX_LINE):
            if len(raw) >= MAX_LINE:
                raise ListParseError(list_id, f"{prefix}the line is longer than {MAX_LINE:,} bytes", line=number)
            line = _decoded(raw.removeprefix(_BOM) if number == 1 else raw, old_encoding)
            if "\0" in line:
                raise ListParseError(list_id, f"{prefix}expected text, found a NUL byte", line=number)
            yield line
            number += 1
    except UnicodeDecodeError as error:
        found = f"byte 0x{error.object[error.start]:02x}"
        raise ListParseError(
            list_id, f"{prefix}expected UTF-8 text, found {found}; save it as UTF-8", line=number
        ) from error


def _decoded(raw: bytes, old_encoding: str | None) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        if old_encoding is None:
            raise
    return raw.decode(old_encoding)


def _counts(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _in_folder(list_id: str, path: Path, given: Path) -> ListFile:
    return ListFile(list_id, path.name, lambda: path.open("rb"), given, lone=path == given)


def _zip_members(list_id: str, path: Path) -> tuple[ListFile, ...]:
    def opener(name: str) -> Callable[[], IO[bytes]]:
        return lambda: _open_member(path, name)

    try:
        with archive_at(path) as stream, zipfile.ZipFile(stream) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        raise ListParseError(list_id, f"{path.name}: the zip archive is damaged or cut off: {error}") from error
    names = [name for name in names if "__MACOSX" not in name and not PurePosixPath(name).name.startswith(".")]
    if not names:
        raise ListParseError(list_id, f"{path.name}: the zip archive holds no files")
    return tuple(ListFile(list_id, f"{path.name}/{name}", opener(name), path, lone=False) for name in names)


def _open_member(path: Path, name: str) -> IO[bytes]:
    # The archive object must live as long as its member; the member keeps the shared file handle open by itself.
    if _is_packed(path):
        with archive_at(path) as stream:
            return zipfile.ZipFile(stream).open(name)
    with zipfile.ZipFile(path) as archive:
        return archive.open(name)


def _is_packed(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == _GZIP
