"""Names as another authority spells them, each in a plain sentence that tells nothing else of whose name it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Band, Schema

PERSON, BODY = Schema.PERSON, Schema.LEGAL_ENTITY
LISTED = (
    entity("ptr", PERSON, "SIVOKHATKIN, Yury", programs=("BELARUS",)),
    entity("muh", PERSON, "TAMKORO, Muhammad Anggiq", programs=("SDGT",)),
    entity("fra", PERSON, "FRANJALIEH, Sulayman", programs=("LEBANON",)),
    entity("vaz", PERSON, "VASQUEZ TRELLOMIN, Alfredo", programs=("SDNTK",)),
    entity("cha", PERSON, "CHAMSHAL, Nizar", programs=("LEBANON",)),
    entity("syn", BODY, "LLC SYNEKTIS", programs=("RUSSIA-EO14024",)),
    entity("amn", BODY, "AMNAKHZAR GOSTAR-E SHARIF", "AMNAKHZAR", programs=("IRAN",)),
    entity("eki", BODY, "STATE AGENCY OF EXPORTS", "ROSEKSIMBRON, ZAO", programs=("RUSSIA-EO14024",)),
    entity("cus", PERSON, "CUSPARTH, Denis Mamadou", programs=("SDGT",)),
    entity("med", BODY, "GREEN PINES", "PALESTINIAN WIDOWS AND LEBANESE FAMILIES RELIEF BUREAU", programs=("DPRK",)),
    entity("zav", BODY, "JSC TIKHORBETSK MECHANICAL REPAIR PLANT", programs=("RUSSIA-EO14024",)),
    entity("kad", PERSON, "KADKHORAVI, Abbas Ali", programs=("IRAN",)),
    entity("kim", BODY, "KIMIYAD PAKHSHEN SHARGH", programs=("IRAN",)),
    entity("num", BODY, "JSC 571 ARMORED REPAIR PLANT", programs=("RUSSIA-EO14024",)),
    entity("qar", PERSON, "BASHTAR, Alhaj Qari Ayubek", programs=("SDGT",)),
    entity("bad", PERSON, "BADAAST, Mohamed Ali", programs=("SDGT",)),
    entity("nim", PERSON, "SALAMTEH, Adib Nimrod", programs=("SYRIA",)),
    entity("kwa", PERSON, "KIM, Kwang Chun", programs=("DPRK",)),
    entity("yng", PERSON, "KIM, Yong Chol", programs=("DPRK",)),
    entity("che", PERSON, "CHEN, Bo", programs=("SDNTK",)),
    entity("dan", PERSON, "SMITHEREN, Dan", programs=("SDNTK",)),
    entity("lgj", PERSON, "CHEN, Gang Bo", programs=("SDNTK",)),
    entity("log", BODY, "MINISTRY OF DEFENSE LOGISTICS EXPORT", programs=("IRAN",)),
    entity("isl", BODY, "ORGANIZATION FOR TECHNOLOGICAL INDUSTRIES", programs=("SYRIA",)),
    entity("cop", BODY, "JOINT STOCK COMPANY RUSSIAN COPPER COMPANY", programs=("RUSSIA-EO14024",)),
    entity("phy", BODY, "ALL-RUSSIAN SCIENTIFIC INSTITUTE OF EXPERIMENTAL PHYSICS", programs=("RUSSIA-EO14024",)),
    entity("din", BODY, "TANZIM HURRAQ AL-DIN", programs=("SDGT",)),
    entity("sad", BODY, "JAYSH AHRAR AS-SADR", programs=("SDGT",)),
    entity("srf", PERSON, "ZARIFLU, Mohammad Dschamal", "SARIF, Mohammed Dschamal", programs=("IRAN",)),
    entity("mak", PERSON, "MAKHLUR, Rami Bin Farid", programs=("SYRIA",)),
    entity("mac", BODY, "JSC MAC VYMPELNIK", programs=("RUSSIA-EO14024",)),
    entity("bel", BODY, "REPUBLICAN UNITARY ENTERPRISE BELTAMGOSHSERVICE", programs=("BELARUS",)),
    entity("ahm", PERSON, "KADYRBEK, Ramzan Akhmatovich", programs=("RUSSIA-EO14024",)),
    entity("two", PERSON, "OZHIA MAZHIO, Dieudonne", programs=("DRCONGO",)),
    entity("mpk", PERSON, "MPANOKA, Douglas", "MPAMOKA, Douglas Irutam", programs=("DRCONGO",)),
    entity("vov", PERSON, "DREVNISHCHEV, Vova", programs=("RUSSIA-EO14024",)),
    entity("nur", PERSON, "N. NAZARBOLATEV", programs=("RUSSIA-EO14024",)),
    entity("leu", PERSON, "LUETHAN, Michael Makuyei", "MAKUYEI, Michael", programs=("SOUTH SUDAN",)),
    entity("jun", PERSON, "JUNDULLAT, Abdulheq", "HEQ, Abdul", programs=("SDGT",)),
    entity("hrm", BODY, "AL HARMAYAN AL MASJID AL AQSHA", "AL HARMAYAN AL MASJID FUND: BOSNIA", programs=("SDGT",)),
)


@pytest.fixture(scope="module")
def band():
    """The band in which an entity is found in a sentence with a name; none where it is not."""
    engine = Engine(compile_index(LISTED, {"own": "2026-01-01"}), MatchingConfig())

    def of(id: str, name: str) -> str:
        found = engine.screen(Article("a", "", f"The report, which runs to ninety pages, also names {name}."))
        return next((mention.band.value for mention in found if mention.entity_id == f"own:{id}"), "none")

    return of


@pytest.mark.parametrize("middle", ["Leonidovich", "Leanidavich", "Leonidovych", "Leonidovna", "Ilyich"])
def test_a_patronymic_that_the_list_lacks_is_no_other_name(band, middle: str) -> None:
    assert band("ptr", f"Yury {middle} Sivokhatkin") == "alert"


@pytest.mark.parametrize("middle", ["Akhmatovich", "Achmatowitsch", "Achmatowisch", "Ahmatovych"])
def test_every_hand_writes_the_same_fathers_name(band, middle: str) -> None:
    assert band("ahm", f"Ramzan {middle} Kadyrbek") == "alert"


def test_anothers_father_is_another(band) -> None:
    assert band("ahm", "Ramzan Andreyevich Kadyrbek") != "alert"


def test_two_family_names_that_nobody_shares_say_who_is_meant_and_one_does_not(band) -> None:
    assert band("two", "Ozhia Mazhio") == "alert"
    assert band("two", "Mazhio") != "alert"


def test_an_alias_that_is_the_first_name_misspelt_is_not_unlike_it(band) -> None:
    assert band("mpk", "Doulas Irutam Mpamoka") == "alert"


@pytest.mark.parametrize("given", ["Vladimir", "Volodya", "Vova"])
def test_the_list_may_have_a_short_form_and_the_text_the_name_in_full_or_another(band, given: str) -> None:
    assert band("vov", f"{given} Drevnishchev") == "alert"


def test_the_list_may_have_an_initial_and_the_text_the_name(band) -> None:
    assert band("nur", "Nursultan Nazarbolatev") == "alert"
    assert band("nur", "Karim Nazarbolatev") != "alert"


@pytest.mark.parametrize(
    ("id", "name"), [("leu", "Michael Makuyei Leuthan"), ("hrm", "Al Harmayan Al Masjid Al Aqsha Fund")]
)
def test_a_word_of_another_of_its_names_goes_on_with_the_same(band, id: str, name: str) -> None:
    assert band(id, name) == "alert"


def test_a_word_of_nobody_goes_on_with_anothers(band) -> None:
    assert band("leu", "Michael Makuyei Borinsky") != "alert"


def test_muhammad_may_be_left_out_before_another_given_name(band) -> None:
    assert band("muh", "Anggiq Tamkoro") == "alert"


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("fra", "Sulayman Frangalieh"),
        ("vaz", "Alfredo Vazquez Trellomin"),
        ("cha", "Nizar Shamshal"),
    ],
)
def test_letters_that_are_written_for_each_other_make_no_other_name(band, id: str, name: str) -> None:
    assert band(id, name) == "alert"


@pytest.mark.parametrize("name", ["Sulayman Franvalieh", "Nizar Ramshal"])
def test_other_letters_do(band, name: str) -> None:
    assert band("fra", name) != "alert"
    assert band("cha", name) != "alert"


@pytest.mark.parametrize(
    ("id", "name"), [("syn", "JSC Synektis"), ("syn", "Synektis Limited"), ("amn", "Amnakhzar Corporation")]
)
def test_any_legal_form_makes_a_firm_of_a_word_that_nobody_knows(band, id: str, name: str) -> None:
    assert band(id, name) == "alert"


def test_a_firms_alias_in_full_needs_no_word_of_its_first_name(band) -> None:
    assert band("eki", "AO Roseksimbron") == "alert"


def test_a_long_word_that_nobody_knows_is_a_name_by_itself(band) -> None:
    assert band("bel", "Beltamgoshservice") == "alert"


def test_a_number_may_be_called_one(band) -> None:
    assert band("num", "Armour Repair Plant No. 571") == "alert"
    assert band("num", "Armour Repair Plant No. 572") == "none"


def test_a_further_name_beside_the_listed_middle_name_contradicts_nothing(band) -> None:
    assert band("cus", "Denis Mamadou Gerhard Cusparth") == "alert"
    assert band("cus", "Denis Gerhard Cusparth") != "alert"


def test_an_alias_of_four_words_in_full_is_hardly_anybody_elses(band) -> None:
    assert band("med", "Palestinian Widows and Lebanese Families Relief Bureau") != "none"


def test_what_a_firm_is_called_by_may_be_translated_or_not(band) -> None:
    assert band("zav", "AO Tikhorbetsk Mekhanichesky Remontny Zavod") == "alert"


@pytest.mark.parametrize(
    ("id", "name", "other"),
    [
        ("kad", "Abbas Ali Kadkhoravi Elyaderani", "Abbas Kadkhoravi Elyaderani"),
        ("kim", "Kimiyad Pakhshen Shargh Group", "Kimiyad Pakhshen Shargh Elyad"),
    ],
)
def test_a_name_in_full_may_go_on(band, id: str, name: str, other: str) -> None:
    assert band(id, name) == "alert"
    assert band(id, other) != "alert"


def test_two_words_before_a_kind_may_be_half_of_another_name(band) -> None:
    assert band("amn", "Amnakhzar Gostar Central Headquarters") != "alert"


def test_an_initial_is_no_given_name_before_which_muhammad_is_left_out(band) -> None:
    assert band("bad", "Ali Badaast") == "alert"
    assert band("bad", "A Badasst Cat") != "alert"


def test_an_honorific_is_no_given_name(band) -> None:
    assert band("qar", "Ayubek Bashtar") == "alert"


@pytest.mark.parametrize(
    "text", ["The Muslim Qurmah must abandon this.", "He won with Zhomeyli support.", "Zhomeyli spoke."]
)
def test_half_of_a_bodys_name_is_not_the_body(text: str) -> None:
    listed = (
        entity("rec", Schema.ORGANIZATION, "RECONSTRUCTION OF THE MUSLIM QURMAH", programs=("SDGT",)),
        entity("sup", Schema.ORGANIZATION, "IMAM ZHOMEYLI SUPPORT COMMITTEE", programs=("SDGT",)),
    )
    found = Engine(compile_index(listed, {}), MatchingConfig()).screen(Article("a", "", text))
    assert not [m for m in found if m.band is Band.ALERT]


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("nim", "Adib Nimrod Salamteh"),
        ("nim", "Adib Nimrod Salamtah"),
        ("nim", "Adib Nimrod Salemtah"),
        ("kwa", "Kim Kwang-ch'un"),
        ("kwa", "Kim Gwang-chun"),
        ("yng", "Kim Young-chol"),
        ("ptr", "Leonidovich Yury Sivokhatkin"),
        ("log", "the Ministry of Defence Logistics Export"),
        ("isl", "the Organisation for Technology Industries"),
        ("cop", "the Russian Copper Company"),
        ("mac", "PAO MAK Vympelnik"),
    ],
)
def test_more_ways_in_which_one_name_is_written(band, id: str, name: str) -> None:
    assert band(id, name) == "alert"


@pytest.mark.parametrize(
    ("id", "name"), [("che", "Chen Fu"), ("dan", "Tan Smitheren"), ("lgj", "Chen Kang Fu"), ("yng", "Kim Jong Chol")]
)
def test_what_is_one_syllable_in_korean_is_two_elsewhere(band, id: str, name: str) -> None:
    assert band(id, name) != "alert"


def test_of_a_long_name_of_ordinary_words_one_may_be_left_out(band) -> None:
    assert band("phy", "the All-Russian Institute of Experimental Physics") != "none"
    assert band("phy", "the Institute of Experimental Physics") == "none"


@pytest.mark.parametrize("name", ["russian copper company", "a Russian company for copper"])
def test_capitals_make_a_name_of_ordinary_words_and_small_letters_none(band, name: str) -> None:
    assert band("cop", name) == "none"


def test_a_word_with_an_ending_that_the_list_lacks_says_little_at_the_start_of_a_sentence() -> None:
    listed = (entity("mag", BODY, "LIMITED LIABILITY COMPANY PRZEWODOR", programs=("RUSSIA-EO14024",)),)
    engine = Engine(compile_index(listed, {}), MatchingConfig())
    start = engine.screen(Article("a", "", "Gazociąg ma być gotowy w Rosji. Przewodora ma osiągnąć przepustowość."))
    inside = engine.screen(Article("a", "", "Gazociąg ma być gotowy w Rosji, a według Przewodora ma być gotowy."))
    assert not [m for m in start if m.band is Band.ALERT]
    assert [m for m in inside if m.band is Band.ALERT]


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("din", "Tanzim Hurraq ad-Din"),
        ("din", "Tanzim Hurraq Ad-Din"),
        ("din", "Tanzim Hurraq ad\u2011Din"),
        ("sad", "Jaysh Ahrar al-Sadr"),
        ("sad", "Jaysh Ahrar as-Sadr"),
    ],
)
def test_the_arabic_article_sounds_like_the_letter_behind_it(band, id: str, name: str) -> None:
    assert band(id, name) == "alert"


def test_a_short_word_beside_two_names_may_be_misspelt_and_by_itself_not(band) -> None:
    assert band("mak", "Rami Bin Farid Makhur") == "alert"
    assert band("mak", "Makhur") == "none"


def test_of_a_name_that_many_bear_as_the_text_spells_it_few_are_meant() -> None:
    engine = Engine(compile_index(LISTED, {}), MatchingConfig())
    found = {}
    for name in ("Mohammed Sarif", "Muhammad Shareef"):
        (mention,) = engine.screen(Article("a", "", f"Her father, {name}, said that the family had no money."))
        found[name] = mention.score, {part.feature for part in mention.features}
    assert "common_name" in found["Muhammad Shareef"][1] - found["Mohammed Sarif"][1]
    assert found["Muhammad Shareef"][0] < found["Mohammed Sarif"][0] - 0.1


@settings(max_examples=examples(30), deadline=None)
@given(
    st.sampled_from(("Din", "Nasr", "Rahmat", "Sadr", "Shamur", "Tawhar", "Zahir", "Dhahab", "Thawrat")),
    st.sampled_from(("-", "\u2010", "\u2011")),
    st.sampled_from((str.upper, str.title, str.lower)),
    st.booleans(),
)
def test_listed_with_either_article_it_is_found_with_either(
    word: str, hyphen: str, case: Callable[[str], str], listed_so: bool
) -> None:
    sound = word[:2] if word[1] == "h" else word[0]
    plain, assimilated = f"al-{word}", f"{case(f'a{sound}')}{hyphen}{word}"
    listed, told = (assimilated, plain) if listed_so else (plain, assimilated)
    body = entity("own", BODY, f"Tanzim Hurraq {listed}", programs=("SDGT",))
    (mention,) = Engine(compile_index((body,), {}), MatchingConfig()).screen(
        Article("a", "", f"The register names Tanzim Hurraq {told} among four applicants.")
    )
    assert (mention.band, mention.surface) == (Band.ALERT, f"Tanzim Hurraq {told}")
