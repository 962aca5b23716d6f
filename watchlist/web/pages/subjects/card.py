"""A subject's card: every entry side by side, its alerts, and what people decided."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from watchlist.alerts.period import OUTCOMES
from watchlist.report.charts import columns
from watchlist.web.pages.rendering import page
from watchlist.web.pages.subjects.about import MOST_ALERTS, subject_card
from watchlist.web.pages.words import told
from watchlist.web.security.current import Reader
from watchlist.web.site import TheSite

router = APIRouter()

#: Alerts that are shown; the inbox has them all.
_ALERTS = 25


@router.get("/subjects/{entity_id:path}")
def card(request: Request, site: TheSite, account: Reader, entity_id: str) -> HTMLResponse:
    """All that is known of a subject."""
    found = subject_card(site.parts.store, entity_id, site.parts.clock())
    return page(
        request,
        account,
        "subjects/card.html",
        card=found,
        alerts=found.alerts[:_ALERTS],
        most=MOST_ALERTS,
        # Made of shapes, with every text escaped.
        chart=Markup(columns(found.over_time, "Alerts over time")),  # noqa: S704
        outcomes=OUTCOMES,
        told=told(request),
    )
