"""The rules of the house that a program can check. What breaks one is printed with its place."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

import pytest

import watchlist

PACKAGE = Path(watchlist.__file__).parent
ROOT = PACKAGE.parent
TESTS = ROOT / "tests"

MODULES = sorted(PACKAGE.rglob("*.py"))
#: The folders under watchlist/ that hold code.
ROOMS = sorted({module.parent for module in MODULES})

MOST_LINES = 400
MOST_MEDIAN = 120
MOST_MODULES = 14
LEAST_MODULES = 4
#: The folders whose rooms may hold fewer: an authority has as many forms as it has.
MAY_HOLD_SMALL = ("watchlist/lists/forms",)
#: Class names that may stand in several modules, since each says the same of its own.
MAY_STAND_TWICE: frozenset[str] = frozenset()

#: What takes long to import, and `--help` does without.
SLOW = ("sqlalchemy", "alembic", "httpx", "pydantic_settings", "yaml", "numpy", "rapidfuzz", "feedparser", "lxml")


def place(path: Path) -> str:
    """A path as it is shown."""
    return path.relative_to(ROOT).as_posix()


def require_none(offenders: Iterable[str], rule: str) -> None:
    """Fail with all that break a rule, a line each."""
    lines = sorted(offenders)
    assert not lines, "\n  ".join([rule, *lines])


def test_imports_run_one_way() -> None:
    """The contracts are in pyproject.toml, and so is what each is for."""
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 broken" in checked.stdout


def test_no_module_is_past_400_lines() -> None:
    assert len(MODULES) > 50
    long = (f"{place(module)}: {length}" for module, length in lengths().items() if length > MOST_LINES)
    require_none(long, f"a module has {MOST_LINES} lines at most; it wants to be split")


def test_half_of_the_modules_are_short() -> None:
    """``__init__`` modules, which say what a room is for, do not count."""
    found = median(length for module, length in lengths().items() if module.name != "__init__.py")
    assert found < MOST_MEDIAN, f"the median of the modules' lines is {found:g}; it is to be under {MOST_MEDIAN}"


def lengths() -> dict[Path, int]:
    return {module: len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}


def test_no_room_holds_too_much() -> None:
    crowded = (f"{place(room)}: {count}" for room, count in modules_of_rooms().items() if count > MOST_MODULES)
    require_none(crowded, f"a folder holds {MOST_MODULES} modules at most; what belongs together wants a room")


def test_no_room_holds_too_little() -> None:
    """A folder of few modules is one more to open; a folder below it counts as a module."""
    counts = modules_of_rooms()
    for room in ROOMS:
        if room != PACKAGE:
            counts[room.parent] += 1
    small = (
        f"{place(room)}: {count}"
        for room, count in counts.items()
        if count < LEAST_MODULES and place(room.parent) not in MAY_HOLD_SMALL
    )
    require_none(small, f"a folder holds {LEAST_MODULES} modules at least, with `__init__`; these belong next door")


def modules_of_rooms() -> Counter[Path]:
    return Counter(module.parent for module in MODULES)


def test_every_room_says_what_lives_in_it() -> None:
    """In two sentences or more: what lives there, and what may not."""
    silent = []
    for room in ROOMS:
        text = " ".join((ast.get_docstring(tree(room / "__init__.py")) or "").split())
        if len(re.findall(r"[.?!](?=\s|$)", text)) < 2:
            silent.append(f"{place(room)}: {text or 'nothing'}")
    require_none(silent, "the docstring of an `__init__` says in two sentences what lives there and what may not")


def test_tests_mirror_the_rooms() -> None:
    """A folder under tests/ has the path of the folder under watchlist/ that it tests."""
    folders = {module.parent.relative_to(TESTS) for module in TESTS.rglob("*.py")}
    lost = (f"tests/{folder.as_posix()}" for folder in folders if PACKAGE / folder not in {*ROOMS, PACKAGE})
    require_none(lost, "a folder of tests is called as the folder under watchlist/ that it tests")


def test_no_two_classes_have_one_name() -> None:
    """One idea, one name. A private class counts too, for it is read like any other."""
    found: dict[str, list[str]] = defaultdict(list)
    for module in MODULES:
        for node in classes(module):
            found[node.name].append(f"{place(module)}:{node.lineno}")
    twice = (
        f"{name}: {', '.join(places)}"
        for name, places in found.items()
        if len(places) > 1 and name not in MAY_STAND_TWICE
    )
    require_none(twice, "two classes have one name; one of them is another idea, or both are one class")


def classes(module: Path) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef))


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", ["watchlist", "benchmarks", "scripts"])
def test_no_type_is_ignored(folder: str) -> None:
    ignored = (
        f"{place(module)}:{number}: {line.strip()}"
        for module in (ROOT / folder).rglob("*.py")
        for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#\s*(type:\s*ignore|mypy:)", line)
    )
    require_none(ignored, "what the type checker cannot follow wants another shape")


def test_no_expression_repeats_a_group_possessively() -> None:
    """Before 3.11.5, Python takes too much where what repeats may have to go back: ``(?:'\\w++)*+`` took a space.

    ``(?>(?:...)*)`` says the same and is right in every version.
    """
    repeated = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\}{1,2})\+")
    assert not [
        f"{place(module)}: {line.strip()}"
        for module in MODULES
        for line in module.read_text(encoding="utf-8").splitlines()
        if repeated.search(line)
    ]


def test_help_imports_nothing_that_is_slow() -> None:
    code = (
        "import contextlib, io, sys\n"
        "from watchlist.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()) as shown, contextlib.suppress(SystemExit):\n"
        "    main(['--help'])\n"
        "assert 'entities' in shown.getvalue()\n"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {module.partition(".")[0] for module in ran.stdout.split()}.isdisjoint(SLOW)


#: What a look at the database and the configuration does without.
NOT_FOR_A_LOOK = (
    "alembic",
    "chardet",
    "css_inline",
    "feedparser",
    "httpcore",
    "httpx",
    "jinja2",
    "lxml",
    "numpy",
    "prometheus_client",
    "protego",
    "py3langid",
    "pydantic_settings",
    "rapidfuzz",
    "structlog",
    "tenacity",
    "trafilatura",
)


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "alerts list",
        *(pytest.param(f"{each} list", marks=pytest.mark.thorough) for each in ("feeds", "faults")),
    ],
)
def test_a_look_loads_nothing_that_works(command: str, sqlite_database: str, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom watchlist.cli import main\n"
        f"try: main(['--database', {sqlite_database!r}, *{command.split()!r}])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ran.stdout, ran.stderr
    loaded = {module.partition(".")[0] for module in ran.stderr.split()}
    assert "watchlist" in loaded
    assert loaded.isdisjoint(NOT_FOR_A_LOOK), loaded & {*NOT_FOR_A_LOOK}
    # Colours are for a terminal, and this is none; the cards of alerts are made with them in any case.
    assert "rich" not in loaded or command == "alerts list"


def test_importing_the_package_imports_none_of_its_parts() -> None:
    code = "import sys, watchlist; print(*(m for m in sys.modules if m.startswith('watchlist')))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["watchlist"]
