"""Every listing in any encoding and from 40 to 200 columns: no traceback, nothing lost, nothing too wide."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from watchlist.cli import main

Call = Callable[..., Any]

LISTINGS = (
    "status",
    "faults",
    "lists list",
    "lists show suppliers",
    "entities list suppliers",
    "entities search harbour",
    "entities show odd:s-9",
    "feeds list",
    "feeds show 1",
    "alerts list",
    "alerts show 1",
    "audit alert 1",
    "suppressions list",
    "silences list",
    "channels list",
    "routes list",
    "deliveries list",
    "languages",
    "screen text.txt --explain",
    "match Größe Grosse",
)

ODD = """\
id,schema,name,aliases,programs,countries
s-9,Company,GREY HARBOUR “ÖST” GmbH & Co. — 灰港航运公司,Серая Гавань;شركة الميناء;😀 Lines,ON-HOLD,ir
"""
TEXT = "Grey Harbour Shipping – “Größe” 灰港航运公司… 😀 Серая Гавань"


@pytest.fixture
def odd(alerted: Any, cli: Call, folder: Path) -> None:
    """Names in several scripts beside an alert, and text with signs of typography."""
    (folder / "odd.csv").write_text(ODD, encoding="utf-8")
    assert cli("lists", "create", "odd", "--title", "Verdächtige “Lieferanten” — 灰").code == 0
    assert cli("entities", "import", "odd", "odd.csv").code == 0
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")


def written_in(encoding: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Any, str]:
    """Call the command line with a standard output in an encoding; its exit code, and what was written."""
    written = io.BytesIO()
    code: Any = 0
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, write_through=True))
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
        return code, written.getvalue().decode(encoding)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_nothing_is_wider_than_the_terminal(odd: None, on_terminal: Callable[..., Any], columns: int) -> None:
    for command in LISTINGS:
        code, shown = on_terminal(*command.split(), columns=columns)
        assert code in (0, 1), command
        plain = re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", shown)
        # An address stays in one piece, or nobody could open it.
        wide = [line for line in plain.splitlines() if cell_len(line) > columns and "http://" not in line]
        assert wide == [], command


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_no_character_ends_a_command(
    odd: None, sqlite_database: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in LISTINGS:
        code, shown = written_in(encoding, ["--database", sqlite_database, *command.split()], monkeypatch)
        assert code in (0, 1, None), command
        assert shown.strip(), command


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_json_reads_back_the_same_in_any_encoding(
    odd: None, cli: Call, sqlite_database: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = cli("entities", "show", "odd:s-9", "--json").json()
    arguments = ["--database", sqlite_database, "entities", "show", "odd:s-9", "--json"]
    _, shown = written_in(encoding, arguments, monkeypatch)
    assert json.loads(shown) == wanted
    assert "灰港航运公司" in json.dumps(wanted, ensure_ascii=False)


@pytest.mark.parametrize(
    "settings",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["PYTHONIOENCODING", "LC_ALL"],
)
def test_a_process_in_a_bare_locale_says_it_in_plain_signs(
    odd: None, sqlite_database: str, settings: dict[str, str]
) -> None:
    code = "from watchlist.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "--database", sqlite_database, "entities", "show", "odd:s-9"],
        env={**os.environ, **settings},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    shown = ran.stdout.decode("ascii")
    assert "GREY HARBOUR '\\u00d6ST' GmbH & Co. - " in shown
    assert "\\ud83d\\ude00" in shown


def test_help_fits_a_narrow_terminal() -> None:
    code = "from watchlist.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "--help"],
        env={**os.environ, "COLUMNS": "40"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert max(map(len, ran.stdout.splitlines())) <= 44
