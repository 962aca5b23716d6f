from __future__ import annotations

from dataclasses import replace

import pytest

from watchlist.alerts.explain import KIND_WORDS, explain, reasons
from watchlist.model import Band, FeatureScore, Mention, Name, NameKind, NameOrigin, Quote, Schema, Span

NAME = FeatureScore("alignment", 1.0, 0.82, "matched grey, harbour", "Name")
COUNTRY = FeatureScore("country", 1.0, 0.08, "the article speaks of MT")
CONTEXT = FeatureScore("fitting_context", 0.5, 0.2, "near it: tanker", "Context")
ONE_WORD = FeatureScore("one_word", 1.0, -0.1, "the name is one word")
LONGER = FeatureScore("longer_name", 1.0, -0.4, "stands in a longer name")
NOTHING = FeatureScore("program", 0.0, 0.3, "")

MENTION = Mention(
    article_id="a",
    entity_id="own:1",
    listings=("own:1",),
    caption="GREY HARBOUR",
    schema=Schema.COMPANY,
    name=Name("GREY HARBOUR"),
    field="text",
    start=4,
    end=16,
    surface="Grey Harbour",
    spans=(Span("text", 4, 16),),
    quote=Quote("The Grey Harbour sailed.", 4, 16),
    score=0.834,
    band=Band.ALERT,
    features=(COUNTRY, ONE_WORD, NAME, NOTHING, CONTEXT, LONGER),
    engine_version="1",
    snapshot_version="2",
)


def test_an_explanation_names_the_listed_name_and_what_spoke_for_and_against() -> None:
    assert explain(MENTION) == (
        "“Grey Harbour” matches the listed name “GREY HARBOUR”.",
        "Name: matched grey, harbour (+0.82).",
        "For it: Context: near it: tanker (+0.10).",
        "For it: Country: the article speaks of MT (+0.08).",
        "Against it: Longer name: stands in a longer name (-0.40).",
        "Against it: One word: the name is one word (-0.10).",
        "Score 0.83, for evidence of 0.50 in all: it raises an alert.",
    )


def test_a_mention_for_review_with_another_name_found_often() -> None:
    spans = (Span("text", 4, 16), Span("text", 30, 42))
    name = Name("GHS", NameKind.ALIAS, weak=True, origin=NameOrigin.USER)
    first, *_, last = explain(replace(MENTION, name=name, spans=spans, band=Band.REVIEW))
    assert (
        first == "“Grey Harbour” matches the weak alias “GHS” (added by you) of GREY HARBOUR, 2 times in the article."
    )
    assert last == "Score 0.83, for evidence of 0.50 in all: it is kept for review."


@pytest.mark.parametrize(
    ("origin", "said"),
    [(NameOrigin.AUTHORITY, ""), (NameOrigin.PRESS, " (as the press writes it)"), (NameOrigin.USER, " (added by you)")],
)
@pytest.mark.parametrize("kind", NameKind)
def test_every_kind_and_origin_of_a_name_has_words(kind: NameKind, origin: NameOrigin, said: str) -> None:
    sentence = explain(replace(MENTION, name=Name("GHS", kind, origin=origin)))[0]
    assert sentence == f"“Grey Harbour” matches the {KIND_WORDS[kind]} “GHS”{said} of GREY HARBOUR."


def test_reasons_are_sorted_by_what_they_weigh_and_silent_ones_left_out() -> None:
    supporting, opposing = reasons(MENTION.features)
    assert [each.feature for each in supporting] == ["alignment", "fitting_context", "country"]
    assert [each.feature for each in opposing] == ["longer_name", "one_word"]
    assert [round(each.effect, 2) for each in (*supporting, *opposing)] == [0.82, 0.1, 0.08, -0.4, -0.1]


def test_reasons_that_weigh_the_same_keep_their_order() -> None:
    same = [replace(COUNTRY, feature=feature) for feature in ("title", "country", "program")]
    assert [each.feature for each in reasons(same)[0]] == ["title", "country", "program"]


def test_a_feature_without_a_label_is_named_after_itself() -> None:
    (reason,), _ = reasons([FeatureScore("of_tomorrow", 1.0, 0.5, "so it is")])
    assert reason.sentence == "Of tomorrow: so it is (+0.50)."
