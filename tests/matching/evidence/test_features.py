"""Kinds of evidence that tell a listed name from the same words used for something else."""

from __future__ import annotations

import pytest

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.evidence.article import mostly_capital
from watchlist.matching.index.compile import compile_index
from watchlist.matching.search.reader import WordReader
from watchlist.model import Article, Band, Name, NameKind, NameOrigin, Schema

_LISTED = (
    entity("yak", Schema.LEGAL_ENTITY, "YAKUZA", programs=("TCO",)),
    entity("jab", Schema.PERSON, "JABBAR, Abdul", programs=("SDGT",)),
    entity("lak", Schema.LEGAL_ENTITY, "LAKSHMANA INC.", programs=("SDGT",)),
    entity("arm", Schema.LEGAL_ENTITY, "BRIGHT TRAIL", "PEOPLE'S LIBERATION ARMY", programs=("SDGT",)),
    entity("taganrog", Schema.VESSEL, "TAGANROG", programs=("RUSSIA-EO14024",)),
    entity("haq", Schema.PERSON, "ABDUL HAQ", programs=("Al-Qaida",)),
    entity("mullah", Schema.PERSON, "Mullah Mansour Shah", programs=("Taliban",)),
    entity("given", Schema.PERSON, "Muhammad Yusuf", programs=("Al-Qaida",)),
    entity("sik", Schema.PERSON, "KIM JONG SIK", programs=("DPRK",)),
    entity("caps", Schema.PERSON, "MORRELL Jeffrey William", programs=("RUSSIA-EO14024",)),
    entity("wa", Schema.LEGAL_ENTITY, "WEST PROVINCE", "QIRL-WA", programs=("SDGT",)),
    entity("net", Schema.LEGAL_ENTITY, "QIRLAN NETWORK", programs=("SDGT",)),
    entity("num", Schema.LEGAL_ENTITY, "QZ-17", programs=("TCO", "SDGT")),
    entity("army", Schema.LEGAL_ENTITY, "LASHKAR-I-QIRL", programs=("Al-Qaida",)),
    entity("long", Schema.PERSON, "QASIM UTHMAN MUHAMMAD BARAKZOY", programs=("Al-Qaida",)),
    entity("tail", Schema.PERSON, "MUSTAFA HAJJI IKRAM BARAKZOY", programs=("Taliban",)),
    entity("nov", Schema.COMPANY, "JSC NIZHNY NOVGOROD RESEARCH ASSOCIATION", programs=("RUSSIA-EO14024",)),
    entity("qad", Schema.PERSON, "QADDOUR, Khalid", programs=("SYRIA",)),
    entity("oso", Schema.PERSON, "OSORIO ZAMBRANO, Carlos Alberto", programs=("VENEZUELA",)),
    entity("yuz", Schema.PERSON, "YUZHIK, Aleksandr", programs=("UKRAINE-EO13660",)),
    entity("one", Schema.LEGAL_ENTITY, "RUSSIA-1", programs=("RUSSIA-EO14024",)),
    entity("all", Schema.LEGAL_ENTITY, "INQEE"),
    entity("part", Schema.LEGAL_ENTITY, "ZHQEE", "STATE BUREAU OF TALLIES"),
    entity("kind", Schema.COMPANY, "ZHELATOM DRILLING COMPANY", programs=("RUSSIA-EO14024",)),
    entity("branch", Schema.COMPANY, "ILMUSHAT MURMANSK", programs=("RUSSIA-EO14024",)),
    entity("surname", Schema.LEGAL_ENTITY, "Wadranui"),
    entity("person", Schema.PERSON, "Jashenkar"),
    entity("body", Schema.COMPANY, "Lashtevik"),
    entity("more", Schema.PERSON, "Woshkarani", programs=("SDGT",)),
    entity("initial", Schema.PERSON, "OSTREVKIN, Denis", "Qirim T", programs=("RUSSIA-EO14024",)),
    entity("byname", Schema.PERSON, "WOSHKELA, Mark", "AVENJER", programs=("SDGT",), countries=("ug",)),
    entity("short", Schema.PERSON, "ZYTOV, Aleksandr", programs=("BELARUS",)),
    entity("vagrell", Schema.PERSON, "VAGRELL, Milosh", programs=("RUSSIA-EO14024",)),
    entity("ten", Schema.PERSON, "Sergey Ten", programs=("RUSSIA-EO14024",)),
    entity("form", Schema.COMPANY, "ZUBRAVIN BANK", "JSC", programs=("RUSSIA-EO14024",)),
    entity("riyad", Schema.PERSON, "Riyad Al-Ahmed", programs=("SYRIA",)),
    entity("many", Schema.PERSON, "Muhammad Qirimi IBRAHIM", programs=("SDGT",)),
    entity("other", Schema.PERSON, "KOTIAKOV, Anton Olehovych", programs=("RUSSIA-EO14024",)),
    entity("nam", Schema.PERSON, "KIM, Nam Ung", programs=("DPRK",)),
    entity("zolqa", Schema.PERSON, "ZOLQADIRI, Mahmud Baqer", programs=("IRAN",)),
    entity("pla", Schema.PERSON, "AL-ZAYDOUNI, Shibl Muhsin", programs=("IRAQ2",)),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_index(_LISTED, {"own": "1"}), MatchingConfig())


@pytest.mark.parametrize(
    ("id", "meant", "not_meant"),
    [
        (
            "yak",
            "Four men of the Yakuza were arrested in Osaka after a raid on a gambling den.",
            "The chief director of the Yakuza series likes karaoke; a Yakuza spin-off arrives next year.",
        ),
        (
            "jab",
            "Abdul Jabbar was arrested in Karachi by the police.",
            "Basketball champion Kareem Abdul-Jabbar paid tribute to his late mentor and friend.",
        ),
        (
            "lak",
            "The treasury blacklisted a front for terrorism: Lakshmana Inc. moved the money, it said.",
            "From the shelter, Lakshmana tells how he and his dog fled to his mother in the north.",
        ),
        (
            "arm",
            "The People's Liberation Army, a terrorist group also known as Bright Trail, bombed the road.",
            "The President made a pledge in Beijing that the People's Liberation Army would win local wars.",
        ),
        (
            "taganrog",
            "The tanker Taganrog, a vessel of the shadow fleet, sailed with a cargo of crude.",
            "The fleet based at Taganrog was attacked by drones; boats and a ship were hit near the harbour.",
        ),
        (
            "haq",
            "The militant leader Abdul Haq of the terrorist group was killed in an attack.",
            "Why did Christina change her name to Haack?",
        ),
        (
            "mullah",
            "Mullah Mansour Shah, a Taliban commander, spoke in Kabul, Afghanistan.",
            "Crown Prince Mansour opened the meeting, the palace said.",
        ),
        (
            "sik",
            "Kim Jong Sik of North Korea's army was promoted.",
            "Kim Yo Jong, sister of North Korea's leader, said the army was ready.",
        ),
        ("caps", "Jeffrey Morrell, a fighter, moved to Moscow.", "Their manager, Bill Jeffrey, spoke to the team."),
        ("wa", "QIRL-WA, a terrorist group, attacked a base.", "QIRL, a terrorist group, attacked a base."),
        (
            "net",
            "The Qirlan network was accused of the bombing, an attack on a convoy.",
            "Qirlan is a town in the hills.",
        ),
        ("num", "QZ-17 gang members were deported for terrorism.", "The QZ gang and 17 others were cited."),
        ("army", "Lashkar-e-Qirl, a terrorist group, was blamed.", "Qirl was cold in winter, he said."),
        (
            "long",
            "Qasim Barakzoy, a terrorist, was killed.",
            "Uthman Muhammad, 35, of Leeds, denied the charge.",
        ),
        (
            "tail",
            "Mustafa Barakzoy of the Taliban spoke in Kabul.",
            "Ikram Barakzoy, 34, of Leeds, denied the charge.",
        ),
        (
            "nov",
            "The Nizhny Novgorod Research Association, a maker of radars for the Russian army, was blacklisted.",
            "He has seats for Uruguay against France in Nizhny Novgorod, Russia, and a night in Moscow.",
        ),
        (
            "qad",
            "The president received Khalid Kaddour, a minister, in Damascus, Syria.",
            "Crowds in Damascus after the Syrian regime fell (OMAR HAJ KADOUR/AFP via Getty Images).",
        ),
        (
            "oso",
            "Carlos Osorio/Diego Prado: the two ministers of Venezuela who left Caracas.",
            "Soldiers of Venezuela's army in Caracas. (Carlos Osorio/Reuters)",
        ),
        (
            "yuz",
            "The deputy Oleksandr Yuzhik of Luhansk spoke to separatists in Ukraine.",
            "The champion Oleksandr Usyk has joined a battalion in Ukraine, the separatists' enemy.",
        ),
        (
            "one",
            "The anchor of Russia-1 praised the Kremlin.",
            "Largest of all: Sakha and Krasnoyarsk, Russia (1st and 3rd); the Kremlin was not asked.",
        ),
    ],
)
def test_what_stands_around_a_name_tells_whether_it_is_meant(
    engine: Engine, id: str, meant: str, not_meant: str
) -> None:
    def alerts(text: str) -> list[str]:
        return [m.entity_id for m in engine.screen(Article("a", "", text)) if m.band is Band.ALERT]

    assert alerts(meant) == [f"own:{id}"]
    assert alerts(not_meant) == []


def test_a_firm_is_called_without_its_kind_but_not_without_what_tells_its_branches_apart(engine: Engine) -> None:
    text = "The Russian state corporation {} will stay in Moscow, the company said as sanctions hit its oil."

    def alerts(name: str) -> list[str]:
        found = engine.screen(Article("a", "", text.format(name)))
        return [m.entity_id for m in found if m.band is Band.ALERT]

    assert alerts("Zhelatom") == ["own:kind"]
    assert alerts("Ilmushat") == []
    assert alerts("Zhelatoms") == []
    assert alerts("Ilmushat Murmansk") == ["own:branch"]


def test_an_acronym_that_is_all_a_list_has_is_meant_and_one_beside_a_name_needs_more(engine: Engine) -> None:
    text = "The national institute {} reported 651 births last year, fewer than before."

    def bands(letters: str) -> list[Band]:
        return [m.band for m in engine.screen(Article("a", "", text.format(letters)))]

    assert bands("INQEE") == [Band.ALERT]
    assert bands("ZHQEE") == [Band.REVIEW]
    assert bands("Inqee") != [Band.ALERT]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The envoy, Amir Saeid Wadranui, said that the talks had failed.", ["own:surname"]),
        ("Subrahmanyam Jashenkar said that the talks had failed.", ["own:person"]),
        ("S. Jashenkar said that the talks had failed.", ["own:person"]),
        # A given name behind it is another's family name; what is listed as a firm is no person.
        ("Jashenkar Prasad said that the talks had failed.", []),
        ("The envoy, Amir Saeid Lashtevik, said that the talks had failed.", []),
        # Who says more of a person than one word knows of whom it speaks.
        ("Subrahmanyam Woshkarani said that the talks had failed.", []),
    ],
)
def test_a_family_name_that_is_all_a_list_has_means_all_who_bear_it(
    engine: Engine, text: str, found: list[str]
) -> None:
    assert [m.entity_id for m in engine.screen(Article("a", "", text)) if m.band is Band.ALERT] == found


def test_an_initial_of_the_list_is_not_whoever_begins_with_it(engine: Engine) -> None:
    def bands(name: str) -> list[Band]:
        text = f"{name}, deputy chairman of the bank, spoke in Moscow, Russia."
        return [m.band for m in engine.screen(Article("a", "", text)) if m.entity_id == "own:initial"]

    assert bands("Qirim T") == [Band.ALERT]
    assert bands("Qirim Tulev") != [Band.ALERT]


def test_a_byname_of_one_word_needs_a_sign_of_who_is_meant(engine: Engine) -> None:
    def bands(text: str) -> list[Band]:
        return [m.band for m in engine.screen(Article("a", "", text)) if m.entity_id == "own:byname"]

    assert bands("The boxer, called Avenjer by all, is back in the ring.") != [Band.ALERT]
    assert bands("The rebel, called Avenjer by all, is back in Kampala, Uganda.") == [Band.ALERT]
    assert bands("The rebel, called Avenjer by all, is Mark Woshkela.") == [Band.ALERT]


def test_a_letter_of_a_short_family_name_tells_two_of_very_many_apart(engine: Engine) -> None:
    def bands(name: str) -> list[Band]:
        text = f"The player will attend a hearing in Belarus, the lawyer {name} said."
        return [m.band for m in engine.screen(Article("a", "", text)) if m.entity_id == "own:short"]

    assert bands("Alexander Zytov") == [Band.ALERT]
    assert bands("Alexander Zoytov") != [Band.ALERT]


def test_a_title_of_somebody_else_is_not_that_of_a_name_behind_it(engine: Engine) -> None:
    text = "Its founder leads the {} company known as Vagrell in Moscow, Russia, under sanctions."

    def titled(before: str) -> bool:
        found = engine.screen(Article("a", "", text.format(before)))
        return any(part.feature == "title" for m in found if m.entity_id == "own:vagrell" for part in m.features)

    assert not titled("private military")
    text = "He met {} Vagrell in Moscow, Russia, under sanctions."
    assert titled("General")


@pytest.mark.parametrize("said", ["soccer legend", "pop star"])
def test_what_people_are_famous_for_in_private_life_speaks_against_them(engine: Engine, said: str) -> None:
    found = engine.screen(Article("a", "", f"In Belarus the {said} Aleksandr Zytov thanked the club."))
    assert [part.feature for m in found for part in m.features].count("unfit_role") == len(found)


@pytest.mark.parametrize(
    ("id", "meant", "not_meant"),
    [
        # A small word that ends a person's name is the family's.
        ("ten", "Sergey Ten of the Duma in Moscow, Russia, spoke.", "In Moscow, Russia, Sergey, 55, found work."),
        # A legal form is nobody's name.
        ("form", "Zubravin Bank of Russia was named.", "The papers of Lukhta Neft Burgas JSC in Russia were named."),
        # What stands between a person and a place stands in no name.
        ("riyad", "In Syria, Riyad al-Ahmed spoke.", "Syria's President Ahmed al-Sharaa in Riyadh spoke of Damascus."),
        # Two names that very many bear, of three that are listed.
        (
            "many",
            "Muhammad Qirimi Ibrahim of the terrorist group led the attack.",
            "Muhammad Ibrahim, a senior fellow of the institute, said the group may break away.",
        ),
        # Consonants tell which of two names stands there, though nobody knows how the list spells its own.
        (
            "other",
            "Minister Anton Kotyakov of Russia spoke in Moscow.",
            "Anton Kobyakov, advisor to the president of Russia, spoke in Moscow.",
        ),
        # Syllables of a given name the other way round.
        (
            "nam",
            "North Korea's Kim Nam Ung spoke.",
            "Kim Yong Nam, head of state of North Korea, has died in Pyongyang.",
        ),
        # What stands at a name that goes on speaks for somebody else.
        (
            "zolqa",
            "Iranian Speaker Mahmud Baqer Zolqadiri warned in Tehran.",
            "Iranian Speaker Mahmud Zolqadiri Qirmabaf warned in Tehran.",
        ),
    ],
)
def test_what_is_listed_is_told_from_what_looks_like_it(engine: Engine, id: str, meant: str, not_meant: str) -> None:
    def bands(text: str) -> list[Band]:
        return [m.band for m in engine.screen(Article("a", "", text)) if m.entity_id == f"own:{id}"]

    assert bands(meant) == [Band.ALERT]
    assert bands(not_meant) != [Band.ALERT]


def test_a_family_name_alone_names_somebody_where_an_office_stands_at_it(engine: Engine) -> None:
    def bands(text: str) -> list[Band]:
        return [m.band for m in engine.screen(Article("a", "", text)) if m.entity_id == "own:pla"]

    assert bands("In Baghdad, Iraq, militia commander Zaydouni spoke of the attack on the base.") == [Band.ALERT]
    assert bands("They adhere to the Zaydouni sect in Baghdad, Iraq, after the attack on the base.") != [Band.ALERT]


def test_given_names_that_very_many_people_bear_need_more_than_themselves(engine: Engine) -> None:
    text = "The court heard that Yousif Mohammed drove her to despair. Muhammad Yusuf, 35, denied it."
    assert [m.band for m in engine.screen(Article("a", "", text)) if m.entity_id == "own:given"] in ([], [Band.REVIEW])


def test_another_spelling_of_a_name_is_no_other_name(engine: Engine) -> None:
    text = "Mustafa Barakzoy and Moustafa Barakzoy were named in Kabul."
    (mention,) = engine.screen(Article("a", "", text))
    assert "other_name" not in [each.feature for each in mention.features]


@pytest.mark.parametrize("prefix", ["MT", "MV", "M/T", "M/V", "IRIS", "the tanker"])
def test_a_prefix_says_that_a_ship_is_meant(engine: Engine, prefix: str) -> None:
    (mention,) = engine.screen(Article("a", "", f"Seen off the coast: {prefix} Taganrog."))
    assert mention.band is Band.ALERT


@pytest.mark.parametrize("before", ["HMS", "Mt", "in"])
def test_the_ship_of_another_navy_and_a_mountain_are_none(engine: Engine, before: str) -> None:
    found = engine.screen(Article("a", "", f"He spent a year {before} Taganrog."))
    assert [m for m in found if m.band is Band.ALERT] == []


def test_short_forms_and_initials_of_a_given_name(engine: Engine) -> None:
    def bands(text: str) -> list[Band]:
        return [m.band for m in engine.screen(Article("a", "", text)) if m.entity_id == "own:caps"]

    assert bands("Jeff Morrell, a fighter, moved to Moscow.") == [Band.ALERT]
    assert bands("J. Morrell, a fighter in the war, moved to Moscow, the president of Russia said.") == [Band.ALERT]
    assert bands("K. Morrell, a fighter in the war, moved to Moscow, the president of Russia said.") == []


@pytest.mark.parametrize("single", ["Zhavronkov", "Жавронков"])
def test_a_single_name_of_the_press_is_no_namesake_with_another_given_name(single: str) -> None:
    press = Name(single, NameKind.ALIAS, origin=NameOrigin.PRESS)
    listed = [entity("z", Schema.PERSON, "ZHAVRONKOV, Sergei", press, programs=("RUSSIA-EO14024",), countries=("ru",))]
    engine = Engine(compile_index(listed, {}), MatchingConfig())

    def band(text: str) -> Band | None:
        found = engine.screen(Article("1", "", text))
        return found[0].band if found else None

    assert band("In Moscow Russia's Zhavronkov signed the papers of the ministry.") is Band.ALERT
    assert band("In Moscow Russia's Sergey Zhavronkov signed the papers of the ministry.") is Band.ALERT
    assert band("In Moscow Russia's Thomas Zhavronkov signed the papers of the ministry.") is not Band.ALERT


def _bands(engine: Engine, id: str, text: str) -> list[Band]:
    return [m.band for m in engine.screen(Article("a", "", text)) if m.entity_id == f"own:{id}"]


@pytest.fixture(scope="module")
def mixed() -> Engine:
    listed = (
        entity("rad", Schema.PERSON, "RADUNEV, Artem", programs=("RUSSIA-EO14024",), countries=("ru",)),
        entity("tel", Schema.COMPANY, "CHINA TELECOM", "CHINA TELECOM CORPORATION", countries=("cn",)),
        entity("man", Schema.VESSEL, "ZELENKA", "VLADIMIR VINOGRADOV", programs=("RUSSIA-EO14024",), countries=("ru",)),
        entity("cos", Schema.COMPANY, "ZHELKOSMOS STATE CORPORATION", programs=("RUSSIA-EO14024",), countries=("ru",)),
    )
    return Engine(compile_index(listed, {}), MatchingConfig())


@pytest.mark.parametrize(
    ("id", "meant", "not_meant"),
    [
        # A letter that is a word is an initial where a full stop says so.
        ("rad", "In Moscow A. Radunev spoke for Russia.", "Moscow waits. A Radunev victory would please Russia."),
        ("rad", "In Moscow Artem Radunev spoke for Russia.", "A Radunev win would please Moscow and Russia."),
        (
            "tel",
            "In Beijing the shares of China Telecom fell.",
            "US Bans Chinese Telecom Equipment Over Security Fears",
        ),
        (
            "man",
            "Off Murmansk in Russia the tanker Vladimir Vinogradov was seen with crude in its tanks.",
            "In Russia his father, Vladimir Vinogradov, was president of an oil company.",
        ),
        ("cos", "In Moscow Zhelkosmos said that its rocket was ready.", "In Moscow Zhelkosmov said that he was ready."),
    ],
)
def test_what_a_name_shares_with_another_use_of_its_words(mixed: Engine, id: str, meant: str, not_meant: str) -> None:
    assert _bands(mixed, id, meant) == [Band.ALERT]
    assert Band.ALERT not in _bands(mixed, id, not_meant)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Russia Warns Against Zhelkosmos Deal With Iran Over Rockets", True),
        ("Russia Warns Zhelkosmos Over Deal With Iran, says the ministry", False),
        ("Russia warns against a deal that Zhelkosmos made in Iran", False),
    ],
)
def test_where_all_words_have_a_capital_one_says_nothing(text: str, is_so: bool) -> None:
    words = WordReader(compile_index((), {})).words(text, 0, len(text))
    assert mostly_capital(words) is is_so


def test_a_ship_by_the_name_it_had_before_is_worth_a_look() -> None:
    names = ("MARUNERA", "Stella 1", "Felicity")
    listed = [entity("ren", Schema.VESSEL, *names, programs=("RUSSIA-EO14024",), countries=("ru",))]
    engine = Engine(compile_index(listed, {}), MatchingConfig())
    text = "The ship, which others know as the {}, has refused to be boarded by the coast guard in port."
    assert _bands(engine, "ren", text.format("Stella 1")) == [Band.REVIEW]
    # One word is what many ships are called.
    assert _bands(engine, "ren", text.format("Felicity")) == []
    assert _bands(engine, "ren", text.format("Marunera")) == [Band.ALERT]
