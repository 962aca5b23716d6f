"""An invented alert, for trying a channel out before there is a real one. Pure."""

from __future__ import annotations

from datetime import datetime

from watchlist.model import (
    Alert,
    AlertDetail,
    AlertStatus,
    Band,
    Entity,
    FeatureScore,
    Mention,
    Name,
    Quote,
    Schema,
    Span,
)

_NAME = Name("SAMPLE HARBOUR LINES")
_SURFACE = "Sample Harbour Lines"
_BEFORE = "The company "
_QUOTE = f"{_BEFORE}{_SURFACE} is invented, and so is this article: it shows what an alert looks like."


def sample_alert(now: datetime) -> AlertDetail:
    """An alert that nobody can take for a real one."""
    entity = Entity("sample", "1", Schema.COMPANY, (_NAME,), countries=("xx",), programs=("SAMPLE",))
    start, end = len(_BEFORE), len(_BEFORE) + len(_SURFACE)
    mention = Mention(
        article_id="sample",
        entity_id=entity.id,
        listings=(entity.id,),
        caption=entity.caption,
        schema=entity.schema,
        name=_NAME,
        field="text",
        start=start,
        end=end,
        surface=_SURFACE,
        spans=(Span("text", start, end),),
        quote=Quote(_QUOTE, start, end),
        score=0.95,
        band=Band.ALERT,
        features=(FeatureScore("alignment", 1.0, 1.0, "every word of the name stands in the text"),),
        engine_version="sample",
        snapshot_version="sample",
    )
    return AlertDetail(
        alert=Alert(0, entity.id, "sample", "sample", mention.id, AlertStatus.OPEN, now),
        mention=mention,
        entity=entity,
        list_title="An invented list",
        article_title="This is a test of watchlist",
        article_url="https://news.example/sample",
        article_published_at=now,
        feed_title="Invented news",
    )
