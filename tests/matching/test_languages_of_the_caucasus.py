"""Armenian and Georgian: case endings, digraphs, and a script without capitals whose everyday words are no names."""

from __future__ import annotations

import pytest

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Band, Schema

LISTED = (
    entity("put", Schema.PERSON, "PUTIN, Vladimir Vladimirovich", programs=("RUSSIA-EO14024",), countries=("ru",)),
    entity("sec", Schema.PERSON, "SECHIN, Igor Ivanovich", programs=("UKRAINE-EO13661",), countries=("ru",)),
    entity("luk", Schema.PERSON, "LUKASHENKO, Aleksandr Grigorievich", programs=("BELARUS",), countries=("by",)),
    entity("iva", Schema.PERSON, "IVANISHVILI, Bidzina", programs=("RUSSIA-EO14024",), countries=("ge",)),
    entity("ros", Schema.COMPANY, "ROSNEFT OIL COMPANY", "Rosneft", programs=("RUSSIA-EO14024",), countries=("ru",)),
    entity("rus", Schema.COMPANY, "LIMITED LIABILITY COMPANY RUSSUL", programs=("RUSSIA-EO14024",), countries=("ru",)),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_index(LISTED, {}), MatchingConfig())


def alerts(engine: Engine, text: str) -> set[str]:
    return {m.entity_id.removeprefix("own:") for m in engine.screen(Article("a", "", text)) if m.band is Band.ALERT}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("რუსეთის პრეზიდენტმა ვლადიმირ პუტინმა განაცხადა, რომ მოლაპარაკება შესაძლებელია.", {"put"}),
        ("აშშ-მა სანქციები დაუწესა რუსულ კომპანია „როსნეფტს“ და მის ხელმძღვანელს იგორ სეჩინს.", {"ros", "sec"}),
        ("ბელარუსის პრეზიდენტი ალექსანდრ ლუკაშენკო მინსკში შეხვდა ჟურნალისტებს.", {"luk"}),
        # A name at home ends in i, which its cases take away.
        ("ბიძინა ივანიშვილმა განცხადება გაავრცელა.", {"iva"}),
        ("Ռուսաստանի նախագահ Վլադիմիր Պուտինը հայտարարեց, որ բանակցությունները հնարավոր են։", {"put"}),
        ("ԱՄՆ-ն պատժամիջոցներ սահմանեց ռուսական «Ռոսնեֆտ» ընկերության և Իգոր Սեչինի դեմ։", {"ros", "sec"}),
        # The town behind the name stands in another case, and is no name more.
        ("Բելառուսի նախագահ Ալեքսանդր Լուկաշենկոն Մինսկում հանդիպեց լրագրողների հետ։", {"luk"}),
    ],
)
def test_a_listed_name_is_found_in_every_case(engine: Engine, text: str, ids: set[str]) -> None:
    assert alerts(engine, text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "თბილისში გუშინ ძლიერი წვიმა მოვიდა. მაშველები მთელი ღამე მუშაობდნენ.",
        "თურქულ გემზე აფეთქება მოხდა, ეკიპაჟის ექვსი წევრი დაშავდა.",
        "ვლადიმირ სვანიძემ და იგორ პუტინმა სპექტაკლი ნახეს.",
        "ბიძინა კვარაცხელია და გიორგი ივანიშვილი გუნდში დარჩნენ.",
        "Երեկ Երևանում ուժեղ անձրև է տեղացել։ Փրկարարներն աշխատել են ամբողջ գիշեր։",
        "Հայաստանի վարչապետը խորհրդարանում ելույթ ունեցավ։ Ընդդիմությունը լքեց դահլիճը։",
        "Վլադիմիր Պետրոսյանը և Իգոր Պուտինը հանդիպեցին Երևանում։",
    ],
)
def test_nobody_listed_is_found_where_others_are_named(engine: Engine, text: str) -> None:
    assert not alerts(engine, text)
