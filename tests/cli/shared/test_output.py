"""What a terminal, a pipe and a program get; text from outside steers neither."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest

from watchlist.cli.shared.output import Column, _that_fit, marked, print_table
from watchlist.cli.shared.terminal import to_json, visible
from watchlist.demo.servers import FeedServer
from watchlist.model import Quote

Call = Callable[..., Any]

STEERING = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\x00\x7f"


def test_what_could_steer_a_terminal_is_replaced_one_for_one() -> None:
    assert visible("plain – Ünïcödé 漢字 العربية 🚢\n\ttext") == "plain – Ünïcödé 漢字 العربية 🚢\n\ttext"
    shown = visible(f"a{STEERING}z")
    assert len(shown) == len(STEERING) + 2
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", shown)


def test_json_reads_back_the_same_and_holds_no_raw_control_character() -> None:
    value = {"title": f"a{STEERING}z\u2028\ud800", "漢字": ["x"]}
    for indent in (None, 2):
        written = to_json(value, indent=indent)
        assert json.loads(written) == value
        assert "漢字" in written
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ud800]", written)


def test_a_quote_is_marked_at_its_offsets_whatever_stands_in_it() -> None:
    quote = Quote("\x1b[1m [bold]Grey Harbour[/] :ship:", 11, 23)
    assert marked(quote).plain == "\ufffd[1m [bold][Grey Harbour][/] :ship:"


COLUMNS = (Column("id"), Column("title", words=True), Column("url", words=True, spare=2), Column("when", spare=1))
ROWS = [["us_ofac_sdn", "A title of several words that goes on", "https://news.example/feed.xml", "2026-11-23 08:00"]]


@pytest.mark.parametrize(
    ("width", "expected"),
    [(200, [0, 1, 2, 3]), (73, [0, 1, 2, 3]), (72, [0, 1, 3]), (51, [0, 1, 3]), (50, [0, 1]), (10, [0, 1])],
)
def test_columns_are_spared_the_least_needed_first(width: int, expected: list[int]) -> None:
    # 11 + 20 + 20 + 16 characters and three gaps of two.
    assert _that_fit(COLUMNS, ROWS, width) == expected


@pytest.fixture
def hostile(cli: Call, own_list: str, feed: FeedServer) -> None:
    """A database with an alert on an article whose title and text would like to steer the terminal."""
    # XML 1.0 knows no control characters but the second set, so this is what a feed can hold.
    nasty = "\x9b31m[bold red]Free[/bold red] :ship: \u202egnp"
    feed.document = (
        feed.document.decode()
        .replace("Shipping company opens an office", f"{nasty} office")
        .replace("The company Grey", f"{nasty} the company Grey")
        .encode()
    )
    assert cli("feeds", "add", feed.url).code == 0
    added = cli("entities", "add", own_list, "[red]Lakeside[/red] \x1b[31mBoats\x07", "--id", "nasty")
    assert added.code == 0
    assert cli("run", "--once").code == 0


COMMANDS = (
    ("alerts",),
    ("alerts", "--json"),
    ("alerts", "show", "1"),
    ("alerts", "show", "1", "--json"),
    ("entities", "search", "lakeside"),
    ("entities", "show", "suppliers:nasty"),
    ("entities", "show", "suppliers:nasty", "--json"),
)


@pytest.mark.usefixtures("hostile")
def test_text_from_outside_steers_nothing(cli: Call, on_terminal: Callable[..., tuple[int, str]]) -> None:
    for command in COMMANDS:
        piped = cli(*command)
        assert piped.code == 0, command
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", piped.out), command
        code, shown = on_terminal(*command)
        assert code == 0, command
        assert "\x1b[31mBoats" not in shown
        # The colours are ours; nothing else may begin with an escape.
        assert not re.search("[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202e]", re.sub("\x1b\\[[0-9;]*m", "", shown)), (
            command
        )
    assert "[bold red]Free[/bold red] :ship:" in cli("alerts", "show", "1").out
    assert "[red]Lakeside[/red]" in cli("entities", "show", "suppliers:nasty").out


def test_a_terminal_gets_a_table_a_pipe_gets_every_column(
    cli: Call, alerted: FeedServer, on_terminal: Callable[..., tuple[int, str]]
) -> None:
    for command, spared in ((("alerts",), "entity"), (("feeds",), "url"), (("lists",), "version")):
        columns = cli(*command).out.splitlines()[0].split("\t")
        code, narrow = on_terminal(*command, columns=80)
        narrow = re.sub("\x1b\\[[0-9;]*m", "", narrow)
        assert code == 0
        assert all(len(line) <= 80 for line in narrow.splitlines()), command
        heading = narrow.splitlines()[0].split()
        assert (spared in columns, spared in heading) == (True, False), command
        assert heading[0] == "id"
        _, wide = on_terminal(*command, columns=240)
        heading = re.sub("\x1b\\[[0-9;]*m", "", wide.splitlines()[0])
        assert [heading.find(column) for column in columns] == sorted(heading.find(column) for column in columns)
        assert -1 not in [heading.find(column) for column in columns]


def test_on_a_real_terminal_colours_mark_and_nothing_is_wider(
    alerted: FeedServer, on_real_terminal: Callable[..., tuple[int, str]]
) -> None:
    code, shown = on_real_terminal("alerts", "show", "1", columns=60)
    assert code == 0
    assert "\x1b[1;7mGrey Harbour Shipping\x1b[0m" in shown
    lines = re.sub("\x1b\\[[0-9;]*m", "", shown).splitlines()
    assert max(map(len, lines)) <= 60
    first, last = (next(n for n, line in enumerate(lines) if mark in line) for mark in "“”")
    assert last > first
    assert all(re.match("  [^ ]", line) for line in lines[first : last + 1])


def test_an_empty_table_says_so_on_a_terminal(cli: Call, on_terminal: Callable[..., tuple[int, str]]) -> None:
    assert on_terminal("alerts") == (0, "No alerts.\n")
    assert "'watchlist feeds add URL' adds one" in on_terminal("feeds")[1]
    assert cli("alerts").out.startswith("id\topened\t")


def test_words_beside_ids_that_are_too_wide_stand_below_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    columns = (Column("change"), Column("entity"), Column("name", words=True), Column("what", words=True))
    wide = f"ca_dfatd_sema_sanctions:russia-1-part-1-{'a' * 25}"
    print_table(columns, [("added", wide, "Ilya Marrow", ""), ("changed", "own:1", "Lakeside", "x " * 60)], none="")
    lines = capsys.readouterr().out.splitlines()
    assert [line.rstrip() for line in lines[:4]] == [f"added  {wide}", "  Ilya Marrow", "changed  own:1", "  Lakeside"]
    assert all(len(line) <= 80 for line in lines)
    assert len(lines) == 6
