"""One cell that can't be read never keeps a list from being read: its row is kept, and the cell is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from watchlist.lists.recognise import read_list

Official = Callable[[str], bytes]
#: What a cell of each field is made of, by list and sample: the list, the sample, what is replaced by what.
CELLS = [
    ("gb_fcdo_sanctions", "uk.csv", ",RUS0902,", ",,", "reference"),
    ("gb_fcdo_sanctions", "uk.csv", ",Ship,", ",Balloon,", "schema"),
    ("gb_fcdo_sanctions", "uk.csv", "EVENING GULL", "", "names"),
    ("gb_fcdo_sanctions", "uk.xml", "<UniqueID>RUS0903</UniqueID>", "", "reference"),
    ("gb_fcdo_sanctions", "uk.xml", ">Ship<", ">Balloon<", "schema"),
    ("gb_hmt_sanctions", "conlist.csv", ",7899\n", ",x\n", "reference"),
    ("gb_hmt_sanctions", "conlist.csv", ",Entity,", ",Balloon,", "schema"),
    ("gb_hmt_sanctions", "conlist.csv", ",12/11/1956,", ",12/31/1956 of 11,", "birth_dates"),
    ("un_sc_sanctions", "un.xml", "<DATAID>7000002</DATAID>", "", "reference"),
    ("un_sc_sanctions", "un.xml", "<FIRST_NAME>LAKESIDE FRONT (LSF)</FIRST_NAME>", "", None),
    ("un_sc_sanctions", "un.xml", "<QUALITY>f.k.a.<", "<QUALITY>Fine<", "names"),
    ("eu_fsf", "eu.xml", 'logicalId="99">', ">", "reference"),
    ("eu_fsf", "eu.xml", 'code="enterprise"', 'code="boat"', "schema"),
    ("eu_fsf", "eu.csv", ";99;", ";;", "reference"),
    ("eu_fsf", "eu.csv", ";E;enterprise;", ";B;boat;", "schema"),
    ("ch_seco_sanctions", "seco.xml", '<target ssid="1200"', "<target", "reference"),
    ("ch_seco_sanctions", "seco.xml", "<value>Evening Gull</value>", "", "names"),
    ("ca_dfatd_sema_sanctions", "sema.xml", "<EntityOrShip>Morning Gull</EntityOrShip>", "", "names"),
    ("ca_dfatd_sema_sanctions", "sema.xml", "<Country>Russia / Russie</Country>", "", "reference"),
    ("ca_dfatd_sema_sanctions", "sema.xml", "1972-08-10 or 1972-08-11", "once or twice", "birth_dates"),
    ("ca_dfatd_sema_sanctions", "sema.xml", ">9074729<", ">907472<", "identifiers"),
    ("us_ofac_sdn", "sdn_advanced.xml", '<DistinctParty FixedRef="9003">', "<DistinctParty>", "reference"),
    ("us_ofac_sdn", "sdn_advanced.xml", ' PartySubTypeID="1"', "", "schema"),
    ("us_ofac_sdn", "sdn_advanced.xml", ">EVENING GULL<", "><", "names"),
    ("us_ofac_sdn", "sdn_enhanced.xml", '<entity id="9003">', "<entity>", "reference"),
    ("us_ofac_sdn", "sdn_enhanced.xml", ">Vessel</entityType>", ">Object</entityType>", "schema"),
    ("us_ofac_sdn", "sdn_enhanced.xml", ">EVENING GULL<", "><", "names"),
    ("eu_fsf", "eu_1_0.xml", 'Type="E"', 'Type="X"', "schema"),
    ("mine", "list.jsonl", '"Company"', '"Balloon"', "schema"),
]


@pytest.mark.parametrize(("list_id", "name", "old", "new", "field"), CELLS)
def test_a_cell_that_cannot_be_read_is_noted_and_its_entity_kept(
    official: Official, tmp_path: Path, list_id: str, name: str, old: str, new: str, field: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(official(name))
    sound = read_list(list_id, path)
    count = len(list(sound.entities()))
    before = {cell.field: cell.unread for cell in sound.notes.counts()}
    text = official(name).decode("cp1252" if name == "conlist.csv" else "utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode())
    parsed = read_list(list_id, path)
    found = list(parsed.entities())
    noted = {cell.field: cell.unread for cell in parsed.notes.counts()}
    assert len(found) >= count
    assert all(entity.source_id and entity.caption for entity in found)
    if field is not None:
        assert noted[field] > before.get(field, 0)


def test_each_pass_counts_anew(official: Official, tmp_path: Path) -> None:
    path = tmp_path / "uk.csv"
    path.write_bytes(official("uk.csv").replace(b",Ship,", b",Balloon,"))
    parsed = read_list("gb_fcdo_sanctions", path)
    first = (len(list(parsed.entities())), parsed.notes.counts())
    assert (len(list(parsed.entities())), parsed.notes.counts()) == first
