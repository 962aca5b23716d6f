"""What the entities of a file show of it: a false encoding, and another list of the same authority."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from watchlist.errors import SnapshotRejectedError
from watchlist.lists.contents import Contents
from watchlist.lists.forms import published_lists
from watchlist.lists.recognise import read_list
from watchlist.lists.words.garbled import is_garbled
from watchlist.model import Entity, Name, Schema

TRUE = (
    *("МАРРОУ Илья Петрович", "إيليا مارو", "馬羅", "მარო", "Éloïse d’Été", "Søren Ågård", "ÅÄÖ Oy", "Trần Văn Đức"),
    *("Łukasz Żółć", "Şükrü Öztürk", "Ελίας", "אליהו", "Société Générale “Quai”", "José Ñáñez y Muñoz", "naïve façade"),
    *("Grey Harbour®", "N° 5", "Kyoto – 京都", "МАРРОУ №3", "Marrow", "", "한국", "Ünlü", "ĶĒNIŅŠ", "Ó Súilleabháin"),
)


@pytest.mark.parametrize("text", TRUE)
def test_what_people_write_is_not_garbled(text: str) -> None:
    assert not is_garbled(text)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp1251", "koi8-r", "cp437", "mac-roman"])
@pytest.mark.parametrize("text", ["МАРРОУ Илья", "إيليا مارو", "馬羅兒", "Éloïse Été", "Łukasz Żółć"])
def test_utf8_that_was_taken_for_something_else_is(text: str, encoding: str) -> None:
    assert is_garbled(text.encode().decode(encoding, "replace"))


@pytest.mark.parametrize(
    ("encoding", "taken_for"),
    [("cp1251", "latin-1"), ("cp1251", "cp1252"), ("koi8-r", "latin-1"), ("cp1256", "latin-1")],
)
def test_so_is_an_old_encoding_that_was_taken_for_another(encoding: str, taken_for: str) -> None:
    text = "مارو إيليا" if encoding == "cp1256" else "Марроу Илья"
    assert is_garbled(text.encode(encoding).decode(taken_for))


def entity(number: int, *names: str, programs: tuple[str, ...] = ()) -> Entity:
    return Entity("us_ofac_sdn", str(number), Schema.LEGAL_ENTITY, tuple(map(Name, names)), programs=programs)


def looked_at(list_id: str, *entities: Entity) -> Contents:
    contents = Contents(published_lists().get(list_id))
    assert list(contents.watch(entities)) == list(entities)
    return contents


class TestEncoding:
    def test_many_garbled_names_are_a_false_encoding(self) -> None:
        words = ("Илья", "Пётр", "مارو")
        garbled = [entity(n, "GREY GULL", word.encode().decode("latin-1")) for n, word in enumerate(words)]
        with pytest.raises(SnapshotRejectedError) as caught:
            looked_at("mine", *garbled).check("mine")
        assert "3 of 3 names that are not plain ASCII are garbled, such as 'Ð\\x98Ð»" in caught.value.reason

    def test_some_are_the_authoritys_own_slips(self) -> None:
        names = ["Илья", "Пётр", "مارو", "Анна"]
        good = [entity(n, name) for n, name in enumerate(names)]
        bad = [entity(10 + n, name + "\ufffd") for n, name in enumerate(names)]
        looked_at("mine", *good, *bad).check("mine")
        looked_at("mine", *bad[:2]).check("mine")

    def test_a_false_declaration_of_a_real_form_is_noticed(
        self, tmp_path: Path, official: Callable[[str], bytes]
    ) -> None:
        path = tmp_path / "list.xml"
        path.write_bytes(official("sdn_enhanced.xml").replace(b'encoding="utf-8"', b'encoding="iso-8859-1"'))
        contents = Contents(published_lists()["us_ofac_sdn"])
        for _ in contents.watch(read_list("us_ofac_sdn", path).entities()):
            pass
        assert contents.foreign == contents.garbled > 0


class TestScope:
    SDN = tuple(entity(n, "GREY GULL", programs=("SDGT", "UKRAINE-EO13662") if n < 3 else ("SDGT",)) for n in range(40))
    CONS = tuple(entity(n, "GREY GULL", programs=("UKRAINE-EO13662",) if n % 4 else ("NS-PLC",)) for n in range(40))

    def test_the_consolidated_list_is_not_the_sdn_list(self) -> None:
        looked_at("us_ofac_sdn", *self.SDN).check("us_ofac_sdn")
        with pytest.raises(SnapshotRejectedError) as caught:
            looked_at("us_ofac_sdn", *self.CONS).check("us_ofac_sdn")
        assert caught.value.reason == (
            "its programs are those of OFAC's consolidated (non-SDN) list, us_ofac_cons; give the file of"
            " us_ofac_sdn, or --accept takes it all the same"
        )

    def test_nor_the_other_way_round(self) -> None:
        looked_at("us_ofac_cons", *self.CONS).check("us_ofac_cons")
        none_of_them = [entity(n, "GREY GULL", programs=("SDGT",)) for n in range(40)]
        with pytest.raises(SnapshotRejectedError, match="its programs are those of OFAC's SDN list, us_ofac_sdn"):
            looked_at("us_ofac_cons", *none_of_them).check("us_ofac_cons")

    def test_of_few_entities_nothing_is_told(self) -> None:
        looked_at("us_ofac_sdn", *self.CONS[:19]).check("us_ofac_sdn")
