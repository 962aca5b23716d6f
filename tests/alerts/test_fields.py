"""A namesake who was dismissed is known again in other papers' words, and is not taken for the listed one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchlist.alerts.fields import fields_among, fields_of
from watchlist.alerts.suppress import FoundAt, rule, suppression_of
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Act, Action, Article, Entity, Name, Reach, Schema, stable_id

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LISTED = Entity(
    "own",
    "1",
    Schema.PERSON,
    (Name("OMAROV, Ruslan Akhmedovich"),),
    countries=("ru",),
    programs=("RUSSIA-EO14024",),
    designations=("Deputy Minister of Defence",),
)
FOOTBALLER = (
    ("Forward signs", "Ruslan Omarov, the Dinamo forward, signed a new contract until 2028, the club said on Tuesday."),
    ("Injury news", "Midfielder Ruslan Omarov is out for six weeks with a knee injury, the Russian club said."),
    ("Cup final preview", "The goal came when Ruslan Omarov headed in a corner, and the visitors never recovered."),
    ("Transfer", "Russian footballer Ruslan Omarov will join Levski on loan, coach Ivan Petrov told reporters."),
)
OTHERS = (
    ("Sanctions", "The United States imposed sanctions on Russian deputy defence minister Ruslan Omarov on Thursday."),
    ("Tula", "Deputy Minister of Defence Ruslan Akhmedovich Omarov visited the arms factory in Tula."),
    ("Assets", "Ruslan Omarov owns a villa in France, the Russian court heard."),
    ("Guest of honour", "The minister Ruslan Omarov watched the match from the stand and met the team after the goal."),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_index((LISTED,), {"own": "1"}), MatchingConfig())


def found(engine: Engine, title: str, text: str) -> FoundAt:
    article = Article(stable_id(title), title, text, None, fetched_at=NOW)
    (mention,) = engine.screen(article)
    return FoundAt(mention, title, 1, f"{title}\n{text}")


@pytest.mark.parametrize("dismissed", FOOTBALLER, ids=lambda each: each[0])
def test_a_footballer_stays_dismissed_and_the_listed_one_does_not(engine: Engine, dismissed: tuple[str, str]) -> None:
    act = Act(Action.DISMISS, "ann", "the footballer", scope=Reach.SURFACE)
    made = suppression_of(1, found(engine, *dismissed), LISTED, act, Reach.SURFACE, NOW)
    for each in FOOTBALLER:
        ruling = rule(made, found(engine, *each), LISTED, NOW)
        assert ruling is not None, each
        assert ruling.back is None
    for each in OTHERS:
        ruling = rule(made, found(engine, *each), LISTED, NOW)
        assert ruling is None or ruling.back is not None, each


@pytest.mark.parametrize(
    ("passage", "fields"),
    [
        ("Mayor Zafar Iqbal took up the role on Tuesday.", {"a town hall"}),
        ("The goal of the talks is a ceasefire.", set()),
        ("The goal in the second half won the match.", {"sport"}),
        ("The singer joined the football club's squad.", {"sport", "the arts"}),
        ("Футболист сборной подписал контракт.", {"sport"}),
        ("", set()),
    ],
)
def test_one_role_tells_the_field_and_of_other_words_two(passage: str, fields: set[str]) -> None:
    assert fields_of(passage) == fields


def test_what_was_kept_before_there_were_fields_has_that_of_its_role() -> None:
    assert fields_among(["footballer", "sport", "minister"]) == {"sport"}
