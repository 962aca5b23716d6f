"""Rows by day: all of them, once, in their order, whatever fits into memory."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from watchlist.archive.finishing.by_date import write_by_date

DAYS = st.sampled_from([None, *(f"2026-0{month}-11" for month in range(1, 7))])
SCHEMA = pa.schema(
    [("row", pa.int64()), ("spans", pa.list_(pa.struct([("field", pa.string())]))), ("date", pa.string())]
)


@given(st.lists(st.lists(DAYS, max_size=9), max_size=12), st.sampled_from([1, 300, 1 << 20]))
def test_each_row_is_in_the_folder_of_its_day(batches: list[list[str | None]], portion: int) -> None:
    rows, made = [], []
    for days in batches:
        some = [
            {"row": len(rows) + at, "spans": [{"field": f"{at}"}] * (at % 3), "date": day}
            for at, day in enumerate(days)
        ]
        rows += some
        made.append(pa.RecordBatch.from_pylist(some, schema=SCHEMA))
    with TemporaryDirectory() as folder:
        target = Path(folder)
        write_by_date(made, target, target, 2, portion=portion)
        wanted = {f"date={each['date'] or '__HIVE_DEFAULT_PARTITION__'}" for each in rows}
        assert {each.name for each in target.iterdir()} == wanted
        for each in target.iterdir():
            # In one file, in the order in which they came.
            (file,) = each.iterdir()
            numbers = pq.ParquetFile(file).read()["row"].to_pylist()
            assert numbers == sorted(numbers)
        found = ds.dataset(target, format="parquet", partitioning="hive", schema=SCHEMA).to_table().to_pylist()
        assert sorted(found, key=lambda row: row["row"]) == rows
