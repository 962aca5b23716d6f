"""Which files an archive is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchlist.archive.reading.inputs import InputKind, Packing, find_inputs, kind_of
from watchlist.errors import UsageError


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", (InputKind.LINES, Packing.NONE)),
        ("A.JSONL.GZ", (InputKind.LINES, Packing.GZIP)),
        ("a.ndjson.zst", (InputKind.LINES, Packing.ZSTD)),
        ("CC-NEWS-1.warc.gz", (InputKind.WARC, Packing.GZIP)),
        ("CC-MAIN-1.warc.wet.gz", (InputKind.WARC, Packing.GZIP)),
        ("part-0.snappy.parquet", (InputKind.PARQUET, Packing.NONE)),
        ("part-0.parquet.gz", None),
        ("notes.txt", None),
    ],
)
def test_a_name_says_how_a_file_is_read(name: str, expected: object) -> None:
    assert kind_of(name) == expected


def test_folders_patterns_and_files_each_once(tmp_path: Path) -> None:
    for name in (
        "b/out/_run.json",
        "b/out/date=2026-01-01/part-0.parquet",
        "b/2.jsonl",
        "b/1.jsonl.gz",
        "b/_notes.jsonl",
        "b/.hidden.jsonl",
        "b/read.me",
        "a.jsonl",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(b"x")
    found = find_inputs([f"{tmp_path}/b", f"{tmp_path}/*.jsonl", f"{tmp_path}/b/2.jsonl"])
    assert [Path(each.path).relative_to(tmp_path).as_posix() for each in found] == [
        "b/1.jsonl.gz",
        "b/2.jsonl",
        "a.jsonl",
    ]


@pytest.mark.parametrize("named", ["nowhere", "notes.txt", "empty", "*.warc"])
def test_what_is_no_archive_is_told(named: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(UsageError, match=r"no such file|no file of an archive|no files of an archive"):
        find_inputs([str(tmp_path / named)])
