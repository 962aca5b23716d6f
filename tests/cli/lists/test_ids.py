"""Lists on the command line: ids that change hands, intervals, lists by address, own lists without loss."""

from __future__ import annotations

import json
from pathlib import Path


def test_a_renumbered_entity_is_told_by_every_command(cli, official: Path):
    sync = ("lists", "sync", "us_ofac_sdn", "--from", str(official))
    assert cli(*sync).code == 0
    for name in ("SDN.CSV", "ALT.CSV"):
        file = official / name
        file.write_bytes(file.read_bytes().replace(b"101,", b"109,").replace(b"Boris Maximovich", b"Boris"))
    assert "1 only renumbered: 'watchlist lists diff us_ofac_sdn' names them" in cli(*sync).out
    told = {row["entity"]: row for row in cli("lists", "diff", "us_ofac_sdn").rows()}
    assert (told["us_ofac_sdn:101"]["change"], told["us_ofac_sdn:101"]["what"]) == ("removed", "is now us_ofac_sdn:109")
    assert (told["us_ofac_sdn:109"]["change"], told["us_ofac_sdn:109"]["what"]) == ("added", "was us_ofac_sdn:101")
    assert told["us_ofac_sdn:102"]["change"] == "changed"
    assert cli("lists", "history", "us_ofac_sdn").rows()[0]["ids"] == "1 renumbered"
    data = cli("lists", "diff", "us_ofac_sdn", "--json").json()
    assert {each["note"] for each in data} == {"renumbered", None}
    assert "listed as us_ofac_sdn:109 now" in cli("entities", "show", "us_ofac_sdn:101").out
    assert "formerly    us_ofac_sdn:101" in cli("entities", "show", "us_ofac_sdn:109").out


def test_an_id_used_again_is_told(cli, official: Path):
    sync = ("lists", "sync", "us_ofac_sdn", "--from", str(official))
    cli(*sync)
    assert cli("entities", "alias", "us_ofac_sdn:102", "The Maximist").code == 0
    file = official / "SDN.CSV"
    file.write_bytes(
        file.read_bytes().replace(b"TIDEWELL, Boris Maximovich", b"OVERBOOM, Quentin").replace(b"1955", b"1970")
    )
    assert "1 ids used again" in cli(*sync).out
    (row,) = cli("lists", "diff", "us_ofac_sdn").rows()
    assert "the id names another entity; the former one is kept as us_ofac_sdn:102~" in row["what"]
    assert "your aliases: -The Maximist" in row["what"]
    assert "The Maximist" not in cli("entities", "show", "us_ofac_sdn:102").out


def test_of_a_long_remark_only_what_differs_is_shown(cli, official: Path):
    file = official / "SDN.CSV"
    remark = "Gender Male; " + "A remark as long as they are. " * 8
    file.write_bytes(file.read_bytes().replace(b"DOB 15 Jan 1955.", remark.encode() + b"Seen in port."))
    cli("lists", "sync", "us_ofac_sdn", "--from", str(official))
    file.write_bytes(file.read_bytes().replace(b"Seen in port.", b"Seen at sea."))
    cli("lists", "sync", "us_ofac_sdn", "--from", str(official))
    (row,) = cli("lists", "diff", "us_ofac_sdn").rows()
    assert row["what"] == "remarks: -… in port +… at sea"


def test_a_list_by_its_address_with_an_interval_of_its_own(cli, folder: Path, web):
    url = web.put("/list.csv", "id,name\n1,GREY HARBOUR\n")
    declared = [{"id": "harbour", "url": url, "every": "30m"}, "us_ofac_sdn"]
    (folder / "config.yaml").write_text(json.dumps({"lists": declared}))
    assert "harbour: 1 entities" in cli("lists", "sync", "harbour").out
    web.put("/list.csv", "<html>", status=404)
    assert cli("lists", "sync", "harbour").code == 3
    found = {each["id"]: each for each in cli("lists", "--json").json()}
    assert (found["harbour"]["title"], found["harbour"]["every"]) == ("harbour", 1800.0)
    assert found["harbour"]["next_check_at"] > found["harbour"]["last_checked_at"]
    assert found["us_ofac_sdn"]["next_check_at"] is None


def test_an_own_list_comes_back_with_every_field(cli, folder: Path):
    cli("lists", "create", "full")
    (folder / "full.csv").write_text(
        "id,schema,name,aliases,birth_places,designations,addresses,linked_to,listed_on,reference,url,remarks,name_parts\n"
        '1,Person,"MARROW, Ilya",alias@sr-Cyrl:Marrov,Lakeside,Minister;Envoy,Pier 4,Grey Harbour,2026-03-01,F-1,'
        "https://files.example/1,seen; twice,1/part.patronymic:Petrovich\n",
        encoding="utf-8",
    )
    assert cli("entities", "import", "full", "full.csv").code == 0
    (before,) = [cli("entities", "show", "full:1", "--json").json()]
    assert before["names"][0]["parts"] == [["patronymic", "Petrovich"]]
    assert (before["names"][1]["script"], before["listed_on"], before["remarks"]) == (
        "Cyrl",
        "2026-03-01",
        "seen; twice",
    )
    exported = cli("entities", "export", "full").out
    cli("lists", "create", "copy")
    assert cli("entities", "import", "copy", "-", stdin=exported.encode()).code == 0
    assert cli("entities", "export", "copy").out == exported
    # An edit of one field leaves the others.
    assert cli("entities", "edit", "full:1", "--country", "ru").code == 0
    after = cli("entities", "show", "full:1", "--json").json()
    assert {key: value for key, value in after.items() if key not in ("countries", "changed_at")} == {
        key: value for key, value in before.items() if key not in ("countries", "changed_at")
    }


def test_undo_leaves_the_names_given_by_hand(cli, folder: Path, own_list: str):
    assert cli("entities", "alias", "suppliers:s-3", "Lake Folk").code == 0
    (folder / "new.csv").write_text("id,name\nz-1,NEW QUAY\n", encoding="utf-8")
    assert cli("entities", "import", "suppliers", "new.csv").code == 0
    assert cli("entities", "undo", "suppliers").code == 0
    assert cli("entities", "alias", "suppliers:s-3", "Lake Folk", "--remove").code == 0
    assert "Lake Folk" not in cli("entities", "show", "suppliers:s-3").out
