"""The application: pages, API, and what every request passes through."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from watchlist import __version__
from watchlist.web.api import health
from watchlist.web.pages import inbox
from watchlist.web.site import Site

#: Each a place of its own; they don't know each other.
_PAGES = (inbox.router,)
_API = (health.router,)


def make_application(site: Site) -> FastAPI:
    """The application over a site; to be served by any ASGI server."""
    # The documents of FastAPI take scripts from elsewhere.
    application = FastAPI(title="watchlist", version=__version__, docs_url=None, redoc_url=None)
    application.state.site = site
    application.mount("/static", StaticFiles(packages=[("watchlist.web", "static")]), name="static")
    for router in (*_PAGES, *_API):
        application.include_router(router)
    return application
