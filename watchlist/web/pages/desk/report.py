"""The report of a period, as ``watchlist alerts export`` writes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Annotated, TextIO

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from watchlist.errors import UsageError
from watchlist.report.as_csv import write_alerts
from watchlist.report.covered import Covered, covered
from watchlist.report.figures import figures_json, write_figures
from watchlist.report.page import body
from watchlist.steps.asked.times import parse_since
from watchlist.web.pages.rendering import page
from watchlist.web.pages.words import one_line
from watchlist.web.security.current import Reader
from watchlist.web.site import Site, TheSite

router = APIRouter()

_DEFAULT = "30d"
#: Periods to choose from.
PERIODS = (("7d", "a week"), ("30d", "30 days"), ("90d", "90 days"), ("365d", "a year"), ("", "all"))
Word = Annotated[str, Query(max_length=40)]


@router.get("/report")
def report(request: Request, site: TheSite, account: Reader, since: Word = _DEFAULT, until: Word = "") -> HTMLResponse:
    """The report as a page, to be read or printed."""
    found = _covered(site, since, until)
    return page(
        request,
        account,
        "report.html",
        period=found.period,
        # Made by a template of ours, which escapes what it is given.
        body=Markup(body(found.period)),  # noqa: S704
        since=since,
        until=until,
        periods=PERIODS,
    )


@router.get("/report/alerts.csv")
def alerts_csv(site: TheSite, account: Reader, since: Word = _DEFAULT, until: Word = "") -> Response:
    """The alerts of the period."""
    found = _covered(site, since, until)
    return _csv("alerts.csv", lambda out: write_alerts(out, found.alerts))


@router.get("/report/figures.csv")
def figures_csv(site: TheSite, account: Reader, since: Word = _DEFAULT, until: Word = "") -> Response:
    """The figures of the report."""
    found = _covered(site, since, until)
    return _csv("figures.csv", lambda out: write_figures(out, found.period))


@router.get("/report/figures.json")
def figures(site: TheSite, account: Reader, since: Word = _DEFAULT, until: Word = "") -> Response:
    """The figures of the report, for programs."""
    written = json.dumps(figures_json(_covered(site, since, until).period), default=datetime.isoformat, indent=2)
    return Response(written, media_type="application/json")


def _covered(site: Site, since: str, until: str) -> Covered:
    now = site.parts.clock()
    start, end = parse_since(one_line(since), now), parse_since(one_line(until), now) or now
    if start is not None and start >= end:
        raise UsageError("the period must begin before it ends")
    return covered(site.parts.store, start, end)


def _csv(name: str, write: Callable[[TextIO], None]) -> Response:
    out = StringIO(newline="")
    write(out)
    # With a mark at its beginning a spreadsheet takes it for what it is, UTF-8.
    content = out.getvalue().encode("utf-8-sig")
    return Response(content, media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})
