"""What all commands share: help, usage errors, configuration and database errors, exit codes."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer

from watchlist import __version__, errors
from watchlist.cli import COMMANDS, app
from watchlist.cli.shared.context import exit_code
from watchlist.errors import WatchlistError

Call = Callable[..., Any]


def test_the_lines_that_help_shows_are_the_modules_own() -> None:
    for name, (module, line) in COMMANDS.items():
        command = typer.main.get_command(import_module(module).app)
        assert (command.help or "").split("\n\n")[0].replace("\n", " ") == line, name


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(cli: Call, name: str) -> None:
    found = cli(name, "--help", bare=True)
    assert (found.code, found.err) == (0, "")
    assert f"Usage: watchlist {name}" in found.out
    assert COMMANDS[name][1] in " ".join(found.out.split())


@pytest.mark.parametrize("noun", ["", *COMMANDS])
def test_no_line_of_help_is_cut_off(cli: Call, noun: str) -> None:
    usage, *lines = cli(*filter(None, [noun]), "--help", bare=True).out.splitlines()
    assert usage.startswith("Usage: watchlist")
    assert not [line for line in lines if line.endswith("...")]


def test_the_bare_command_shows_its_commands(cli: Call) -> None:
    found = cli(bare=True)
    assert (found.code, found.out) == (2, "")
    assert all(name in found.err for name in COMMANDS)


def test_version(cli: Call) -> None:
    assert cli("--version", bare=True).out == f"watchlist {__version__}\n"


def test_help_loads_neither_database_nor_configuration_nor_engine() -> None:
    program = (
        "import sys\nfrom watchlist.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('sqlalchemy', 'pydantic', 'httpx', 'numpy', 'rich.table') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("frobnicate",), "No such command 'frobnicate'"),
        (("list",), "Did you mean 'lists'"),
        (("lists", "snyc"), "Did you mean 'sync'?"),
        (("lists", "--frob"), "No such option: --frob"),
        (("--frob",), "No such option: --frob"),
        (("lists", "create"), "Missing argument 'LIST'"),
        (("entities", "add", "own", "X", "--schema", "Ship"), "'Ship' is not one of"),
        (("alerts", "show", "first"), "Invalid value for 'ID'"),
        (("deliveries", "--limit", "0"), "greater than or equal to 1"),
        (("entities",), "Usage: watchlist entities"),
        (("db",), "Usage: watchlist db"),
    ],
)
def test_usage_errors_say_what_is_wrong(cli: Call, arguments: tuple[str, ...], said: str) -> None:
    found = cli(*arguments)
    assert found.code == 2
    assert said in " ".join((found.out + found.err).split())
    assert "Traceback" not in found.err


def test_every_error_class_has_its_exit_code() -> None:
    def made(kind: type[WatchlistError]) -> WatchlistError:
        return kind.__new__(kind)

    expected = {
        "WatchlistError": 1,
        "ConfigError": 2,
        "UsageError": 2,
        "ConflictError": 2,
        "JudgedMeanwhileError": 2,
        "RunLockedError": 75,
        "BusyError": 1,
        "StorageError": 1,
        "NotFoundError": 2,
        "DatabaseAwayError": 1,
        "NoDatabaseError": 1,
        "MayOnlyReadError": 1,
        "LeaseLostError": 1,
        "SchemaOutOfDateError": 1,
        "SchemaTooNewError": 1,
        "ListError": 3,
        "ListFetchError": 3,
        "ListParseError": 3,
        "SnapshotRejectedError": 3,
        "FeedError": 3,
        "FeedFetchError": 3,
        "FeedParseError": 3,
        "ExtractionError": 1,
        "MatchingError": 1,
        "ArchiveError": 1,
        "DeliveryError": 3,
    }
    kinds = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type)}
    kinds = {name: kind for name, kind in kinds.items() if issubclass(kind, WatchlistError)}
    assert {name: exit_code(made(kind)) for name, kind in kinds.items()} == expected


def test_a_missing_configuration_file_is_named_with_the_way_out(cli: Call) -> None:
    found = cli("--config", "nowhere.yaml", "lists", bare=True)
    assert found.code == 2
    assert found.err == "watchlist: nowhere.yaml: no such file: 'watchlist init' writes a fresh one\n"


def test_a_mistyped_key_is_refused_with_file_key_and_reason(cli: Call, folder: Path) -> None:
    (folder / "config.yaml").write_text("email:\n  hots: mail.example.org\n")
    found = cli("lists", bare=True)
    assert (found.code, found.err) == (2, "watchlist: config.yaml: email.hots: unknown key\n")


def test_a_list_that_is_not_known_by_name_cannot_be_declared(cli: Call, folder: Path) -> None:
    (folder / "config.yaml").write_text("lists: [suppliers]\n")
    found = cli("lists")
    assert found.code == 2
    assert "'suppliers' is not known by name" in found.err
    assert "watchlist lists create" in found.err


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("nonsense", 2, "is no database URL: write one such as sqlite:///watchlist.db"),
        ("mysql://host/name", 2, "mysql is not supported: use sqlite or postgresql"),
        ("sqlite:///config.yaml", 1, "file is not a database"),
        ("postgresql://nobody@127.0.0.1:1/none", 1, "Connection refused"),
    ],
)
def test_a_database_that_cannot_be_used_is_a_plain_message(
    cli: Call, folder: Path, url: str, code: int, said: str
) -> None:
    (folder / "config.yaml").write_text("logging: {level: error}\n" + "# nothing else\n" * 200)
    found = cli("--database", url, "lists", bare=True)
    assert found.code == code
    assert said in found.err
    assert len(found.err.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/version").exists(), reason="root may write anywhere")
def test_a_folder_that_cannot_be_made_is_a_plain_message(cli: Call, folder: Path) -> None:
    (folder / "file").write_text("")
    found = cli("--database", "sqlite:///file/below/watchlist.db", "run", "--once", bare=True)
    assert found.code == 1
    assert "Not a directory" in found.err
    assert len(found.err.splitlines()) == 1


def test_the_password_of_a_database_is_not_shown(cli: Call) -> None:
    found = cli("--database", "postgresql://nobody:open-sesame@127.0.0.1:1/none", "lists", bare=True)
    assert found.code == 1
    assert "open-sesame" not in found.err


def test_a_closed_pipe_is_no_traceback(cli: Call, own_list: str, sqlite_database: str) -> None:
    command = [sys.executable, "-c", "from watchlist.cli import main; main()", "--database", sqlite_database, "lists"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(300)


def test_completion_knows_the_commands_of_both_levels(folder: Path) -> None:
    def complete(words: str, position: int) -> list[str]:
        environment = {
            **os.environ,
            "_WATCHLIST_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(position),
        }
        # The name under which it is called is part of the protocol.
        program = folder / "watchlist"
        program.write_text(f"#!{sys.executable}\nfrom watchlist.cli import main\nmain()\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        done = subprocess.run([program], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert complete("watchlist ", 1) == list(COMMANDS)
    assert complete("watchlist de", 1) == ["demo", "deliveries"]
    assert complete("watchlist lists s", 2) == ["show", "sync"]


def test_the_root_has_a_line_for_each_module_with_commands() -> None:
    folder = Path(import_module("watchlist.cli").__file__ or "").parent
    with_commands = {
        ".".join(("watchlist.cli", *path.relative_to(folder).with_suffix("").parts))
        for path in folder.rglob("*.py")
        if path.parent != folder or path.stem != "__init__"
        if re.search(r"^app = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {module for module, _ in COMMANDS.values()} == with_commands
    assert list(typer.main.get_command(app).list_commands(None)) == list(COMMANDS)  # type: ignore[attr-defined,arg-type]
