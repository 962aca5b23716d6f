"""``watchlist lists``."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

LIST_KEYS = {"id", "title", "declared", "enabled", "own", "entity_count", "name_count", "last_checked_at", "last_error"}


def test_an_empty_database_has_no_lists(cli: Call) -> None:
    assert cli("lists").rows() == []
    assert cli("lists", "--json").json() == []


def test_both_forms_of_the_listing_say_the_same(cli: Call, own_list: str) -> None:
    assert cli("lists").out == cli("lists", "list").out
    (row,) = cli("lists").rows()
    assert (row["id"], row["title"], row["entities"], row["state"]) == (own_list, "Suppliers on hold", "3", "ok")
    (shown,) = cli("lists", "--json").json()
    assert shown == cli("lists", "list", "--json").json()[0]
    assert set(shown) >= LIST_KEYS
    assert (shown["id"], shown["own"], shown["declared"], shown["entity_count"]) == (own_list, True, "user", 3)


def test_sync_reads_the_official_form_and_again_changes_nothing(cli: Call, official: Path) -> None:
    first = cli("lists", "sync", "us_ofac_sdn", "--from", str(official))
    assert (first.code, first.err) == (0, "")
    assert first.out == "us_ofac_sdn: 2 entities, 4 names (2 added, 0 changed, 0 removed)\n"
    again = cli("lists", "sync", "us_ofac_sdn", "--from", str(official))
    assert again.out == "us_ofac_sdn: unchanged, 2 entities\n"
    names = cli("entities", "show", "us_ofac_sdn:101", "--json").json()["names"]
    assert [(name["text"], "weak " * name["weak"] + name["kind"]) for name in names] == [
        ("EVENING GULL LINES", "primary"),
        ("GULL LINES OF THE EVENING", "alias"),
        ("EGL", "weak alias"),
    ]


def test_sync_reads_a_gzipped_extract_in_the_generic_form(cli: Call, folder: Path) -> None:
    (folder / "extract.csv.gz").write_bytes(gzip.compress(b"id,name\n7,EVENING GULL LINES\n"))
    found = cli("lists", "sync", "us_ofac_sdn", "--from", "extract.csv.gz")
    assert (found.code, found.err) == (0, "")
    assert "1 entities" in found.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "HTML"),
        (b"What is this?\nNobody knows.\n", "form"),
        (gzip.compress(b"id,name\n7,EVENING GULL LINES\n" * 50)[:40], "cut off"),
        ('id,name\n7,"MOUETTE D\u2019\xc9T\xc9"\n'.encode("cp1252"), "UTF-8"),
    ],
    ids=["empty", "html", "unknown", "truncated", "encoding"],
)
def test_a_file_that_cannot_be_read_leaves_the_last_good_list(
    cli: Call, folder: Path, official: Path, content: bytes, said: str
) -> None:
    assert cli("lists", "sync", "us_ofac_sdn", "--from", str(official)).code == 0
    (folder / "bad").write_bytes(content)
    found = cli("lists", "sync", "us_ofac_sdn", "--from", "bad")
    assert (found.code, found.out) == (3, "")
    assert found.err.startswith("watchlist: us_ofac_sdn: ")
    assert said in found.err
    assert "2 entities of the last good snapshot stay in force" in found.err
    (shown,) = cli("lists", "--json").json()
    assert (shown["entity_count"], said in shown["last_error"]) == (2, True)
    assert said in cli("lists").rows()[0]["state"]
    assert "fault" in cli("status").out
    assert cli("entities", "search", "evening gull").rows()


def test_a_list_that_shrank_is_taken_only_with_accept(cli: Call, official: Path) -> None:
    assert cli("lists", "sync", "us_ofac_sdn", "--from", str(official)).code == 0
    sdn = (official / "SDN.CSV").read_bytes()
    (official / "SDN.CSV").write_bytes(sdn[: sdn.index(b"102,")] + b"\x1a")
    refused = cli("lists", "sync", "us_ofac_sdn", "--from", str(official))
    assert refused.code == 3
    assert "snapshot refused" in refused.err
    taken = cli("lists", "sync", "us_ofac_sdn", "--from", str(official), "--accept")
    assert taken.code == 0
    assert "1 removed" in taken.out


def test_an_incomplete_set_is_refused(cli: Call, official: Path) -> None:
    (official / "ALT.CSV").unlink()
    found = cli("lists", "sync", "us_ofac_sdn", "--from", str(official))
    assert found.code == 3
    assert "ALT.CSV" in found.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("sync",), 2, "no list is declared: name one"),
        (("sync", "nobodys"), 2, "known by name are"),
        (("sync", "suppliers"), 2, "'watchlist entities import suppliers FILE' fills it"),
        (("sync", "--from", "x.csv"), 2, "--from reads one list"),
        (("sync", "us_ofac_sdn", "us_ofac_cons", "--from", "x.csv"), 2, "--from reads one list"),
        (("sync", "us_ofac_sdn", "--from", "nowhere"), 3, "nowhere"),
        (("create", "suppliers"), 2, "there is a list 'suppliers' already"),
        (("create", "us_ofac_sdn"), 2, "is an official list"),
        (("create", "My List"), 2, "is no list id"),
        (("remove", "nobodys"), 2, "no list 'nobodys'; 'watchlist lists' shows them"),
        (("disable", "nobodys"), 2, "no list 'nobodys'"),
        (("enable", "nobodys"), 2, "no list 'nobodys'"),
    ],
)
def test_what_cannot_be_done_says_why(
    cli: Call, own_list: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    found = cli("lists", *arguments)
    assert (found.code, found.out) == (code, "")
    assert said in found.err


def test_an_own_list_with_entities_is_removed_only_when_told_so(cli: Call, own_list: str) -> None:
    asked = cli("lists", "remove", own_list, stdin=b"n\n")
    assert asked.code == 1
    assert "holds 3 entities of your own" in asked.out
    assert cli("lists").rows()
    assert cli("lists", "remove", own_list, "--yes").out == f"Removed {own_list} with 3 entities.\n"
    assert cli("lists").rows() == []
    assert cli("entities", "search", "grey harbour").rows() == []


def test_a_removed_list_can_be_made_again_and_is_empty(cli: Call, own_list: str) -> None:
    assert cli("lists", "remove", own_list, "--yes").code == 0
    assert cli("lists", "create", own_list).code == 0
    assert [row["entities"] for row in cli("lists").rows()] == ["0"]


def test_an_own_list_is_switched_off_and_on(cli: Call, own_list: str) -> None:
    assert cli("lists", "disable", own_list).out == f"{own_list} is off.\n"
    assert [row["state"] for row in cli("lists").rows()] == ["off"]
    assert cli("lists", "enable", own_list).out == f"{own_list} is on.\n"
    assert [row["state"] for row in cli("lists").rows()] == ["ok"]


def test_a_declared_list_is_removed_only_in_its_file_but_can_be_switched_off(cli: Call, folder: Path) -> None:
    (folder / "config.yaml").write_text("lists: [us_ofac_sdn]\n")
    (shown,) = cli("lists", "--json").json()
    assert (shown["id"], shown["declared"], shown["own"]) == ("us_ofac_sdn", "config", False)
    assert [row["state"] for row in cli("lists").rows()] == ["not synced yet"]
    refused = cli("lists", "remove", "us_ofac_sdn", "--yes")
    assert (refused.code, refused.out) == (2, "")
    assert "take it out of 'lists:'" in refused.err
    assert "watchlist lists disable us_ofac_sdn" in refused.err
    assert cli("lists", "disable", "us_ofac_sdn").code == 0
    assert [row["state"] for row in cli("lists").rows()] == ["off"]
    (folder / "config.yaml").write_text("lists: []\n")
    first = cli("lists")
    assert [row["state"][:40] for row in first.rows()] == ["off: no longer in the configuration, sin"]
    # It may be a slip of the pen: told once.
    assert "lists are no longer in the configuration, and off" in first.err
    assert "us_ofac_sdn" in first.err
    assert cli("lists").err == ""
    assert "0 on, 0 entities, 0 names, 1 no longer in the configuration" in cli("status").out
    assert "no longer in the configuration file" in cli("lists", "enable", "us_ofac_sdn").err
    (folder / "config.yaml").write_text("lists: [us_ofac_sdn]\n")
    # As it was: switched off by hand.
    assert [row["state"] for row in cli("lists").rows()] == ["off"]
    (folder / "config.yaml").write_text("lists: []\n")
    assert cli("lists", "remove", "us_ofac_sdn", "--yes").code == 0
    assert cli("lists").rows() == []


def test_a_download_that_fails_is_noted_and_the_others_go_on(cli: Call, folder: Path) -> None:
    (folder / "config.yaml").write_text(
        "lists:\n"
        "  - {id: us_ofac_sdn, url: 'http://127.0.0.1:1/SDN.XML'}\n"
        "  - {id: us_ofac_cons, url: 'http://127.0.0.1:1/CONSOLIDATED.XML'}\n"
        "fetch: {list_deadline: 1s}\n"
    )
    found = cli("lists", "sync")
    assert found.code == 3
    assert [line.split(":")[1].strip() for line in found.err.splitlines()] == ["us_ofac_cons", "us_ofac_sdn"]
    assert all(row["state"] not in ("ok", "not synced yet") for row in cli("lists").rows())


def test_a_list_read_from_a_file_is_taken_away_with_its_entities(cli: Call, official: Path) -> None:
    assert cli("lists", "sync", "us_ofac_sdn", "--from", str(official)).code == 0
    shutil.rmtree(official)
    assert cli("lists", "remove", "us_ofac_sdn").out == "Removed us_ofac_sdn with 2 entities.\n"


TABLE = "Stand: 1.3.2026\r\nNr.;Name;Staat;Seit\r\n7;EVENING GULL LINES;Iran;01.03.2022\r\n8;GREY QUAY;Syria;\r\n"


def test_any_other_csv_is_read_by_the_columns_that_the_configuration_names(cli: Call, folder: Path, web: Any) -> None:
    url = web.put("/register.csv", TABLE)
    columns = "{id: 'Nr.', name: Name, countries: Staat, listed_on: Seit, schema: Company}"
    config = folder / "config.yaml"
    config.write_text(
        f"lists:\n  - {{id: register, url: '{url}', columns: {columns}}}\n"
        f"  - {{id: by_hand, title: By hand, columns: {columns}}}\n"
    )
    assert cli("lists", "sync", "register").out.startswith("register: 2 entities, 2 names")
    shown = cli("entities", "show", "register:7", "--json").json()
    assert (shown["schema"], shown["countries"], shown["listed_on"]) == ("Company", ["ir"], "2022-03-01")
    (folder / "export.csv").write_bytes(TABLE.replace("GREY QUAY", "CAFÉ DU QUAI").encode("cp1252"))
    assert cli("lists", "sync", "by_hand", "--from", "export.csv").code == 0
    assert cli("entities", "show", "by_hand:8", "--json").json()["names"][0]["text"] == "CAFÉ DU QUAI"
    # Without an address it is read only when it is handed over.
    assert cli("lists", "sync").out.splitlines() == ["register: unchanged, 2 entities"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("{name: Name, colour: Farbe}", "'colour' is no field; known are id, name"),
        ("{id: Nr}", "which column has the name must be said"),
    ],
)
def test_columns_that_say_nothing_are_refused(cli: Call, folder: Path, columns: str, said: str) -> None:
    (folder / "config.yaml").write_text(
        f"lists:\n  - {{id: register, url: 'https://a.example/x', columns: {columns}}}\n"
    )
    found = cli("lists")
    assert found.code == 2
    assert said in found.err


def test_what_is_taken_although_it_is_doubtful_is_told(cli: Call, folder: Path, official: Path) -> None:
    files = folder / "set"
    shutil.copytree(official, files)
    primary = next(path for path in files.iterdir() if path.name.lower() == "sdn.csv")
    primary.write_bytes(primary.read_bytes().removesuffix(b"\x1a"))
    refused = cli("lists", "sync", "us_ofac_sdn", "--from", str(files))
    assert refused.code == 3
    assert "OFAC's closing 0x1A line is missing" in refused.err
    assert "--accept takes it all the same" in refused.err
    taken = cli("lists", "sync", "us_ofac_sdn", "--from", str(files), "--accept")
    assert taken.code == 0
    assert "taken although it is doubtful" in taken.out
