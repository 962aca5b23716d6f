from __future__ import annotations

from collections.abc import Callable

from watchlist.model import Entity, Schema

LIST = "worldbank_debarred"
Load = Callable[[str, bytes], list[Entity]]
Official = Callable[[str], bytes]


def test_the_rows_of_a_number_are_one_firm(load: Load, official: Official) -> None:
    firm, person = load(LIST, official("worldbank.json"))
    assert (firm.source_id, firm.schema, firm.countries) == ("4711", Schema.LEGAL_ENTITY, ("ru",))
    assert [name.text for name in firm.names] == ["GREY HARBOUR SHIPPING CO., LTD.", "GREY HARBOUR LINES"]
    assert firm.addresses == (
        "4 OLD PIER, MURMANSK, 183000, Russian Federation",
        "5 NEW PIER, Russian Federation",
    )
    assert (firm.listed_on, firm.remarks) == ("2020-01-15", "(also acting as GHS); Fraud; Until Permanent")
    assert (person.schema, person.caption) == (Schema.PERSON, "MR. ILYA MARROW")
    assert person.remarks == "Cross Debarment: ADB; Until 2031-02-28"


def test_a_table_saved_from_the_page_has_no_numbers_and_is_known_by_what_stays(load: Load, official: Official) -> None:
    firm, french, person = load(LIST, official("worldbank.csv"))
    assert (firm.caption, french.caption, person.caption) == (
        *("GREY HARBOUR; SHIPPING", "Société du Quai"),
        "MR. ILYA MARROW",
    )
    assert (firm.countries, firm.listed_on, french.countries) == (("ir",), "2020-01-15", ("fr",))
    again = official("worldbank.csv").replace(b"4 Old Pier", b"5 New Pier").replace(b"*3", b"*4")
    assert [each.source_id for each in load(LIST, again)] == [each.source_id for each in (firm, french, person)]


def test_columns_may_be_called_as_in_the_json(load: Load) -> None:
    content = (
        "SUPP_ID,SUPP_NAME,COUNTRY_NAME,DEBAR_FROM_DATE,DEBAR_TO_DATE\n7,GREY GULL LTD,Iran,2020-01-15,2030-01-15\n"
    )
    (firm,) = load(LIST, content.encode())
    assert (firm.source_id, firm.caption, firm.countries) == ("7", "GREY GULL LTD", ("ir",))
