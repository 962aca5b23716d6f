"""An archive shared out by place: all shares together are the whole, and no row is there twice."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.archive.reading import shares as sharing
from watchlist.archive.reading import streams
from watchlist.archive.reading.fields import ArchiveRow
from watchlist.archive.reading.inputs import InputFile, find_inputs
from watchlist.archive.reading.pieces import cut
from watchlist.archive.reading.rows import BadRow, NoArticle, rows_of
from watchlist.archive.reading.shares import pieces_of, shared_out

Row = ArchiveRow | BadRow | NoArticle


def in_shares(files: tuple[InputFile, ...], share_bytes: int, piece_bytes: int) -> list[list[Row]]:
    return [
        [row for piece in pieces_of(share, piece_bytes, lambda path: Path(path).open("rb")) for row in rows_of(piece)]
        for share in shared_out(files, share_bytes)
    ]


def as_whole(files: tuple[InputFile, ...]) -> list[Row]:
    return [row for piece in cut(files) for row in rows_of(piece)]


def without_place(row: Row) -> Row | tuple[str, bytes]:
    """A row from the midst of a file cannot tell which it is."""
    return (row.reason, row.raw) if isinstance(row, BadRow) else row


@given(
    lines=st.lists(
        st.one_of(
            st.binary(max_size=12).filter(lambda each: b"\n" not in each),
            st.text(max_size=30).map(lambda text: json.dumps({"id": text, "text": text}).encode()),
        ),
        max_size=30,
    ),
    ends=st.booleans(),
    share_bytes=st.integers(1, 200),
    piece_bytes=st.integers(1, 200),
)
@settings(max_examples=examples(50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_shares_of_lines_together_are_the_file(
    lines: list[bytes], ends: bool, share_bytes: int, piece_bytes: int, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines) + b"\n" * ends)
    files = find_inputs([str(tmp_path)])
    found = [without_place(row) for rows in in_shares(files, share_bytes, piece_bytes) for row in rows]
    assert found == [without_place(row) for row in as_whole(files)]


@given(rows=st.integers(0, 40), group=st.integers(1, 15), share_bytes=st.integers(40, 5_000))
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_shares_of_parquet_together_are_the_file_and_know_their_rows(
    rows: int, group: int, share_bytes: int, tmp_path: Path
) -> None:
    texts = [None if number % 7 == 3 else f"words {number}" for number in range(rows)]
    table = pa.table({"id": pa.array(range(rows), pa.int64()), "text": pa.array(texts, pa.string())})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=group)
    files = find_inputs([str(tmp_path)])
    assert [row for some in in_shares(files, share_bytes, 100) for row in some] == as_whole(files)


def test_what_is_compressed_as_a_whole_is_one_share(tmp_path: Path) -> None:
    lines = b"".join(b'{"id": %d, "text": "x"}\n' % number for number in range(50))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines))
    (tmp_path / "b.jsonl").write_bytes(lines)
    files = find_inputs([str(tmp_path)])
    found = in_shares(files, 100, 70)
    assert len(found[0]) == 50
    assert sum(map(len, found)) == 100
    assert [share.number for share in shared_out(files, 100)] == list(range(len(found)))


def test_a_line_without_an_end_is_told_by_one_share_and_costs_the_others_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (streams, sharing):
        monkeypatch.setattr(module, "LONGEST_ROW", 5_000)
    long = b'{"text": "' + b"x" * 100_000 + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(b'{"id": 1, "text": "x"}\n' + long + b'{"id": 2, "text": "y"}\n')
    read = 0

    class Counted(BytesIO):
        """A file that tells how much of it was read."""

        def read(self, size: int | None = -1) -> bytes:
            return self._counted(super().read(size))

        def readline(self, size: int | None = -1) -> bytes:
            return self._counted(super().readline(size))

        def _counted(self, found: bytes) -> bytes:
            nonlocal read
            read += len(found)
            return found

    def counted(path: str) -> Counted:
        return Counted(Path(path).read_bytes())

    shares = list(shared_out(find_inputs([str(tmp_path)]), 1_000))
    rows = [row for share in shares for piece in pieces_of(share, 64, counted) for row in rows_of(piece)]
    assert [row.article.id for row in rows if isinstance(row, ArchiveRow)] == ["1", "2"]
    assert [row.reason for row in rows if isinstance(row, BadRow)] == ["is longer than 5,000 bytes"]
    assert read < len(shares) * 3 * 6_000


def test_what_is_wrong_with_a_file_as_a_whole_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"no more" * 100)
    pq.write_table(pa.table({"body": [f"{number}" for number in range(100)]}), tmp_path / "b.parquet", row_group_size=3)
    (tmp_path / "c.jsonl").write_bytes(b"")
    (tmp_path / "d.parquet").write_bytes(b"")
    files = find_inputs([str(tmp_path)])
    told = [row.reason.partition(":")[0] for some in in_shares(files, 50, 50) for row in some]
    assert told == ["damaged", "has neither a column title nor text; it has body", "damaged"]


def test_a_file_that_is_not_on_this_machine_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "x"}\n')
    files = find_inputs([str(tmp_path)])
    (tmp_path / "a.jsonl").unlink()
    with pytest.raises(FileNotFoundError):
        in_shares(files, 50, 50)
