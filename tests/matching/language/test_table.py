from __future__ import annotations

from pathlib import Path

import pytest

from watchlist.errors import MatchingError
from watchlist.matching.language.table import Table


def write(path: Path, rows: dict[str, str]) -> Path:
    lines = sorted(f"{key}\t{value}\n".encode() for key, value in rows.items())
    body = b"".join(lines)
    path.write_bytes(b"# Words\n# " + f"{len(lines)} rows, {len(body)} bytes follow.\n".encode() + body)
    return path


def test_every_row_is_found_and_nothing_else(tmp_path: Path) -> None:
    # Many pieces of the file, and keys that begin like others.
    rows = {f"{word}{number}": f"{number} ü" for word in ("a", "ab", "ab c", "zz") for number in range(2000)}
    table = Table(write(tmp_path / "t.tsv", rows))
    assert {key: table.find(key) for key in rows} == rows
    for key in ("", "#", "a", "ab", "a2000", "ab c1 ", "b0", "zz19999", "~", "\ud800", "a1\t1"):
        assert table.find(key) is None


def test_a_table_may_be_empty(tmp_path: Path) -> None:
    assert Table(write(tmp_path / "t.tsv", {})).find("a") is None


@pytest.mark.parametrize("kept", [0, 5, 40, 60])
def test_a_table_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    path = write(tmp_path / "t.tsv", {f"word{number}": "x" for number in range(9)})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(MatchingError, match=r"t\.tsv"):
        Table(path)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MatchingError, match=r"missing\.tsv"):
        Table(tmp_path / "missing.tsv")
