"""``watchlist doctor`` on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def well(cli: Call, alerted: Any, sink: Any, folder: Path, sqlite_database: str) -> Call:
    Path(sqlite_database.partition(":///")[2]).chmod(0o600)
    return cli


def test_it_says_what_is_fine_and_how_to_mend_the_rest(well: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    found = well("doctor")
    grades = {line[10:23].strip(): line[:10].strip() for line in found.out.splitlines() if line[:1] != " "}
    assert (grades["database"], grades["schema"], grades["index"], grades["email"]) == ("fine",) * 4
    assert (grades["dns"], grades["lists"]) == ("fine", "fine")
    assert (found.code, found.out.splitlines()[-1]) == (0, "All is fine.")
    monkeypatch.setenv("WATCHLIST_EMAIL__PORT", "1")
    assert well("doctor").code == 2
    shown = well("doctor", "--json").json()
    assert (shown["verdict"], shown["exit_code"]) == ("broken", 2)
    assert {"check", "grade", "text", "mend"} == set(shown["findings"][0])
    assert all(each["mend"] for each in shown["findings"] if each["grade"] != "fine")


def test_a_configuration_that_cannot_be_read_is_a_finding(cli: Call, folder: Path) -> None:
    (folder / "config.yaml").write_text("lists: [us_ofac_sdn\n")
    found = cli("doctor")
    assert found.code == 2
    assert "broken    config       config.yaml: is no YAML" in found.out
    assert "mend it: " in found.out
    (folder / "config.yaml").write_text("lists: [no_such_list]\n")
    assert cli("doctor").code == 2
    (folder / "config.yaml").write_text("lists: []\n")
    (finding,) = cli("--database", "mysql://w@db.example/w", "doctor", "--json", bare=True).json()["findings"]
    assert (finding["check"], finding["grade"]) == ("config", "broken")
    assert "mysql is not supported" in finding["text"]


def test_it_shows_how_far_it_is_on_a_terminal(alerted: Any, on_real_terminal: Callable[..., tuple[int, str]]) -> None:
    code, shown = on_real_terminal("doctor")
    assert code in (1, 2)
    assert "looking" in shown
    assert max(len(line) for line in shown.splitlines()[-8:]) < 200


def test_each_finding_is_a_line_whatever_a_server_says(cli: Call, folder: Path) -> None:
    # What the driver says of a server that is not there takes two lines.
    found = cli("--database", f"postgresql+psycopg://w@/none?host={folder}", "doctor", bare=True)
    assert found.code == 2
    (told,) = (line for line in found.out.splitlines() if line.startswith("broken    database "))
    assert "Is the server running" in told
    for line in found.out.splitlines()[:-1]:
        assert line.split()[0] in ("fine", "doubtful", "broken") or line.startswith(" " * 23 + "mend it: ")
