"""What a dismissal holds back, and what comes back all the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from watchlist.alerts.suppress import FoundAt, context_of, covers, evidence_of, facts_of, rule, suppression_of
from watchlist.model import (
    Act,
    Action,
    Band,
    Context,
    ContextKind,
    Entity,
    FeatureScore,
    Identifier,
    Mention,
    Name,
    NameKind,
    NameOrigin,
    Quote,
    Reach,
    Schema,
    Span,
    Suppression,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NAME = FeatureScore("alignment", 0.9, 0.8, "matched marrow; not in the text: ilya", "Name")
WHOLE = FeatureScore("alignment", 1.0, 0.8, "matched ilya, marrow", "Name")
TEACHER = FeatureScore("unfit_role", 1.0, -0.3, "'teacher' stands at it", "Another role")
BAKER = FeatureScore("unfit_role", 1.0, -0.3, "'baker' stands at it", "Another role")
GIVEN = FeatureScore("another_person", 1.0, -0.4, "'bela' is no given name of the entity", "Another person")
GENERAL = FeatureScore("title", 1.0, 0.2, "'general' stands before it", "Title")
COMMON = FeatureScore("common_name", 0.6, -0.3, "a common family name", "Common name")
SECOND = FeatureScore("other_name", 1.0, 0.3, "also in the article: Petrovich", "Other name")
NUMBER = FeatureScore("identifier", 1.0, 0.5, "passport 12", "Identifier")
SMALL = FeatureScore("written_small", 1.0, -0.3, "'marrow' stands in the article in lower case", "Ordinary language")
LONGER = FeatureScore("longer_name", 1.0, -0.4, "'force' stands after it", "Longer name")
PERSON = Entity(
    "own",
    "1",
    Schema.PERSON,
    (Name("Ilya Marrow"), Name("IM", NameKind.ALIAS, origin=NameOrigin.USER)),
    birth_dates=("1955",),
    programs=("ON-HOLD",),
)


def mention(*features: FeatureScore, **changes: Any) -> Mention:
    values: dict[str, Any] = {
        "article_id": "a",
        "entity_id": "own:1",
        "listings": ("own:1",),
        "caption": "Ilya Marrow",
        "schema": Schema.PERSON,
        "name": Name("Ilya Marrow"),
        "field": "text",
        "start": 0,
        "end": 6,
        "surface": "Marrow",
        "spans": (),
        "quote": Quote("Marrow won.", 0, 6),
        "score": 0.8,
        "band": Band.ALERT,
        "features": features,
        "engine_version": "1",
        "snapshot_version": "1",
    }
    return Mention(**{**values, **changes})


def dismissed(found: Mention, scope: Reach = Reach.SURFACE, until: datetime | None = None) -> Suppression:
    made = suppression_of(7, FoundAt(found, "s", 3), PERSON, Act(Action.DISMISS, "ann", until=until), scope, NOW)
    return replace(made, id=5)


def ruled(suppression: Suppression, found: Mention, **changes: Any) -> str | None:
    """ "held", None where it is not about it, else why it comes back."""
    values: dict[str, Any] = {"story_id": "other", "feed_id": 9, "text": "", "entity": PERSON, "now": NOW} | changes
    place = FoundAt(found, values["story_id"], values["feed_id"], values["text"])
    ruling = rule(suppression, place, values["entity"], values["now"])
    return ruling and (ruling.back or "held")


def test_the_context_says_who_else_it_is() -> None:
    assert context_of(mention(NAME, GIVEN, TEACHER)) == Context(
        frozenset({ContextKind.PERSON}), frozenset({"bela", "teacher"})
    )
    assert context_of(mention(NAME, TEACHER)).words == "another person (teacher)"
    assert context_of(mention(NAME)).words == "nothing speaks against it"


@pytest.mark.parametrize(
    ("schema", "feature", "kind"),
    [
        (Schema.PERSON, LONGER, ContextKind.PERSON),
        (Schema.COMPANY, LONGER, ContextKind.BODY),
        (Schema.PERSON, COMMON, ContextKind.NAMESAKE),
        (Schema.COMPANY, SMALL, ContextKind.WORD),
        (Schema.COMPANY, FeatureScore("used_as_place", 1.0, -0.4, "'in' stands before it"), ContextKind.PLACE),
    ],
)
def test_what_speaks_against_it_says_the_kind(schema: Schema, feature: FeatureScore, kind: ContextKind) -> None:
    assert context_of(mention(NAME, feature, schema=schema)).kinds == {kind}


@pytest.mark.parametrize(
    ("first", "then", "held"),
    [
        ((TEACHER,), (TEACHER,), True),
        ((TEACHER, COMMON), (TEACHER,), True),
        ((TEACHER,), (BAKER,), False),
        ((TEACHER,), (TEACHER, GENERAL), False),
        ((TEACHER,), (), False),
        ((), (), True),
        ((), (TEACHER,), False),
        ((SMALL,), (SMALL,), True),
        ((SMALL,), (COMMON,), False),
    ],
)
def test_the_same_words_in_the_same_kind_of_context_are_held_back(
    first: tuple[FeatureScore, ...], then: tuple[FeatureScore, ...], held: bool
) -> None:
    assert ruled(dismissed(mention(NAME, *first)), mention(NAME, *then)) == ("held" if held else None)


def told(title: str, body: str) -> FoundAt:
    """Somebody named in a headline, which is quoted, and in the text below it."""
    at = body.index("Ilya Marrow")
    spans = (Span("title", 0, 11), Span("text", at, at + 11))
    found = mention(NAME, field="title", surface="Ilya Marrow", spans=spans, quote=Quote(title, 0, 11))
    return FoundAt(found, title, 1, f"{title}\n{body}", "en")


@pytest.mark.parametrize(
    ("title", "body", "held"),
    [
        (
            "Ilya Marrow misses training",
            "Mr. Grey said on Monday that the forward Ilya Marrow missed a day with the football club. It rained.",
            True,
        ),
        # The field is of the sentence that names him, not of another.
        (
            "Ilya Marrow misses a parade",
            "The football club lost its match. On the square Ilya Marrow was missed. The striker of the club slept.",
            False,
        ),
        ("Ilya Marrow misses a parade", "On the square\nIlya Marrow was missed\nFootball: the league match", False),
        ("Ilya Marrow misses a lesson", "The teacher Ilya Marrow missed a lesson.", False),
    ],
)
def test_of_somebody_in_a_headline_the_text_says_in_which_field_they_are(title: str, body: str, held: bool) -> None:
    first = told("Ilya Marrow scores twice", "The footballer Ilya Marrow scored twice.")
    made = suppression_of(7, first, PERSON, Act(Action.DISMISS, "ann"), Reach.SURFACE, NOW)
    assert made.context.details == {"sport"}
    ruling = rule(made, told(title, body), PERSON, NOW)
    assert (ruling is not None and ruling.back is None) is held


def test_a_sentence_without_end_is_looked_at_near_the_name_alone() -> None:
    far = "word " * 100
    assert context_of(told("Ilya Marrow", f"striker {far} Ilya Marrow {far} striker").mention).details == frozenset()
    near = told("Ilya Marrow", f"{far} the striker Ilya Marrow {far}")
    assert context_of(near.mention, near.text, "en").details == {"sport"}


def test_other_words_are_not_and_case_and_space_are_none() -> None:
    known = dismissed(mention(NAME, TEACHER))
    assert ruled(known, mention(NAME, TEACHER, surface="I. Marrow")) is None
    assert ruled(known, mention(NAME, TEACHER, surface="MAR\nROW".replace("\n", ""))) == "held"


@pytest.mark.parametrize(
    ("scope", "changes", "held"),
    [
        (Reach.SUBJECT, {}, True),
        (Reach.FEED, {"feed_id": 3}, True),
        (Reach.FEED, {"feed_id": 4}, False),
        (Reach.FEED, {"feed_id": None}, False),
        (Reach.STORY, {"story_id": "s"}, True),
        (Reach.STORY, {"story_id": "t"}, False),
    ],
)
def test_a_scope_reaches_as_far_as_it_says(scope: Reach, changes: dict[str, Any], held: bool) -> None:
    other = mention(NAME, BAKER, surface="Marrow, I.")
    assert ruled(dismissed(mention(NAME, TEACHER), scope), other, **changes) == ("held" if held else None)


@pytest.mark.parametrize("scope", Reach)
def test_what_covers_another_holds_all_that_it_holds(scope: Reach) -> None:
    """Of all that differ in what there is to differ in, drawn at random: most pairs cover nothing."""
    parts = [(), (TEACHER,), (SECOND,), (NUMBER,), (SECOND, NUMBER)]
    places = [
        FoundAt(mention(NAME, *more, surface=surface), story, feed)
        for more, surface, story, feed in product(parts, ["Marrow", "I. Marrow"], ["s", "t"], [3, 4])
    ]
    entities = [PERSON, replace(PERSON, programs=("ON-HOLD", "CREDIT"))]
    untils = [None, NOW + timedelta(days=2), NOW + timedelta(days=4)]
    made = [
        suppression_of(7, place, entity, Act(Action.DISMISS, "ann", until=until), scope, NOW)
        for place, entity, until in product(places, entities, untils)
    ]
    covering = [pair for pair in product(made, made) if covers(*pair)]
    assert all(covers(each, each) for each in made)
    assert len(covering) < len(made) ** 2 / 2
    chance, held = random.Random(12), 0
    for one, other in chance.sample(covering, min(len(covering), 2_000)):
        at = chance.choice(places), chance.choice(entities), NOW + timedelta(days=chance.choice([1, 3, 5]))
        of_one, of_other = rule(one, *at), rule(other, *at)
        if of_other is not None and of_other.back is None:
            held += 1
            assert of_one is not None
            assert of_one.back is None
    assert held > 100


@pytest.mark.parametrize(
    ("feature", "said"),
    [(SECOND, "a second name"), (NUMBER, "an identifier"), (WHOLE, "the full name")],
)
def test_evidence_of_a_new_kind_comes_back_and_says_so(feature: FeatureScore, said: str) -> None:
    known = dismissed(mention(NAME, TEACHER), Reach.SUBJECT)
    found = mention(*(part for part in (NAME, TEACHER) if part.feature != feature.feature), feature)
    assert ruled(known, found) == f"dismissed before (suppression 5); now there is {said}"
    assert said in evidence_of(found)
    # Where it was there when it was dismissed, it is nothing new.
    assert ruled(dismissed(found, Reach.SUBJECT), found) == "held"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"names": (Name("Ilya Marrow"), Name("Elias Marrow"))}, "name (elias marrow)"),
        ({"identifiers": (Identifier("passport", "AB 1"),)}, "identifier (passport ab 1)"),
        ({"birth_dates": ("1955", "1956")}, "date of birth (1956)"),
        ({"programs": ("ON-HOLD", "CREDIT")}, "program (credit)"),
    ],
)
def test_a_list_entry_that_says_more_comes_back(changed: dict[str, Any], said: str) -> None:
    known = dismissed(mention(NAME, TEACHER))
    after = replace(PERSON, **changed)
    ruling = rule(known, FoundAt(mention(NAME, TEACHER), "t", 1), after, NOW)
    assert ruling is not None
    assert ruling.ends
    assert ruling.back == f"dismissed before (suppression 5); its list entry has another {said} now"


@pytest.mark.parametrize(
    "changed",
    [
        {"programs": ()},
        {"addresses": ("Pier 4",)},
        {"names": (Name("ILYA  MARROW"), Name("Another", NameKind.ALIAS, origin=NameOrigin.USER))},
    ],
)
def test_one_that_says_less_or_the_same_in_other_letters_does_not(changed: dict[str, Any]) -> None:
    known = dismissed(mention(NAME, TEACHER))
    assert ruled(known, mention(NAME, TEACHER), entity=replace(PERSON, **changed)) == "held"
    assert ruled(known, mention(NAME, TEACHER), entity=None) == "held"


def test_when_its_time_is_over_it_comes_back_and_says_so() -> None:
    known = dismissed(mention(NAME, TEACHER), until=NOW + timedelta(days=1))
    assert ruled(known, mention(NAME, TEACHER)) == "held"
    later = NOW + timedelta(days=1)
    assert ruled(known, mention(NAME, TEACHER), now=later) == "dismissed before; suppression 5 ended on 2026-03-02"


def test_one_by_hand_holds_whatever_comes() -> None:
    by_hand = Suppression("own:1", NOW)
    changed = replace(PERSON, programs=("CREDIT",))
    assert ruled(by_hand, mention(WHOLE, SECOND, NUMBER), entity=changed) == "held"


def test_a_passport_in_the_text_is_evidence_though_the_engine_knows_none() -> None:
    listed = replace(PERSON, identifiers=(Identifier("passport", "64 572-0381"), Identifier("other", "12")))
    known = replace(dismissed(mention(NAME, TEACHER)), facts=facts_of(listed))
    assert ruled(known, mention(NAME, TEACHER), entity=listed, text="Page 12 of 645720.") == "held"
    back = ruled(known, mention(NAME, TEACHER), entity=listed, text="Marrow (passport no. 645720381) was there.")
    assert back == "dismissed before (suppression 5); now there is an identifier"


def test_an_alias_in_full_is_not_the_full_name() -> None:
    assert evidence_of(mention(WHOLE)) == {"the full name"}
    assert evidence_of(mention(WHOLE, name=Name("Ilya Marrov", NameKind.ALIAS))) == set()
