"""Names in runs of signs: whole words, by the likeliest reading, of foreigners by their family name too."""

from __future__ import annotations

import pytest

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.search.country_signs import countries_in_signs
from watchlist.model import Article, Band, Entity, Name, NameKind, NameOrigin, Schema


def _press(*texts: str) -> tuple[Name, ...]:
    return tuple(Name(text, NameKind.ALIAS, origin=NameOrigin.PRESS) for text in texts)


_LISTED = (
    Entity(
        "own", "state", Schema.ORGANIZATION, (Name("STATE OF ZHIR"), *_press("伊斯兰国", "이슬람국가", "イスラム国"))
    ),
    Entity(
        "own",
        "person",
        Schema.PERSON,
        (Name("DROVETSK, Oleg"), *_press("普罗维茨基, 奥列格", "드로베츠, 올레그", "ドロベツ, オレグ")),
        countries=("ru",),
    ),
    Entity("own", "known", Schema.PERSON, (Name("VELMORA, Ana"), *_press("韦尔莫拉", "벨모라", "ベルモラ"))),
    Entity("own", "strong", Schema.PERSON, (Name("LI Qiang"), Name("李强", NameKind.ALIAS))),
    Entity("own", "north", Schema.PERSON, (Name("KANG, Sol Mi"),), countries=("kp",)),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_index(_LISTED, {"own": "1"}), MatchingConfig())


def found(engine: Engine, text: str) -> dict[str, tuple[str, Band]]:
    return {m.entity_id.removeprefix("own:"): (m.surface, m.band) for m in engine.screen(Article("a", "", text))}


@pytest.mark.parametrize(
    ("id", "surface", "text"),
    [
        ("state", "伊斯兰国", "伊斯兰国宣称对袭击负责。"),
        ("state", "이슬람국가", "당국은 이슬람국가의 공격이라고 말했다."),
        ("state", "イスラム国", "過激派イスラム国が声明を出した。"),
        ("person", "奥列格·普罗维茨基", "周一，奥列格·普罗维茨基表示欢迎。"),
        ("person", "올레그 드로베츠", "월요일 올레그 드로베츠는 말했다."),
        ("person", "オレグ・ドロベツ", "月曜日、オレグ・ドロベツは述べた。"),
        ("person", "普罗维茨基", "俄罗斯总统普罗维茨基周一表示欢迎。"),
        ("known", "韦尔莫拉", "报告说韦尔莫拉会见了记者。"),
        ("known", "벨모라", "벨모라에게 물었다."),
        ("known", "ベルモラ", "ベルモラは述べた。"),
    ],
)
def test_a_name_of_the_press_alerts(engine: Engine, id: str, surface: str, text: str) -> None:
    assert found(engine, text)[id] == (surface, Band.ALERT)


@pytest.mark.parametrize(
    "text",
    [
        "伊斯兰国家的代表举行会议。",
        "李强调说，会议很重要。",
        "奥列娜·普罗维茨基表示欢迎。",
        "새벨모라가 말했다.",
        "벨모라트는 도시이다.",
        "ベルモラント社は述べた。",
        "가강설미나는 책이다.",
    ],
)
def test_what_is_part_of_other_words_names_nobody(engine: Engine, text: str) -> None:
    assert found(engine, text) == {}


def test_a_name_by_its_sound_alone_is_kept_for_review_where_its_country_is_spoken_of(engine: Engine) -> None:
    assert found(engine, "어제 강설미가 말했다.") == {}
    assert found(engine, "북한 매체는 강설미가 참석했다고 전했다.")["north"] == ("강설미", Band.REVIEW)


@pytest.mark.parametrize(
    ("run", "countries"), [("俄罗斯和伊朗代表", {"russia", "iran"}), ("러시아는", {"russia"}), ("새러시아", set())]
)
def test_countries_are_read_in_runs_of_signs(run: str, countries: set[str]) -> None:
    assert set(countries_in_signs(run)) == countries
