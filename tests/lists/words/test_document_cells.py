from __future__ import annotations

import pytest

from watchlist.lists.words.document_cells import DocumentCell, read_documents

Read = tuple[tuple[str, str | None, str | None], ...]


def _read(text: str) -> Read:
    """Number, country, and the kind or the label."""
    return tuple(
        (each.document.number, each.document.country, each.document.label or each.kind)
        for each in read_documents(text).documents
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Saudi Arabian passport no. K142736", (("K142736", "sa", "passport"),)),
        ("Jordanian passport numbers (1) K048787 (2) 486298", (("K048787", "jo", None), ("486298", "jo", None))),
        ("Kuwaiti passport no. (A)001714467 (B)101505554", (("001714467", "kw", None), ("101505554", "kw", None))),
        (
            "Passport No: (a) 199421147 (Date of Expiration: 29.12.2014), (b) 381110042 (expired 25.1.2016)",
            (("199421147", None, None), ("381110042", None, None)),
        ),
        (
            "No. K142736 issued in Jeddah b) Saudi passport no. G579315",
            (("K142736", None, None), ("G579315", "sa", "passport")),
        ),
        (
            "Yemeni passport number 17979 issued under name Tide. Yemeni passport number 02117777 issued on 8.1.2005",
            (("17979", "ye", "passport"), ("02117777", "ye", "passport")),
        ),
        ("381420565 and 654120219", (("381420565", None, None), ("654120219", None, None))),
        (
            "4721202031 (expires 21.2.2017 ),836110035 (diplomatic)",
            (("4721202031", None, None), ("836110035", None, None)),
        ),
        (
            "05AT521433 (French passport number, issued on 30/11/2005). National identity card 070275Q007873",
            (("05AT521433", "fr", None), ("070275Q007873", None, "national_id")),
        ),
        (
            "A) National Identification Card 19860222007, issued on 16 Jun 2011 (b) Birth Certificate B394445",
            (("19860222007", None, "national_id"), ("B394445", None, "Birth Certificate")),
        ),
        (
            "Certificate of Nationality No. 302581. National ID No. 192-3238459-9",
            (("302581", None, "Certificate of Nationality No"), ("192-3238459-9", None, "national_id")),
        ),
        ("103-0037-6235 (as mentioned in the passport)", (("103-0037-6235", None, None),)),
        ("35202- 4135948-7", (("35202- 4135948-7", None, None),)),
        ("TR-P 614 166", (("P 614 166", None, None),)),
        ("Russian passport number 8208 No. 555627", (("8208 No. 555627", "ru", "passport"),)),
        ("K 4711 issued 3 July 1999, expired on 21.8.2011", (("K 4711", None, None),)),
        ("G827238, 12.5.2003", (("G827238", None, None),)),
    ],
)
def test_every_number_of_a_cell_is_read(text: str, found: Read) -> None:
    assert _read(text) == found


def test_a_point_without_a_number_is_told() -> None:
    assert read_documents("a) G827238 (Tunisian) b) two passports").unread == ("two passports",)
    assert read_documents("passport number unknown") == DocumentCell((), ("passport number unknown",))
    assert read_documents(" ") == DocumentCell()
