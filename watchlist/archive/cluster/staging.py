"""The folder of a run on Spark, wherever that is: on the driver's machine itself, or elsewhere with a stand-in here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from watchlist.archive.cluster.hadoop import HadoopFiles, is_remote, uri_of
from watchlist.archive.cluster.run import SparkTarget
from watchlist.archive.folder import RunFolder
from watchlist.archive.layout import INDEX, RUN, SUMMARY
from watchlist.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: What the driver itself reads and writes.
_OWN = (INDEX, RUN, SUMMARY)


@contextmanager
def staged(spark: SparkSession, output: str) -> Iterator[SparkTarget]:
    """The folder of a run for the block, with what an earlier attempt left there.

    On this machine it is held alone; elsewhere two runs into one folder are for their users to avoid.
    """
    if not is_remote(output):
        folder = RunFolder(Path(output))
        with folder.held():
            yield SparkTarget(spark, uri_of(output).rstrip("/"), folder)
        return
    uri = output.rstrip("/")
    files = HadoopFiles(spark, uri)
    with TemporaryDirectory(prefix="watchlist-") as here:
        there = files.names(uri)
        for name in _OWN:
            if name in there:
                files.download(f"{uri}/{name}", Path(here, name))
        strange = [name for name in there if not name.startswith("_")]
        if strange and RUN not in there and SUMMARY not in there:
            raise UsageError(f"{uri}: is not empty ({min(strange)}): name another folder")
        yield SparkTarget(spark, uri, RunFolder(Path(here)))


def keep_begun(target: SparkTarget) -> None:
    """Keep where the run writes what it does, so that it can be taken up from any machine."""
    if uri_of(str(target.folder.path)) == target.uri:
        return
    for name in (INDEX, RUN):
        target.files.upload(target.folder.path / name, f"{target.uri}/{name}")
