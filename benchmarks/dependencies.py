"""Print what each dependency costs: its size on disk and the time its import takes, as a table in Markdown.

    python -m benchmarks.dependencies [--extras demo,postgres,xlsx] [--repeat 7]

The dependencies are those of pyproject.toml. "With its own" counts a dependency together with those packages that no
other needs: what the environment would shrink by without it and without those that bring it too. What is imported are
the statements by which the project's modules import it, all together in a fresh interpreter, as ``-X importtime``
counts them; the share is that of starting an interpreter that imports nothing. What is not installed is left out.
"""

from __future__ import annotations

import argparse
import ast
import functools
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
#: A line of -X importtime: the module's own microseconds, those with what it imports, the module, indented by depth.
_IMPORTED = re.compile(r"^import time:\s+(\d+) \|\s+(\d+) \| ?(\s*)(\S+)$", re.MULTILINE)
#: The last module that every interpreter imports by itself.
_LAST_OF_START = "site"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one dependency takes; times in milliseconds, sizes in bytes."""

    name: str
    version: str
    extra: str
    size: int
    #: What nothing else needs, itself left out.
    own: tuple[str, ...]
    #: Other dependencies of the project that bring it as well.
    brought_by: tuple[str, ...]
    size_with_own: int
    #: None for what the project runs rather than imports.
    import_ms: float | None


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--extras", default="demo,postgres,xlsx", help="the optional dependencies to count, by comma")
    options.add_argument("--repeat", type=int, default=7, help="imports of each; the quickest counts")
    chosen = options.parse_args()
    start = bare_start(chosen.repeat)
    print(f"Python {sys.version.split()[0]}, which starts in {start:.0f} ms.\n")
    print("| dependency | version | extra | MB | MB with its own | its own | comes with | import, ms | x start |")
    print("|---|---|---|---:|---:|---|---|---:|---:|")
    for cost in costs(frozenset(filter(None, chosen.extras.split(","))), chosen.repeat):
        took, share = ("", "") if cost.import_ms is None else (f"{cost.import_ms:.0f}", f"{cost.import_ms / start:.1f}")
        print(
            f"| {cost.name} | {cost.version} | {cost.extra} | {megabytes(cost.size)} | {megabytes(cost.size_with_own)}"
            f" | {', '.join(cost.own)} | {', '.join(cost.brought_by)} | {took} | {share} |"
        )


def costs(extras: frozenset[str], repeat: int) -> Iterator[Cost]:
    """What each dependency of the project and of these of its extras takes, in the order of pyproject.toml."""
    wanted = [(each, extra) for each, extra in requirements() if not extra or extra in extras]
    wanted = [(each, extra) for each, extra in wanted if is_installed(each.name)]
    reached = {plain(each.name): closure(each) for each, _ in wanted}
    statements = imports(ROOT / "watchlist")
    for each, extra in wanted:
        name = plain(each.name)
        others = frozenset().union(*(names for names in reached.values() if name not in names))
        own = sorted(reached[name] - others - {name})
        size = size_of(name)
        yield Cost(
            name=each.name,
            version=metadata.version(each.name),
            extra=extra,
            size=size,
            own=tuple(own),
            brought_by=tuple(other for other, names in reached.items() if name in names and other != name),
            size_with_own=size + sum(size_of(other) for other in own),
            import_ms=import_time(statements_for(name, statements), repeat),
        )


def requirements() -> Iterator[tuple[Requirement, str]]:
    """What pyproject.toml asks for, each with the name of the extra it belongs to, or an empty one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"": project["dependencies"], **project.get("optional-dependencies", {})}
    for extra, texts in groups.items():
        for text in texts:
            yield Requirement(text), extra


def closure(wanted: Requirement) -> frozenset[str]:
    """The names of all installed distributions that a requirement brings, its own included."""
    met: set[tuple[str, frozenset[str]]] = set()
    waiting = [wanted]
    while waiting:
        each = waiting.pop()
        key = (plain(each.name), frozenset(each.extras))
        if key in met or not is_installed(each.name):
            continue
        met.add(key)
        for text in metadata.requires(each.name) or ():
            needed = Requirement(text)
            marker = needed.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *each.extras)):
                waiting.append(needed)
    return frozenset(name for name, _ in met)


@functools.cache
def size_of(name: str) -> int:
    """The bytes of all files that the installation of a distribution recorded, compiled modules included."""
    paths = (Path(str(each.locate())) for each in metadata.files(name) or ())
    return sum(path.stat().st_size for path in paths if path.is_file())


def imports(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Every statement that imports something, by the package it is imported from, once each."""
    found: dict[str, dict[str, None]] = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            modules = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for module in modules:
                found.setdefault(module.partition(".")[0], {})[ast.unparse(node)] = None
    return {package: tuple(statements) for package, statements in found.items()}


def statements_for(name: str, statements: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """How the project imports a distribution; by its packages, where only another library imports it."""
    packages = sorted(
        package
        for package, names in metadata.packages_distributions().items()
        if name in {plain(each) for each in names} and package.isidentifier() and not package.startswith("_")
    )
    used = [statement for package in packages for statement in statements.get(package, ())]
    return tuple(used or [f"import {package}" for package in packages])


def import_time(statements: Iterable[str], repeat: int) -> float | None:
    """Milliseconds of the imports together: the least of as many fresh interpreters; None where one fails."""
    code = "\n".join(statements)
    if not code:
        return None
    times = []
    for _ in range(repeat):
        done = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True)
        if done.returncode:
            return None
        found = [(int(cumulative), indent, name) for _, cumulative, indent, name in _IMPORTED.findall(done.stderr)]
        first = next(place for place, (_, _, name) in enumerate(found) if name == _LAST_OF_START) + 1
        # Those without indentation stand for all that they import.
        times.append(sum(cumulative for cumulative, indent, _ in found[first:] if not indent) / 1000)
    return min(times)


def bare_start(repeat: int) -> float:
    """Milliseconds in which an interpreter starts and ends: the least of several."""
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


def is_installed(name: str) -> bool:
    """Whether a distribution is there."""
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def plain(name: str) -> str:
    """A distribution's name as all of its spellings come out."""
    return re.sub(r"[-_.]+", "-", name).lower()


def megabytes(size: int) -> str:
    """A size as the table shows it."""
    return f"{size / 1_000_000:.1f}"


if __name__ == "__main__":
    main()
