"""Articles without vowels and capitals: what readers know of names there keeps one person from being another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.language.abjad_names import is_another_name
from watchlist.matching.language.spelling import symbol
from watchlist.model import Article, Band, Name, NameKind, NameOrigin, Schema

PRESS = NameOrigin.PRESS
LISTED = (
    entity("mah", Schema.PERSON, "EBRAHIMIAN, Mahmoud", programs=("IRAN",)),
    entity("bak", Schema.PERSON, "BAKIRI, Rostam", programs=("IRAN",)),
    entity("bin", Schema.COMPANY, "BINA TRADING", programs=("RUSSIA-EO14024",)),
    entity("orl", Schema.PERSON, "ORLANI, Ali Akbar", Name("علي أكبر أورلاني", NameKind.ALIAS), programs=("IRAN",)),
    entity("hou", Schema.PERSON, "AL-TARMIDI, Ali", programs=("IRAN",)),
    entity("fat", Schema.PERSON, "FATHI ZADEH, Rostam", programs=("IRAN",)),
    entity(
        "rul", Schema.ORGANIZATION, "THE RULE", Name("القاعده", NameKind.ALIAS, "fa", origin=PRESS), programs=("SDGT",)
    ),
    entity("ham", Schema.ORGANIZATION, "ZEAL", Name("حماس", NameKind.ALIAS, "ar", origin=PRESS), programs=("SDGT",)),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_index(LISTED, {}), MatchingConfig())


@pytest.mark.parametrize(
    ("text", "id"),
    [
        # Another name by the same consonants; a last vowel that is not written; half of a family name.
        ("به گزارش خبرگزاری، محمد ابراهیمیان در تهران ایران سخنرانی کرد.", "mah"),
        ("به گزارش خبرگزاری، رستم باقر در تهران ایران سخنرانی کرد.", "bak"),
        ("مردم روسیه از جنگ بین تجارت و سیاست نگرانند.", "bin"),
        ("به گزارش خبرگزاری، رستم فتحی نماینده ایران سخنرانی کرد.", "fat"),
        # Given names alone; a word that everybody says, though it is written like a name on another keyboard.
        ("دکتر علی اکبر فرهنگی استاد دانشگاه تهران ایران گفت", "orl"),
        ("نقل الجرحى بسبب العدوان الترمدي على المدينة في إيران أمس.", "hou"),
        # What the press of another language calls a body is a word of this one.
        ("انطلاقا من هذه القاعدة الاستراتيجية بموجب اتفاق مع تركيا.", "rul"),
    ],
)
def test_it_is_somebody_else(engine: Engine, text: str, id: str) -> None:
    found = engine.screen(Article("a", "", text))
    assert f"own:{id}" not in {m.entity_id for m in found if m.band is Band.ALERT}


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("به گزارش خبرگزاری، محمود ابراهیمیان در تهران ایران سخنرانی کرد.", "mah"),
        ("به گزارش خبرگزاری، رستم باقری در تهران ایران سخنرانی کرد.", "bak"),
        ("به گزارش خبرگزاری، رستم فتحی زاده نماینده ایران سخنرانی کرد.", "fat"),
        ("دکتر علی اکبر اورلانی استاد دانشگاه تهران ایران گفت", "orl"),
        ("قال علي الترمدي في إيران إن الحرب لن تتوقف.", "hou"),
        ("در این حمله که القاعده آن را بر عهده گرفت ده نفر کشته شدند.", "rul"),
        ("يعتزم منع سجناء حماس من مشاهدة المباريات.", "ham"),
    ],
)
def test_it_is_the_one_who_is_listed(engine: Engine, text: str, id: str) -> None:
    found = engine.screen(Article("a", "", text))
    assert f"own:{id}" in {m.entity_id for m in found if m.band is Band.ALERT}, [(m.surface, m.score) for m in found]


@given(
    st.sampled_from(("محمد", "محمود", "سعد", "سعید", "عمر", "حسین")), st.sampled_from(("mohammed", "mahmoud", "said"))
)
def test_no_name_is_another_and_itself(word: str, latin: str) -> None:
    own = {"محمد": "mohammed", "محمود": "mahmoud", "سعید": "said"}
    assert is_another_name(word, symbol(latin)) == (own.get(word) != latin)


def test_what_is_no_known_name_may_be_any() -> None:
    assert not is_another_name("اورلانی", symbol("mahmoud"))
    assert not is_another_name("محمد", symbol("orlani"))
