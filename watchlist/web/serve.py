"""Serve the application until a signal says stop."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType

import uvicorn

from watchlist.app import App
from watchlist.children import cores
from watchlist.daemon import tell_service
from watchlist.errors import ConfigError, WatchlistError
from watchlist.health.replies import refuse_without_extra
from watchlist.log import Log
from watchlist.web.application import make_application
from watchlist.web.carried import CarriedDaemon
from watchlist.web.security.wire import bounded_connections, refuse_without_accounts
from watchlist.web.site import Site

_log = Log(__name__)

#: Seconds that requests in hand have after the word to stop.
_STOP_WITHIN = 10
#: Seconds that a connection may be idle: longer than most proxies keep theirs, or they would meet closed ones.
_KEPT_ALIVE = 75
#: Seconds between two words to a service manager.
_BEAT = 10.0
#: Seconds that a thread computes before it lets others: pages wait for those that screen a few such turns.
_TURN = 0.0005
#: Connections that wait to be taken.
_BACKLOG = 128


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to serve, and what goes along with it."""

    host: str
    port: int
    #: Reads the configuration anew, as SIGHUP asks; None where there is none to read.
    reload: Callable[[], App] | None = None
    #: The command of a daemon that is to go along; None where none is.
    daemon: Sequence[str] | None = None
    #: Called with the address once requests are answered.
    on_ready: Callable[[str], None] | None = None


def serve_pages(parts: App, serving: Serving) -> None:
    """Answer until SIGTERM or SIGINT, then finish what is in hand; SIGHUP has the configuration read anew.

    Raises ConfigError for an address that cannot be listened on, or that is for others while there are no accounts.
    """
    sys.setswitchinterval(_TURN)
    refuse_without_extra(parts.config)
    refuse_without_accounts(parts, serving.host)
    web = parts.config.web
    listener = _listener(serving.host, serving.port)
    daemon = None if serving.daemon is None else CarriedDaemon(serving.daemon, lambda why: _keep(parts, why))
    application = make_application(Site(parts, daemon=daemon, processes=_processes(parts)))
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi"):
        _pass_on(name)
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=bounded_connections(web),
        limit_concurrency=web.connections,
        lifespan="on",
        ws="none",
        timeout_keep_alive=_KEPT_ALIVE,
        timeout_graceful_shutdown=_STOP_WITHIN,
        backlog=_BACKLOG,
    )

    def on_hangup() -> None:
        if serving.reload is None:
            return
        try:
            read = serving.reload()
        except WatchlistError as error:
            _log.error("the configuration stays as it was", error=str(error))
            return
        before: Site = application.state.site
        application.state.site = replace(before, parts=read, processes=_processes(read))
        before.screening.close()
        _log.warning("the configuration was read anew")
        if daemon is not None:
            daemon.reload()

    address = _address(listener)

    def on_ready() -> None:
        _log.info("serving", address=address, daemon=daemon is not None)
        tell_service("READY=1")
        if serving.on_ready is not None:
            serving.on_ready(address)

    server = _Signalled(config, on_ready, on_hangup)
    if daemon is not None:
        daemon.start()
        server.on_stop = daemon.stop
    try:
        server.run(sockets=[listener])
    finally:
        tell_service("STOPPING=1")
        # Also where requests did not come to an end in time, and the server went without saying good-bye.
        application.state.site.close()
        if daemon is not None:
            daemon.stop()
            daemon.join()
        listener.close()
    _log.info("stopped")


def _processes(parts: App) -> int:
    """In how many processes texts are screened."""
    return parts.config.web.screening_processes or cores()


def _keep(parts: App, why: str) -> None:
    """Keep that the daemon died as a run that was broken off, which the faults tell of until another goes well."""
    parts.store.break_off(parts.store.start_run(parts.clock()), why)


def _listener(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ConfigError(f"cannot listen on {host}: {error.strerror}: name an address of this machine") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(where)
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        hint = "another program is there, or another 'watchlist serve': name another port with --port"
        raise ConfigError(f"cannot listen on {host} port {port}: {error.strerror or error}; {hint}") from error
    return made


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


class _Signalled(uvicorn.Server):
    """A server that ends well when it is told to, and says that it is at work."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None], on_hangup: Callable[[], None]) -> None:
        super().__init__(config)
        self.on_stop: Callable[[], None] = lambda: None
        self._on_ready = on_ready
        self._on_hangup = on_hangup
        self._beats = 0.0

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take signals as long as the block lasts; the library would end the program by them afterwards."""
        handlers = {signal.SIGTERM: self._stop, signal.SIGINT: self._stop, signal.SIGHUP: self._hang_up}
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            yield
        finally:
            for number, previous in before.items():
                signal.signal(number, previous)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._on_ready()

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second; says whether to end."""
        if counter * 0.1 >= self._beats or counter == 0:
            self._beats = (counter * 0.1 + _BEAT) % 86400
            tell_service("WATCHDOG=1")
        return await super().on_tick(counter)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        # First of all, whatever becomes of the rest.
        self.handle_exit(number, frame)
        threading.Thread(target=self._stopping, args=(signal.Signals(number).name,), name="stop").start()

    def _stopping(self, number: str) -> None:
        self.on_stop()
        _log.info("stopping after the requests in hand", signal=number)

    def _hang_up(self, _number: int, _frame: FrameType | None) -> None:
        # Not within the signal: whatever was interrupted may hold what is needed, as may be to write a line.
        threading.Thread(target=self._on_hangup, name="reload", daemon=True).start()


class _HouseLog(logging.Handler):
    """What the library of the server logs, in this program's form."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        level = "warning" if record.levelno < logging.ERROR else "error"
        if record.exc_info:
            getattr(_log, level)(record.getMessage(), exc_info=record.exc_info)
        else:
            getattr(_log, level)(record.getMessage())


def _pass_on(name: str) -> None:
    logger = logging.getLogger(name)
    logger.handlers[:] = [_HouseLog(logging.WARNING)]
    logger.propagate = False
