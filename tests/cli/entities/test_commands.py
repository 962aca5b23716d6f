"""``watchlist entities``."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

ENTITY_KEYS = {"entity", "list_id", "source_id", "schema", "names", "programs", "countries", "birth_dates"}


def exported(text: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_search_finds_all_words_in_any_order_and_letter_case(cli: Call, own_list: str) -> None:
    (row,) = cli("entities", "search", "shipping GREY").rows()
    assert (row["entity"], row["schema"], row["name"]) == ("suppliers:s-1", "Company", "GREY HARBOUR SHIPPING CO.")
    assert row["other names"] == "Grey Harbour Lines; GHS"
    (shown,) = cli("entities", "search", "shipping GREY", "--json").json()
    assert set(shown) >= ENTITY_KEYS
    assert (shown["entity"], shown["programs"]) == ("suppliers:s-1", ["ON-HOLD"])


def test_search_finds_a_misspelt_name(cli: Call, own_list: str) -> None:
    assert [row["entity"] for row in cli("entities", "search", "Ilya Marov").rows()] == ["suppliers:s-2"]


def test_search_that_finds_nobody_is_no_error(cli: Call, own_list: str) -> None:
    found = cli("entities", "search", "zzzz")
    assert (found.code, found.rows(), found.err) == (0, [], "")
    assert cli("entities", "search", "zzzz", "--json").json() == []
    assert cli("entities", "search", "%").rows() == []


def test_show_tells_all_that_is_known(cli: Call, own_list: str) -> None:
    found = cli("entities", "show", "suppliers:s-2")
    assert found.out.splitlines()[0] == "MARROW, Ilya Petrovich  (suppliers:s-2, Person)"
    for fact in ("Ilya Marrov  [alias]", "ON-HOLD, CREDIT", "ru", "1955-01-15", "645720381 (ru)"):
        assert fact in found.out
    shown = cli("entities", "show", "suppliers:s-2", "--json").json()
    assert set(shown) >= ENTITY_KEYS
    assert shown["names"][0]["family"] == "MARROW"
    assert shown["identifiers"] == [{"kind": "passport", "value": "645720381", "detail": "ru"}]


def test_the_life_of_an_entity(cli: Call, own_list: str) -> None:
    added = cli(
        *("entities", "add", own_list, "Evening Gull", "--schema", "Vessel", "--alias", "Gull of Evening"),
        *("--alias", "weak:E.G.", "--program", "ON-HOLD", "--country", "Panama", "--identifier", "imo:9074729"),
    )
    assert added.out == "Added suppliers:evening-gull, Evening Gull.\n"
    shown = cli("entities", "show", "suppliers:evening-gull", "--json").json()
    assert [(name["text"], ("weak " * name["weak"]) + name["kind"]) for name in shown["names"]] == [
        ("Evening Gull", "primary"),
        ("Gull of Evening", "alias"),
        ("E.G.", "weak alias"),
    ]
    assert (shown["schema"], shown["countries"]) == ("Vessel", ["pa"])
    assert shown["identifiers"] == [{"kind": "imo", "value": "9074729", "detail": None}]

    assert cli("entities", "edit", "suppliers:evening-gull", "--name", "Morning Gull").code == 0
    assert cli("entities", "edit", "suppliers:evening-gull", "--program", "CREDIT", "--country", "").code == 0
    shown = cli("entities", "show", "suppliers:evening-gull", "--json").json()
    assert [(name["text"], ("weak " * name["weak"]) + name["kind"]) for name in shown["names"]] == [
        ("Morning Gull", "primary"),
        ("Gull of Evening", "alias"),
        ("E.G.", "weak alias"),
    ]
    assert (shown["programs"], shown["countries"]) == (["CREDIT"], [])
    assert shown["identifiers"] == [{"kind": "imo", "value": "9074729", "detail": None}]

    assert cli("entities", "remove", "suppliers:evening-gull").out == "Removed suppliers:evening-gull.\n"
    assert cli("entities", "search", "morning gull").rows() == []


def test_an_edit_leaves_the_aliases_given_with_alias(cli: Call, own_list: str) -> None:
    assert cli("entities", "alias", "suppliers:s-1", "Harbour Greys").code == 0
    assert cli("entities", "edit", "suppliers:s-1", "--alias", "").code == 0
    names = cli("entities", "show", "suppliers:s-1", "--json").json()["names"]
    assert [(name["text"], name["origin"]) for name in names] == [
        ("GREY HARBOUR SHIPPING CO.", "authority"),
        ("Harbour Greys", "user"),
    ]


def test_names_that_are_the_same_get_ids_of_their_own(cli: Call, own_list: str) -> None:
    said = [cli("entities", "add", own_list, "Тихий Причал").out for _ in range(2)]
    first, second = (line.split()[1].rstrip(",") for line in said)
    assert first != second
    assert second == f"{first}-2"


def test_a_value_with_separators_is_one_value(cli: Call, own_list: str) -> None:
    name = 'Gulls; Terns \\ Co., "Ltd"'
    assert cli("entities", "add", own_list, name, "--id", "g", "--alias", name + " Two").code == 0
    names = cli("entities", "show", f"{own_list}:g", "--json").json()["names"]
    assert [each["text"] for each in names] == [name, name + " Two"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "nobodys", "X"), "no list 'nobodys'"),
        (("add", "suppliers", "..."), "'...' is no name"),
        (("add", "suppliers", "X", "--alias", "!"), "'!' is no name"),
        (("add", "suppliers", ""), "the name is empty"),
        (("add", "suppliers", "X", "--id", "s-1"), "suppliers:s-1 is there already"),
        (("add", "suppliers", "X", "--birth-date", "long ago"), "expected a birth date as 1967"),
        (("add", "suppliers", "X", "--identifier", "9074729"), "expected an identifier as kind:value"),
        (("add", "suppliers", "X", "--identifier", "shoe:44"), "unknown kind of identifier 'shoe'"),
        (("edit", "suppliers:none", "--name", "X"), "no entity 'suppliers:none'"),
        (("edit", "suppliers:s-1", "--birth-date", "1967-13"), "expected a birth date"),
        (("remove", "suppliers:none"), "no entity 'suppliers:none'"),
        (("show", "none"), "'watchlist entities search TEXT' finds ids"),
        (("alias", "suppliers:none", "X"), "no entity 'suppliers:none'"),
        (("alias", "suppliers:s-1", "?"), "'?' is no name"),
        (("alias", "suppliers:s-1", "Grey Harbour Lines", "--remove"), "no alias of yours 'Grey Harbour Lines'"),
        (("import", "nobodys", "x.csv"), "no list 'nobodys'"),
        (("import", "suppliers", "nowhere.csv"), "nowhere.csv: No such file"),
        (("export", "nobodys"), "no list 'nobodys'"),
        (("export", "suppliers", "no/such/folder.csv"), "No such file"),
    ],
)
def test_what_cannot_be_done_says_why(cli: Call, own_list: str, arguments: tuple[str, ...], said: str) -> None:
    found = cli("entities", *arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert [row["entities"] for row in cli("lists").rows()] == ["3"]


def test_an_authoritys_list_is_not_edited_but_can_be_given_names(cli: Call, official: Path) -> None:
    assert cli("lists", "sync", "us_ofac_sdn", "--from", str(official)).code == 0
    for arguments in (
        ("add", "us_ofac_sdn", "X"),
        ("edit", "us_ofac_sdn:101", "--name", "X"),
        ("remove", "us_ofac_sdn:101"),
        ("import", "us_ofac_sdn", "x.csv"),
    ):
        refused = cli("entities", *arguments)
        assert refused.code == 2
        assert "is its authority's list" in refused.err
    given = cli("entities", "alias", "us_ofac_sdn:101", "The Gulls")
    assert given.out == "EVENING GULL LINES is now also matched as The Gulls.\n"
    assert cli("entities", "alias", "us_ofac_sdn:101", "the gulls").out.startswith("EVENING GULL LINES is matched as")


def test_an_alias_of_the_users_survives_a_sync_and_is_taken_away_again(cli: Call, official: Path) -> None:
    assert cli("lists", "sync", "us_ofac_sdn", "--from", str(official)).code == 0
    assert cli("entities", "alias", "us_ofac_sdn:101", "The Gulls").code == 0
    alt = (official / "ALT.CSV").read_bytes()
    (official / "ALT.CSV").write_bytes(alt.replace(b"GULL LINES OF", b"GULLS OF"))
    assert "1 changed" in cli("lists", "sync", "us_ofac_sdn", "--from", str(official)).out

    def names() -> list[str]:
        shown = cli("entities", "show", "us_ofac_sdn:101", "--json").json()
        return [name["text"] for name in shown["names"]]

    assert names() == ["EVENING GULL LINES", "GULLS OF THE EVENING", "EGL", "The Gulls"]
    gone = cli("entities", "alias", "us_ofac_sdn:101", "The Gulls", "--remove")
    assert gone.out == "us_ofac_sdn:101 is no longer matched as The Gulls.\n"
    assert "The Gulls" not in names()


def test_export_and_import_give_back_the_same(cli: Call, own_list: str, folder: Path) -> None:
    assert cli("entities", "export", own_list, "out.csv").out == "Wrote 3 entities to out.csv.\n"
    assert (folder / "out.csv").read_text(encoding="utf-8") == cli("entities", "export", own_list).out
    rows = exported(cli("entities", "export", own_list, "-").out)
    assert list(rows) == ["s-1", "s-2", "s-3"]
    assert rows["s-1"]["aliases"] == "Grey Harbour Lines;weak:GHS"
    assert rows["s-2"]["identifiers"] == "passport/ru:645720381"
    again = cli("entities", "import", own_list, "out.csv")
    assert again.out == "Changed suppliers: 0 added, 0 changed, 0 removed, 3 as they were.\n"


def test_a_dry_run_says_what_would_change_and_changes_nothing(cli: Call, own_list: str, folder: Path) -> None:
    (folder / "more.csv").write_text("id,name\ns-1,GREY HARBOUR\ns-9,NEWCOMER\n")
    said = cli("entities", "import", own_list, "more.csv", "--dry-run", "--replace")
    first, *rows = said.out.splitlines()
    assert first == "Would change suppliers: 1 added, 1 changed, 2 removed, 0 as they were."
    assert rows[1].split("\t") == [
        *("changed", "suppliers:s-1", "GREY HARBOUR"),
        "names: -GREY HARBOUR SHIPPING CO. (primary) +GREY HARBOUR (primary)",
    ]
    assert [row.split("\t")[:2] for row in rows[2:]] == [
        ["added", "suppliers:s-9"],
        ["removed", "suppliers:s-2"],
        ["removed", "suppliers:s-3"],
    ]
    assert cli("entities", "search", "newcomer").rows() == []
    assert [row["entities"] for row in cli("lists").rows()] == ["3"]


def test_replace_removes_what_the_file_has_not(cli: Call, own_list: str) -> None:
    content = b"id,name\ns-3,LAKESIDE FRONT\n"
    kept = cli("entities", "import", own_list, "-", stdin=content)
    assert kept.out == "Changed suppliers: 0 added, 0 changed, 0 removed, 3 as they were.\n"
    replaced = cli("entities", "import", own_list, "-", "--replace", stdin=content)
    assert replaced.out == "Changed suppliers: 0 added, 0 changed, 2 removed, 1 as they were.\n"


def test_a_file_with_one_bad_row_changes_nothing(cli: Call, own_list: str, folder: Path) -> None:
    (folder / "bad.csv").write_text("id,name,schema\ns-9,NEWCOMER,Company\ns-10,OTHER,Ship\n")
    found = cli("entities", "import", own_list, "bad.csv")
    assert (found.code, found.out) == (3, "")
    assert "line 3: unknown schema 'Ship'" in found.err
    assert cli("entities", "search", "newcomer").rows() == []
