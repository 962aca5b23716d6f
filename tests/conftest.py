"""What tests of several areas share: databases of both kinds, and an environment without settings of the user's."""

from __future__ import annotations

import asyncio
import gc
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import structlog
import typer.main
from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import settings
from sqlalchemy import create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, Engine
from sqlalchemy.util import LRUCache

from watchlist.demo.servers import MailSink
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.log import before_first_line, bound
from watchlist.storage.database import connect
from watchlist.storage.database.migrate import EXPECTED
from watchlist.storage.database.tables import metadata
from watchlist.storage.database.tables.searched import apart
from watchlist.storage.store import Store, open_store

BACKENDS = ("sqlite", "postgresql")

_INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

#: Makes an empty or (True) a migrated database of a test's own and gives its URL.
NewDatabase = Callable[[bool], str]
#: Gives the URL of a copy of a database, for the time of a block; every copy of a name has the same.
CopiedDatabase = Callable[[str, str], AbstractContextManager[str]]


# The same examples every time, so that a build fails only for what was changed, and no more of them than a change that
# breaks something needs to be seen. `make thorough` takes more; others each time, and far more of them, whoever looks
# for what nobody has seen yet: `make thorough HYPOTHESIS_PROFILE=search`.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=10)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=200)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def _compile_statements_once() -> None:
    """Have all databases of a kind share what SQLAlchemy compiled: each test has databases, and often stores, anew.

    The cache is by dialect, which each engine has one of; here those of a kind are alike.
    """
    compiled: dict[str, LRUCache[Any, Any]] = {}

    def with_shared_cache(url: URL, **options: Any) -> Engine:
        kept = compiled.setdefault(url.get_backend_name(), LRUCache(2000))
        return create_engine(url, **options, execution_options={"compiled_cache": kept})

    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
        dialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
    connect.create_engine = with_shared_cache  # type: ignore[attr-defined]


_compile_statements_once()


def _read_certificates_once() -> None:
    """Have clients share what says whom to trust: making it reads all of the world's certificates."""
    make = httpx.create_ssl_context
    made: dict[tuple[object, ...], ssl.SSLContext] = {}

    def shared(verify: Any = True, cert: Any = None, trust_env: bool = True) -> ssl.SSLContext:
        key = (verify, cert, trust_env, os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
        if key not in made:
            made[key] = make(verify, cert, trust_env)
        return made[key]

    httpx.create_ssl_context = httpx._transports.default.create_ssl_context = shared


_read_certificates_once()

# Commands are made of their functions once, not for each call in this process: they keep nothing of a call.
typer.main.get_command = cache(typer.main.get_command)

# Importing and collecting makes many objects and no garbage.
gc.set_threshold(200_000, 20, 20)


def pytest_collection_finish() -> None:
    """Keep what was collected out of every later search for garbage."""
    gc.freeze()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case after its bytes by their parameter alone: a gzip file holds the time, and ids must be the same."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and proxies of whoever runs the tests must not change what is tested."""
    for name in os.environ:
        if name.upper().startswith("WATCHLIST_") or name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts of articles in tests must not be looked up anywhere: they do not exist, and finding that out takes time."""
    look_up = socket.getaddrinfo

    def refuse(host: Any, *rest: Any, **options: Any) -> Any:
        if str(host).endswith(".example"):
            raise socket.gaierror(socket.EAI_NONAME, "no network in tests")
        return look_up(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def _log_as_if_nothing_was_set_up() -> Iterator[None]:
    """A test that sets logging up sends it to its own captured output, which is closed when the next one logs."""
    with bound():
        yield
    before_first_line(structlog.reset_defaults)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def _readers() -> Iterator[Sandbox]:
    with Sandbox(4) as readers:
        yield readers


class _Lent:
    """Stands for a sandbox, and lets the processes live on for the next who needs one."""

    def __init__(self, readers: Sandbox) -> None:
        self.run = readers.run

    def __enter__(self) -> _Lent:
        return self

    def __exit__(self, *_: object) -> None:
        """Keep them."""

    def close(self) -> None:
        """Keep them."""


@pytest.fixture
def lent_readers(monkeypatch: pytest.MonkeyPatch, _readers: Sandbox) -> None:
    """Have documents read by processes that outlive a command: starting one takes longer than most tests."""
    for module in ("sandbox.sandbox", "sources", "poll", "pages.one_page"):
        monkeypatch.setattr(f"watchlist.feeds.{module}.Sandbox", lambda size: _Lent(_readers))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)])
def backend(request: pytest.FixtureRequest) -> str:
    """Runs a test on SQLite and, with `make thorough` and where its programs are installed, on PostgreSQL.

    What each database does in its own way runs on both at once: `on_both`.
    """
    return str(request.param)


@pytest.fixture
def new_database(backend: str, request: pytest.FixtureRequest) -> NewDatabase:
    """Makes databases of the kind under test."""
    found: NewDatabase = request.getfixturevalue(f"new_{backend}_database")
    return found


@pytest.fixture
def database(new_database: NewDatabase) -> str:
    """The URL of a database that has its tables and nothing in them."""
    return new_database(True)


@pytest.fixture
def copied_database(
    backend: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> CopiedDatabase:
    """Copies a database of the kind under test to which nothing is connected."""
    if backend == "postgresql":
        cluster: Cluster = request.getfixturevalue("_cluster")
        return cluster.copied

    @contextmanager
    def copied(url: str, name: str) -> Iterator[str]:
        path = tmp_path_factory.getbasetemp() / f"{name}.db"
        shutil.copy(url.partition(":///")[2], path)
        try:
            yield f"sqlite:///{path}"
        finally:
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink()

    return copied


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store of the kind under test, with nothing in it."""
    with closing(open_store(database)) as opened:
        yield opened


@pytest.fixture
def sqlite_database(new_sqlite_database: NewDatabase) -> str:
    """The URL of an SQLite file that has its tables and nothing in them."""
    return new_sqlite_database(True)


@pytest.fixture
def new_sqlite_database(tmp_path: Path, _migrated_file: Path) -> NewDatabase:
    def make(migrated: bool) -> str:
        path = tmp_path / f"{uuid4().hex[:8]}.db"
        if migrated:
            shutil.copy(_migrated_file, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once, copied for each test: closed, an SQLite database is one file."""
    path = tmp_path_factory.mktemp("migrated") / "watchlist.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def new_postgresql_database(_cluster: Cluster) -> NewDatabase:
    ready = [_cluster.emptied_database]

    def make(migrated: bool) -> str:
        # Emptying one takes a third of the time of making one.
        return ready.pop()() if migrated and ready else _cluster.new_database(migrated)

    return make


@pytest.fixture
def restart_postgresql(_cluster: Cluster) -> Callable[[], None]:
    """Restarts the server, for those who are in the middle of their work on it."""
    return _cluster.restart


@pytest.fixture(scope="session")
def _cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own, on a Unix socket, without any care for durability."""
    programs = _postgresql_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: no initdb and postgres on PATH or in /usr/lib/postgresql/*/bin")
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'watchlist[postgres]'")
    with _running_cluster(programs) as cluster:
        yield cluster


class Cluster:
    """A running server."""

    def __init__(self, socket_folder: Path, restart: Callable[[], None]) -> None:
        self._folder = socket_folder
        #: Ends the server in the middle of everything, and starts it again.
        self.restart = restart
        self._count = 0
        self._shared: str | None = None
        #: Empties the shared one: what it asks for each test is planned once.
        self._emptying: Any = None
        self._execute("CREATE DATABASE blank TEMPLATE template0")
        open_store(self.url("blank")).close()

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def new_database(self, migrated: bool) -> str:
        self._count += 1
        name = f"test_{self._count}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {'blank' if migrated else 'template0'}")
        return self.url(name)

    @contextmanager
    def copied(self, url: str, name: str) -> Iterator[str]:
        """A copy of a database of this server, to which nothing may be connected."""
        original = url.partition("@/")[2].partition("?")[0]
        self._execute(f"CREATE DATABASE {name} TEMPLATE {original}")
        try:
            yield self.url(name)
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def emptied_database(self) -> str:
        """The one database that tests have one after another, as if it had just been migrated."""
        if self._shared is None:
            self._shared = self.new_database(True)
        self._empty(self._shared)
        return self._shared

    def _empty(self, url: str) -> None:
        """Take away every row and have every sequence begin again, once nobody else is at work there.

        Most tables are empty and few have many rows: to truncate all of them takes many times as long.
        """
        import psycopg

        tables = [table.name for table in (*metadata.sorted_tables, *apart.sorted_tables)]
        filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
        moved = "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"
        # A restart of the server closes it.
        if self._emptying is not None and _is_gone(self._emptying):
            self.close()
        if self._emptying is None:
            self._emptying = psycopg.connect(url)
        connection = self._emptying
        with connection.transaction():
            connection.execute("SET LOCAL lock_timeout = '120s'")
            connection.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE".encode())
            # Rows may go in any order: nothing refers to what is left.
            connection.execute("SET LOCAL session_replication_role = replica")
            for (name,) in connection.execute(filled.encode(), prepare=True).fetchall():
                connection.execute(f"DELETE FROM {name}".encode())
            for (name,) in connection.execute(moved, prepare=True).fetchall():
                connection.execute(f"ALTER SEQUENCE {name} RESTART".encode())
            connection.execute("UPDATE alembic_version SET version_num = %s", (EXPECTED,))

    def close(self) -> None:
        """Let go of what is kept open."""
        if self._emptying is not None:
            self._emptying.close()
            self._emptying = None

    def _execute(self, *statements: str, url: str = "") -> None:
        import psycopg

        with closing(psycopg.connect(url or self.url("postgres"), autocommit=True)) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def _is_gone(connection: Any) -> bool:
    """Whether the server has ended a connection."""
    import psycopg

    try:
        connection.execute("SELECT 1", prepare=False)
        connection.rollback()
    except psycopg.Error:
        return True
    return False


def _postgresql_programs() -> Path | None:
    """The folder that holds both programs; the newest version where there are several."""
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    packaged = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name.zfill(4), reverse=True
    )
    for folder in [*on_path, *packaged]:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    return None


def _unprivileged() -> pwd.struct_passwd | None:
    """Who the server runs as: PostgreSQL refuses to run as root. None is the present user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("PostgreSQL does not run as root, and there is neither a user 'postgres' nor a user 'nobody'")


@contextmanager
def _running_cluster(programs: Path) -> Iterator[Cluster]:
    user = _unprivileged()
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    # Not pytest's own folder: that is closed to other users, and its path too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="wl-pg-"))
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        made = subprocess.run(
            [programs / "initdb", "-D", folder / "data", *_INITDB],
            capture_output=True,
            text=True,
            cwd=folder,
            **as_user,
        )
        if made.returncode != 0:
            pytest.skip(f"PostgreSQL's initdb failed: {made.stderr.strip()[-300:]}")
        settings = ["listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [programs / "postgres", "-D", folder / "data", "-k", folder]
        command += [part for setting in settings for part in ("-c", setting)]
        running: list[subprocess.Popen[bytes]] = []

        def start() -> None:
            with (folder / "log").open("ab") as log:
                running.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **as_user))
            _wait_ready(running[-1], folder)

        def restart() -> None:
            # A fast shutdown: every session is ended, and what was not committed is gone.
            running[-1].send_signal(signal.SIGINT)
            running[-1].wait(300)
            start()

        try:
            start()
            with closing(Cluster(folder, restart)) as cluster:
                yield cluster
        finally:
            # PostgreSQL's immediate shutdown: nothing is written, for nothing is kept.
            running[-1].send_signal(signal.SIGQUIT)
            running[-1].wait(300)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + 300
    while True:
        try:
            psycopg.connect(f"postgresql://postgres@/postgres?host={folder}").close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (folder / "log").read_text(errors="replace")[-300:]
                pytest.skip(f"PostgreSQL does not start ({error}): {log}")
            time.sleep(0.05)
        else:
            return


@dataclass
class Page:
    """What the loopback server answers for one path; with an ETag, conditionally."""

    body: bytes = b""
    status: int = 200
    etag: str | None = None
    #: Seconds before the answer begins.
    delay: float = 0.0


class Web:
    """A real HTTP server on loopback; its pages can be exchanged while it runs."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        #: Path and status of each answer, in order.
        self.answered: list[tuple[str, int]] = []
        self.over = threading.Event()
        self.url = ""

    def put(self, path: str, body: bytes | str, **options: Any) -> str:
        """Answer requests for a path with this document from now on; gives the address."""
        self.pages[path] = Page(body.encode() if isinstance(body, str) else body, **options)
        return self.url + path

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        page = self.pages.get(request.path, Page(status=404))
        self.over.wait(page.delay)
        known = page.etag is not None and request.headers.get("If-None-Match") == page.etag
        status, body = (304, b"") if known else (page.status, page.body)
        self.answered.append((request.path, status))
        request.send_response(status)
        if page.etag:
            request.send_header("ETag", page.etag)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


@pytest.fixture
def web() -> Iterator[Web]:
    """A loopback HTTP server with nothing on it yet."""
    found = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # A client may give up waiting, or be killed.
            with suppress(ConnectionError):
                found.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        found.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield found
        found.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def dead_url() -> Iterator[str]:
    """The address of a port that refuses connections: bound, so that nobody else gets it, but not listening."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/feed.xml"


def rss(*articles: tuple[str, str, str]) -> str:
    """An RSS 2.0 feed of articles, each an address, a title and a text."""
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(url)}</link><description>{escape(text)}</description></item>"
        for url, title, text in articles
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Loopback News</title>{entries}</channel></rss>'


@pytest.fixture(name="rss")
def _rss() -> Callable[..., str]:
    return rss


def sdn_xml(*entities: tuple[str, str], published: str = "03/01/2026", declared: int | None = None) -> str:
    """A list in the form of OFAC's SDN.XML, of entities with an id and a name each."""
    entries = "".join(
        f"<sdnEntry><uid>{id}</uid><lastName>{escape(name)}</lastName><sdnType>Entity</sdnType>"
        "<programList><program>IFSR</program></programList></sdnEntry>"
        for id, name in entities
    )
    return (
        '<?xml version="1.0" standalone="yes"?><sdnList xmlns="https://authority.example/list"><publshInformation>'
        f"<Publish_Date>{published}</Publish_Date><Record_Count>{declared or len(entities)}</Record_Count>"
        f"</publshInformation>{entries}</sdnList>"
    )


@pytest.fixture(name="sdn_list")
def _sdn_list() -> Callable[..., str]:
    return sdn_xml


class Mailbox(MailSink):
    """The demo's sink, which can be told to wait before it takes a message."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = threading.Event()
        self.answer_now = threading.Event()
        self.answer_now.set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        self.arrived.set()
        while not self.answer_now.is_set():
            await asyncio.sleep(0.02)
        return answer

    @property
    def keys(self) -> list[str]:
        """The idempotency keys of the mails, in order, as their Message-IDs have them."""
        return [str(message["Message-ID"]).replace("@news.example>", "@watchlist>") for message in self.messages]


@pytest.fixture
def mailbox() -> Mailbox:
    """Takes mail once it is `running`."""
    return Mailbox()


@pytest.fixture
def smtp_port(mailbox: Mailbox) -> Iterator[int]:
    """The port of a mail server that keeps what it gets in `mailbox`."""
    with mailbox.running() as port:
        yield port
        mailbox.answer_now.set()
