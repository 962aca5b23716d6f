from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strength import WEAK_ALIAS, strength
from watchlist.lists.forms.ca.names import aliases
from watchlist.model import Entity, Identifier, NameKind, Schema

LIST = "ca_dfatd_sema_sanctions"
Load = Callable[[str, bytes], list[Entity]]


@pytest.fixture
def sema(official: Callable[[str], bytes]) -> bytes:
    return official("sema.xml")


def names(entity: Entity) -> list[tuple[str, NameKind]]:
    return [(name.text, strength(name)) for name in entity.names]


def test_an_id_is_made_of_regime_schedule_and_item(load: Load, sema: bytes) -> None:
    assert [(entity.source_id, entity.schema) for entity in load(LIST, sema)] == [
        ("syria-1-1", Schema.LEGAL_ENTITY),
        ("syria-1-part-2-2", Schema.PERSON),
        ("jvcfor-n-a-7", Schema.PERSON),
        ("russia-1-part-3-2", Schema.VESSEL),
        ("russia-1-part-3-2-morning-gull", Schema.LEGAL_ENTITY),
    ]


def test_a_bilingual_name_stands_in_each_language_too(load: Load, sema: bytes) -> None:
    office = load(LIST, sema)[0]
    assert names(office) == [
        ("Office of Tides (OOT)/Bureau des marées", NameKind.PRIMARY),
        ("Office of Tides (OOT)", NameKind.ALIAS),
        ("Office of Tides", NameKind.ALIAS),
        ("OOT", NameKind.ACRONYM),
        ("Bureau des marées", NameKind.ALIAS),
        ("Tide Office Co., Ltd.", NameKind.ALIAS),
        ("Office for Tides", NameKind.ALIAS),
    ]
    assert office.names[4].lang == "fr"
    assert (office.countries, office.programs) == ((), ("Syria",))


def test_an_alias_stands_as_it_is_written_and_a_lone_word_is_weak(load: Load, sema: bytes) -> None:
    person = load(LIST, sema)[1]
    assert names(person) == [
        ("Munir Adanov (Adnuf)", NameKind.PRIMARY),
        ("Munir Adanov", NameKind.ALIAS),
        ("Munir Adnuf", NameKind.ALIAS),
        ("Mounir", WEAK_ALIAS),
        ("Adanow", WEAK_ALIAS),
        ("Bulbul", WEAK_ALIAS),
        ("Munir the Elder", NameKind.ALIAS),
    ]
    assert person.designations == ("Major General",)
    assert person.birth_dates == ("1972-08-10", "1972-08-11")


def test_dates_may_be_excel_day_numbers(load: Load, sema: bytes) -> None:
    _, _, person, ship, other = load(LIST, sema)
    assert person.birth_dates == ("1955-01-15",)
    assert (ship.listed_on, other.listed_on) == ("2023-06-01", "2023-06-01")
    assert (ship.identifiers, ship.birth_dates) == ((Identifier("imo", "9074729"),), ())


def test_a_regime_is_a_program_alone(load: Load, sema: bytes) -> None:
    person = load(LIST, sema)[2]
    assert person.programs == ("Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR)",)
    assert person.countries == ()
    assert (person.names[0].given, person.names[0].family) == ("Ilya Petrovich", "Marrow")


def test_a_record_without_a_number_is_known_by_its_name(load: Load, sema: bytes) -> None:
    assert load(LIST, sema.replace(b"<Item>7</Item>", b""))[2].source_id == "jvcfor-n-a-ilya-petrovich-marrow"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (
            "Raman MARROU, Belarusian: Раман МАРРОЎ, Russian : Роман МАРРОУ or Марроу",
            [("Raman MARROU", None), ("Раман МАРРОЎ", "be"), ("Роман МАРРОУ", "ru"), ("Марроу", "ru")],
        ),
        ("(Роман МАРРОУ / Роман МАРРО", [("Роман МАРРОУ", None), ("Роман МАРРО", None)]),
        ("رومان مارو/رومان محمد مارو", [("رومان مارو", None), ("رومان محمد مارو", None)]),
        ("Ali Ahmed Marrow Arabic: علي أحمد", [("Ali Ahmed Marrow", None), ("علي أحمد", "ar")]),
        ("Марроу, Роман Ильич", [("Марроу, Роман Ильич", None)]),
        ("Alexander, or Alexandr Marrow", [("Alexander", None), ("Alexandr Marrow", None)]),
        ("Dzmitry (Zmitser) Marrow", [("Dzmitry (Zmitser) Marrow", None)]),
        ("Тетяна МАРРОУ and Марроу Татьяна", [("Тетяна МАРРОУ", None), ("Марроу Татьяна", None)]),
        ("Ilya Marrow, Elias Marrow and Ilia", [("Ilya Marrow", None), ("Elias Marrow", None), ("Ilia", None)]),
        ("Ilya Marrow, and Илья Марроу", [("Ilya Marrow", None), ("Илья Марроу", None)]),
        ("Ilya Marrow;Илья Ильич Марроу", [("Ilya Marrow", None), ("Илья Ильич Марроу", None)]),
        ("Илья Марроу؛ إيليا مارو ، مارو إيليا", [("Илья Марроу", None), ("إيليا مارو", None), ("مارو إيليا", None)]),
        ("איליה מארו  MARROW, Ilya AKA", [("איליה מארו", None), ("MARROW, Ilya", None)]),
        ("Ilya Marrow Илья Марроу", [("Ilya Marrow", None), ("Илья Марроу", None)]),
        ("also Ilya Marrow; formerly known as Ilya Lake", [("Ilya Marrow", None), ("Ilya Lake", None)]),
    ],
)
def test_the_names_of_a_cell_stand_as_they_are_written(cell: str, found: list[tuple[str, str | None]]) -> None:
    assert [(name.text, name.lang) for name in aliases(cell, person=True)] == found


def test_a_comma_before_a_legal_form_parts_no_names() -> None:
    cell = 'ПЭМЗ "Молот", АО; Quay Lines, Ltd., Harbour Works; OAO, Причал'
    assert [name.text for name in aliases(cell, person=False)] == [
        *('ПЭМЗ "Молот", АО', "Quay Lines, Ltd.", "Harbour Works", "OAO, Причал"),
    ]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("ООО Причал and Причал-Волна", ["ООО Причал", "Причал-Волна"]),
        ("Quay Lines Ltd. and Quay Works Co. Ltd.", ["Quay Lines Ltd.", "Quay Works Co. Ltd."]),
        ("Bank for Development and Investment", ["Bank for Development and Investment"]),
        ("QUAY AND HARBOUR WORKS", ["QUAY AND HARBOUR WORKS"]),
        ("Причал, and Специальное бюро, АО", ["Причал", "Специальное бюро, АО"]),
    ],
)
def test_an_and_parts_bodies_where_it_is_no_word_of_their_name(cell: str, found: list[str]) -> None:
    assert [name.text for name in aliases(cell, person=False)] == found


WORDS = {
    "Latn": ["Ilya", "Marrow", "Osprey", "Quay", "Dawn"],
    "Cyrl": ["Илья", "Марроу", "Причал", "Заря"],
    "Arab": ["إيليا", "مارو", "علي"],
}
ONE_NAME = st.sampled_from(sorted(WORDS)).flatmap(
    lambda script: st.lists(st.sampled_from(WORDS[script]), min_size=2, max_size=4).map(" ".join)
)


@given(
    st.lists(ONE_NAME, min_size=1, max_size=6),
    st.lists(
        st.sampled_from(["; ", ";", " ; ", ", ", ",", " / ", " or ", ", or ", " and ", ", and ", "؛ ", "، "]),
        min_size=5,
    ),
)
def test_whatever_stands_between_a_persons_names_each_is_found_as_it_is_written(
    names: list[str], marks: list[str]
) -> None:
    cell = names[0] + "".join(mark + name for mark, name in zip(marks, names[1:], strict=False))
    assert [found.text for found in aliases(cell, person=True)] == names


def test_the_present_form_and_its_odd_cells(load: Load, sema: bytes) -> None:
    text = sema.decode().replace("Russia / Russie", "Myanmar (Burma) / Myanmar (Birmanie)", 1)
    text = text.replace("1972-08-10 or 1972-08-11", "1965-07-15 OR 1969-09-28")
    text = text.replace("<ShipIMONumber>9074729<", "<TitleOrShip>Oil Tanker</TitleOrShip><ShipIMONumber>IMO9074729<")
    entities = load(LIST, text.encode())
    assert entities[1].birth_dates == ("1965-07-15", "1969-09-28")
    assert (entities[3].countries, entities[3].programs) == ((), ("Myanmar (Burma)",))
    assert entities[3].identifiers == (Identifier("imo", "9074729"),)
    assert entities[3].remarks == "Built: 2006; Kind: Oil Tanker"
