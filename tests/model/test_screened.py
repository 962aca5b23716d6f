from __future__ import annotations

import json
from dataclasses import fields

from watchlist.model import (
    Band,
    FeatureScore,
    Mention,
    Name,
    NameKind,
    NameOrigin,
    Quote,
    Schema,
    Span,
    mention_from_plain,
    mention_to_plain,
)

MENTION = Mention(
    article_id="a",
    entity_id="own:1",
    listings=("own:1", "other:b7"),
    caption="GREY HARBOUR",
    schema=Schema.COMPANY,
    name=Name("Grey Harbour Lines", NameKind.ALIAS, lang="en", origin=NameOrigin.PRESS),
    field="title",
    start=4,
    end=16,
    surface="Grey Harbour",
    spans=(Span("title", 4, 16), Span("text", 0, 12)),
    quote=Quote("The Grey Harbour sailed.", 4, 16),
    score=0.834,
    band=Band.REVIEW,
    features=(FeatureScore("country", 1.0, 0.08, "the article speaks of MT"),),
    engine_version="1",
    snapshot_version="2",
)


def test_every_field_is_there_in_its_order() -> None:
    assert list(mention_to_plain(MENTION)) == [field.name for field in fields(Mention)]


def test_it_comes_back_from_json_as_it_went_in() -> None:
    written = json.dumps({**mention_to_plain(MENTION), "found_at": "now"})
    assert mention_from_plain(json.loads(written)) == MENTION
