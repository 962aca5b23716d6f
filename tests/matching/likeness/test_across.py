from __future__ import annotations

import pytest

from watchlist.matching.match import match_names


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("عبد الملك الحوثي", "Abdul Malik al-Houthi"), ("عبدالملك الحوثي", "Abdulmalik al-Houthi"),
        ("علی لاریجانی", "Ali Larijani"), ("سراج الدين حقاني", "Sirajuddin Haqqani"),
        ("חסן נסראללה", "Hassan Nasrallah"),
        ("Qasem Soleimani", "قاسم سلیمانی"), ("בנימין", "Benjamin"), ("شوارزنيغر", "Schwarzenegger"),
    ],
)  # fmt: skip
def test_a_name_is_known_in_a_script_without_vowels(native: str, latin: str) -> None:
    assert match_names(native, latin).predicted
    assert match_names(latin, native).predicted


@pytest.mark.parametrize(
    ("native", "latin"),
    [("علی لاریجانی", "Ali Larki"), ("חסן נסראללה", "Hassan Rouhani"), ("محمود عباس", "Mahdi Abadi"), ("كوفي", "Kim")],
)
def test_another_name_is_not(native: str, latin: str) -> None:
    assert not match_names(native, latin).predicted


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("Остин", "Austin"), ("Юитиро Зайончек", "Yūichirō Zajączek"), ("Остин Уайтхёрст", "Austin Whitehurst"),
        ("Режин Тремблей", "Régine Tremblay"), ("Владимир Путин", "Vladimir Putin"),
    ],
)  # fmt: skip
def test_a_name_is_known_as_russian_writes_it(native: str, latin: str) -> None:
    assert match_names(native, latin).predicted
    assert match_names(latin, native).predicted


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("Остин", "Easton"),
        ("Белов", "Balaban"),
        ("Владимир Путин", "Vladimir Patton"),
        ("Ирина Волкова", "Irina Wilcox"),
    ],
)
def test_another_name_is_not_in_russian(native: str, latin: str) -> None:
    assert not match_names(native, latin).predicted
