"""Each rule by itself: a text in which it speaks, and one much like it in which it has nothing to say.

A rule that falls silent fails its own test here, whatever the others make of the text.
"""

from __future__ import annotations

import pytest

from tests.matching.conftest import entity
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.evidence.score import RULES
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, FeatureScore, Identifier, Name, NameKind, Schema

_LISTED = (
    entity("oil", Schema.COMPANY, "ZUBROVKA OIL COMPANY", "ZBK", programs=("RUSSIA-EO14024",), countries=("ru",)),
    entity("front", Schema.ORGANIZATION, "QIRLAN FRONT", "BRIGHT TRAIL", programs=("SDGT",)),
    entity("plain", Schema.LEGAL_ENTITY, "GREEN HARVEST TRADING LLC", programs=("IRAN",)),
    entity("word", Schema.LEGAL_ENTITY, "LANTERN", programs=("IRAN",)),
    entity("ward", Schema.LEGAL_ENTITY, "MARGARET LLC", programs=("IRAN",)),
    entity("delhi", Schema.LEGAL_ENTITY, "ISFAHAN", programs=("IRAN",)),
    entity("rare", Schema.LEGAL_ENTITY, "ZHAVRONKOV", programs=("RUSSIA-EO14024",)),
    entity(
        "weak",
        Schema.LEGAL_ENTITY,
        "DROVETSK WORKS",
        Name("DRW", NameKind.ALIAS, weak=True),
        programs=("RUSSIA-EO14024",),
    ),
    entity("ship", Schema.VESSEL, "VELMORA", programs=("IRAN",), identifiers=(Identifier("imo", "9074729"),)),
    entity("khan", Schema.PERSON, "KHAN, Mohammad", programs=("SDGT",)),
    entity("lone", Schema.PERSON, "ORLOVETSKY, Denis", programs=("RUSSIA-EO14024",), designations=("Deputy Minister",)),
    entity("alias", Schema.ORGANIZATION, "HARAKAT ZHIR", "HOLY STRUGGLE", programs=("SDGT",)),
    entity("kang", Schema.PERSON, "KANG, Sol Mi", programs=("DPRK",)),
    entity("staff", Schema.LEGAL_ENTITY, "GENERAL STAFF", programs=("IRAN",)),
    entity("ahmad", Schema.PERSON, "IQBAL, Ahmad", programs=("SDGT",)),
    entity("branch", Schema.COMPANY, "DOLGOMIR RUSSKAYA, OOO", programs=("RUSSIA-EO14024",), countries=("ru",)),
    entity("qadiri", Schema.PERSON, "AL-TARQADI, Mahmud Ali", "AL-TARQADI, Mahmud", programs=("SDGT",)),
)

#: Rule: entity, a text in which it speaks, a text in which it does not.
_CASES: dict[str, tuple[str, str, str]] = {
    "alignment": ("oil", "Zubrovka Oil Company was named.", "IMO 9074729"),
    "one_word": ("word", "They went to Lantern.", "They went to Zubrovka Oil Company."),
    "spelled_otherwise": ("rare", "They went to Zhavronkow.", "They went to Zhavronkov."),
    "one_sound": ("rare", "Они видели ژاورونکوف там.", "They went to Zhavronkov."),
    "ordinary_word": ("word", "They went to Lantern.", "They went to Zhavronkov."),
    "ordinary_words": ("plain", "They praised Green Harvest Trading.", "They praised Zubrovka Oil Company."),
    "legal_form_lost": ("plain", "They praised Green Harvest Trading.", "They praised Green Harvest Trading LLC."),
    "known_otherwise": ("delhi", "They wrote to Isfahan.", "They wrote to Zhavronkov."),
    "common_name": ("khan", "Mohammad Khan spoke.", "Denis Orlovetsky spoke."),
    "family_name_only": ("lone", "Then Orlovetsky spoke in Moscow.", "Then Denis Orlovetsky spoke in Moscow."),
    "other_identifier": (
        "ship",
        "The tanker Velmora, IMO 9176187, sailed.",
        "The tanker Velmora, IMO 9074729, sailed.",
    ),
    "no_support": ("oil", "A dog ran past Zubrovka today.", "A dog ran past Zubrovka in Moscow today."),
    "no_context": ("ship", "She praised Velmora.", "She praised Velmora, a tanker with crude, at anchor in port."),
    "cut_to_one_word": ("front", "Qirlan was named.", "The Qirlan Front was named."),
    "weak_alias": ("weak", "They named DRW in Moscow.", "They named Drovetsk Works in Moscow."),
    "three_letters": ("weak", "They named DRW in Moscow.", "They named DRW, the Drovetsk Works."),
    "longer_name": ("oil", "They met at Zubrovka Oil Company Arena.", "They met at Zubrovka Oil Company."),
    "another_person": ("lone", "Then K. Orlovetsky spoke in Moscow.", "Then D. Orlovetsky spoke in Moscow."),
    "used_as_place": ("rare", "They lived in the port of Zhavronkov.", "They lived by Zhavronkov's money."),
    "title_of_a_work": ("rare", "They liked the Zhavronkov series.", "They liked the Zhavronkov plant."),
    "sentence_start": ("word", "Lantern was named.", "They named Lantern."),
    "written_small": ("word", "They named Lantern. It is a lantern.", "They named Lantern. It is a firm."),
    "fitting_context": (
        "lone",
        "The commander of the forces, Denis Orlovetsky.",
        "Star of the film, Denis Orlovetsky.",
    ),
    "country": ("oil", "Zubrovka Oil Company of Russia.", "Zubrovka Oil Company of France."),
    "program": ("oil", "The Kremlin asked Zubrovka Oil Company.", "The village asked Zubrovka Oil Company."),
    "title": ("lone", "Minister Denis Orlovetsky spoke.", "Since Monday Denis Orlovetsky spoke."),
    "designation": ("lone", "Denis Orlovetsky, a deputy of many years.", "Denis Orlovetsky, a singer of many years."),
    "other_name": ("front", "The Qirlan Front, also Bright Trail, and ZBK.", "The Qirlan Front and ZBK."),
    "identifier": ("ship", "The tanker Velmora, IMO 9074729, sailed.", "The tanker Velmora sailed."),
    "kind_before": ("ship", "Seen off the coast: the tanker Velmora.", "Seen off the coast: Velmora, and a tanker."),
    "other_letters": ("lone", "Then Denis Orlovebsky spoke.", "Then Denis Orlovetsky spoke."),
    "sound_of_signs": ("kang", "어제 강설미가 말했다.", "Kang Sol Mi spoke."),
    "unlike_alias": ("alias", "They blamed Holy Struggle.", "They blamed Holy Struggle, the Harakat Zhir."),
    "other_context": (
        "lone",
        "Denis Orlovetsky, star of the film and the season.",
        "Denis Orlovetsky, commander of the forces.",
    ),
    "an_office": ("staff", "The General Staff spoke.", "The General Staff of Iran spoke."),
    "foreign_country": ("lone", "French Minister Denis Orlovetsky spoke.", "Russian Minister Denis Orlovetsky spoke."),
    "country_before": ("branch", "They paid the Russian Dolgomir.", "They paid Dolgomir Russia."),
    "other_middle_name": ("qadiri", "Police held Mahmud Afzal Tarqadi.", "Police held Mahmud Ali Tarqadi."),
    "unfit_role": (
        "ahmad",
        "Ahmad Iqbal, a teacher in the village, died.",
        "Ahmad Iqbal, a commander in the hills, died.",
    ),
    "its_country": ("oil", "Russia's Zubrovka Oil Company.", "Zubrovka Oil Company, as Russia knows."),
    "associates": ("ahmad", "Ahmad Iqbal met men of Harakat Zhir.", "Ahmad Iqbal met men of Zubrovka Oil Company."),
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    """One that keeps everything it finds, however low the score."""
    return Engine(compile_index(_LISTED, {"own": "1"}), MatchingConfig(review=0.0))


def findings(engine: Engine, id: str, text: str) -> dict[str, FeatureScore]:
    found = [m for m in engine.screen(Article("a", "", text)) if m.entity_id == f"own:{id}"]
    return {part.feature: part for mention in found for part in mention.features}


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_speaks_where_it_should_and_not_where_it_should_not(engine: Engine, rule: str) -> None:
    id, speaks, silent = _CASES[rule]
    found = findings(engine, id, speaks)
    assert rule in found
    assert found[rule].score > 0
    assert found[rule].detail
    assert rule not in findings(engine, id, silent)


def test_every_rule_here_is_one_of_the_rules() -> None:
    assert set(_CASES) == {rule.name for rule in RULES}
