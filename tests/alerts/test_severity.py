"""How severe an alert is, and why."""

from __future__ import annotations

from typing import Any

import pytest

from watchlist.alerts.severity import LEAD, Prominence, Whereabouts, assess, place_of
from watchlist.model import Band, Entity, Mention, Name, Quote, Schema, Severity, SeverityRules, Span

HEADLINE, PASSING = Prominence(Whereabouts.HEADLINE), Prominence(Whereabouts.PASSING)


def mention(**changes: Any) -> Mention:
    values: dict[str, Any] = {
        "article_id": "a",
        "entity_id": "us_ofac_sdn:1",
        "listings": ("us_ofac_sdn:1",),
        "caption": "QUAY LINES",
        "schema": Schema.COMPANY,
        "name": Name("QUAY LINES"),
        "field": "text",
        "start": 0,
        "end": 10,
        "surface": "Quay Lines",
        "spans": (Span("text", 0, 10),),
        "quote": Quote("Quay Lines sailed.", 0, 10),
        "score": 0.95,
        "band": Band.ALERT,
        "features": (),
        "engine_version": "1",
        "snapshot_version": "1",
    }
    return Mention(**{**values, **changes})


def listed(list_id: str = "us_ofac_sdn", *programs: str) -> Entity:
    return Entity(list_id, "1", Schema.COMPANY, (Name("QUAY LINES"),), programs=programs)


def test_who_is_listed_for_terror_and_named_in_the_headline_is_high() -> None:
    found = assess(mention(), [listed("us_ofac_sdn", "SDGT")], HEADLINE)
    assert found.severity is Severity.HIGH
    assert found.why == (
        "a score of 0.95 is as good as sure (+1)",
        "listed for terror or weapons: SDGT (+1)",
        "named in the headline (+1)",
    )


def test_an_ordinary_entry_in_the_headline_is_normal_until_many_tell_it() -> None:
    once = assess(mention(), [listed("us_ofac_sdn", "RUSSIA-EO14024")], HEADLINE)
    assert once.severity is Severity.NORMAL
    often = assess(mention(), [listed("us_ofac_sdn", "RUSSIA-EO14024")], Prominence(Whereabouts.HEADLINE, 5, 3))
    assert often.severity is Severity.HIGH
    assert often.why[-1] == "5 articles from 3 sources tell it (+1)"
    unnamed = assess(mention(), [listed("us_ofac_sdn", "RUSSIA-EO14024")], Prominence(Whereabouts.HEADLINE, 5, 0))
    assert unnamed.why[-1].startswith("5 articles tell it")


@pytest.mark.parametrize(
    ("score", "band", "list_id"),
    [(0.85, Band.ALERT, "us_ofac_sdn"), (0.95, Band.ALERT, "us_ofac_cons"), (0.55, Band.REVIEW, "us_ofac_sdn")],
)
def test_in_passing_what_is_unsure_or_forbids_little_is_low(score: float, band: Band, list_id: str) -> None:
    assert assess(mention(score=score, band=band), [listed(list_id)], PASSING).severity is Severity.LOW


@pytest.mark.parametrize("program", ["SDGT", "NPWMD", "DPRK4", "Al-Qaida", "ISIL (Da'esh) and Al-Qaida", "TAQA", "FTO"])
def test_programs_for_terror_and_weapons_are_known(program: str) -> None:
    assert "terror or weapons" in " ".join(assess(mention(), [listed("x", program)], HEADLINE).why)


@pytest.mark.parametrize("program", ["IRAN", "RUSSIA-EO14024", "GLOMAG", "MYANMAR", "FTOX", "territory of X"])
def test_others_are_not_taken_for_them(program: str) -> None:
    assert "terror or weapons" not in " ".join(assess(mention(), [listed("x", program)], HEADLINE).why)


def test_the_gravest_entry_of_a_subject_counts() -> None:
    found = assess(mention(), [listed("us_ofac_cons"), listed("un_sc_sanctions", "Al-Qaida")], HEADLINE)
    assert found.severity is Severity.HIGH


def test_what_the_user_says_goes_before_what_is_known() -> None:
    rules = SeverityRules({"own": Severity.HIGH}, {"SDGT": Severity.LOW})
    assert assess(mention(), [listed("own")], HEADLINE, rules).severity is Severity.HIGH
    found = assess(mention(), [listed("us_ofac_sdn", "SDGT")], HEADLINE, rules)
    assert found.severity is Severity.NORMAL
    assert "program SDGT, by your rule (-1)" in found.why


@pytest.mark.parametrize(
    ("spans", "place"),
    [
        ((Span("title", 3, 9), Span("text", 900, 910)), Whereabouts.HEADLINE),
        ((Span("text", 20, 30), Span("text", 900, 910)), Whereabouts.LEAD),
        ((Span("text", LEAD, LEAD + 10),), Whereabouts.PASSING),
        ((Span("text", LEAD - 1, LEAD + 9),), Whereabouts.LEAD),
    ],
)
def test_the_first_place_of_a_name_counts(spans: tuple[Span, ...], place: Whereabouts) -> None:
    assert place_of(mention(spans=spans, start=spans[0].start)) is place
