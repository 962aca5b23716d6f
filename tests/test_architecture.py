"""The rules of the house that a program can check."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import watchlist

PACKAGE = Path(watchlist.__file__).parent
ROOT = PACKAGE.parent

#: What takes long to import, and `--help` does without.
SLOW = ("sqlalchemy", "alembic", "httpx", "pydantic_settings", "yaml", "numpy", "rapidfuzz", "feedparser", "lxml")


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
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert len(lengths) > 50
    assert {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > 400} == {}


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


def test_importing_the_package_imports_none_of_its_parts() -> None:
    code = "import sys, watchlist; print(*(m for m in sys.modules if m.startswith('watchlist')))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["watchlist"]
