"""Downloads of programs that were killed are removed; those of programs at work are not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from watchlist.lists.folder import download_folder, remove_left_over


def test_what_a_killed_program_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    index = tmp_path / "w.index"
    index.mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / "tmp" / f"watchlist-list-{ended.pid}-abc"
    left.mkdir()
    (left / "SDN.XML.part").write_text("half")
    (index / f".abc.index.{ended.pid}").write_text("half")
    (index / f".def.index.{os.getpid()}").write_text("being written")
    (index / "abc.index").write_text("an index")
    other = tmp_path / "tmp" / "watchlist-list-of-somebody"
    other.mkdir()
    with download_folder() as mine:
        assert remove_left_over(index) == 2
        assert mine.is_dir()
        assert other.is_dir()
        assert not left.exists()
        assert {path.name for path in index.iterdir()} == {f".def.index.{os.getpid()}", "abc.index"}
    assert not mine.exists()
    assert remove_left_over(tmp_path / "none") == 0
