"""Files wherever Spark reaches them: this machine's, HDFS, object stores. A path without a scheme is this machine's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from watchlist.archive.reading.inputs import KNOWN, InputFile, find_inputs, kind_of
from watchlist.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Hadoop writes one slash where there is no host.
_REMOTE: Final = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
#: What Hadoop calls a store that Arrow knows by another name.
_SCHEMES: Final = {"s3a": "s3", "s3n": "s3"}


def is_remote(path: str) -> bool:
    """Whether a path names a file system of its own."""
    return _REMOTE.match(path) is not None


def uri_of(path: str) -> str:
    """The path with its scheme."""
    return path if is_remote(path) else Path(path).absolute().as_uri()


class HadoopFiles:
    """The files of one file system, through Spark's own Hadoop."""

    def __init__(self, spark: SparkSession, root: str) -> None:
        # Spark has no other way to its file systems from Python.
        self._jvm: Any = spark._jvm  # noqa: SLF001
        self._conf: Any = spark._jsc.hadoopConfiguration()  # noqa: SLF001
        self._fs: Any = self._path(root).getFileSystem(self._conf)

    def exists(self, uri: str) -> bool:
        """Whether there is a file or folder."""
        return bool(self._fs.exists(self._path(uri)))

    def names(self, uri: str) -> list[str]:
        """What is in a folder; empty where there is none."""
        if not self.exists(uri):
            return []
        return sorted(str(each.getPath().getName()) for each in self._fs.listStatus(self._path(uri)))

    def delete(self, uri: str) -> None:
        """Take away a file, or a folder with all that is in it; nothing where there is none."""
        self._fs.delete(self._path(uri), True)

    def move(self, uri: str, target: str) -> None:
        """Give another name; raises ArchiveError where that fails."""
        if not self._fs.rename(self._path(uri), self._path(target)):
            raise ArchiveError(f"{uri}: cannot be moved to {target}; '--resume' tries again")

    def upload(self, path: Path, uri: str) -> None:
        """Copy a file of this machine there."""
        self._fs.copyFromLocalFile(False, True, self._path(path.absolute().as_uri()), self._path(uri))

    def download(self, uri: str, path: Path) -> None:
        """Copy a file to this machine."""
        self._fs.copyToLocalFile(False, self._path(uri), self._path(path.absolute().as_uri()), True)

    def found(self, pattern: str) -> list[InputFile]:
        """The files of an archive that a path, folder or pattern names."""
        files = []
        for status in self._fs.globStatus(self._path(pattern)) or ():
            if status.isFile():
                files.append(self._input(status))
                continue
            within = self._fs.listFiles(status.getPath(), True)
            while within.hasNext():
                files.append(self._input(within.next()))
        return sorted((each for each in files if each is not None), key=lambda each: each.path)

    def _input(self, status: Any) -> InputFile | None:
        path = status.getPath()
        kind = kind_of(str(path.getName()))
        if kind is None or str(path.getName()).startswith((".", "_")):
            return None
        return InputFile(str(path), *kind, int(status.getLen()), int(status.getModificationTime()))

    def _path(self, uri: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(uri)


def find_anywhere(spark: SparkSession, named: Iterable[str]) -> tuple[InputFile, ...]:
    """The files of these paths, folders and patterns, each once; those without a scheme are this machine's."""
    found: dict[str, InputFile] = {}
    for each in named:
        files = HadoopFiles(spark, each).found(each) if is_remote(each) else list(find_inputs([each]))
        if not files:
            raise UsageError(f"{each}: no files of an archive there: they end in {KNOWN}")
        for file in files:
            found.setdefault(uri_of(file.path), file)
    return tuple(found.values())


def is_mounted(path: str) -> bool:
    """Whether the machines of a cluster have the file in their own folders, as Spark takes paths without a store."""
    return not is_remote(path) or path.startswith("file:")


def open_anywhere(path: str) -> IO[bytes]:
    """A file for reading, on an executor: its own, or one of a store that Arrow reaches."""
    if not is_remote(path):
        return Path(path).open("rb")
    scheme, _, rest = path.partition(":")
    if is_mounted(path):
        return Path("/", rest.lstrip("/")).open("rb")
    from pyarrow.fs import FileSystem

    files, inner = FileSystem.from_uri(f"{_SCHEMES.get(scheme, scheme)}:{rest}")
    return cast("IO[bytes]", files.open_input_file(inner))
