"""A command line to call in-process, and small worlds to call it in; every name in them is invented."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from typing import Any

import pytest
import structlog

from watchlist.cli import main
from watchlist.demo.servers import FeedServer, MailSink

PROGRAM = (sys.executable, "-c", "from watchlist.cli import main; main()")

OWN = """\
id,schema,name,aliases,programs,countries,birth_dates,identifiers
s-1,Company,GREY HARBOUR SHIPPING CO.,Grey Harbour Lines;weak:GHS,ON-HOLD,ir,,imo:9074729
s-2,Person,"MARROW, Ilya Petrovich",Ilya Marrov,ON-HOLD;CREDIT,ru,1955-01-15,passport/ru:645720381
s-3,Organization,LAKESIDE FRONT,,ON-HOLD,sy,,
"""
OWN_ENTITIES = 3

FEED = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Harbour news</title><link>https://news.example/</link>
<description>Invented.</description>
<item><title>{title}</title><link>https://news.example/1</link><guid>n-1</guid>
<pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>
<description>{text}</description></item>
<item><title>Rain expected</title><link>https://news.example/2</link><guid>n-2</guid>
<description>It will rain on Tuesday, and the ferry will sail all the same.</description></item>
</channel></rss>
"""
TITLE = "Shipping company opens an office"
TEXT = "The company Grey Harbour Shipping said on Monday that it would open an office in Valletta."


def feed_document(title: str = TITLE, text: str = TEXT) -> bytes:
    return FEED.format(title=title, text=text).encode()


@dataclass(frozen=True)
class Outcome:
    """What a command line did."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def rows(self) -> list[dict[str, str]]:
        """A tab-separated table."""
        header, *lines = self.out.splitlines()
        columns = header.split("\t")
        return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


Call = Callable[..., Outcome]
#: Brings the database to the state of a name, by what makes it where nothing of the name is kept yet.
Once = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    path = tmp_path / "here"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


def call_main(capsys: pytest.CaptureFixture[str], *arguments: str, stdin: bytes = b"") -> Outcome:
    """Call the command line in this process."""
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)))  # type: ignore[arg-type]
    capsys.readouterr()
    code: Any = 0
    try:
        main(list(arguments))
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdin = before
    printed = capsys.readouterr()
    return Outcome(code, printed.out, printed.err)


@pytest.fixture
def cli(folder: Path, sqlite_database: str, capsys: pytest.CaptureFixture[str], lent_readers: None) -> Iterator[Call]:
    """Calls the command line on a database of the test's own."""

    def call(*arguments: str, stdin: bytes = b"", bare: bool = False) -> Outcome:
        options = () if bare else ("--database", sqlite_database)
        return call_main(capsys, *options, *arguments, stdin=stdin)

    yield call
    # What was set up writes to this test's standard error.
    structlog.reset_defaults()


def _copy(source: Path, target: Path) -> None:
    shutil.copy(source, target)
    if source.with_suffix(".index").exists():
        shutil.copytree(source.with_suffix(".index"), target.with_suffix(".index"), dirs_exist_ok=True)


@pytest.fixture(scope="session")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def once(sqlite_database: str, _kept: Path) -> Once:
    """Brings the test's database to a state that commands made once: under its name it is kept for the next test.

    Where the environment sets the program up it is made anew, for that may lead to another state.
    """
    here = Path(sqlite_database.partition(":///")[2])
    plain = not any(name.startswith("WATCHLIST_") for name in os.environ)

    def bring(name: str, make: Callable[[], object]) -> None:
        kept = _kept / f"{name}.db"
        if plain and kept.exists():
            _copy(kept, here)
            return
        make()
        if plain:
            _copy(here, kept)

    return bring


@pytest.fixture
def own_list(cli: Call, folder: Path, once: Once) -> str:
    """The id of a list of the user's with three entities."""
    (folder / "own.csv").write_text(OWN, encoding="utf-8")

    def make() -> None:
        assert cli("lists", "create", "suppliers", "--title", "Suppliers on hold").code == 0
        assert cli("entities", "import", "suppliers", "own.csv").code == 0

    once("own_list", make)
    return "suppliers"


@pytest.fixture(scope="session")
def _feed_server() -> Iterator[FeedServer]:
    server = FeedServer(b"")
    with server.running():
        yield server


@pytest.fixture
def feed(_feed_server: FeedServer) -> FeedServer:
    """A feed of two articles, one of which names an entity of the own list."""
    _feed_server.document = feed_document()
    return _feed_server


@pytest.fixture
def alerted(cli: Call, own_list: str, feed: FeedServer, once: Once) -> FeedServer:
    """A database with one alert, made by a run."""

    def make() -> None:
        assert cli("feeds", "add", feed.url).code == 0
        found = cli("run", "--once")
        assert (found.code, found.err) == (0, "")
        assert "GREY HARBOUR SHIPPING CO." in found.out

    once("alerted", make)
    return feed


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailSink]:
    """A mail server that the environment names."""
    sink = MailSink()
    with sink.running() as port:
        monkeypatch.setenv("WATCHLIST_EMAIL__HOST", "127.0.0.1")
        monkeypatch.setenv("WATCHLIST_EMAIL__PORT", str(port))
        monkeypatch.setenv("WATCHLIST_EMAIL__SECURITY", "none")
        monkeypatch.setenv("WATCHLIST_EMAIL__SENDER", "watchlist@news.example")
        monkeypatch.setenv("WATCHLIST_EMAIL__RECIPIENTS", '["desk@news.example"]')
        yield sink


@pytest.fixture
def official(folder: Path) -> Path:
    """A folder with OFAC's CSV set in small."""
    path = folder / "ofac"
    path.mkdir()
    nothing = "-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- "
    sdn = [
        f'101,"EVENING GULL LINES",-0- ,"IRAN",{nothing},"Website www.gull.example; a.k.a. \'EGL\'."',
        f'102,"TIDEWELL, Boris Maximovich","individual","SDGT",{nothing},"DOB 15 Jan 1955."',
    ]
    alt = ['101,11,"aka","GULL LINES OF THE EVENING",-0- ']
    for name, rows in {"SDN.CSV": sdn, "ALT.CSV": alt, "ADD.CSV": [], "SDN_COMMENTS.CSV": []}.items():
        (path / name).write_bytes("".join(f"{row}\r\n" for row in rows).encode() + b"\x1a")
    return path


@pytest.fixture
def on_terminal(cli: Call, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Calls the command line as on a terminal of some width; gives its exit code and what was written."""

    def call(*arguments: str, columns: int = 80) -> tuple[int, str]:
        with monkeypatch.context() as patched:
            patched.setattr(sys.stdout, "isatty", lambda: True)
            patched.setenv("COLUMNS", str(columns))
            patched.setenv("TERM", "xterm-256color")
            patched.delenv("NO_COLOR", raising=False)
            found = cli(*arguments)
        return found.code, found.out

    return call


@pytest.fixture
def on_real_terminal(sqlite_database: str) -> Callable[..., tuple[int, str]]:
    """Runs the program in a process of its own, on a terminal of the system's."""

    def run(*arguments: str, columns: int = 80) -> tuple[int, str]:
        leader, follower = pty.openpty()
        ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        kept = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR")}
        process = subprocess.Popen(
            [*PROGRAM, "--database", sqlite_database, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=follower,
            stderr=follower,
            env={**kept, "TERM": "xterm-256color"},
        )
        os.close(follower)
        got = b""
        while select.select([leader], [], [], 30)[0]:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                # Linux ends a terminal whose last writer is gone with an error.
                break
            if not piece:
                break
            got += piece
        os.close(leader)
        return process.wait(300), got.decode().replace("\r\n", "\n")

    return run
