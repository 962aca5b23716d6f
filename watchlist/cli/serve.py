"""``watchlist serve``."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from watchlist.cli.shared.context import Invocation, invocation
from watchlist.cli.shared.lazy import noun
from watchlist.errors import UsageError

if TYPE_CHECKING:
    from watchlist.app import App

app = noun()

#: The command line as the child of a server.
_CHILD = "from watchlist.cli import main; from watchlist.web.carried import end_with_parent; end_with_parent(); main()"


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen at.", metavar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.", metavar="PORT", min=0, max=65535)] = 8765,
    with_daemon: Annotated[
        bool, typer.Option("--with-daemon", help="Do what is due as well, as 'watchlist run' does.")
    ] = False,
) -> None:
    """Serve a page to judge alerts on, and an API for programs.

    SIGTERM stops after the requests in hand; SIGHUP has it read its configuration anew. With --with-daemon 'watchlist
    run' goes along as a process of its own, ends with it, and is started again when it dies.
    """
    if find_spec("fastapi") is None or find_spec("uvicorn") is None:
        raise UsageError("the page needs the extra: pip install 'watchlist[web]'")
    from watchlist.app import reloaded
    from watchlist.web.serve import Serving, serve_pages

    called = invocation(context)
    with called.app(creates=True) as parts:

        def reload() -> App:
            config, path = called.config()
            return reloaded(parts, config, declares=path is not None)

        daemon = [sys.executable, "-c", _CHILD, *_options(called), "run"] if with_daemon else None
        serve_pages(parts, Serving(host, port, reload, daemon, _say_where))


def _options(called: Invocation) -> list[str]:
    """The options before the command, as they were given."""
    config = ["--config", str(called.config_path)] if called.config_path is not None else []
    return [*config, *(["--database", called.database_url] if called.database_url is not None else [])]


def _say_where(address: str) -> None:
    if sys.stderr.isatty():
        typer.echo(f"watchlist is at {address} - Ctrl-C stops it.", err=True)
