"""A PostgreSQL server for the time of a measurement, where its programs are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Seconds that it has to start.
_PATIENCE = 120.0


@contextmanager
def throw_away() -> Iterator[str | None]:
    """The URL of an empty database on a server of one's own; None where there are no programs for it."""
    programs = _programs()
    if programs is None:
        yield None
        return
    # It refuses to run as root.
    user = pwd.getpwnam(next(name for name in ("postgres", "nobody") if _is_user(name))) if os.geteuid() == 0 else None
    identity = (user.pw_uid, user.pw_gid) if user is not None else (os.geteuid(), os.getegid())
    folder = Path(tempfile.mkdtemp(prefix="wl-pg-"))
    try:
        os.chown(folder, *identity)
        front = (
            [] if user is None else ["setpriv", f"--reuid={identity[0]}", f"--regid={identity[1]}", "--clear-groups"]
        )
        make = [*front, str(programs / "initdb"), "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*make, "--locale=C", "--no-sync"], check=True, capture_output=True, cwd=folder)
        start = [
            *front,
            str(programs / "postgres"),
            "-D",
            f"{folder}/data",
            "-k",
            str(folder),
            "-c",
            "listen_addresses=",
        ]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(start, stdout=log, stderr=log, cwd=folder)
        try:
            url = f"postgresql://postgres@/postgres?host={folder}"
            _wait_for(url)
            yield url
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(_PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: each.parent.name.zfill(4))
    on_path = shutil.which("initdb")
    places = [*([Path(on_path).resolve().parent] if on_path else []), *reversed(packaged)]
    return next((each for each in places if (each / "initdb").exists() and (each / "postgres").exists()), None)


def _is_user(name: str) -> bool:
    with suppress(KeyError):
        return bool(pwd.getpwnam(name))
    return False


def _wait_for(url: str) -> None:
    import psycopg

    until = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
