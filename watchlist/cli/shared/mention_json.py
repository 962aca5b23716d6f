"""A mention as the JSON of commands has it."""

from __future__ import annotations

from typing import Any

from watchlist.model import Mention, mention_to_plain

#: In which order its fields stand, under their own names; what is not named here comes after them.
_ORDER = ("schema", "band", "score", "surface", "field", "start", "end", "spans", "features", "quote")


def mention_json(mention: Mention) -> dict[str, Any]:
    """Every field, flat: ids without ``_id``, the entity's name as ``name`` and the listed one as ``matched_name``."""
    plain = mention_to_plain(mention)
    return {
        "article": plain.pop("article_id"),
        "entity": plain.pop("entity_id"),
        "list": mention.list_id,
        "listings": plain.pop("listings"),
        "name": plain.pop("caption"),
        "matched_name": plain.pop("name")["text"],
        **{key: plain.pop(key) for key in _ORDER},
        **plain,
    }
