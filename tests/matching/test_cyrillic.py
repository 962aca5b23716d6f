"""Names in Russian, Ukrainian and Bulgarian sentences: in every case, and told from words, given names and titles."""

from __future__ import annotations

import pytest

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Band, Name, NameKind, NameOrigin, Schema

RUSSIA = "RUSSIA-EO14024"
LISTED = (
    entity("orl", Schema.PERSON, "ORLOVSKY, Grigory Petrovich", programs=(RUSSIA,), countries=("ru",)),
    entity("dom", Schema.COMPANY, "OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU DOMINIK", programs=(RUSSIA,)),
    entity("gar", Schema.COMPANY, "GARANTIYA OOO", programs=(RUSSIA,)),
    entity("ver", Schema.COMPANY, "VERSHOK OOO", programs=(RUSSIA,)),
    entity(
        "kim",
        Schema.PERSON,
        "KIM, Jong Un",
        Name("Ким Чен Ын", NameKind.ALIAS, origin=NameOrigin.PRESS),
        programs=("DPRK",),
        countries=("kp",),
    ),
    entity("nst", Schema.COMPANY, "NORTHERN STREAM 7 AG", programs=("PEESA",)),
)


@pytest.fixture(scope="module")
def engine_of_cyrillic() -> Engine:
    return Engine(compile_index(LISTED, {}), MatchingConfig())


def alerts(engine: Engine, text: str) -> dict[str, str]:
    found = engine.screen(Article("a", "", text))
    return {m.entity_id.removeprefix("own:"): m.surface for m in found if m.band is Band.ALERT}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("По словам министра, встреча с Григорием Орловским прошла в Москве.", "Григорием Орловским"),
        ("Президент Григорий Орловский подписал указ, сообщил Кремль.", "Григорий Орловский"),
        ("Указ подписан президентом Григорием Орловским, сообщил Кремль.", "Григорием Орловским"),
        ("Міністр розповів про зустріч із Григорієм Орловським у Москві.", "Григорієм Орловським"),
        ("Президентът Григорий Орловски се срещна с министъра в Москва.", "Григорий Орловски"),
    ],
)
def test_a_person_in_every_case_and_behind_a_title(engine_of_cyrillic: Engine, text: str, surface: str) -> None:
    assert alerts(engine_of_cyrillic, text) == {"orl": surface}


@pytest.mark.parametrize(
    "text",
    [
        "Новым министром назначили 44-летнего Доминика Тарова, который прежде работал в Лондоне.",
        "Доминик Таров заявил во вторник, что переговоры продолжатся.",
        "Гарантия на товар составляет два года, говорится в сообщении магазина.",
        "Проте міністр заявив, що переговори триватимуть.",
    ],
)
def test_words_and_given_names_are_no_firms(engine_of_cyrillic: Engine, text: str) -> None:
    assert alerts(engine_of_cyrillic, text) == {}


def test_a_firm_of_a_rare_name_is_found_in_every_case(engine_of_cyrillic: Engine) -> None:
    assert alerts(engine_of_cyrillic, "Санкции введены против компании «Вершок» из Тулы.") == {"ver": "Вершок"}


def test_a_small_syllable_behind_a_hyphen_is_part_of_a_name(engine_of_cyrillic: Engine) -> None:
    found = alerts(engine_of_cyrillic, "Това заяви Ким Чен-ун по време на срещата в Пхенян.")
    assert found.keys() == {"kim"}


def test_a_capital_of_another_script_makes_no_longer_name(engine_of_cyrillic: Engine) -> None:
    found = alerts(engine_of_cyrillic, "Будівництво веде Northern Stream 7 AG, Україна проти.")
    assert found == {"nst": "Northern Stream 7 AG"}
