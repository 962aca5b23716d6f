"""The documentation is in step with the program.

``python tests/test_docs.py --write`` writes anew what is made from the program: ``docs/commands.md``, all but the
meanings of ``docs/configuration.md``, and the terminal session of ``README.md``.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import types
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest
import typer
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from watchlist.cli import COMMANDS, app
from watchlist.config import ENV_PREFIX
from watchlist.delivery.transports import full_config

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = sorted([README, ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")])

# The command reference

_COMMANDS_INTRODUCTION = """\
Every command and option, made from the program's own help; `--help` behind a command shows the same. Listings are
tables for people on a terminal, tab-separated with every column in a pipe, and JSON for programs with `--json`. What
the exit codes mean stands in [Deploying](deploying.md)."""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its full name, groups before what is in them."""
    root: Any = typer.main.get_command(app)
    yield "watchlist", root
    for noun in COMMANDS:
        command = root.load(noun)
        yield f"watchlist {noun}", command
        for name, verb in getattr(command, "commands", {}).items():
            yield f"watchlist {noun} {name}", verb


def command_reference() -> str:
    """The text of ``docs/commands.md``."""
    parts = ["# Commands", _COMMANDS_INTRODUCTION]
    for name, command in commands():
        arguments = [each for each in command.params if each.param_type_name == "argument"]
        options = [each for each in command.params if each.param_type_name == "option"]
        own = [each for each in options if each.name not in ("install_completion", "show_completion")]
        words = [*name.split()[1:]]
        usage = ["watchlist", *words, *(["[OPTIONS]"] if own else []), *map(_argument, arguments)]
        if hasattr(command, "commands"):
            usage.append("COMMAND")
        parts += [f"{'#' * (2 + (len(words) > 1))} {name}", f"```\n{' '.join(usage)}\n```"]
        parts += [" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n")]
        rows = [(_argument(each), each.help) for each in arguments if each.help]
        rows += [(_option(each), _option_help(each)) for each in own]
        if rows:
            parts.append("\n".join(["| | |", "|---|---|", *(f"| `{_cell(a)}` | {_cell(b)} |" for a, b in rows)]))
    return "\n\n".join(parts) + "\n"


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    return (
        ("" if parameter.required else "[")
        + name
        + ("" if parameter.required else "]")
        + ("..." if parameter.nargs == -1 else "")
    )


def _option(parameter: Any) -> str:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    if parameter.is_flag:
        return names
    if choices := _choices(parameter):
        return f"{names} {'|'.join(choices)}"
    return f"{names} {parameter.metavar or 'N' if _is_number(parameter) else parameter.metavar or 'TEXT'}"


def _annotation(parameter: Any) -> Any:
    return parameter.type_descriptor.annotation


def _is_number(parameter: Any) -> bool:
    return "int" in str(_annotation(parameter)) or "float" in str(_annotation(parameter))


def _choices(parameter: Any) -> list[str]:
    found = [each for each in (_annotation(parameter), *get_args(_annotation(parameter))) if isinstance(each, type)]
    return [str(value) for each in found if hasattr(each, "__members__") for value in each]


def _option_help(parameter: Any) -> str:
    default = parameter.default
    shown = default is not None and not parameter.is_flag and not callable(default)
    return f"{parameter.help or ''}{f' Default: {default}.' if shown else ''}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# The configuration reference


def settings() -> Iterator[tuple[str, str, str, str]]:
    """Key, type, default and environment variable of every setting."""
    yield from _settings(full_config(), (), in_list=False)


def _settings(model: type[BaseModel], above: tuple[str, ...], *, in_list: bool) -> Iterator[tuple[str, str, str, str]]:
    for name, field in model.model_fields.items():
        path = (*above, name)
        below = _model_below(field.annotation)
        if below is None:
            variable = "" if in_list else ENV_PREFIX + "__".join(path).upper()
            yield ".".join(path), _type(field), _default(field), variable
            continue
        nested, key = below
        if key is not None:
            yield ".".join(path), key, "none", "" if in_list else ENV_PREFIX + "__".join(path).upper()
        step = {"a list": "[]", None: ""}.get(key, ".KEY")
        yield from _settings(nested, (*above, name + step), in_list=in_list or key is not None)


def _model_below(annotation: Any) -> tuple[type[BaseModel], str | None] | None:
    """The model that a setting holds, and whether in a list or a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, None
    for argument in get_args(annotation):
        found = _model_below(argument)
        if found is not None:
            of_list = get_origin(annotation) in (tuple, list)
            return found[0], "a list" if of_list else "a mapping" if get_origin(annotation) is dict else found[1]
    return None


def _type(field: FieldInfo) -> str:
    annotation, limits = field.annotation, list(field.metadata)
    if get_origin(annotation) in (Union, types.UnionType):
        (annotation,) = [each for each in get_args(annotation) if each is not type(None)]
    while hasattr(annotation, "__metadata__"):
        limits += annotation.__metadata__
        annotation = get_args(annotation)[0]
    limits += [each for limit in limits if isinstance(limit, FieldInfo) for each in limit.metadata]
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{value}`" for value in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " or ".join(f"`{value}`" for value in annotation)
    if get_origin(annotation) in (tuple, list):
        return "a list of texts"
    if get_origin(annotation) is dict:
        return "a mapping"
    low = next((getattr(each, name) for each in limits for name in ("ge", "gt") if hasattr(each, name)), None)
    high = next((each.le for each in limits if hasattr(each, "le")), None)
    if annotation is float:
        return f"number, {low:g} to {high:g}" if high == 1 else "duration"
    if annotation is int:
        above = "" if low is None else f", {'more than' if low == 0 else 'at least'} {low}"
        return f"whole number{above if high is None else f', {low} to {high}'}"
    if any("url" in str(each) for each in limits):
        return "http(s) address"
    return {bool: "`true` or `false`", Path: "path", str: "text", SecretStr: "secret text"}.get(annotation, "text")


def _default(field: FieldInfo) -> str:
    default = field.default
    if default is PydanticUndefined:
        return "must be given"
    if default is None or default in ((), {}):
        return "none"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, float) and _type(field) == "duration":
        if default == float("inf"):
            return "`forever`"
        for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60)):
            if default >= seconds and default % seconds == 0:
                return f"`{default / seconds:g}{unit}`"
        return f"`{default:g}s`"
    return f"`{default}`"


_ROW = re.compile(r"^\| `([^`]+)` \| (.*?) \| (.*?) \| (.*?) \| (.*) \|$")


def configuration_reference(present: str) -> str:
    """``docs/configuration.md`` with its tables made anew; the meanings, and the text around the tables, are kept."""
    found = [match.groups() for match in map(_ROW.match, present.splitlines()) if match]
    meanings = {key: meaning for key, _, _, _, meaning in found}
    tables: dict[str, list[str]] = {}
    for key, kind, default, variable in settings():
        shown = f"`{variable}`" if variable else ""
        row = f"| `{key}` | {kind} | {default} | {shown} | {meanings.get(key, '')} |"
        tables.setdefault(re.split(r"[.\[]", key)[0], []).append(row)
    text = present
    for section, rows in tables.items():
        table = "\n".join(["| Key | Type | Default | Environment variable | Meaning |", "|---|---|---|---|---|", *rows])
        heading = f"## {section}\n\n"
        assert heading in text, f"docs/configuration.md has no heading '## {section}'"
        before, after = text.split(heading, 1)
        own, *rest = re.split(r"(?m)^(?=## )", after, maxsplit=1)
        own = re.sub(r"(?m)^\|.*\n", "", own).strip()
        text = f"{before}{heading}{own}\n\n{table}\n\n{''.join(rest)}".rstrip() + "\n"
    return text


# The terminal session of the README

_SESSION = re.compile(r"(?s)(<!-- session -->\n```\n)(.*?)(```\n)")


def session(present: str) -> str:
    """The README with the output of its terminal session made anew."""
    found = _SESSION.search(present)
    assert found, "README.md has no session"
    lines = [line for line in found[2].splitlines() if line.startswith("$ ")]
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(ENV_PREFIX)}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "watchlist").symlink_to(ROOT / "watchlist")
        bin = Path(folder) / "bin"
        bin.mkdir()
        (bin / "watchlist").write_text(f"#!{sys.executable}\nfrom watchlist.cli import main\nmain()\n")
        (bin / "watchlist").chmod(0o755)
        environment = {**kept, "PATH": f"{bin}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
        shown = []
        for line in lines:
            done = subprocess.run(
                ["bash", "-c", line[2:]], cwd=folder, env=environment, capture_output=True, text=True, check=True
            )
            shown.append(f"{line}\n{done.stdout}")
    return present[: found.start(2)] + "\n".join(shown) + present[found.end(2) :]


# The tests


def test_the_command_reference_is_in_step() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == command_reference()


def test_every_option_has_a_help_text() -> None:
    missing = [
        f"{name} {parameter.name}"
        for name, command in commands()
        for parameter in command.params
        if parameter.param_type_name == "option" and not parameter.help
    ]
    assert missing == []


def test_the_configuration_reference_is_in_step() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    assert text == configuration_reference(text)


def test_every_setting_has_a_meaning() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    rows = {match[1]: match[5] for match in map(_ROW.match, text.splitlines()) if match}
    assert [key for key, *_ in settings() if not rows.get(key, "").strip()] == []


def test_environment_variables_named_in_the_pages_exist() -> None:
    known = {variable for *_, variable in settings() if variable} | {f"{ENV_PREFIX}CONFIG", f"{ENV_PREFIX}BENCH"}
    known |= {ENV_PREFIX + key.split(".")[0].split("[")[0].upper() for key, *_ in settings()}
    for page in PAGES:
        for variable in re.findall(rf"\b{ENV_PREFIX}[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")):
            assert variable in known, f"{page.name}: {variable}"


def test_the_session_in_the_readme_is_what_the_program_says() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == session(text)


#: Click's class, of which typer exports only this subclass.
UsageError: Any = typer.BadParameter.__base__

#: Where a command line begins: with the line, a prompt, a path, a pipe, or what a unit file says; not in a comment.
_CALL = re.compile(r"^[^#]*?(?:^|\$ |/bin/|[|;&] ?|[A-Z_]+=\S+ )watchlist (?=[a-z-])")


def shown_commands(page: Path) -> Iterator[tuple[list[str], bool]]:
    """The arguments of every ``watchlist`` command line in a page, and whether it stands in a code block."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^ *```\w*\n(.*?)^ *```", text)
    words = re.findall(r"`(watchlist [^`]+)`", re.sub(r"(?ms)^ *```.*?^ *```", "", text).replace("\n", " "))
    lines = [(line.strip(), True) for block in blocks for line in block.splitlines()] + [
        (word, False) for word in words
    ]
    for line, in_block in lines:
        if found := _CALL.search(line):
            tokens = shlex.split(line[found.end() :], comments=True)
            end = next(
                (n for n, each in enumerate(tokens) if each in ("|", ">", ">>", "2>", "&&", "||", ";", "<")), None
            )
            yield tokens[:end], in_block


def parse(arguments: list[str]) -> None:
    """Raise click's usage error for a command line that the program would refuse."""
    command: Any = typer.main.get_command(app)
    name, parent = "watchlist", None
    while True:
        context = command.make_context(name, list(arguments), parent=parent)
        rest = [*getattr(context, "_protected_args", []), *context.args]
        if not rest:
            return
        with context:
            name, command, arguments = command.resolve_command(context, rest)
        parent = context


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "commands.md"], ids=lambda page: page.name)
def test_every_command_line_shown_is_one_the_program_takes(page: Path) -> None:
    faults = []
    for arguments, in_block in shown_commands(page):
        try:
            parse(arguments)
        except typer.Exit:
            continue
        except UsageError as error:
            # In a sentence the bare command is a way of speaking of it.
            if in_block or type(error).__name__ not in ("MissingParameter", "NoArgsIsHelpError"):
                faults.append(f"watchlist {' '.join(arguments)}: {error!r}")
    assert faults == []


def test_there_are_command_lines_to_check() -> None:
    found = {tuple(arguments) for page in PAGES for arguments, _ in shown_commands(page)}
    assert len(found) > 30
    assert ("run", "--once") in found
    assert ("--config", "/srv/watchlist/config.yaml", "run", "--once") in found
    for wrong in (["lists", "sync", "--nonsense"], ["lists", "snyc"], ["alerts", "show", "first"]):
        with pytest.raises(UsageError):
            parse(wrong)


#: What stands in backticks in a sentence and looks like a path: folders by their slash, files by an ending of ours.
_PATH = re.compile(r"(?:\w[\w.-]*/)+(?:[\w-][\w.-]*\.(?:py|md|toml|yaml|tsv|txt|csv|html|xml))?|\w+\.py")
#: What the pages let the reader make.
EXAMPLES = ("forms/jp/", "transports/chat.py")


@pytest.fixture(scope="module")
def paths() -> frozenset[str]:
    """Every file and folder of the repository, and every end of its path: pages leave out where a room stands."""
    tops = [each for each in ROOT.iterdir() if not each.name.startswith(".")]
    files = [file.relative_to(ROOT) for top in tops for file in (top, *top.rglob("*")) if file.is_file()]
    found = set()
    for file in files:
        for path, slash in [(file, ""), *((folder, "/") for folder in file.parents[:-1])]:
            found |= {"/".join(path.parts[start:]) + slash for start in range(len(path.parts))}
    return frozenset(found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_named_in_the_pages_exists(page: Path, paths: frozenset[str]) -> None:
    text = re.sub(r"(?ms)^ *```.*?^ *```", "", page.read_text(encoding="utf-8"))
    named = [each for each in re.findall(r"`([^`\n]+)`", text) if _PATH.fullmatch(each)]
    lost = [each for each in named if each not in paths and not any(example in each for example in EXAMPLES)]
    assert lost == []


def test_the_layout_in_contributing_is_true(paths: frozenset[str]) -> None:
    """Each folder and module that the tree shows exists."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tree = re.search(r"(?ms)^## Layout\n.*?^```\n(.*?)^```", text)
    assert tree, "CONTRIBUTING.md has no layout"
    named = [word for word in re.split(r"[\s,;]+", tree[1]) if _PATH.fullmatch(word)]
    assert len(named) > 10
    assert [each for each in named if each not in paths] == []


def test_a_path_is_known_by_its_end_and_no_other_way(paths: frozenset[str]) -> None:
    assert {
        "watchlist/pipeline.py",
        "pipeline.py",
        "language/packs/en/words.tsv",
        "matching/language/",
        "docs/",
    } <= paths
    assert {"watchlist/words.tsv", "ine.py", "matching/nowhere.py", "nowhere/"}.isdisjoint(paths)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    text = re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        aimed = (page.parent / path) if path else page
        assert aimed.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"(?m)^#+ (.*)$", aimed.read_text(encoding="utf-8"))
            assert anchor in [re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings], target


def test_every_page_is_linked_from_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [page.name for page in DOCS.glob("*.md") if f"(docs/{page.name})" not in text] == []


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(f"usage: python {sys.argv[0]} --write")
    (DOCS / "commands.md").write_text(command_reference(), encoding="utf-8")
    page = DOCS / "configuration.md"
    page.write_text(configuration_reference(page.read_text(encoding="utf-8")), encoding="utf-8")
    README.write_text(session(README.read_text(encoding="utf-8")), encoding="utf-8")
