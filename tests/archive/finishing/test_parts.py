"""Parts of the pool and of Spark say the same."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.archive.conftest import article
from watchlist.archive.finishing.parts import done_parts, rows_of_kind, spark_rows_of_kind, write_part
from watchlist.archive.layout import PartRows
from watchlist.archive.reading.fields import row_of
from watchlist.archive.reading.rows import BadRow
from watchlist.archive.screener import ScreeningPlan, open_screener
from watchlist.config import MatchingConfig


@pytest.mark.parametrize("kind", ["mention", "article", "aside", "counts"])
def test_what_spark_wrote_reads_as_what_the_pool_wrote(kind: str, archive_index: Path, tmp_path: Path) -> None:
    screener = open_screener(archive_index, ScreeningPlan(MatchingConfig().model_dump_json()), tmp_path / "r", "0")
    for folder in ("pool", "spark"):
        (tmp_path / folder).mkdir()
    for number in range(3):
        part = PartRows()
        screener.screen([*(row_of(article(10 * number + at)) for at in range(10)), BadRow("here", "why", b"x")], part)
        write_part(tmp_path / "pool", number, [part])
        # Without Arrow's own names beside those of Parquet, as Spark writes.
        table = pa.Table.from_batches([part.batch()])
        pq.write_table(table, tmp_path / "spark" / f"part-{number}.parquet", store_schema=False)
    assert done_parts(tmp_path / "pool") == {0, 1, 2}
    wanted = pa.Table.from_batches(rows_of_kind(tmp_path / "pool", kind))
    found = pa.Table.from_batches(spark_rows_of_kind([tmp_path / "spark"], kind))
    assert wanted.num_rows >= 3
    assert found.schema == wanted.schema
    assert found.to_pylist() == wanted.to_pylist()
