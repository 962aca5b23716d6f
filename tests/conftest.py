"""What tests of several areas share: databases of both kinds, and an environment without settings of the user's."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from watchlist.storage.store import Store, open_store

BACKENDS = ("sqlite", "postgresql")

#: Makes an empty or (True) a migrated database of a test's own and gives its URL.
NewDatabase = Callable[[bool], str]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and proxies of whoever runs the tests must not change what is tested."""
    for name in os.environ:
        if name.upper().startswith("WATCHLIST_") or name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Runs a test on SQLite and, where its programs are installed, on PostgreSQL."""
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
    return _cluster.new_database


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

    def __init__(self, socket_folder: Path) -> None:
        self._folder = socket_folder
        self._count = 0
        self._execute("CREATE DATABASE blank")
        open_store(self.url("blank")).close()

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def new_database(self, migrated: bool) -> str:
        self._count += 1
        name = f"test_{self._count}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {'blank' if migrated else 'template0'}")
        return self.url(name)

    def _execute(self, statement: str) -> None:
        import psycopg

        with closing(psycopg.connect(self.url("postgres"), autocommit=True)) as connection:
            connection.execute(statement.encode())


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
            [programs / "initdb", "-D", folder / "data", *"-U postgres -A trust -E UTF8 --locale=C --no-sync".split()],
            capture_output=True,
            text=True,
            cwd=folder,
            **as_user,
        )
        if made.returncode != 0:
            pytest.skip(f"PostgreSQL's initdb failed: {made.stderr.strip()[-300:]}")
        settings = ["listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", "-k", folder]
                + [part for setting in settings for part in ("-c", setting)],
                stdout=log,
                stderr=log,
                cwd=folder,
                **as_user,
            )
        try:
            _wait_ready(server, folder)
            yield Cluster(folder)
        finally:
            # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
            server.send_signal(signal.SIGINT)
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + 30
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
