"""What may stand inside a name, or be written otherwise in it: each way found, and its like that is none not."""

from __future__ import annotations

import pytest

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.search.finder import Finder
from watchlist.matching.search.reader import WordReader
from watchlist.model import Article, Entity, Name, Schema

PERSON, COMPANY, BODY, SHIP = Schema.PERSON, Schema.COMPANY, Schema.ORGANIZATION, Schema.VESSEL


def best(listed: str, schema: Schema, text: str) -> tuple[float, str]:
    """The best score of a listed name in a text, and the words it lies over."""
    index = compile_index([Entity("x", "1", schema, (Name(listed),))], {})
    found = Finder(index, WordReader(index)).find(text).aligned
    rows = [(alignment.score, text[alignment.start : alignment.end]) for _, alignment in found]
    return max(rows, default=(0.0, ""))


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("ZAMBRADA, Ismael", 'Ismael "El Mayo" Zambrada'),
        ("ZAMBRADA, Ismael", "Ismael (El Mayo) Zambrada"),
        ("ZAMBRADA, Ismael", "Ismael “El Mayo” Zambrada"),
        ("MEDVEDRUK, Viktor", "Viktor Volodymyrovych Medvedruk"),
        ("GHALIMI, Iyad", "Iyad ag Ghalimi"),
        ("BREIHMATTI, Salem ould", "Salem ould Breihmatti"),
        ("PESKOVSKY, Dmitriy", "Dmitriy\nPeskovsky"),
        ("PESKOVSKY, Dmitriy", "Dmitriy  Peskovsky"),
        ("PESKOVSKY, Dmitriy", "Dmitriy\u00a0Peskovsky"),
        ("LI, Wei Guo", "Li Weiguo"),
        ("LI, Weiguo", "Li Wei Guo"),
        ("BEN YARIM, Sami", "Sami Benyarim"),
        ("AL-KHADRAWI, Sami", "Sami Alkhadrawi"),
        ("ORLOVETSKY, Denis", "DenisOrlovetsky"),
        ("HASSANI, Hassani", "Hassani Hassani"),
    ],
)
def test_a_persons_name_goes_on_behind_what_may_stand_inside(listed: str, text: str) -> None:
    score, surface = best(listed, PERSON, text)
    assert score >= 0.85
    assert surface == text


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("ZAMBRADA, Ismael", "Ismael. Zambrada"),
        ("ZAMBRADA, Ismael", "Ismael\n\nZambrada"),
        ("ZAMBRADA, Ismael", "Ismael met Zambrada"),
        ("ZAMBRADA, Ismael", "Ismael; Zambrada"),
        ("ZAMBRADA, Ismael", "Ismael bin Omar Zambrada"),
        ("ERMAKOVITSKY, Valery Nikolaevich", "Valery Konstantinovich Ermakovitsky"),
        ("ERMAKOVITSKY, Valery Nikolaevich", "Valery K. Ermakovitsky"),
    ],
)
def test_a_persons_name_ends_where_another_begins(listed: str, text: str) -> None:
    score, _ = best(listed, PERSON, text)
    assert score < 0.7


@pytest.mark.parametrize(
    ("listed", "text", "whole"),
    [
        ("NABWIRE, Honorata", "1. NABWIRE, Honorata (Uganda)", True),
        ("NABWIRE, Honorata", "added: NABWIRE, Honorata; DOB 1971", True),
        ("NABWIRE, Honorata", "Nabwire, Honorata", True),
        ("NABWIRE, Honorata", "Honorata, Nabwire", False),
        ("NABWIRE, Honorata", "Besides Nabwire, Honorata Okello was fined", False),
        ("NABWIRE, Honorata", "Peter Nabwire, Honorata", False),
    ],
)
def test_family_comma_given_is_one_name_unless_another_goes_on(listed: str, text: str, whole: bool) -> None:
    _, surface = best(listed, PERSON, text)
    assert ("," in surface) is whole


@pytest.mark.parametrize(
    ("listed", "schema", "text"),
    [
        ("ELECTROMECHANICAL ZUBROVKA PLANT", COMPANY, "Electro-Mechanical Zubrovka Plant"),
        ("LYONGAK STEEL TRADING", COMPANY, "Lyongaksteel Trading"),
        ("LYONGAKSAN TRADING", COMPANY, "Lyongak San Trading"),
        ("KAVEH STEEL WORKS", COMPANY, "KavehSteel Works"),
        ("KAVEH STEEL WORKS", COMPANY, "Kaveh\nSteel Works"),
        ("S&D KAVERON", COMPANY, "S and D Kaveron"),
        ("L D S KOMPYUTAR TRADING LLC", COMPANY, "LDS Kompyutar Trading"),
        ("15 KHORDAD KAVERON FOUNDATION", BODY, "15 Khordad Kaveron Foundation"),
        ("33RD TIRAZH DIVISION", BODY, "33rd Tirazh Division"),
        ("FIFTY-FIFTH TIRAZH BRIGADE", BODY, "55th Tirazh Brigade"),
        ("MILITARY UNIT 74955", BODY, "Military Unit 74955"),
        ("PEOPLE'S FRONT OF QARQASTAN - GENERAL COMMAND", BODY, "People's Front of Qarqastan – General Command"),
        ("ARMY OF PRESEVIA, MEDVEDJIA, AND BUJANOVIA", BODY, "Army of Presevia, Medvedjia and Bujanovia"),
        ("KAVIRAN TECHNOLOGY COMPANY", COMPANY, "Kaviran Technologies Company"),
        ("TIRAZH ARMOURED VEHICLES", COMPANY, "Tirazh Armored Vehicles"),
        ("ZNIS AD NOVI SAD", COMPANY, "ZNIS"),
        ("ERBIUMAN TRADING L.L.C", COMPANY, "Erbiuman Trading LLC"),
        ("SO-CALLED DOLNIAN CENTRAL BANK", BODY, "Dolnian Central Bank"),
        ("SELF-PROCLAIMED DOLNIAN CENTRAL BANK", BODY, "Dolnian Central Bank"),
        ("ZUBROVKA PLANT NAMED AFTER I. I. TIRAZHOV", COMPANY, "Zubrovka Plant"),
    ],
)
def test_a_things_name_is_found_however_it_is_written(listed: str, schema: Schema, text: str) -> None:
    score, surface = best(listed, schema, text)
    assert score >= 0.8
    assert surface == text


@pytest.mark.parametrize(
    ("listed", "schema", "text"),
    [
        ("NEW TIRAZH BRIGADE", BODY, "Old Tirazh Brigade"),
        ("EAST QARQASTAN MOVEMENT", BODY, "West Qarqastan Movement"),
        ("33RD TIRAZH DIVISION", BODY, "34th Tirazh Division"),
        ("TIRAZH 7", SHIP, "Tirazh 8"),
        ("MILITARY UNIT 74955", BODY, "Military Unit 74956"),
    ],
)
def test_another_word_in_its_place_makes_another_thing(listed: str, schema: Schema, text: str) -> None:
    score, _ = best(listed, schema, text)
    assert score < 0.75


def test_a_number_alone_points_to_a_body_that_nothing_else_tells() -> None:
    assert best("MILITARY UNIT 74955", BODY, "flat 74955 of the house")[0] < 0.5
    assert best("MILITARY UNIT 74955", BODY, "soldiers of military unit 74955 said")[0] >= 0.8


def test_spelled_so_that_only_the_consonants_are_left() -> None:
    assert best("ORLOVETSKY, Denis", PERSON, "Danis Arlavetsky")[0] >= 0.5
    assert best("DZHOKHARIAN, Ramzet", PERSON, "Ramzet Jokharian")[0] >= 0.9


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("JSC 560 ARMORED REPAIR PLANT", "Armored Repair Plant No. 560"),
        ("BANK KARGOSHIBEE", "Bank Kargoshibie"),
    ],
)
def test_a_number_has_no_place_of_its_own_and_a_word_nobody_is_called_by_may_end_otherwise(
    listed: str, text: str
) -> None:
    score, surface = best(listed, COMPANY, text)
    assert score >= 0.75
    assert surface == text


def test_given_names_spelled_otherwise_are_the_rest_of_a_name() -> None:
    _, surface = best("BAREYKAN, Djibril Abdul Kareem", PERSON, "Gjibril Abdul Kareem Bareykan")
    assert surface == "Gjibril Abdul Kareem Bareykan"


def test_small_everyday_words_belong_to_the_telling_one_before_them_but_not_to_a_place() -> None:
    listed = [
        Entity("x", "1", COMPANY, (Name("JSC DUBROVENSKY MACHINE BUILDING PLANT NAMED AFTER NP ORLOV"),)),
        Entity("x", "2", COMPANY, (Name("FEDERAL UNITARY ENTERPRISE ZAPORIZHZHIA NUCLEAR POWER PLANT"),)),
    ]
    text = "Officers searched {} on Monday and took papers away."
    engine = Engine(compile_index(listed, {}), MatchingConfig())
    (found,) = engine.screen(Article("1", "", text.format("the Dubrovensky machine-building plant")))
    assert (found.entity_id, found.surface) == ("x:1", "Dubrovensky machine-building plant")
    assert engine.screen(Article("2", "", text.format("the Zaporizhzhia nuclear power plant"))) == ()
