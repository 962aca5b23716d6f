"""What a finished run found, read back: from a folder of this machine or a store that Arrow reaches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem

from watchlist.archive.layout import ARTICLE, ARTICLES, MENTION, RUN, SUMMARY
from watchlist.errors import UsageError

_DATED = pa.schema([*MENTION, ("date", pa.string())])


@dataclass(frozen=True, slots=True)
class ArchiveFound:
    """The output of a finished run."""

    files: FileSystem
    path: str
    summary: dict[str, Any]

    def mentions(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """These columns of all mentions, in batches; ``date`` is one as well."""
        return self._read(self._within(self.path, "date="), _DATED, columns)

    def articles(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """These columns of the articles with mentions, in batches."""
        return self._read([f"{self.path}/{ARTICLES}"], ARTICLE, columns)

    def _within(self, path: str, beginning: str) -> list[str]:
        found = self.files.get_file_info(FileSelector(path))
        return sorted(each.path for each in found if each.base_name.startswith(beginning))

    def _read(self, folders: Sequence[str], schema: pa.Schema, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        # One folder after the other, and the files by name: memory does not grow with the archive.
        for folder in folders:
            # Files of Spark's own stand beside those with rows.
            rows = [each for each in self._within(folder, "") if not each.rpartition("/")[2].startswith(("_", "."))]
            if not rows:
                continue
            dataset = ds.dataset(
                rows,
                schema=schema,
                format="parquet",
                filesystem=self.files,
                partitioning=ds.partitioning(pa.schema([("date", pa.string())]), flavor="hive"),
            )
            yield from dataset.to_batches(columns=list(columns), use_threads=False)


def open_found(folder: str) -> ArchiveFound:
    """The output in a folder; raises UsageError where there is none, or the run is not at its end."""
    files, path = FileSystem.from_uri(folder) if "://" in folder else (LocalFileSystem(), str(Path(folder)))
    summary, run = files.get_file_info([f"{path}/{SUMMARY}", f"{path}/{RUN}"])
    if summary.type is FileType.NotFound:
        if run.type is FileType.NotFound:
            raise UsageError(f"{folder}: holds nothing of 'watchlist archive screen'")
        raise UsageError(f"{folder}: the run is not at its end: 'watchlist archive screen ... --resume' takes it up")
    with files.open_input_stream(f"{path}/{SUMMARY}") as stream:
        return ArchiveFound(files, path, json.loads(stream.read()))
