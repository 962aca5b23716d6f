"""Copies and reports of an event join its story; other matters, and what only looks alike, do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.alerts.story.join import Joined, KnownStory, join
from watchlist.alerts.story.rarity import Rarity
from watchlist.alerts.story.signature import Signature
from watchlist.model import Relation

Signed = Callable[..., Signature]
TITLE = "Freighter detained in Brevik over forged papers"
NAMES = frozenset({"kestre", "quay", "lines"})


@pytest.fixture
def first(signed: Signed, texts: dict[str, str]) -> Signature:
    return signed("first", TITLE, texts["detained"])


def story(*articles: Signature, alert_id: int = 1) -> KnownStory:
    return KnownStory(alert_id, articles[0].told_at, articles)


def joined(new: Signature, *stories: KnownStory) -> Joined | None:
    return join(new, stories, NAMES, Rarity())


@pytest.mark.parametrize(
    ("title", "change"),
    [
        (f"UPDATE 3-{TITLE}", lambda text: f"{text} The consul came at noon."),
        (f"CORRECTED-{TITLE}", lambda text: text.replace("54", "45")),
        (TITLE, lambda text: f"BREVIK, March 1 (Wire) - {text}"),
        ("Ship with two transponders is held", lambda text: text),
        (TITLE, lambda text: text[:260] + "…"),
        (TITLE, lambda _: ""),
        (f"{TITLE} | Harbour Times", lambda _: ""),
    ],
)
def test_versions_of_an_article_are_copies(
    first: Signature, signed: Signed, texts: dict[str, str], title: str, change: Callable[[str], str]
) -> None:
    found = joined(signed("other", title, change(texts["detained"]), hours=30), story(first))
    assert found is not None
    assert (found.alert_id, found.relation) == (1, Relation.COPY)
    assert found.reason


def test_a_version_with_much_that_is_new_is_a_further_development(
    first: Signature, signed: Signed, texts: dict[str, str]
) -> None:
    words = texts["detained"].split()
    worked_over = " ".join((*words[:60], *texts["court"].split()[:30]))
    found = joined(signed("other", "Ship held as consul arrives", worked_over, hours=5), story(first))
    assert found is not None
    assert found.relation is Relation.DEVELOPMENT
    assert "something new" in found.reason


def test_another_report_of_the_event_joins_within_hours(
    first: Signature, signed: Signed, texts: dict[str, str]
) -> None:
    def told(hours: float) -> Joined | None:
        return joined(
            signed("other", "Brevik holds freighter with forged papers", texts["retold"], hours=hours), story(first)
        )

    at_once, later, days_later = told(2), told(9), told(40)
    assert at_once is not None
    assert at_once.relation is Relation.REPORT
    assert "2 h after" in at_once.reason
    assert later is not None
    assert later.relation is Relation.DEVELOPMENT
    assert days_later is None


def test_another_matter_of_the_subject_is_a_story_of_its_own(
    first: Signature, signed: Signed, texts: dict[str, str]
) -> None:
    assert (
        joined(signed("other", "Court orders shipping firm to pay sailors", texts["court"], hours=1), story(first))
        is None
    )


def test_furniture_joins_nothing(signed: Signed, texts: dict[str, str]) -> None:
    one = signed("one", TITLE, texts["menu"] + texts["detained"][:300])
    other = signed("two", "Court orders firm to pay", texts["menu"] + texts["court"][:300], hours=1)
    menu = signed("menu", "", texts["menu"]).shingles
    assert join(other, [story(one)], NAMES, Rarity(), menu) is None
    # Nor while it is not known yet what furniture is.
    assert joined(replace(other, outlet=one.outlet), story(one)) is None


def test_a_paragraph_of_background_makes_no_copy(signed: Signed, texts: dict[str, str]) -> None:
    one = signed("one", "Court orders firm to pay", texts["court"])
    news = "Three crews of the fleet walked off in Oran this week, a union said, and more will follow. " * 2
    other = signed("two", "Crews walk off", f"{news}{texts['court']}", hours=60)
    assert joined(other, story(one)) is not None
    late = (
        "Rescuers saved nine men from a burning barge near Sfax before dawn, the coast guard reported on its channel. "
    )
    cut = signed("three", "Barge burns", late * 6 + texts["court"][120:], hours=60)
    whole = signed("four", "Fleet in trouble", late[::-1] * 6 + texts["court"][120:])
    assert joined(cut, story(whole)) is None


def test_short_notices_alike_but_for_a_number_are_told_apart(signed: Signed) -> None:
    one = signed("one", "Report 1", "Kestrel Quay Lines opened 1 offices on Monday.")
    two = signed("two", "Report 2", "Kestrel Quay Lines opened 2 offices on Monday.")
    assert joined(two, story(one)) is None


def test_words_that_all_stories_of_a_subject_have_do_not_join(signed: Signed) -> None:
    beats = "talks with the envoy about the strait, the cable, the mole, the tugs and the freighters of the fleet"
    matters = [
        "wages",
        "harvest",
        "schools",
        "bridges",
        "football",
        "museums",
        "vaccines",
        "tariffs",
        "beavers",
        "opera",
    ]
    known = [
        story(
            signed(f"s{n}", f"Line chief on {matter} after talks", f"The chief spoke of {matter} after {beats}."),
            alert_id=n,
        )
        for n, matter in enumerate(matters)
    ]
    new = signed("new", "Line chief on volcanoes after talks", f"The chief spoke of volcanoes after {beats}.", hours=14)
    alone = join(new, known[:1], NAMES, Rarity())
    among = join(new, known, NAMES, Rarity())
    assert alone is None or among is None or among.relation is Relation.COPY


def test_a_copy_goes_before_a_report(first: Signature, signed: Signed, texts: dict[str, str]) -> None:
    retold = signed("second", "Brevik holds freighter with forged papers", texts["retold"], hours=1)
    new = signed("new", TITLE, texts["detained"], hours=2)
    for stories in (
        (story(first, alert_id=1), story(retold, alert_id=2)),
        (story(retold, alert_id=1), story(first, alert_id=2)),
    ):
        found = joined(new, *stories)
        assert found is not None
        assert found.relation is Relation.COPY
        assert found.alert_id == next(each.alert_id for each in stories if each.articles == (first,))


def test_an_article_does_not_join_for_its_own_sake(first: Signature) -> None:
    assert joined(first, story(first)) is None
    assert joined(replace(first, article_id="again"), story(first)) is not None


@settings(max_examples=examples(15))
@given(order=st.permutations(range(4)), hours=st.floats(-12, 12))
def test_which_story_is_joined_does_not_depend_on_the_order_they_are_given_in(order: list[int], hours: float) -> None:
    from datetime import UTC, datetime, timedelta

    from watchlist.alerts.story.signature import signature_of
    from watchlist.model import Article

    def make(id: str, text: str, at: float) -> Signature:
        told = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(hours=at)
        return signature_of(Article(id, text[:40], text, published_at=told, fetched_at=told))

    bodies = [
        f"The {thing} of the line was seen near {place} with a cargo of {cargo} and two broken cranes on deck."
        for thing, place, cargo in (
            ("barge", "Oran", "grain"),
            ("barge", "Oran", "salt"),
            ("tanker", "Sfax", "fuel"),
            ("yacht", "Lund", "art"),
        )
    ]
    known = [story(make(str(n), body, n), alert_id=n + 1) for n, body in enumerate(bodies)]
    new = make("new", bodies[0] + " Nobody was hurt.", hours)
    assert joined(new, *known) == joined(new, *(known[n] for n in order))
