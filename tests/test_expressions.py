"""No regular expression of the package takes more than in proportion to what it is given.

Each one is fed what it finds hardest, more and more of it, and the CPU time is compared: see `tests.pumping`.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import watchlist
from tests.growth import grows_too_fast
from tests.pumping import ENDS, pumps

PACKAGE = Path(watchlist.__file__).parent
_METHODS = frozenset({"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})

#: What runs on foreign text that is short by the code's own doing, and how long that is, in characters. Of these the
#: time at that length is held, and not how it grows.
BOUNDED: dict[str, int] = {
    # `read_date` takes no more.
    "watchlist.feeds.reading.dates": 100,
    "watchlist.feeds.reading.months": 100,
    # Looked for before the first entry, in so much of a document at most.
    "watchlist.feeds.hints": 30_000,
    # Addresses: `_LONGEST`.
    "watchlist.news.urls": 2000,
    # The end of a text.
    "watchlist.news.full_text": 500,
    "watchlist.news.wording": 200,
    # What an operator writes, on the command line or in a file of his own.
    "watchlist.config.values": 1000,
    "watchlist.config.reading": 1000,
    "watchlist.delivery.transports.email": 1000,
}
#: Long lists of words give hundreds of pumps that are alike.
MOST_PUMPS = 30
#: Rooms whose expressions are not held to it: those of matching have a test of their own.
ELSEWHERE = ("watchlist.matching",)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def _inline(tree: ast.Module) -> Iterator[tuple[int, re.Pattern[Any], str]]:
    """The expressions that stand where they are used: ``re.sub("...", ...)``."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                args=[ast.Constant(value=str() | bytes() as text), *_],
            ) if method in _METHODS:
                flags = [each.value.attr for each in node.keywords if isinstance(each.value, ast.Attribute)]
                yield node.lineno, re.compile(text, sum(getattr(re, flag) for flag in flags)), method


def _patterns(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 4:
        for pair in value.items():
            yield from _patterns(pair, depth + 1)
    elif isinstance(value, tuple | list | set | frozenset) and depth < 4:
        for each in value:
            yield from _patterns(each, depth + 1)


def _methods(tree: ast.Module, name: str) -> set[str]:
    """How a module uses a name: ``_NAME.sub(...)``; by all methods where that cannot be seen."""
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }
    return used & _METHODS or {"search", "fullmatch"}


@cache
def _of_module(module: str) -> list[tuple[str, re.Pattern[Any], set[str]]]:
    """Place, expression and how it is used, for each that stands in a module."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    found = [(f"{module}:{line}", pattern, {method}) for line, pattern, method in _inline(tree)]
    names = {target.id for node in tree.body for target in _targets(node)}
    if not any(isinstance(node, ast.Attribute) and node.attr == "compile" for node in ast.walk(tree)):
        return found
    loaded = importlib.import_module(module)
    for name in sorted(names):
        for pattern in _patterns(getattr(loaded, name, None)):
            found.append((f"{module}.{name}", pattern, _methods(tree, name)))
    return found


def _targets(node: ast.stmt) -> list[ast.Name]:
    match node:
        case ast.Assign(targets=targets):
            return [each for each in targets if isinstance(each, ast.Name)]
        case ast.AnnAssign(target=ast.Name() as target):
            return [target]
    return []


def _modules() -> dict[str, Path]:
    """The modules that may hold an expression, told by their text alone: parsing each would delay every other test."""
    modules = {_module(path): path for path in sorted(PACKAGE.rglob("*.py"))}
    return {
        module: path
        for module, path in modules.items()
        if not module.startswith(ELSEWHERE)
        and module != "watchlist.__main__"
        and re.search(r"\bre\.|\.compile\b", path.read_text(encoding="utf-8"))
    }


MODULES = _modules()


def _seconds(pattern: re.Pattern[Any], method: str, text: str) -> float:
    given = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    started = time.process_time()
    if method in ("sub", "subn"):
        pattern.sub(b"" if isinstance(given, bytes) else "", given)
    elif method == "finditer":
        for _ in pattern.finditer(given):
            pass
    else:
        getattr(pattern, method)(given)
    return time.process_time() - started


def _explodes(pattern: re.Pattern[Any], method: str, before: str, part: str, end: str) -> bool:
    """Whether two more repetitions take four times as long again and again; found before it takes seconds."""
    return any(_seconds(pattern, method, before + part * count + end) > 0.1 for count in (16, 20, 22, 24))


def slow(pattern: re.Pattern[Any], method: str, bound: int | None = None) -> str | None:
    """What an expression takes too long with, in words; None if with nothing."""
    for before, part in islice(pumps(pattern), MOST_PUMPS):
        for end in ENDS:
            if _explodes(pattern, method, before, part, end):
                return f"takes for ever with {before!r}, then {part!r} again and again, then {end!r}"
            if bound is not None:
                text = (before + part * (bound // len(part) + 1))[: bound - len(end)] + end
                if min(_seconds(pattern, method, text) for _ in range(2)) > 0.2:
                    return f"takes too long with {bound} characters of {before!r}, {part!r}, {end!r}"
                continue
            size = max(1, 3000 // len(part))
            if _seconds(pattern, method, before + part * size + end) < 0.002:
                # So quick that it cannot be much worse than linear: ten million steps take longer.
                continue
            found = grows_too_fast(
                lambda count, before=before, part=part, end=end: _seconds(pattern, method, before + part * count + end),
                size // 4,
            )
            if found is not None:
                return f"{found} of {before!r}, then {part!r} again and again, then {end!r}"
    return None


@pytest.mark.parametrize("module", MODULES)
def test_expressions_take_time_in_proportion_to_their_text(module: str) -> None:
    bad = [
        f"{place} ({method}): {found}"
        for place, pattern, methods in _of_module(module)
        for method in sorted(methods)
        if (found := slow(pattern, method, BOUNDED.get(module))) is not None
    ]
    assert not bad, "\n".join(bad)


def test_they_are_found() -> None:
    found = [len(_of_module(module)) for module in MODULES]
    assert sum(map(bool, found)) > 30
    assert sum(found) > 90


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        # What was in the package once: 24 comments took for ever.
        pytest.param(r"(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<channel\b", "again and again", marks=pytest.mark.thorough),
        (r"(?:a+)+b", "for ever"),
        pytest.param(r"<textinput(?:[^>]*[^>/])?>", "again and again", marks=pytest.mark.thorough),
        (r"\s+$", "again and again"),
    ],
)
@pytest.mark.thorough
def test_what_is_slow_is_found(expression: str, text: str) -> None:
    assert text in (slow(re.compile(expression, re.DOTALL), "search") or "")


@pytest.mark.parametrize("expression", [r"(?<!\s)\s++$", r"[a-z]{1,9}:", r"(?<!\w)\w++:", r"<!--|-->", r"ab?c"])
def test_what_is_not_slow_is_not_found(expression: str) -> None:
    assert slow(re.compile(expression, re.DOTALL), "search") is None
