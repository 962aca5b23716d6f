"""The keys of JSON and their order: programs read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Call = Callable[..., Any]

SCREENED = [
    "article",
    "entity",
    "list",
    "listings",
    "name",
    "matched_name",
    "schema",
    "band",
    "score",
    "surface",
    "field",
    "start",
    "end",
    "spans",
    "features",
    "quote",
    "engine_version",
    "snapshot_version",
]
ALERTED = [
    "id",
    "status",
    "outcome",
    "severity",
    "severity_why",
    "opened_at",
    "assigned",
    "entity_id",
    "subject",
    "entity",
    "list",
    "listings",
    "list_title",
    "source_id",
    "name",
    "matched_name",
    "schema",
    "programs",
    "countries",
    "authority_url",
    "article",
    "story",
    "title",
    "url",
    "published_at",
    "feed",
    "note",
    "rolled_up",
    "silence",
    "page",
    "also",
    "band",
    "score",
    "surface",
    "field",
    "start",
    "end",
    "spans",
    "quote",
    "judgements",
    "features",
    "engine_version",
    "snapshot_version",
]
REPLAYED = ["change", "article", "title", "url", "entity", "name", "surface", "score"]


def test_alerts_and_screened_mentions_have_the_same_values(cli: Call, alerted: Any) -> None:
    (listed,) = cli("alerts", "--json").json()
    assert list(listed) == ALERTED
    shown = cli("alerts", "show", "1", "--json").json()
    assert list(shown) == ALERTED
    text = b'{"id": "n", "title": "Office", "text": "The company Grey Harbour Shipping opened an office in Valletta."}'
    found = cli("screen", "-", "--jsonl", stdin=text).json()
    assert list(found) == SCREENED
    same = ("entity", "list", "name", "matched_name", "schema", "surface", "engine_version")
    assert [found[key] for key in same] == [listed[key] for key in same]
    assert listed["spans"] == [["text", 12, 33]]
    assert listed["quote"].keys() == {"text", "start", "end"}


def test_replayed_mentions(cli: Call, alerted: Any) -> None:
    (dropped,) = cli("replay", "--threshold", "1.0", "--json").json()
    assert list(dropped) == REPLAYED
    assert (dropped["change"], dropped["name"]) == ("dropped", "GREY HARBOUR SHIPPING CO.")
