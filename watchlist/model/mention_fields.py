"""A mention as plain values, which are what JSON and the columns of a table hold; the one list of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from watchlist.model.listed import Name, NameKind, NameOrigin, Schema
from watchlist.model.screened import Band, FeatureScore, Mention, Quote, Span


def mention_to_plain(mention: Mention) -> dict[str, Any]:
    """Every field under its name: texts, numbers, lists, mappings; a span is a list of its field, start and end."""
    return {
        "article_id": mention.article_id,
        "entity_id": mention.entity_id,
        "listings": list(mention.listings),
        "caption": mention.caption,
        "schema": mention.schema,
        "name": asdict(mention.name),
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "spans": [[span.field, span.start, span.end] for span in mention.spans],
        "quote": asdict(mention.quote),
        "score": mention.score,
        "band": mention.band,
        "features": [asdict(feature) for feature in mention.features],
        "engine_version": mention.engine_version,
        "snapshot_version": mention.snapshot_version,
    }


def mention_from_plain(plain: Mapping[str, Any]) -> Mention:
    """The mention of such values; others among them are passed over."""
    name = plain["name"]
    return Mention(
        article_id=plain["article_id"],
        entity_id=plain["entity_id"],
        # Of what was stored or exported before subjects had listings, the entry is all that is known.
        listings=tuple(plain.get("listings") or (plain["entity_id"],)),
        caption=plain["caption"],
        schema=Schema(plain["schema"]),
        name=Name(
            text=name["text"],
            kind=NameKind(name["kind"]),
            lang=name["lang"],
            given=name["given"],
            family=name["family"],
            origin=NameOrigin(name["origin"]),
        ),
        field=plain["field"],
        start=plain["start"],
        end=plain["end"],
        surface=plain["surface"],
        spans=tuple(Span(*span) for span in plain["spans"]),
        quote=Quote(**plain["quote"]),
        score=plain["score"],
        band=Band(plain["band"]),
        features=tuple(FeatureScore(**feature) for feature in plain["features"]),
        engine_version=plain["engine_version"],
        snapshot_version=plain["snapshot_version"],
    )
