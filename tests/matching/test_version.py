from __future__ import annotations

import re
import shutil
from pathlib import Path
from zipfile import Path as ZipPath

import pytest

import watchlist.matching
from watchlist.matching.version import digest_of, engine_version

_PACKAGE = Path(watchlist.matching.__file__).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The package as it could be installed elsewhere."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(_PACKAGE, tmp_path / "matching", ignore=ignored))


def test_the_version_is_readable_and_fits_its_column() -> None:
    assert re.fullmatch(r"\d+\.\d+\+[0-9a-f]{8}", engine_version())


def test_the_same_files_elsewhere_are_the_same_version(package: Path) -> None:
    assert engine_version().endswith(digest_of(package))


@pytest.mark.parametrize("file", ["language/data/legal_forms.txt", "table.py", "evidence/score.py"])
def test_a_line_more_in_code_table_or_data_is_another_version(package: Path, file: str) -> None:
    before = digest_of(package)
    with (package / file).open("a", encoding="utf-8") as stream:
        stream.write("# another line\n")
    assert digest_of(package) != before


def test_a_file_more_is_another_version_but_not_what_python_compiles(package: Path) -> None:
    before = digest_of(package)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "table.cpython-313.pyc").write_bytes(b"\0")
    assert digest_of(package) == before
    (package / "language" / "data" / "more.txt").write_text("")
    assert digest_of(package) != before


def test_a_zipped_package_is_the_same_version(package: Path) -> None:
    zipped = shutil.make_archive(str(package), "zip", package)
    assert digest_of(ZipPath(zipped)) == digest_of(package)
