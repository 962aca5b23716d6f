from __future__ import annotations

import pytest

from watchlist.matching.language.script.normalise import clean
from watchlist.matching.language.spelling import in_spelling_class, is_roman, plainer, symbol, words_of


@pytest.mark.parametrize(
    "spellings",
    [
        ("Dmitry", "Dmitriy", "Dmitrii", "Dmytro", "Дмитрий"),
        ("Mohammed", "Muhammad", "Mohamed", "Mehmet"),
        ("Yevgeny", "Evgeniy", "Yevhen"),
        ("Hezbollah", "Hizballah"),
        ("Qassem", "Ghasem", "Kassim"),
        ("Sergeevich", "Sergeyevich", "Serhiyovych", "Siarheyevich"),
        ("Vladimirovich", "Volodymyrovych", "Uladzimiravich", "Владимирович"),
        ("Oleksandrivna", "Aleksandrovna", "Alexandrovna"),
        ("Matveev", "Matveyev", "Matvejev"),
        ("Compel", "Kompel"),
        ("Technologies", "Tekhnologii", "Technological"),
        ("Industry", "Industries", "Industrial", "Promyshlenny"),
        ("Electronic", "Electronics", "Elektronika"),
        ("Salameh", "Salamah"),
        ("Techmash", "Tekhmash"),
        ("Enics", "Eniks"),
    ],
)
def test_spellings_of_one_name_have_one_symbol(spellings: tuple[str, ...]) -> None:
    assert len({symbol(clean(word)) for word in spellings}) == 1


def test_different_names_have_different_symbols() -> None:
    assert len({symbol(clean(word)) for word in ("Hashem", "Hashemi", "Ivanov", "Ivanova", "III", "II")}) == 6
    # Kovrov works on a tram, and is no plant.
    assert symbol("plant") == symbol("factory") != symbol("works")
    patronymics = ("Sergeevich", "Sergeevna", "Andreevich", "Markovich", "Markov", "Milosevic")
    assert len({symbol(clean(word)) for word in patronymics}) == len(patronymics)


@pytest.mark.parametrize(("one", "other"), [("Daleh", "Dalah"), ("University", "Universal"), ("Industry", "Indus")])
def test_what_only_looks_like_another_spelling_or_form_has_a_symbol_of_its_own(one: str, other: str) -> None:
    assert symbol(clean(one)) != symbol(clean(other))


def test_numbers_stand_for_themselves() -> None:
    assert [symbol(number) for number in ("17", "xiv")] == ["17", "xiv"]
    assert (is_roman("xiv"), is_roman("xyz")) == (True, False)


def test_only_a_word_of_a_class_has_other_known_spellings() -> None:
    assert (in_spelling_class("dmitriy"), in_spelling_class("qwert")) == (True, False)


def test_the_words_of_a_name_are_cleaned_and_dotted_letters_are_one() -> None:
    assert words_of("Société S.A. Abdul-Karim O'Neil") == ["societe", "sa", "abdul", "karim", "oneil"]


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("technologies", "technology"),
        ("industries", "industry"),
        ("industrial", "industry"),
        ("educational", "education"),
        ("mechanical", "mechanic"),
        ("general", "general"),
        ("brigades", "brigade"),
        ("armoured", "armored"),
        ("centre", "center"),
        ("organisation", "organization"),
        ("morales", "morales"),
        ("peskov", "peskov"),
        ("bus", "bus"),
        ("", ""),
    ],
)
def test_an_ordinary_word_is_read_in_its_plainest_form_and_a_name_as_it_is(word: str, plain: str) -> None:
    assert plainer(word) == plain
    assert plainer(plain) == plain
    assert symbol(word) == symbol(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ievgen", "yevgen"), ("sergeij", "sergei"), ("bakkhtiar", "bakhtiar")],
)
def test_ways_of_transliterating_a_sound_are_levelled(one: str, other: str) -> None:
    assert symbol(one) == symbol(other)


def test_a_j_inside_a_word_is_heard() -> None:
    assert symbol("hijazi") != symbol("hiazi")


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("ERBIUMAN L.L.C", ["erbiuman", "llc"]),
        ("ERBIUMAN L.L.C.", ["erbiuman", "llc"]),
        ("Abdulmalik al-Houthi", ["malik", "al", "houthi"]),
        ("33rd Division", ["33", "division"]),
        ("", []),
    ],
)
def test_dotted_letters_joined_abdul_and_ordinals_are_read_as_what_they_are(name: str, forms: list[str]) -> None:
    assert words_of(name) == forms


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kiselyov", "Kiselev", "Kiseljov", "Киселёв", "Киселев", "Кисельов"),
        ("Solovyov", "Solovyev", "Solovjov", "Соловьёв", "Соловьев", "Соловйов"),
        ("Vorobyova", "Vorobyeva", "Воробьёва", "Воробьева"),
    ],
)
def test_an_e_with_dots_is_written_as_it_sounds_or_as_it_looks(spellings: tuple[str, ...]) -> None:
    assert len({symbol(clean(each)) for each in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Yovanov", "Evanov"), ("Pyongyang", "Pengyang"), ("Йорданов", "Ерданов")])
def test_where_it_is_no_such_letter_it_stays(one: str, other: str) -> None:
    assert symbol(clean(one)) != symbol(clean(other))
