"""Kinds of evidence that tell a listed name from the same words used for something else."""

from __future__ import annotations

import pytest

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index import compile_index
from watchlist.model import Article, Band, Schema

_LISTED = (
    entity("yak", Schema.LEGAL_ENTITY, "YAKUZA", programs=("TCO",)),
    entity("jab", Schema.PERSON, "JABBAR, Abdul", programs=("SDGT",)),
    entity("lak", Schema.LEGAL_ENTITY, "LAKSHMANA INC.", programs=("SDGT",)),
    entity("arm", Schema.LEGAL_ENTITY, "BRIGHT TRAIL", "PEOPLE'S LIBERATION ARMY", programs=("SDGT",)),
    entity("taganrog", Schema.VESSEL, "TAGANROG", programs=("RUSSIA-EO14024",)),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_index(_LISTED, {"own": "1"}), MatchingConfig())


@pytest.mark.parametrize(
    ("id", "meant", "not_meant"),
    [
        (
            "yak",
            "Four men of the Yakuza were arrested in Osaka after a raid on a gambling den.",
            "The chief director of the Yakuza series likes karaoke; a Yakuza spin-off arrives next year.",
        ),
        (
            "jab",
            "Abdul Jabbar was arrested in Karachi by the police.",
            "Basketball champion Kareem Abdul-Jabbar paid tribute to his late mentor and friend.",
        ),
        (
            "lak",
            "The treasury blacklisted a front for terrorism: Lakshmana Inc. moved the money, it said.",
            "From the shelter, Lakshmana tells how he and his dog fled to his mother in the north.",
        ),
        (
            "arm",
            "The People's Liberation Army, a terrorist group also known as Bright Trail, bombed the road.",
            "The President made a pledge in Beijing that the People's Liberation Army would win local wars.",
        ),
        (
            "taganrog",
            "The tanker Taganrog, a vessel of the shadow fleet, sailed with a cargo of crude.",
            "The fleet based at Taganrog was attacked by drones; boats and a ship were hit near the harbour.",
        ),
    ],
)
def test_what_stands_around_a_name_tells_whether_it_is_meant(
    engine: Engine, id: str, meant: str, not_meant: str
) -> None:
    def alerts(text: str) -> list[str]:
        return [m.entity_id for m in engine.screen(Article("a", "", text)) if m.band is Band.ALERT]

    assert alerts(meant) == [f"own:{id}"]
    assert alerts(not_meant) == []
