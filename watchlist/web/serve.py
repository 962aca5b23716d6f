"""Serve the application until a signal says stop."""

from __future__ import annotations

import uvicorn

from watchlist.app import App
from watchlist.web.application import make_application
from watchlist.web.site import Site


def serve_pages(parts: App, host: str, port: int) -> None:
    """Answer at this address until SIGTERM or SIGINT."""
    config = uvicorn.Config(make_application(Site(parts)), host=host, port=port, log_level="warning")
    uvicorn.Server(config).run()
