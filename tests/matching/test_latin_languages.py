"""Sentences in languages of Latin letters: names in cases, in national spellings, beside titles and nouns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Band, Entity, Mention, Name, NameKind, Schema

Screen = Callable[[str], dict[str, Mention]]


def _listed(id: str, schema: Schema, *names: str, programs: tuple[str, ...], countries: tuple[str, ...] = ()) -> Entity:
    kinds = (NameKind.PRIMARY, *[NameKind.ALIAS] * len(names))
    return Entity(
        "own",
        id,
        schema,
        tuple(Name(name, kind) for name, kind in zip(names, kinds, strict=False)),
        programs=programs,
        countries=countries,
    )


@pytest.fixture(scope="module")
def found_in() -> Screen:
    entities = (
        _listed("put", Schema.PERSON, "PUTIN, Vladimir Vladimirovich", programs=("RUSSIA-EO14024",), countries=("ru",)),
        _listed("lav", Schema.PERSON, "LAVROV, Sergey Viktorovich", programs=("RUSSIA-EO14024",), countries=("ru",)),
        _listed("sho", Schema.PERSON, "SHOIGU, Sergey", programs=("RUSSIA-EO14024",), countries=("ru",)),
        _listed("yan", Schema.PERSON, "YANUKOVYCH, Viktor Fedorovych", programs=("UKRAINE-EO13660",)),
        _listed("mil", Schema.PERSON, "MILLER, Alexey Borisovich", programs=("UKRAINE-EO13661",), countries=("ru",)),
        _listed("hzb", Schema.ORGANIZATION, "HIZBALLAH", "HIZBULLAH", programs=("SDGT", "LEBANON")),
        _listed("ham", Schema.ORGANIZATION, "HAMAS", programs=("SDGT",)),
        _listed("tal", Schema.ORGANIZATION, "TALIBAN", programs=("SDGT",), countries=("af",)),
        _listed("qai", Schema.ORGANIZATION, "AL QA'IDA", programs=("SDGT",)),
        _listed("ros", Schema.COMPANY, "ROSNEFT", programs=("UKRAINE-EO13662",), countries=("ru",)),
        _listed("mel", Schema.COMPANY, "BANK MELLI", programs=("IRAN",), countries=("ir",)),
    )
    engine = Engine(compile_index(entities, {"own": "1"}), MatchingConfig())
    return lambda text: {m.entity_id.split(":")[1]: m for m in engine.screen(Article("a", "", text))}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Po setkání s Vladimirem Putinem odjel český prezident do Prahy, řekl jeho mluvčí.", {"put"}),
        ("Rozmowa z Władimirem Putinem i Siergiejem Ławrowem trwała dwie godziny, podał Kreml.", {"put", "lav"}),
        ("Predsednik vlade je govoril o odstavitvi Viktorja Janukoviča, ki je pobegnil v Rusijo.", {"yan"}),
        ("Šéf Gazpromu Alexej Miller na to konto prohlásil, že Rusko je proti tomu.", {"mil"}),
        ("Hizbullah'ın lideri dün yaptığı açıklamada İsrail'i tehdit etti.", {"hzb"}),
        ("Rusya Devlet Başkanı Vladimir Putin Ankara'ya geldi ve onunla görüştü.", {"put"}),
        ("Der russische Präsident Wladimir Putin hat mit Aussenminister Sergej Lawrow gesprochen.", {"put", "lav"}),
        ("Er war Mitglied der Terrororganisation Al-Kaida und wird der Hamas zugerechnet.", {"qai", "ham"}),
        ("Le président russe Vladimir Poutine a rencontré son ministre Sergueï Choïgou.", {"put", "sho"}),
        ("Les attaques d'Al-Qaida se poursuivent dans le pays, a dit le ministre.", {"qai"}),
        ("De Russische president Vladimir Poetin sprak met minister Sergej Lavrov over de oorlog.", {"put", "lav"}),
        ("El presidente ruso Vladímir Putin y el canciller Serguéi Lavrov viajaron ayer.", {"put", "lav"}),
        ("O presidente russo Vladimir Putin recebeu o ministro Serguei Lavrov em Moscou.", {"put", "lav"}),
        ("Žoldáci Hamásu a Hizballáhu zaútočili na izraelskou vesnici, uvedla armáda.", {"ham", "hzb"}),
        ("Umowa z Rosnieftią została podpisana w Moskwie, poinformował minister energii Rosji.", {"ros"}),
        ("La Banque Melli est visée par les sanctions contre l'Iran, a dit le ministre.", {"mel"}),
    ],
)
def test_names_are_found_in_their_cases_and_spellings(found_in: Screen, text: str, ids: set[str]) -> None:
    alerted = {id for id, mention in found_in(text).items() if mention.band is Band.ALERT}
    assert alerted == ids


def test_a_group_is_found_where_the_language_writes_it_small(found_in: Screen) -> None:
    text = "Les talibans ont pris la ville de Kaboul, a annoncé le ministère afghan de la défense."
    mention = found_in(text)["tal"]
    assert mention.band is Band.ALERT
    assert mention.surface == "talibans"


def test_a_longer_name_is_another_in_other_languages_too(found_in: Screen) -> None:
    assert "ros" not in found_in("Die Band Kaviar Rosneft Blues spielt heute in der Stadt, sagte der Sänger.")
    assert "mil" not in found_in("Der Schauspieler Aaron Miller wohnt in Berlin und spielt heute Abend.")


def test_what_an_article_is_about_is_read_in_its_language(found_in: Screen) -> None:
    mention = found_in("Bojovníci Hamásu provedli další teroristický útok, oznámila večer armáda.")["ham"]
    assert {"program"} <= {finding.feature for finding in mention.features}
