from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.config import BandThresholds, MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.version import engine_version
from watchlist.model import Article, Band, Entity, Name, Schema


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("New sanctions would be announced, including measures against Iran Air.", "air"),
        ("Kremlin spokesman Dmitry Peskov pushed back.", "psk"),
        ("The army fought Hezbollah militants in southern Lebanon.", "hzb"),
        ("A drone fired by the Houthis in Yemen hit the ship.", "ans"),
        ("Venezuela's President Nicolás Maduro spoke on state television.", "mad"),
        ("North Korean leader Kim Jong Un watched the test.", "kim"),
        ("North Korean leader Kim Jong-un watched the test.", "kim"),
        ("Shares of Russian oil producer Rosneft fell after the sanctions.", "ros"),
        ("Ayman al\u2011Zawahiri led the group.", "zaw"),
        ("The Revolutionary Guard's Quds Force was blamed for the attack by the military group.", "qod"),
        ("Iran's Supreme Leader Ali \u200bKhamenei’s office did not comment.", "kha"),
        ("Police chief Ahmadreza Ghavami of Iran was named.", "ghv"),
    ],
)
def test_a_press_form_of_a_listed_name_alerts(screen, text: str, entity: str) -> None:
    found = screen(text)
    assert [id for id, m in found.items() if m.band is Band.ALERT] == [entity]


@pytest.mark.parametrize(
    "text",
    [
        "Independence Day was celebrated with fireworks on the Horizon stage.",
        "New data on the Horizon scandal came out. Justice must be done, he said.",
        "Model Bella Hadid walked in Paris.",
        "Defense Secretary Lloyd Austin met President Volodymyr Zelensky in Kyiv.",
        "Iran said its air defences were ready; Iran and Israel exchanged fire.",
        "",
        "\x00\ud800 \u200b\u202e",
    ],
)
def test_what_is_no_mention_is_not_reported(screen, text: str) -> None:
    assert screen(text) == {}


def test_all_spans_of_an_entity_make_one_mention(screen) -> None:
    text = "Hezbollah fired rockets. Israel struck Hezbollah in Lebanon. Hezbollah's leader spoke."
    mention = screen(text)["hzb"]
    assert [text[s.start : s.end] for s in mention.spans] == ["Hezbollah"] * 3


def test_a_mention_says_all_that_is_needed_to_judge_it(screen) -> None:
    mention = screen("He left. Kremlin spokesman Dmitry Peskov denied it. Then rain fell.")["psk"]
    assert mention.surface == "Dmitry Peskov"
    assert mention.quote.text == "Kremlin spokesman Dmitry Peskov denied it."
    assert mention.quote.text[mention.quote.start : mention.quote.end] == "Dmitry Peskov"
    assert mention.engine_version == engine_version()
    assert mention.snapshot_version == "2026-01-01"
    assert mention.features[0].feature == "alignment"


def test_relatives_who_share_a_family_name_are_kept_apart(screen) -> None:
    assert set(screen("Mojtaba Khamenei, a cleric in Iran, was seen. Khamenei did not speak.")) == {"moj"}


def test_a_longer_listed_name_takes_the_span_of_a_shorter_one(screen) -> None:
    found = screen("The Islamic Revolutionary Guard Corps-Qods Force is a military group of Iran.")
    assert set(found) == {"qod"}


def test_only_the_lists_and_entities_asked_for_are_screened(engine: Engine) -> None:
    article = Article("a", "", "Kremlin spokesman Dmitry Peskov spoke of Iran Air.")
    assert engine.screen(article, lists=frozenset({"other"})) == ()
    assert [m.entity_id for m in engine.screen(article, entities=frozenset({"own:air"}))] == ["own:air"]


def test_thresholds_of_a_list_go_before_those_of_a_schema_and_the_general_ones(index: CompiledIndex) -> None:
    article = Article("a", "", "Kremlin spokesman Dmitry Peskov spoke.")
    raised = {"Person": BandThresholds(alert=1.0, review=1.0)}
    assert Engine(index, MatchingConfig(schemas=raised, alert=0.1, review=0.1)).screen(article) == ()
    lowered = MatchingConfig(schemas=raised, lists={"own": BandThresholds(alert=0.2, review=0.1)})
    assert Engine(index, lowered).screen(article)[0].band is Band.ALERT


def test_a_stop_name_is_never_reported(index: CompiledIndex) -> None:
    article = Article("a", "", "Sanctions were announced against Iran Air.")
    assert Engine(index, MatchingConfig(stop_names=("iran-air",))).screen(article) == ()


def test_a_trusted_name_counts_although_it_is_an_ordinary_word(index: CompiledIndex) -> None:
    article = Article("a", "", "They spoke about Horizon.")
    assert Engine(index, MatchingConfig()).screen(article) == ()
    assert [m.entity_id for m in Engine(index, MatchingConfig(trusted_names=("horizon",))).screen(article)] == [
        "own:hor"
    ]


_NAMES = ("Dmitry", "Peskov", "Nicolas Maduro", "Hezbollah", "Iran Air", "Kim Jong-un", "IMO 9074729")
_MARKS = ("\u200b", "\u2060", "’s", "-", " ", ". ", "\n", "al-", "(", ")", "\u202e", "\x00", "\ud83d")
_LETTERS = ("é", "e\u0301", "习近平", "محمد", "Путин", "🚢", "İ", "ß")
_PIECES = st.sampled_from((*_NAMES, *_MARKS, *_LETTERS))


@settings(max_examples=examples(30), deadline=None)
@given(
    title=st.one_of(st.text(max_size=40), st.lists(_PIECES).map("".join)),
    text=st.lists(st.one_of(_PIECES, st.text(max_size=8))).map(" ".join),
)
def test_offsets_always_reproduce_the_surface(engine: Engine, title: str, text: str) -> None:
    article = Article("a", title, text)
    for mention in engine.screen(article):
        field = getattr(article, mention.field)
        assert field[mention.start : mention.end] == mention.surface
        assert mention.quote.text[mention.quote.start : mention.quote.end] == mention.surface
        assert 0 <= mention.score <= 1
        for span in mention.spans:
            assert getattr(article, span.field)[span.start : span.end].strip()


def test_the_same_input_gives_the_same_mentions(index: CompiledIndex) -> None:
    article = Article("a", "Peskov", "Dmitry Peskov and Nicolas Maduro spoke about Iran Air and Hezbollah.")
    assert Engine(index, MatchingConfig()).screen(article) == Engine(index, MatchingConfig()).screen(article)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5_000_000,
        "Dmitry " * 100_000,
        "Peskov" * 100_000,
        "\u200b" * 200_000 + "Hezbollah",
        "習" * 200_000,
        "e" + "\u0301" * 100_000,
        "Iran-" * 100_000,
        "’" * 200_000,
        "A." * 200_000,
        "IMO " * 100_000 + "1" * 100_000,
        "9" * 300_000,
        "\u202e\x00" * 100_000,
    ],
    ids=range(12),
)
def test_pathological_text_stays_within_time_and_raises_nothing(engine: Engine, text: str) -> None:
    started = time.process_time()
    for mention in engine.screen(Article("a", "", text)):
        assert text[mention.start : mention.end] == mention.surface
    assert time.process_time() - started < 30


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Президент России Владимир Путин заявил журналистам", "put"),
        ("Это решение Владимира Путина вызвало споры", "put"),
        ("الرئيس السوري بشار الأسد في دمشق", "ass"),
        ("柬埔寨太子集团董事长陈志被捕", "chn"),
        ("김여정 부부장은 담화를 발표했다", "kyj"),
    ],
)
def test_names_are_read_in_their_own_script(text: str, entity: str) -> None:
    listed = (
        _entity("put", "PUTIN, Vladimir Vladimirovich"),
        _entity("ass", "AL-ASSAD, Bashar"),
        _entity("chn", "CHEN, Zhi", "陈志"),
        _entity("kyj", "KIM, Yo Jong", "김여정"),
    )
    found = Engine(compile_index(listed, {}), MatchingConfig()).screen(Article("a", "", text))
    assert [m.entity_id for m in found if m.band is Band.ALERT] == [f"own:{entity}"]
    assert text[found[0].start : found[0].end] == found[0].surface


def _entity(id: str, *names: str) -> Entity:
    return Entity("own", id, Schema.PERSON, tuple(map(Name, names)))


def test_a_ship_is_found_by_its_imo_number_alone(screen) -> None:
    mention = screen("A ship with IMO number 9074729 was seen off the coast.")["hor"]
    assert (mention.surface, mention.band) == ("9074729", Band.ALERT)


def test_the_number_of_another_ship_speaks_against_a_name(screen) -> None:
    text = "The tanker Zhen Horizon One (IMO {}) carried crude oil from Iran, ship trackers said."
    assert set(screen("The tanker Horizon (IMO 9074729) left port.")) == {"hor"}
    assert screen("The tanker Horizon (IMO 9321483) left port with crude oil from Iran.") == {}
    assert screen(text.format("9321483")) == {}


def test_a_family_name_alone_belongs_to_the_person_the_article_names_in_full(screen) -> None:
    text = "Kremlin spokesman Dmitry Peskov denied it. Peskov said no more."
    assert [text[s.start : s.end] for s in screen(text)["psk"].spans] == ["Dmitry Peskov", "Peskov"]


def test_a_family_name_that_the_article_gives_to_somebody_else_is_not_reported(screen) -> None:
    assert screen("Anna Peskov won in Moscow, Russia. Peskov said she was glad.") == {}


def test_true_namesakes_are_reported_together_with_what_tells_them_apart() -> None:
    listed = tuple(
        replace(_entity(id, "ZAVYALOV, Anatoly"), programs=(program,), birth_dates=(born,))
        for id, program, born in (("one", "RUSSIA-EO14024", "1960"), ("two", "RUSSIA-EO14024", "1982"))
    )
    found = Engine(compile_index(listed, {}), MatchingConfig()).screen(
        Article("a", "", "Anatoly Zavyalov of Russia spoke.")
    )
    assert {m.entity_id for m in found} == {"own:one", "own:two"}
    assert all(any("born 19" in p.detail for p in m.features if p.feature == "namesake") for m in found)
