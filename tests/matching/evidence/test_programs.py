from __future__ import annotations

import pytest

from watchlist.matching.evidence.programs import known_programs


@pytest.mark.parametrize(
    ("program", "country", "word"),
    [
        ("IRAN-EO13846", "ir", "tehran"),
        ("Iran (human rights)", "ir", "iranian"),
        ("Ordinance on measures connected with the situation in Ukraine", "ru", "moscow"),
        ("DRC", "cd", "congo"),
        ("UKR", "ru", "kremlin"),
        ("Egypt", "eg", "egypt"),
        ("Al-Qaida", None, "terrorist"),
        ("Chemical weapons", None, "nerve"),
        ("The ISIL (Da'esh) and Al-Qaida organisations", None, "terrorist"),
    ],
)
def test_programs_of_every_authority_say_what_they_are_about(program: str, country: str | None, word: str) -> None:
    countries, words = known_programs((program,))
    assert country is None or country in countries
    assert word in words


@pytest.mark.parametrize(
    ("program", "country"), [("SDNTK", "sd"), ("Malicious cyber activities", "ml"), ("CARTEL", "cf")]
)
def test_a_code_is_no_part_of_a_longer_word(program: str, country: str) -> None:
    assert country not in known_programs((program,))[0]
