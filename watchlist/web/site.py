"""What every page and every answer of the API stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.types import Scope

from watchlist.app import App
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.health.totals import Totals
from watchlist.web.carried import CarriedDaemon
from watchlist.web.kept import Kept
from watchlist.web.screening.screening import TextScreening


@dataclass(frozen=True, slots=True)
class Site:
    """The parts, and what is kept between requests."""

    parts: App
    #: What the runs of this process did, where the daemon runs in it.
    totals: Totals | None = None
    #: The daemon that goes along, where one does.
    daemon: CarriedDaemon | None = None
    #: Where bytes of strangers are read.
    sandbox: Sandbox = field(default_factory=lambda: Sandbox(1))
    #: In how many processes texts are screened; one is this one.
    processes: int = 1
    screening: TextScreening = field(init=False)
    kept: Kept = field(default_factory=Kept)

    def __post_init__(self) -> None:
        object.__setattr__(self, "screening", TextScreening(self.parts, self.processes))

    def close(self) -> None:
        """Let go of what requests had started."""
        self.screening.close()
        self.sandbox.close()


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    return cast("Site", request.app.state.site)


# Asynchronous, for a function that waits for nothing needs no thread.
async def _site(request: Request) -> Site:
    return site_of(request)


def site_in(scope: Scope) -> Site:
    """The site that a request is for, before there is a route; another once the configuration was read anew."""
    return cast("Site", scope["app"].state.site)


#: A parameter of whatever answers.
TheSite = Annotated[Site, Depends(_site)]
