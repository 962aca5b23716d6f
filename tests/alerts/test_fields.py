"""A namesake who was dismissed is known again in other papers' words, and is not taken for the listed one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from watchlist.alerts.fields import fields_among, fields_of
from watchlist.alerts.suppress import FoundAt, key_of, rule, suppression_of
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.language.packs.load import known_packs
from watchlist.model import Act, Action, Article, Entity, Name, Reach, Schema, stable_id

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LISTED = Entity(
    "own",
    "1",
    Schema.PERSON,
    (Name("OMAROV, Ruslan Akhmedovich"), Name("Руслан Омаров"), Name("鲁斯兰·奥马罗夫")),
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
ELSEWHERE = (
    ("de", "Transfer", "Gestern unterschrieb der Stürmer Ruslan Omarow einen Vertrag bis 2028, teilte der Verein mit."),
    ("de", "Pokal", "Ruslan Omarow traf in der zweiten Halbzeit, das Stadion tobte."),
    ("ru", "Контракт", "Футболист Руслан Омаров подписал контракт, сообщил клуб."),
    ("ru", "Чемпионат", "Нападающего Руслана Омарова удалили с поля, сказал тренер сборной."),
    ("fr", "Transfert", "L'attaquant Ruslan Omarov a signé un contrat avec le club, jusqu'en 2028."),
    ("zh", "足球", "前锋鲁斯兰·奥马罗夫在联赛中进球，俱乐部表示。"),
)
OTHERS_ELSEWHERE = (
    ("de", "Sanktionen", "Die USA haben Sanktionen gegen den Vizeverteidigungsminister Ruslan Omarow verhängt."),
    ("ru", "Санкции", "США ввели санкции против заместителя министра обороны Руслана Омарова."),
    ("fr", "Sanctions", "Les États-Unis ont sanctionné le vice-ministre de la Défense Ruslan Omarov."),
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


def found(engine: Engine, title: str, text: str, lang: str | None = None) -> FoundAt:
    article = Article(stable_id(title), title, text, None, fetched_at=NOW, lang=lang)
    (mention,) = engine.screen(article)
    return FoundAt(mention, title, 1, f"{title}\n{text}", lang)


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


def test_nor_does_it_matter_in_which_language_they_are_told(engine: Engine) -> None:
    act = Act(Action.DISMISS, "ann", "the footballer", scope=Reach.SURFACE)
    made = suppression_of(1, found(engine, *FOOTBALLER[0]), LISTED, act, Reach.SURFACE, NOW)
    for lang, title, text in ELSEWHERE:
        place = found(engine, title, text, lang)
        ruling = rule(replace(made, surface=key_of(place.mention.surface)), place, LISTED, NOW)
        assert ruling is not None, title
        assert ruling.back is None
    for lang, title, text in OTHERS_ELSEWHERE:
        place = found(engine, title, text, lang)
        ruling = rule(replace(made, surface=key_of(place.mention.surface)), place, LISTED, NOW)
        assert ruling is None or ruling.back is not None, title


def test_every_language_that_names_are_read_in_has_a_table() -> None:
    tables = files("watchlist.alerts") / "data/fields"
    assert {each.name.removesuffix(".txt") for each in tables.iterdir()} == set(known_packs())


@pytest.mark.parametrize(
    ("lang", "passage", "fields"),
    [
        ("de", "Die Torpedos trafen den Ligurischen Hafen.", set()),
        ("de-AT", "Das Länderspiel endete nach der zweiten Halbzeit.", {"sport"}),
        ("es", "El golpe de Estado fracasó, dijo el partido.", set()),
        ("pt", "A atriz subiu ao palco.", {"the arts"}),
        ("ru", "Мэра города задержали.", {"a town hall"}),
        ("ru", "Премьер-министр вышел на сцену.", set()),
        ("ar", "وقال اللاعب إنه سعيد.", {"sport"}),
        ("he", "הכדורגלן חתם על חוזה.", {"sport"}),
        ("fa", "این بازیکن قرارداد بست.", {"sport"}),
        ("hi", "बल्लेबाज ने कहा।", {"sport"}),
        ("ko", "미드필더가 계약했다.", {"sport"}),
        ("ka", "ფეხბურთელმა კონტრაქტს მოაწერა ხელი.", {"sport"}),
        ("ka", "პრემიერმა განცხადება გააკეთა.", set()),
        ("ja", "歌手は言った。", {"the arts"}),
        # A language without a table: whatever is said in any.
        ("sv", "The footballer signed.", {"sport"}),
        (None, "Le chanteur a signé.", {"the arts"}),
    ],
)
def test_each_language_has_words_of_its_own(lang: str | None, passage: str, fields: set[str]) -> None:
    assert fields_of(passage, lang) == fields


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
