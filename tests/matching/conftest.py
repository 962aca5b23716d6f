"""A list of our own: real kinds of names, invented or long public, and an engine over it."""

from __future__ import annotations

import pytest

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article, Entity, Identifier, Mention, Name, NameKind, NameOrigin, Schema


def entity(id: str, schema: Schema, *names: str | Name, **more: object) -> Entity:
    listed = tuple(
        n if isinstance(n, Name) else Name(n, NameKind.ALIAS if i else NameKind.PRIMARY) for i, n in enumerate(names)
    )
    return Entity("own", id, schema, listed, **more)  # type: ignore[arg-type]


ENTITIES = (
    entity("air", Schema.LEGAL_ENTITY, "IRAN AIR", "THE AIRLINE OF THE ISLAMIC REPUBLIC OF IRAN", programs=("IRAN",)),
    entity("hzb", Schema.ORGANIZATION, "HIZBALLAH", "PARTY OF GOD", programs=("SDGT", "LEBANON")),
    entity("psk", Schema.PERSON, "PESKOV, Dmitriy Sergeevich", programs=("RUSSIA-EO14024",), countries=("ru",)),
    entity(
        "ans",
        Schema.ORGANIZATION,
        "ANSARALLAH",
        Name("Houthis", NameKind.ALIAS, origin=NameOrigin.PRESS),
        programs=("SDGT",),
        countries=("ye",),
    ),
    entity("mad", Schema.PERSON, "MADURO MOROS, Nicolas", programs=("VENEZUELA",), countries=("ve",)),
    entity("kim", Schema.PERSON, "KIM, Jong Un", programs=("DPRK",)),
    entity("kji", Schema.PERSON, "KIM, Jong Il", programs=("DPRK",)),
    entity("irg", Schema.ORGANIZATION, "ISLAMIC REVOLUTIONARY GUARD CORPS", "IRGC", programs=("IRGC", "SDGT")),
    entity(
        "qod",
        Schema.ORGANIZATION,
        "ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE",
        "QODS FORCE",
        programs=("SDGT",),
    ),
    entity("ros", Schema.COMPANY, "OPEN JOINT-STOCK COMPANY ROSNEFT OIL COMPANY", programs=("RUSSIA-EO14024",)),
    entity("hor", Schema.VESSEL, "HORIZON", programs=("IRAN",), identifiers=(Identifier("imo", "9074729"),)),
    entity("day", Schema.VESSEL, "DAY", programs=("IRAN",)),
    entity("had", Schema.PERSON, "AL-HADID, Salim", programs=("SYRIA",)),
    entity("zaw", Schema.PERSON, "AL-ZAWAHIRI, Ayman", programs=("SDGT",)),
    entity("boc", Schema.COMPANY, "BANK OF KUNLUN", programs=("IRAN",)),
    entity("kha", Schema.PERSON, "KHAMENEI, Ali Husseini", programs=("IRAN",)),
    entity("moj", Schema.PERSON, "KHAMENEI, Mojtaba", programs=("IRAN",)),
    entity("ghv", Schema.PERSON, "GHAVAMI, Ahmad-Reza", programs=("IRAN",)),
)


@pytest.fixture(scope="session")
def index() -> CompiledIndex:
    return compile_index(ENTITIES, {"own": "2026-01-01"})


@pytest.fixture(scope="session")
def engine(index: CompiledIndex) -> Engine:
    return Engine(index, MatchingConfig())


@pytest.fixture(scope="session")
def screen(engine: Engine):
    """Screen a text; answers source id to mention."""

    def run(text: str, title: str = "") -> dict[str, Mention]:
        return {m.entity_id.split(":")[1]: m for m in engine.screen(Article("a", title, text))}

    return run
