"""Names in articles of other scripts: found by their sound or as listed, and not in everyday words."""

from __future__ import annotations

import pytest

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Name, NameKind, NameOrigin, Schema

LISTED = (
    entity("nas", Schema.PERSON, "NASRALLAH, Hasan", programs=("SDGT",)),
    entity("mah", Schema.PERSON, "MAHDAVI, Mahmoud", programs=("IRAN",)),
    entity("hus", Schema.PERSON, "AL-TAMIMI, Hussein", programs=("SDGT",)),
    entity("orl", Schema.PERSON, "ORLOVSKY, Grigory Petrovich", programs=("RUSSIA-EO14024",)),
    entity("luk", Schema.COMPANY, "PUBLIC JOINT STOCK COMPANY LUKOMOR", programs=("RUSSIA-EO14024",)),
    entity("sar", Schema.ORGANIZATION, "SARAYA AL-FAJR", Name("سرايا الفجر", NameKind.ALIAS), programs=("SDGT",)),
    entity("wei", Schema.PERSON, "WEI, Zhong", programs=("NPWMD",)),
    entity("put", Schema.PERSON, "BALANIN, Viktor", Name("바라닌", NameKind.ALIAS, origin=NameOrigin.PRESS)),
    entity("ly", Schema.PERSON, "LY, Man", programs=("GLOMAG",)),
    entity("mn", Schema.PERSON, "MUAMEN, Qassim", programs=("SDGT",)),
)


@pytest.fixture(scope="module")
def engine_of_scripts() -> Engine:
    return Engine(compile_index(LISTED, {}), MatchingConfig())


@pytest.mark.parametrize(
    ("text", "surface", "id"),
    [
        ("وقال حسن نصرالله في خطاب إن الحرب لن تتوقف.", "حسن نصرالله", "nas"),
        ("وقال حسن نصر الله في خطاب إن الحرب لن تتوقف.", "حسن نصر الله", "nas"),
        ("اعلن محمود مهدوی در تهران که تحریم‌ها اثری ندارد.", "محمود مهدوی", "mah"),
        ("التقى الوزير حسين التميمي في بغداد.", "حسين التميمي", "hus"),
        ("מזכיר הארגון חסן נסראללה נאם אתמול.", "חסן נסראללה", "nas"),
        ("О встрече с Григорием Орловским сообщил Кремль.", "Григорием Орловским", "orl"),
        ("Санкции против «Лукомора» вступили в силу.", "Лукомора", "luk"),
        ("أعلنت سرايا الفجر مسؤوليتها عن الهجوم.", "سرايا الفجر", "sar"),
        ("대통령 바라닌 은 회의에 참석했다.", "바라닌", "put"),
    ],
)
def test_a_name_is_found_in_prose_of_its_script(engine_of_scripts: Engine, text: str, surface: str, id: str) -> None:
    found = {m.entity_id: m for m in engine_of_scripts.screen(Article("a", "", text))}
    mention = found[f"own:{id}"]
    assert mention.surface == surface == text[mention.start : mention.end]
    assert list(found) == [f"own:{id}"]


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الخارجية إن من قسم الأخبار على لسان المتحدث، في العام الماضي.",
        "دولت در سازمان ملل گفت که این تحریم‌ها برای مردم است و باید لغو شود.",
        "על פי דובר הממשלה, לא היו נפגעים אתמול בעיר.",
        "Заря над городом. Новости и слова сегодня: вести, маяк, спутник.",
    ],
)
def test_everyday_words_name_nobody(engine_of_scripts: Engine, text: str) -> None:
    assert engine_of_scripts.screen(Article("a", "", text)) == ()


def test_signs_that_sound_like_a_latin_word_are_not_that_word() -> None:
    listed = entity("x", Schema.PERSON, "PETROV, Ivan", Name("바라닌", NameKind.ALIAS, origin=NameOrigin.PRESS))
    engine = Engine(compile_index([listed], {}), MatchingConfig())
    assert engine.screen(Article("a", "", "Mr Baranin spoke, and so did Ms Balanin.")) == ()
