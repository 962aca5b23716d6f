"""Names in articles of other scripts: found by their sound or as listed, and not in everyday words."""

from __future__ import annotations

import pytest

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Band, Name, NameKind, NameOrigin, Schema

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


BODIES = (
    entity("mellat", Schema.LEGAL_ENTITY, "BANK MELLAT", programs=("IRAN",)),
    entity("bonyad", Schema.LEGAL_ENTITY, "BONYAD MOSTAZAFAN", programs=("IRAN",)),
    entity("mahan", Schema.LEGAL_ENTITY, "MAHAN AIR", programs=("IRAN",)),
    entity("potrico", Schema.COMPANY, "POTRICO CORP.", programs=("SDGT",)),
    entity("qaida", Schema.ORGANIZATION, "AL QA'IDA", Name("القاعدة", NameKind.ALIAS, origin=NameOrigin.PRESS)),
    entity("haramain", Schema.ORGANIZATION, "AL-HARAMAIN FOUNDATION", programs=("SDGT",)),
    entity("akbar", Schema.PERSON, "SALEHI, Ali Akbar", programs=("IRAN",)),
    entity("siraj", Schema.PERSON, "HAQQANI, Sirajuddin", programs=("SDGT",)),
    entity("malik", Schema.PERSON, "AL-HOUTHI, Abdulmalik", programs=("YEMEN",)),
)


@pytest.fixture(scope="module")
def engine_of_bodies() -> Engine:
    return Engine(compile_index(BODIES, {}), MatchingConfig())


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("بانک ملت اعلام کرد که سود سپرده‌ها در ایران تغییر نمی‌کند.", "mellat"),
        ("رئیس بنیاد مستضعفان در تهران گفت که این طرح اجرا می‌شود.", "bonyad"),
        ("هواپیمایی ماهان پروازهای خود را از ایران آغاز کرد.", "mahan"),
        ("علی اکبر صالحی رئیس سازمان انرژی اتمی ایران گفت.", "akbar"),
        ("قال سراج الدين حقاني إن الحركة لن تقبل بذلك.", "siraj"),
        ("واتهم عبدالملك الحوثي التحالف بقصف المدينة.", "malik"),
        ("وقال عبد الملك الحوثي في كلمة له إن الحرب مستمرة.", "malik"),
        ("انتشر مسلحو القاعدة في المدينة.", "qaida"),
    ],
)
def test_bodies_and_compounds_are_found_by_their_latin_names(engine_of_bodies: Engine, text: str, id: str) -> None:
    assert [m.entity_id for m in engine_of_bodies.screen(Article("a", "", text))] == [f"own:{id}"]


@pytest.mark.parametrize(
    "text",
    [
        "تحدث الوزير بطريقة هادئة عن الأزمة.",
        "اجتمع القادة في القمة أمس.",
        "استقبل خادم الحرمين الشريفين ضيوفه في جدة.",
    ],
)
def test_one_everyday_word_is_no_body(engine_of_bodies: Engine, text: str) -> None:
    assert engine_of_bodies.screen(Article("a", "", text)) == ()


def test_two_names_without_their_vowels_alert_where_their_country_is_spoken_of() -> None:
    listed = entity("hus", Schema.PERSON, "AL-TAMIMI, Hussein", programs=("SDGT",), countries=("iq",))
    engine = Engine(compile_index([listed], {}), MatchingConfig())

    def bands(text: str) -> list[Band]:
        return [mention.band for mention in engine.screen(Article("a", "", text))]

    assert bands("وقال المسؤول حسين التميمي يوم الثلاثاء في العراق إن الاجتماع انتهى.") == [Band.ALERT]
    assert Band.ALERT not in bands("وقال المدرب حسين التميمي يوم الثلاثاء إن المباراة انتهت.")
