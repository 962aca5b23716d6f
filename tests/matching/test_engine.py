from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchlist.config import BandThresholds, MatchingConfig
from watchlist.matching.engine import ENGINE_VERSION, Engine
from watchlist.matching.index import Index
from watchlist.model import Article, Band


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
    assert mention.engine_version == ENGINE_VERSION
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


def test_thresholds_of_a_list_go_before_those_of_a_schema_and_the_general_ones(index: Index) -> None:
    article = Article("a", "", "Kremlin spokesman Dmitry Peskov spoke.")
    raised = {"Person": BandThresholds(alert=1.0, review=1.0)}
    assert Engine(index, MatchingConfig(schemas=raised, alert=0.1, review=0.1)).screen(article)[0].score == 1.0
    lowered = MatchingConfig(schemas=raised, lists={"own": BandThresholds(alert=0.2, review=0.1)})
    assert Engine(index, lowered).screen(article)[0].band is Band.ALERT


def test_a_stop_name_is_never_reported(index: Index) -> None:
    article = Article("a", "", "Sanctions were announced against Iran Air.")
    assert Engine(index, MatchingConfig(stop_names=("iran-air",))).screen(article) == ()


def test_a_trusted_name_counts_although_it_is_an_ordinary_word(index: Index) -> None:
    article = Article("a", "", "They spoke about Horizon.")
    assert Engine(index, MatchingConfig()).screen(article) == ()
    assert [m.entity_id for m in Engine(index, MatchingConfig(trusted_names=("horizon",))).screen(article)] == [
        "own:hor"
    ]


_PIECES = st.sampled_from(
    ["Dmitry", "Peskov", "Nicolas Maduro", "Hezbollah", "Iran Air", "Kim Jong-un", "\u200b", "\u2060", "’s", "-", " ", ". ", "\n",
     "al-", "(", ")", "\u202e", "é", "e\u0301", "习近平", "محمد", "Путин", "IMO 9074729", "🚢", "İ", "ß", "\x00", "\ud83d"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
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


def test_the_same_input_gives_the_same_mentions(index: Index) -> None:
    article = Article("a", "Peskov", "Dmitry Peskov and Nicolas Maduro spoke about Iran Air and Hezbollah.")
    assert Engine(index, MatchingConfig()).screen(article) == Engine(index, MatchingConfig()).screen(article)
