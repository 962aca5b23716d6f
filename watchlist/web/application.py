"""The application: pages, API, and what every request passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from watchlist import __version__
from watchlist.web.api import alerts, articles, health, held, listed, screening, watched
from watchlist.web.api.described import describe
from watchlist.web.api.ftm import routes as ftm
from watchlist.web.api.problems import tell_problems
from watchlist.web.pages.errors import tell_errors
from watchlist.web.pages.outside import account, links, login
from watchlist.web.pages.routers import ROUTERS
from watchlist.web.pages.triage import alert, inbox, judging
from watchlist.web.security.gate import keep
from watchlist.web.site import Site

#: Each a place of its own; they don't know each other.
_PAGES = (inbox.router, alert.router, judging.router, account.router, links.router, login.router, *ROUTERS)
_API = (
    screening.router,
    alerts.router,
    articles.router,
    listed.router,
    watched.router,
    held.router,
    health.router,
    ftm.router,
)


@asynccontextmanager
async def _alive(application: FastAPI) -> AsyncIterator[None]:
    yield
    application.state.site.close()


def make_application(site: Site) -> FastAPI:
    """The application over a site; to be served by any ASGI server."""
    # The documents of FastAPI take scripts from elsewhere.
    application = FastAPI(title="watchlist", version=__version__, docs_url=None, redoc_url=None, lifespan=_alive)
    application.state.site = site
    application.mount("/static", StaticFiles(packages=[("watchlist.web", "static")]), name="static")
    # Routes are tried in this order: programs ask far more often than people.
    for router in _API:
        application.include_router(router)
    for router in _PAGES:
        application.include_router(router, include_in_schema=False)
    tell_problems(application)
    tell_errors(application)
    describe(application)
    keep(application)
    return application
