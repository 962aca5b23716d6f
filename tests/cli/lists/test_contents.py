"""What a list holds, and which of its cells could not be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[..., Any]

HEADER = "Last Updated,13/04/2018\nName 6,Name 1,Group Type,Alias Type,Regime,DOB,Nationality,Group ID\n"
ROWS = """\
MARROW,Ilya,Individual,Prime Alias,Syria,15/01/1955,Syrian,1
MARROW,Elias,Individual,AKA,Syria,15/01/1955,Syrian,1
LAKE,Elias,Individual,Prime Alias,Syria,30/02/1960,Atlantean,2
ОЗЕРО,Элиас,Individual,AKA,Syria,,,2
GREY HARBOUR,,Entity,Prime Alias,Syria,,,3
"""


def synced(cli: Call, folder: Path, rows: str, *options: str) -> Any:
    (folder / "ConList.csv").write_text(HEADER + rows, encoding="utf-8")
    return cli("lists", "sync", "gb_hmt_sanctions", "--from", "ConList.csv", *options)


def test_cells_not_read_are_told_by_every_command(cli: Call, folder: Path) -> None:
    said = synced(cli, folder, ROWS)
    assert said.code == 0
    assert said.err == (
        "  2 cells not read: 1 of 2 birth dates, 1 of 2 countries; 'watchlist lists show gb_hmt_sanctions'\n"
    )
    (row,) = cli("lists", "history", "gb_hmt_sanctions").rows()
    assert row["not read"] == "2"
    (snapshot,) = cli("lists", "history", "gb_hmt_sanctions", "--json").json()
    assert snapshot["unread"] == 2
    assert "2 cells not read" in cli("lists", "diff", "gb_hmt_sanctions").err
    assert "2 cells not read" in cli("status").out
    state = cli("status", "--json").json()
    assert [each["unread"] for each in state["lists"] if each["id"] == "gb_hmt_sanctions"] == [2]


def test_a_list_is_shown_by_what_it_holds(cli: Call, folder: Path) -> None:
    synced(cli, folder, ROWS)
    said = cli("lists", "show", "gb_hmt_sanctions").out
    for words in ("uk_conlist", "2018-04-13", "3: Person 2, LegalEntity 1", "primary 3, alias 2", "Latn 4, Cyrl 1"):
        assert words in said
    assert "birth dates of 2: '30/02/1960'" in said
    found = cli("lists", "show", "gb_hmt_sanctions", "--json").json()
    assert (found["form"], found["version"], found["entities"], found["names"]) == ("uk_conlist", "2018-04-13", 3, 5)
    assert found["names_by_script"] == {"Latn": 4, "Cyrl": 1}
    assert found["names_by_kind"] == {"primary": 3, "alias": 2}
    assert (found["filled"]["birth_dates"], found["filled"]["countries"], found["unread"]) == (1, 2, 2)
    assert found["age_seconds"] > 0
    assert [(cell["field"], cell["examples"]) for cell in found["cells"]] == [
        ("birth_dates", [["2", "30/02/1960"]]),
        ("countries", [["2", "Atlantean"]]),
    ]
    assert cli("lists", "show", "nobodys").code == 2


def test_a_share_of_cells_not_read_is_a_fault_of_the_snapshot(cli: Call, folder: Path) -> None:
    rows = "".join(f"LAKE,Elias,Individual,Prime Alias,Syria,soon,Syrian,{n}\n" for n in range(1, 9))
    refused = synced(cli, folder, rows)
    assert refused.code == 3
    assert "8 of 8 cells of birth dates cannot be read" in refused.err
    assert synced(cli, folder, rows, "--accept").code == 0


def test_a_list_of_ones_own_is_shown_too(cli: Call, own_list: str) -> None:
    found = cli("lists", "show", own_list, "--json").json()
    assert (found["form"], found["entities"], found["identifiers"]["passport"]) == (None, 3, 1)
    assert "Person" in cli("lists", "show", own_list).out
