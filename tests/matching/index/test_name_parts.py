from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.roles import Role
from watchlist.model import Name, Schema


def roles(text: str, schema: Schema, **more: str) -> list[tuple[str, str]]:
    return [(part.form, part.role.name) for part in parse_name(Name(text, **more), schema)]


def test_a_comma_tells_family_from_given_names() -> None:
    assert roles("MADURO MOROS, Nicolas", Schema.PERSON) == [
        ("maduro", "FAMILY_NAME"),
        ("moros", "SECOND_FAMILY_NAME"),
        ("nicolas", "GIVEN_NAME"),
    ]


def test_the_lists_own_fields_tell_family_from_given_names() -> None:
    parsed = roles("Ayman AL-ZAWAHIRI", Schema.PERSON, given="Ayman", family="AL-ZAWAHIRI")
    assert [role for _, role in parsed] == ["PARTICLE", "FAMILY_NAME", "GIVEN_NAME"]


def test_every_syllable_of_a_korean_given_name_counts() -> None:
    assert [role for _, role in roles("KIM, Jong Il", Schema.PERSON)] == ["FAMILY_NAME", "GIVEN_NAME", "MIDDLE_NAME"]


def test_legal_forms_and_shared_words_of_companies_are_told_from_what_names_them() -> None:
    assert roles("OPEN JOINT-STOCK COMPANY ROSNEFT OIL COMPANY", Schema.COMPANY) == [
        ("open joint stock company", "LEGAL_FORM"),
        ("rosneft", "CORE"),
        ("oil", "GENERIC"),
        ("company", "LEGAL_FORM"),
    ]


def test_an_acronym_in_brackets_repeats_the_name_and_a_place_does_not() -> None:
    assert "irgc" not in dict(roles("GUARD CORPS (IRGC)", Schema.ORGANIZATION))
    assert ("switzerland", "PLACE") in roles("BANK X (SWITZERLAND) LTD", Schema.COMPANY)


@pytest.mark.parametrize("text", ["", ",", " - ", "\u200b", "LTD", "17", "\ud800"])
@pytest.mark.parametrize("schema", list(Schema))
def test_any_name_can_be_parsed(text: str, schema: Schema) -> None:
    assert all(isinstance(part.role, Role) for part in parse_name(Name(text), schema))


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Nikolai Platonovich PATRUSHEV", "PATRUSHEV", "Nikolai Platonovich"),
        ("LI Ming", "LI", "Ming"),
        ("Fidel DE LA CRUZ", "DE LA CRUZ", "Fidel"),
    ],
)
def test_capitals_mark_the_family_name(text: str, family: str, given: str) -> None:
    assert parse_name(Name(text), Schema.PERSON) == parse_name(Name(f"{family}, {given}"), Schema.PERSON)


@given(st.text(max_size=30), st.sampled_from(Schema), st.booleans())
@example("SMITH, -", Schema.PERSON, False)
@example("I", Schema.VESSEL, False)
def test_no_name_of_a_list_is_too_odd_to_be_taken_apart(text: str, schema: Schema, capitals: bool) -> None:
    parse_name(Name(text.upper() if capitals else text), schema)
    parse_name(Name(f"{text}, {text}"), schema)
    parse_name(Name(f"{text} LI {text}"), schema)


@pytest.mark.parametrize(
    "text",
    [
        "NIKOLAI PATRUSHEV",
        "Nikolai Patrushev",
        "A. PATRUSHEV",
        "One TWO Three FOUR",
        "John Smith III",
        "John Smith JR",
        "Mullah OMAR",
        "ABU Omar",
    ],
)
def test_where_capitals_mark_nothing_the_order_is_unknown(text: str) -> None:
    assert {part.role for part in parse_name(Name(text), Schema.PERSON)} <= {Role.PERSONAL, Role.PARTICLE}, text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ZNIS AD NOVI SAD", ["znis"]),
        ("ZNIS AD TIRAZHOV", ["znis", "tirazhov"]),
        ("SO-CALLED DOLNIAN CENTRAL BANK", ["dolnian", "central", "bank"]),
        ("THE SELF-PROCLAIMED DOLNIAN CENTRAL BANK", ["dolnian", "central", "bank"]),
        ("ZUBROVKA PLANT NAMED AFTER I. I. TIRAZHOV", ["zubrovka", "plant"]),
        ("PLANT NAMED AFTER TIRAZHOV", ["plant", "named", "after", "tirazhov"]),
        ("L D S KOMPYUTAR LLC", ["lds", "kompyutar"]),
        ("ERBIUMAN TRADING L.L.C", ["erbiuman", "trading"]),
        ("33RD TIRAZH DIVISION", ["33", "tirazh", "division"]),
    ],
)
def test_a_seat_a_remark_and_an_honour_are_no_part_of_what_names_a_body(text: str, named: list[str]) -> None:
    small = {Role.LEGAL_FORM.name, Role.PARTICLE.name}
    assert [form for form, role in roles(text, Schema.COMPANY) if role not in small] == named


def test_son_of_tells_the_father_and_no_family_name() -> None:
    assert roles("ABDUL RAHIMI S/O YUSUF KHANZADA", Schema.PERSON)[-2:] == [
        ("yusuf", "MIDDLE_NAME"),
        ("khanzada", "MIDDLE_NAME"),
    ]


@pytest.mark.parametrize("text", ["BIN OMAR, Salim", "OMAR, bin Salim Farid"])
def test_a_fathers_name_is_not_the_persons(text: str) -> None:
    found = dict(roles(text, Schema.PERSON))
    assert "FAMILY_NAME" in found.values()
    assert "GIVEN_NAME" in found.values() or "MIDDLE_NAME" in found.values()
