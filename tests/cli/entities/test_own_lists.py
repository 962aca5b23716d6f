"""Lists of one's own: what an import keeps, clears and says beforehand, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


def imported(cli: Call, text: str, *options: str) -> Any:
    return cli("entities", "import", "suppliers", "-", *options, stdin=text.encode())


def shown(cli: Call, source_id: str) -> dict[str, Any]:
    found: dict[str, Any] = cli("entities", "show", f"suppliers:{source_id}", "--json").json()
    return found


def test_an_update_keeps_what_the_file_has_no_column_for(cli: Call, own_list: str) -> None:
    before = shown(cli, "s-2")
    assert imported(cli, 'id,name,programs\ns-2,"MARROW, Ilya Petrovich",NEW\n').code == 0
    after = shown(cli, "s-2")
    assert after["programs"] == ["NEW"]
    kept = ("schema", "names", "countries", "birth_dates", "identifiers", "remarks", "reference")
    assert [after[field] for field in kept] == [before[field] for field in kept]


def test_an_empty_cell_clears(cli: Call, own_list: str) -> None:
    assert imported(cli, 'id,name,countries,aliases\ns-2,"MARROW, Ilya Petrovich",,\n').code == 0
    after = shown(cli, "s-2")
    assert (after["countries"], len(after["names"])) == ([], 1)
    assert after["identifiers"]


def test_a_dry_run_names_every_value_that_would_go(cli: Call, own_list: str) -> None:
    said = imported(cli, 'id,name,identifiers\ns-2,"MARROW, Ilya Petrovich",\n', "--dry-run")
    assert "identifiers: -passport/ru:645720381" in said.out
    (change,) = imported(cli, 'id,name,identifiers\ns-2,"MARROW, Ilya Petrovich",\n', "--dry-run", "--json").json()
    assert change["kind"] == "changed"
    assert change["fields"] == [["identifiers", ["passport/ru:645720381"], []]]
    assert shown(cli, "s-2")["identifiers"]


def test_ids_may_be_left_out(cli: Call, own_list: str) -> None:
    text = "name,countries\nLAKESIDE FRONT,ly\nMorning Gull,pa\nMorning Gull,lr\n"
    assert "2 added, 1 changed, 0 removed" in imported(cli, text).out
    assert shown(cli, "s-3")["countries"] == ["ly"]
    assert (shown(cli, "morning-gull")["countries"], shown(cli, "morning-gull-2")["countries"]) == (["pa"], ["lr"])
    assert "0 added, 0 changed, 0 removed" in imported(cli, text).out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("header", ["name", "NAME|Countries", "Programs|Name", "name|id"])
def test_ids_may_be_left_out_however_a_spreadsheet_saved_the_table(
    cli: Call, own_list: str, header: str, mark: str, encoding: str
) -> None:
    row = {"name": "Ärger & Söhne", "countries": "de", "programs": "X", "id": "s-9"}
    cells = [row[each.lower()] for each in header.split("|")]
    text = f"{header.replace('|', mark)}\r\n{mark.join(cells)}\r\n"
    found = cli("entities", "import", "suppliers", "-", stdin=text.encode(encoding))
    assert "1 added, 0 changed, 0 removed, 3 as they were." in found.out, found.err
    assert "Ärger & Söhne" in cli("entities", "list", "suppliers").out


def test_a_cell_of_ids_may_be_empty(cli: Call, own_list: str) -> None:
    assert "1 added, 1 changed" in imported(cli, "id,name,programs\ns-3,LAKESIDE FRONT,X\n,Evening Gull,X\n").out
    assert shown(cli, "evening-gull")["programs"] == ["X"]


def test_a_weak_former_name_goes_out_and_comes_back(cli: Call, own_list: str, folder: Path) -> None:
    assert imported(cli, "id,name,aliases\ns-3,LAKESIDE FRONT,weak-previous:SOFTLINE;weak:LF\n").code == 0
    assert [(name["text"], name["kind"], name["weak"]) for name in shown(cli, "s-3")["names"]] == [
        ("LAKESIDE FRONT", "primary", False),
        ("SOFTLINE", "previous", True),
        ("LF", "alias", True),
    ]
    assert "weak-previous:SOFTLINE;weak:LF" in cli("entities", "export", own_list).out


def test_a_list_is_shown_with_its_entities(cli: Call, own_list: str) -> None:
    rows = cli("entities", "list", own_list).rows()
    assert [row["entity"] for row in rows] == ["suppliers:s-1", "suppliers:s-2", "suppliers:s-3"]
    assert (rows[1]["born"], rows[1]["countries"]) == ("1955-01-15", "ru")
    found = cli("entities", "list", own_list, "--json", "--limit", "2").json()
    assert [each["entity"] for each in found] == ["suppliers:s-1", "suppliers:s-2"]
    assert cli("entities", "list", "nobodys").code == 2
