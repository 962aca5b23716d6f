"""What docstrings and comments name in backticks is there: a module by its path or the end of it, a name by itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import watchlist

PACKAGE = Path(watchlist.__file__).parent

#: `name` or `module.name`, but not ``literal``.
_REFERENCE = re.compile(r"(?<!`)`([A-Za-z_][\w.]*)`(?!`)")


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """The text of each module by its full name."""
    return {module_of(path): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


@pytest.fixture(scope="module")
def names(sources: dict[str, str]) -> frozenset[str]:
    """Everything that has a name anywhere in the package, and every word that a literal consists of."""
    found: set[str] = set()
    for source in sources.values():
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name):
                    found.add(name)
                case ast.Attribute(attr=name) | ast.arg(arg=name):
                    found.add(name)
                case ast.alias(name=name):
                    found.add(name.rpartition(".")[2])
                case ast.Constant(value=str(text)) if text.isidentifier():
                    found.add(text)
    return frozenset(found)


def is_there(reference: str, sources: dict[str, str], names: frozenset[str]) -> bool:
    ends = [name for name in sources if name == reference or name.endswith("." + reference)]
    if ends or reference in names:
        return True
    owner, _, name = reference.rpartition(".")
    modules = [source for module, source in sources.items() if owner and f".{module}".endswith("." + owner)]
    if modules:
        return any(re.search(rf"\b{name}\b", source) for source in modules)
    return owner.rpartition(".")[2] in names and name in names


def test_what_is_named_in_backticks_is_there(sources: dict[str, str], names: frozenset[str]) -> None:
    lost = [
        f"{module}:{number}: {reference}"
        for module, source in sources.items()
        for number, line in enumerate(source.splitlines(), 1)
        for reference in _REFERENCE.findall(line)
        if not is_there(reference, sources, names)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("reference", "there"),
    [
        ("news.arrivals", True),
        ("arrivals.decide", True),
        ("Store.upgrade", True),
        ("wording.no_such_thing", False),
        ("no_such_module", False),
        ("feeds.network", False),
    ],
)
def test_a_reference_is_known_by_its_end(
    reference: str, there: bool, sources: dict[str, str], names: frozenset[str]
) -> None:
    assert is_there(reference, sources, names) is there
