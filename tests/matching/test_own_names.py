"""Every name of a small untidy list finds its own entity, in review at least, and work grows with the text."""

from __future__ import annotations

import time

import pytest

from benchmarks.own_names import sentence, written
from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article, Entity, Schema

_PERSONS = (
    "TARVASYAN, Grigor", "AL-KHADRAWI, Yusuf Hassan", "LI, Wei Guo", "O, Kuk Ryolchon", "DE LA VEGARRA PENA, Jorge",
    "Mullah Mansour Barakzoy", "ABDUL RAHIMI S/O YUSUF KHANZADA", "BIN OMARZAI, Salim", "Qasim Uthman Barakzoyi",
    "Nikolai ZHAVRONKOV", "ENGINEER FARHAD NASROLLAHPUR", "ABU ISLAMOVSKY, Sami", "GHALIMI, Iyad ag",
    "ERMAKOVITSKY, Valery Nikolaevich", "HASSANI, Hassani",
)  # fmt: skip
_BODIES = (
    "ZUBROVKA OIL COMPANY", "L D S KOMPYUTAR SYSTEMS TRADING LLC", "S&D KAVERON", "15 KHORDADI FOUNDATION",
    "ERBIUMAN TRADING L.L.C", "PEOPLE'S FRONT OF QARQASTAN - GENERAL COMMAND", "ZNIS AD NOVI SAD",
    "LIBERATION ARMY OF PRESEVIA, MEDVEDJIA, AND BUJANOVIA", '"SO-CALLED" VERKHOVIA PEOPLE\'S COUNCIL',
    "ZUBROVKHA PLANT NAMED AFTER I. I. TIRAZHOV", "OPEN JOINT-STOCK COMPANY VELMORAN", "LASHKAR-I-QIRL",
    "QIRLAN FRONT (QF)", "FIFTY-FIFTH DOLNIA BRIGADE",
)  # fmt: skip
_LISTED = (
    *(entity(f"p{at}", Schema.PERSON, name) for at, name in enumerate(_PERSONS)),
    *(entity(f"b{at}", Schema.ORGANIZATION, name) for at, name in enumerate(_BODIES)),
)


@pytest.fixture(scope="module")
def listed_index() -> CompiledIndex:
    return compile_index(_LISTED, {"own": "1"})


@pytest.fixture(scope="module")
def engine(listed_index: CompiledIndex) -> Engine:
    return Engine(listed_index, MatchingConfig())


@pytest.mark.parametrize("listed", _LISTED, ids=lambda each: each.names[0].text)
def test_every_listed_name_finds_itself(engine: Engine, listed: Entity) -> None:
    name = listed.names[0].text
    for text in (sentence(written(name, listed.schema), listed.schema), sentence(name, listed.schema)):
        assert listed.id in {mention.entity_id for mention in engine.screen(Article("a", "", text))}, text


@pytest.mark.parametrize("kind", ["names", "commas", "asides", "halves", "numbers"])
def test_work_grows_with_the_text_and_no_faster(listed_index: CompiledIndex, kind: str) -> None:
    piece = {
        "names": "Grigor Tarvasyan met Zubrovka Oil Company and Li Weiguo. ",
        "commas": "Tarvasyan, Grigor, Barakzoyi, Qasim, ",
        "asides": 'Grigor "the (first" of) Tarvasyan ',
        "halves": "Zub Rovka Er Biuman L D S Kom Pyutar ",
        "numbers": "unit 74955 15 Khordadi 55 Fifty-Fifth ",
    }[kind]

    def seconds(times: int) -> float:
        fresh = Engine(listed_index, MatchingConfig())
        started = time.process_time()
        fresh.screen(Article("a", "", piece * times))
        return time.process_time() - started

    seconds(20)
    # Once of three times is enough, and the others are not needed then: what else the machine does is no growth.
    assert any(seconds(800) < 12 * max(seconds(200), 0.05) for _ in range(3))
