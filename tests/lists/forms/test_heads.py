from __future__ import annotations

import pytest

from watchlist.lists.forms import all_forms, expected
from watchlist.lists.forms.heads import Beginning, CsvHeader, FirstLine, Head, JsonKeys, XmlRoot

XML = Beginning("list", root="export")
NO_ROOT = Beginning("list", root=None)
JSON = Beginning("list", keys=("id", "name"))
TEXT = Beginning("list", line="Name, ID ,remarks")


@pytest.mark.parametrize(
    ("head", "fitting"),
    [
        (XmlRoot("export"), [XML]),
        (XmlRoot("Sanctions"), []),
        (JsonKeys(("name",)), [JSON]),
        (JsonKeys(("name", "schema")), []),
        (FirstLine(("ID", "remarks")), [TEXT]),
        (FirstLine(("id",)), []),
        (CsvHeader(("id", "name")), [TEXT]),
        (CsvHeader(("id", "schema")), []),
    ],
)
def test_a_head_fits_what_begins_so(head: Head, fitting: list[Beginning]) -> None:
    assert [start for start in (XML, NO_ROOT, JSON, TEXT) if head.fits(start)] == fitting


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("id,schema,name,aliases,birth_date,dataset", "opensanctions_csv"),
        ("id,schema,name", "generic_csv"),
        ("id;name", "generic_csv"),
        ("Name\tID", "generic_csv"),
        ("sep=;", "generic_csv"),
        ("id|name", None),
        ("id;nom", None),
        ("101,A,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-", "ofac_csv"),
        ("101,A,-0-", None),
    ],
)
def test_the_first_form_that_fits_is_taken(line: str, form: str | None) -> None:
    start = Beginning("list", line=line)
    assert next((each.id for each in all_forms() if each.head.fits(start)), None) == form


def test_forms_are_named_in_a_fixed_order() -> None:
    general = (
        "OpenSanctions' targets.simple.csv, FollowTheMoney JSON lines, JSON lines with id and name, "
        "or the generic CSV form with a header id,schema,name,…"
    )
    official = (
        "OFAC's CSV set, SDN.XML or CONSOLIDATED.XML, SDN_ADVANCED.XML or CONS_ADVANCED.XML, "
        "SDN_ENHANCED.XML or CONS_ENHANCED.XML, "
        "the Consolidated Screening List's CSV, the Consolidated Screening List's JSON, "
        "the UN's consolidated XML, the EU's FSF 1.1 XML, the EU's FSF 1.1 CSV, the EU's list in form 1.0, XML, "
        "the UK Sanctions List's CSV, the UK Sanctions List's XML, "
        "OFSI's ConList.csv, OFSI's ConList.xml, the UK Sanctions List's ODS, SECO's XML, Canada's XML, DFAT's xlsx, "
        "DFAT's CSV, the World Bank's JSON, the World Bank's CSV"
    )
    assert expected("mine") == f"expected {official}, {general}"
    assert expected("eu_fsf") == (
        f"expected the EU's FSF 1.1 XML, the EU's FSF 1.1 CSV, the EU's list in form 1.0, XML, {general}"
    )
