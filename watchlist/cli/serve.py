"""``watchlist serve``."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.errors import UsageError

app = noun()


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen at.", metavar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.", metavar="PORT", min=0, max=65535)] = 8765,
) -> None:
    """Show alerts in a browser, judge them there, and answer programs."""
    if find_spec("fastapi") is None or find_spec("uvicorn") is None:
        raise UsageError("the page needs the extra: pip install 'watchlist[web]'")
    from watchlist.web.serve import serve_pages

    with invocation(context).app(creates=True) as parts:
        serve_pages(parts, host, port)
