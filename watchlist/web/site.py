"""What every page and every answer of the API stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from watchlist.app import App
from watchlist.health.totals import Totals


@dataclass(frozen=True, slots=True)
class Site:
    """The parts, and what is kept between requests."""

    parts: App
    #: What the runs of this process did, where the daemon runs in it.
    totals: Totals | None = field(default=None)


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    return cast("Site", request.app.state.site)


#: A parameter of whatever answers.
TheSite = Annotated[Site, Depends(site_of)]
