"""``watchlist alerts review`` on a terminal of the system's: keys in, screens out."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fcntl import ioctl
from types import MappingProxyType
from typing import Any

import pytest

from watchlist.demo.servers import FeedServer

from tests.cli.conftest import PROGRAM  # isort: skip

Call = Callable[..., Any]

_CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x1b\][^\x07]*\x07")
#: What clears a screen: what stands behind the last one is what is seen.
_CLEARED = "\x1b[2J"
ADDRESS = "https://news.example/8"


class Terminal:
    """A program on a terminal, as seen by who sits there."""

    def __init__(self, leader: int, process: subprocess.Popen[bytes]) -> None:
        self.leader = leader
        self.process = process
        self.written = ""

    def type(self, keys: str) -> None:
        os.write(self.leader, keys.encode())

    def resize(self, rows: int, columns: int) -> None:
        ioctl(self.leader, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait_for(self, words: str, seconds: float = 120) -> str:
        """The screen once it shows these words."""
        deadline = time.monotonic() + seconds
        while words not in self.screen and time.monotonic() < deadline:
            if not self._read():
                break
        assert words in self.screen, self.screen
        return self.screen

    @property
    def screen(self) -> str:
        """What was written since the screen was cleared last, without codes."""
        return _CODES.sub("", self.written.rpartition(_CLEARED)[2]).replace("\r", "")

    def written_until(self, words: str) -> str:
        """All that was written once these words were, without codes: a terminal that knows none clears nothing."""
        while words not in self.written and self._read():
            pass
        return " ".join(_CODES.sub("", self.written).split())

    def end(self) -> str:
        """What was on the screen when the program was done."""
        while self._read():
            pass
        assert self.process.wait(120) == 0, self.written
        return _CODES.sub("", self.written)

    def _read(self) -> bool:
        if not select.select([self.leader], [], [], 120)[0]:
            return False
        try:
            piece = os.read(self.leader, 65536)
        except OSError:
            return False
        self.written += piece.decode("utf-8", "replace")
        return bool(piece)


def _at_its_terminal() -> None:
    """Have a terminal of its own, so that a change of size reaches it, and end by Ctrl-C wherever the tests run."""
    ioctl(0, termios.TIOCSCTTY, 0)
    # What a shell starts in the background ignores it, and so does what that starts.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def walk(sqlite_database: str) -> Callable[..., Any]:
    """Starts the walk on a terminal of 24 rows and 80 columns."""

    @contextmanager
    def start(
        *options: str, rows: int = 24, columns: int = 80, environment: Mapping[str, str] = MappingProxyType({})
    ) -> Iterator[Terminal]:
        leader, follower = pty.openpty()
        ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        kept = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR")}
        process = subprocess.Popen(
            [*PROGRAM, "--database", sqlite_database, "alerts", "review", "--by", "ann", *options],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={**kept, "TERM": "xterm-256color", **environment},
            start_new_session=True,
            preexec_fn=_at_its_terminal,
        )
        os.close(follower)
        try:
            yield Terminal(leader, process)
        finally:
            process.kill()
            process.wait(120)
            os.close(leader)

    return start


@pytest.fixture
def four(cli: Call, alerted: FeedServer, once: Call) -> None:
    """Alerts 1 to 4; of one of them two articles tell the story."""
    told = (
        ("Ilya Marrov opens a bank", "The house of Ilya Marrov on the quay took its first deposits on Tuesday."),
        (
            "Grey Harbour Shipping sells a tanker",
            "Brokers in Oslo name Grey Harbour Shipping as its seller.",
        ),
        ("Ilya Marrov is seen in Cairo", "Guests of a wedding by the Nile photographed Ilya Marrov among the dancers."),
        (
            "Grey Harbour Shipping sells a tanker",
            "Brokers in Oslo name Grey Harbour Shipping as its seller, it was said.",
        ),
    )
    more = "".join(
        f"<item><title>{title}</title><link>https://news.example/{n}</link><guid>n-{n}</guid>"
        f"<description>{text}</description></item>"
        for n, (title, text) in enumerate(told, 7)
    )
    alerted.document = alerted.document.replace(b"</channel>", more.encode() + b"</channel>")
    once("four", lambda: cli("run", "--once"))
    assert len(cli("alerts").rows()) == 4


def outcomes(cli: Call) -> dict[int, tuple[str, str | None]]:
    return {each["id"]: (each["status"], each["outcome"]) for each in cli("alerts", "--json").json()}


def test_a_day_is_judged_key_by_key(cli: Call, four: None, walk: Callable[..., Any]) -> None:
    with walk("--sort", "score") as terminal:
        first = terminal.wait_for("o ? q")
        for line in first.splitlines():
            assert len(line) <= 80, line
        assert len(first.splitlines()) <= 24
        order = [each["id"] for each in cli("alerts", "--sort", "score", "--json").json()]
        assert f"alert {order[0]}" in first
        assert "For" in first
        assert "y yes  n no" in first
        terminal.type("n")
        terminal.wait_for(f"2 of 4  {order[0]} dismissed")
        terminal.type("y")
        terminal.wait_for("3 of 4")
        terminal.type("z")
        assert "2 of 4  taken back: confirmed" in terminal.wait_for("2 of 4")
        # Typed ahead, as by somebody who knows the keys.
        terminal.type("ues")
        terminal.wait_for("z takes the last judgement back")
        terminal.type("q")
        assert (
            "3 of 4: 1 dismissed, 1 closed as unsure, 1 escalated; 1 passed over. That was the last." in terminal.end()
        )
    found = outcomes(cli)
    assert [found[id] for id in order] == [
        ("closed", "false_positive"),
        ("closed", "unsure"),
        ("escalated", None),
        ("open", None),
    ]
    undone = cli("alerts", "show", str(order[1]), "--json").json()["judgements"]
    assert [(each["action"], each["by"]) for each in undone] == [("confirm", "ann"), ("undo", "ann"), ("unsure", "ann")]


def test_what_the_keys_do_is_read_on_a_small_screen_too(four: None, walk: Callable[..., Any]) -> None:
    rows, columns, read = 10, 40, ""
    with walk(rows=rows, columns=columns) as terminal:
        terminal.wait_for("1 of ")
        terminal.type("?")
        while "1 of " not in (screen := terminal.wait_for("any key goes on" if "q  " not in read else "1 of ")):
            lines = screen.rstrip("\n").split("\n")
            assert len(lines) <= rows, screen
            assert max(map(len, lines)) <= columns, screen
            read += screen
            terminal.written = ""
            terminal.type("x")
        for words in ("it is the listed one", "take your last", "stop here"):
            assert words in read
        terminal.type("q")
        terminal.end()


def test_reasons_assignments_links_and_help(cli: Call, four: None, walk: Callable[..., Any]) -> None:
    with walk("--text", "tanker") as terminal:
        screen = terminal.wait_for("1 of 1")
        assert "Grey Harbour Shipping sells a tanker" in screen
        assert "suppliers:s-1: Company; ON-HOLD; ir; imo 9074729" in " ".join(screen.split())
        assert "Story 2 articles, 1 source:" in " ".join(screen.split())
        terminal.type("o")
        terminal.wait_for(ADDRESS)
        terminal.type("x?")
        terminal.wait_for("take your last judgement back")
        terminal.type("x")
        terminal.wait_for("1 of 1")
        terminal.type("a")
        terminal.wait_for("assign to: ")
        terminal.type("zoë\n")
        terminal.wait_for("zoë's")
        terminal.type("w")
        terminal.wait_for("why: ")
        terminal.type("quite another firm\n")
        terminal.wait_for("why: quite another firm")
        terminal.type("\x1b[Ak")
        terminal.wait_for("? shows the keys")
        terminal.type("n")
        terminal.wait_for("any other key ends")
        # The last one too can be taken back.
        terminal.type("z")
        terminal.wait_for("taken back: dismissed")
        (tanker,) = cli("alerts", "--text", "tanker", "--json").json()
        assert (tanker["status"], tanker["outcome"]) == ("open", None)
        terminal.type("w")
        terminal.wait_for("why: ")
        terminal.type("quite another firm\n")
        terminal.wait_for("why: quite another firm")
        terminal.type("nq")
        assert "1 of 1: 1 assigned, 1 dismissed. That was the last." in terminal.end()
    (found,) = cli("alerts", "--text", "tanker", "--json").json()
    assert (found["assigned"], found["outcome"]) == ("zoë", "false_positive")
    assert found["judgements"][-1]["why"] == "quite another firm"
    with walk("--entity", "suppliers:s-1", rows=30) as terminal:
        screen = " ".join(terminal.wait_for("o ? q").split())
        assert "this subject before: 1 false positive" in screen
        assert "ann: “Grey Harbour Shipping” false positive: quite another firm" in screen
        terminal.type("q")
        assert "nothing judged. Stopped at 1, 1 of 1; the same command goes on." in terminal.end()


def test_the_walk_follows_the_size_of_the_terminal(cli: Call, four: None, walk: Callable[..., Any]) -> None:
    with walk("--text", "tanker", rows=10) as terminal:
        assert "page 1 of" in terminal.wait_for("1 of 1")
        terminal.type(" ")
        terminal.wait_for("page 2 of")
        terminal.resize(50, 60)
        screen = terminal.wait_for("1 of 1\n")
        assert "Grey Harbour Shipping sells a tanker" in screen
        assert max(map(len, screen.splitlines())) <= 60
        terminal.process.send_signal(signal.SIGINT)
        assert "nothing judged. Stopped at" in terminal.end()
    assert set(outcomes(cli).values()) == {("open", None)}


def test_what_somebody_else_judged_meanwhile_is_passed_over(cli: Call, four: None, walk: Callable[..., Any]) -> None:
    with walk("--entity", "suppliers:s-1") as terminal:
        screen = terminal.wait_for("1 of 2")
        here = re.search(r"alert (\d)", screen)
        assert here
        (other,) = [id for id in ("1", "3", "2", "4") if id in _ids(cli) and id != here[1]]
        cli("alerts", "confirm", other, "--by", "bob")
        terminal.type("s")
        assert "nothing judged; 1 passed over. That was the last." in terminal.end()
    assert outcomes(cli)[int(other)] == ("closed", "true_match")


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, pytest.param({"TERM": "dumb"}, marks=pytest.mark.thorough)])
def test_the_mention_is_marked_where_there_are_no_colours(
    cli: Call, four: None, walk: Callable[..., Any], setting: dict[str, str]
) -> None:
    with walk("--text", "tanker", environment=setting) as terminal:
        assert "“[Grey Harbour Shipping] sells a tanker”" in terminal.written_until("o ? q")
        terminal.type("q")
        terminal.end()


def test_what_is_judged_while_it_is_looked_at_is_not_judged_over(
    cli: Call, four: None, walk: Callable[..., Any]
) -> None:
    with walk("--entity", "suppliers:s-1") as terminal:
        here = _shown(terminal.wait_for("1 of 2"))
        cli("alerts", "confirm", here, "--by", "bob")
        terminal.type("n")
        # The reader is told, and led on to the one that is open still.
        assert f"alert {here} was judged by bob meanwhile" in terminal.wait_for("2 of 2")
        other = _shown(terminal.screen)
        cli("alerts", "escalate", other, "--by", "bob")
        terminal.type("w")
        terminal.wait_for("why: ")
        terminal.type("another firm\n")
        terminal.wait_for("why: another firm")
        terminal.type("n")
        screen = terminal.wait_for("judged since you looked")
        assert "escalated" in screen.splitlines()[0]
        # It has been seen now, and what was typed for it holds.
        terminal.type("n")
        terminal.wait_for("any other key ends")
        terminal.type("q")
        assert "1 of 2: 1 dismissed. That was the last." in terminal.end()
    found = {str(each["id"]): each for each in cli("alerts", "--entity", "suppliers:s-1", "--json").json()}
    assert [(each["action"], each["by"]) for each in found[here]["judgements"]] == [("confirm", "bob")]
    assert [(each["action"], each["by"], each["why"]) for each in found[other]["judgements"]] == [
        ("escalate", "bob", None),
        ("dismiss", "ann", "another firm"),
    ]


def test_z_takes_back_what_was_done_in_the_walk_and_nothing_else(
    cli: Call, four: None, walk: Callable[..., Any]
) -> None:
    with walk("--entity", "suppliers:s-1") as terminal:
        here = _shown(terminal.wait_for("1 of 2"))
        terminal.type("y")
        other = _shown(terminal.wait_for("2 of 2"))
        (elsewhere, further) = sorted(set(map(str, outcomes(cli))) - _ids(cli))
        # The same person, on the page or in another terminal.
        cli("alerts", "dismiss", elsewhere, "--by", "ann")
        terminal.type("z")
        terminal.wait_for("taken back: confirmed")
        found = outcomes(cli)
        assert [found[int(id)] for id in (here, elsewhere)] == [("open", None), ("closed", "false_positive")]
        # What somebody else made something of since stands; what was done before that can be taken back still.
        terminal.type("yu")
        terminal.wait_for("any other key ends")
        cli("alerts", "dismiss", other, "--by", "bob")
        terminal.type("z")
        terminal.wait_for(f"alert {other} was judged again since")
        terminal.type("z")
        terminal.wait_for("taken back: confirmed")
        terminal.type("q")
        terminal.end()
    found = outcomes(cli)
    assert [found[int(id)] for id in (here, other, elsewhere, further)] == [
        ("open", None),
        ("closed", "false_positive"),
        ("closed", "false_positive"),
        ("open", None),
    ]


def _shown(screen: str) -> str:
    here = re.search(r"alert (\d+)  ", screen)
    assert here, screen
    return here[1]


def _ids(cli: Call) -> set[str]:
    return {str(each["id"]) for each in cli("alerts", "--entity", "suppliers:s-1", "--json").json()}


def test_what_was_opened_from_review_meanwhile_is_passed_over(
    cli: Call, own_list: str, feed: FeedServer, walk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_MATCHING__ALERT", "1.0")
    cli("feeds", "add", feed.url)
    cli("run", "--once")
    (kept,) = cli("alerts", "--band", "review", "--json").json()
    with walk("--band", "review") as terminal:
        terminal.wait_for("1 of 1")
        cli("alerts", "confirm", kept["id"], "--by", "bob")
        terminal.type("n")
        assert "nothing judged. That was the last." in terminal.end()
    (opened,) = cli("alerts", "--json").json()
    assert [(each["action"], each["by"]) for each in opened["judgements"]] == [("open", "bob")]


def test_a_yes_to_what_was_kept_for_review_opens_an_alert(
    cli: Call, own_list: str, feed: FeedServer, walk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHLIST_MATCHING__ALERT", "1.0")
    other = "<item><title>Ilya Marrov opens a bank</title><link>https://news.example/7</link></item></channel>"
    feed.document = feed.document.replace(b"</channel>", other.encode())
    cli("feeds", "add", feed.url)
    cli("run", "--once")
    with walk("--band", "review") as terminal:
        assert "for review m" in terminal.wait_for("1 of 2")
        terminal.type("y")
        terminal.wait_for("2 of 2  1 opened")
        terminal.type("z")
        assert "1 of 2  taken back: opened" in terminal.wait_for("1 of 2")
        assert outcomes(cli) == {1: ("closed", None)}
        assert cli("alerts").rows()[0]["status"] == "taken back"
        terminal.type("ynq")
        assert "2 of 2: 1 opened, 1 dismissed. That was the last." in terminal.end()
    assert outcomes(cli) == {1: ("open", None), 2: ("closed", "false_positive")}
    with walk("--band", "review") as terminal:
        assert terminal.end().strip() == "Nothing to judge."


def test_without_a_terminal_it_says_what_to_do_instead(cli: Call, alerted: FeedServer) -> None:
    found = cli("alerts", "review")
    assert found.code == 2
    assert "the walk needs a terminal; 'watchlist alerts dismiss ID'" in found.err
