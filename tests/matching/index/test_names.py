from __future__ import annotations

import pytest

from watchlist.matching.index.names import parse_name, symbol
from watchlist.matching.language.normalise import clean, fold, native, without_possessive
from watchlist.matching.language.roles import Role
from watchlist.model import Name, Schema


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Putin’s", "putin"),
        ("Houthis'", "houthis"),
        ("Kata'ib", "kataib"),
        ("Vla\u200bdimir", "vladimir"),
        ("Globovisión", "globovision"),
        ("Дмитрий", "dmitriy"),
        ("ＦＵＬＬ", "full"),
        ("\u200b", ""),
    ],
)
def test_a_word_is_cleaned(word: str, form: str) -> None:
    assert clean(word) == form


def test_a_native_form_keeps_its_script() -> None:
    assert native("الأَسَد") == "الاسد"
    assert without_possessive("Assad’s") == "Assad"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Dmitry", "Dmitriy", "Dmitrii", "Dmytro", "Дмитрий"),
        ("Mohammed", "Muhammad", "Mohamed", "Mehmet"),
        ("Yevgeny", "Evgeniy", "Yevhen"),
        ("Hezbollah", "Hizballah"),
        ("Qassem", "Ghasem", "Kassim"),
    ],
)
def test_spellings_of_one_name_have_one_symbol(spellings: tuple[str, ...]) -> None:
    assert len({symbol(clean(word)) for word in spellings}) == 1


def test_different_names_have_different_symbols() -> None:
    assert len({symbol(clean(word)) for word in ("Hashem", "Hashemi", "Ivanov", "Ivanova", "III", "II")}) == 6


def test_habits_of_transliteration_are_levelled() -> None:
    assert fold("khamenei") == fold("khameney")
    assert fold("soleimani") == fold("soleymani")


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
