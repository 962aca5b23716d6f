"""What a word of one script says of a name that is listed in another: less than the name itself would."""

from __future__ import annotations

import pytest

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Band, Name, NameKind, NameOrigin, Schema

LISTED = (
    entity("tur", Schema.PERSON, "TIOURINE, Vladimir", "TYURIN, Vladimir", programs=("TCO",)),
    entity(
        "nas",
        Schema.PERSON,
        "TARNALLAH, Hasan",
        Name("Тарналла", NameKind.ALIAS, "ru", origin=NameOrigin.PRESS),
        programs=("SDGT",),
        countries=("lb",),
    ),
    entity("hon", Schema.COMPANY, "HONG KONG ELECTRONICS", programs=("IRAN",)),
    entity("che", Schema.COMPANY, "CHEMICAL GROUP", programs=("IRAN",)),
    entity("kam", Schema.COMPANY, "LLC KAMI GRUPP", programs=("RUSSIA-EO14024",)),
    entity("fal", Schema.ORGANIZATION, "AL-FALAH CHARITABLE ORGANIZATION", programs=("SDGT",)),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_index(LISTED, {}), MatchingConfig())


@pytest.mark.parametrize(
    ("text", "id"),
    [
        # A small word that has the letter of a given name is no initial of it: in Turin.
        ("Проблемы ожидаются в Риме, а также в Турине.", "tur"),
        # What the press of another script calls somebody is another's name in Latin letters.
        ("En Tegucigalpa, el candidato Tarnalla compartió un análisis.", "nas"),
        # A town by its sound; plain words for a kind of body; a word between two that belong together.
        ("وافتتحت الشركة مكتبا بهونغ كونغ يوم الاثنين", "hon"),
        ("הדוח נמסר מקבוצת כימיקלים לישראל", "che"),
        ("من تخريب لما يفعله التنظيم الارهابي في العراق", "fal"),
        ("ירושלים: כמי שהתלווה לקבוצת עולים מרוסיה", "kam"),
    ],
)
def test_a_sound_alone_raises_no_alert(engine: Engine, text: str, id: str) -> None:
    alerts = [m.entity_id for m in engine.screen(Article("a", "", text)) if m.band is Band.ALERT]
    assert f"own:{id}" not in alerts


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Полиция задержала Владимира Тюрина.", "tur"),
        ("Генсек «Хезболлы» Тарналла выступил в Ливане.", "nas"),
        ("Hasan Tarnallah spoke in Lebanon.", "nas"),
        ("Hong Kong Electronics shipped parts to Iran.", "hon"),
        ("Chemical Group shipped parts to Iran.", "che"),
    ],
)
def test_the_name_itself_is_found(engine: Engine, text: str, id: str) -> None:
    assert f"own:{id}" in [m.entity_id for m in engine.screen(Article("a", "", text))]
