"""What a name is and how strong it is are two things, in every form of OFAC's: a former name may be a weak one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.lists.conftest import sdn_row
from tests.strength import strength
from watchlist.model import Entity

LIST = "us_ofac_sdn"
Load = Callable[[str, bytes], list[Entity]]


def _strengths(entities: list[Entity]) -> dict[str, str]:
    return {name.text: strength(name) for entity in entities for name in entity.names}


def test_in_the_csv_form_they_stand_in_the_remarks(load: Load) -> None:
    remarks = "a.k.a. 'TIDE LINE'; f.k.a. 'SOFT QUAY'; alt. f.k.a., 'OLD QUAY; INC'; n.k.a. 'NEW QUAY'."
    found = _strengths(load(LIST, f"{sdn_row(1, 'GREY QUAY', remarks=remarks)}\r\n\x1a\r\n".encode()))
    assert found == {
        "GREY QUAY": "primary",
        "TIDE LINE": "weak alias",
        "SOFT QUAY": "weak previous",
        "OLD QUAY; INC": "weak previous",
        "NEW QUAY": "weak previous",
    }


@pytest.mark.parametrize(
    ("kind", "category", "found"),
    [
        ("f.k.a.", "weak", "weak previous"),
        ("f.k.a.", "strong", "previous"),
        ("n.k.a.", "weak", "weak previous"),
        ("a.k.a.", "weak", "weak alias"),
        ("a.k.a.", "strong", "alias"),
    ],
)
def test_in_the_plain_xml_they_are_a_type_and_a_category(
    load: Load, sdn_xml: str, kind: str, category: str, found: str
) -> None:
    aka = f"<aka><uid>9</uid><type>{kind}</type><category>{category}</category><lastName>SOFT QUAY</lastName></aka>"
    changed = sdn_xml.replace("<akaList>", f"<akaList>{aka}", 1)
    assert changed != sdn_xml
    assert _strengths(load(LIST, changed.encode()))["SOFT QUAY"] == found


@pytest.mark.parametrize("low", ["true", "false"])
@pytest.mark.parametrize(
    ("form", "before", "mark"),
    [
        # The Chinese name of the sample is a former one.
        ("sdn_advanced.xml", '"1401" Primary="false" LowQuality="false"', 'LowQuality="{}"'),
        ("sdn_enhanced.xml", "F.K.A.</aliasType>\n          <isLowQuality>false<", "<isLowQuality>{}<"),
    ],
)
def test_in_the_other_xml_they_are_a_type_and_a_flag(
    load: Load, official: Callable[[str], bytes], form: str, before: str, mark: str, low: str
) -> None:
    sample = official(form).decode()
    assert sample.count(before) == 1
    changed = sample.replace(before, before.replace(mark.format("false"), mark.format(low)))
    assert _strengths(load(LIST, changed.encode()))["马罗"] == ("weak previous" if low == "true" else "previous")
