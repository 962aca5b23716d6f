"""Are the cases right that were made from bug reports of other programs?

    python -m benchmarks.reported [--data FOLDER] [--errors N]

Small inputs by kind, each with a list of its own: a text, and in which band who is to be found in it; or two names,
and whether they are one. Guards are right already and have to stay so. What the page holds beside them (feeds, pages,
lists, mail) is told as not run: those have tests where the code is.

Wanted: all, guards too. The tests hold floors.
"""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asked import Asked, answer
from benchmarks.labelled import found_in, reading
from watchlist.config import MatchingConfig
from watchlist.lists.forms.generic.csv import read_generic_csv
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.match import match_names
from watchlist.model import Article, Entity, Schema

_LIST = re.compile(r"^```csv\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: A quoted text, a remark in brackets, and what is right of it, up to the next text or what came of it.
_TEXT = re.compile(r"“([^”]*)”(?: \([^)]*\))? → ((?:(?! \(got )[^“])*)")
_BAND = r"(?:alert|review|none)"
_WANTED = re.compile(rf"(?:(\w+): )?({_BAND}(?:(?:\||\sor\s){_BAND})*)")
_MATCH = re.compile(r"^- (\(guard\) )?`watchlist match (.+?)` → (one|two)", re.MULTILINE)
#: From nothing to the most.
_BANDS = ("none", "review", "alert")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation, and what came of it."""

    kind: str
    guard: bool
    right: bool
    #: What was tried, wanted and got, for reading.
    told: str


def outcomes(page: str) -> tuple[list[Outcome], list[str]]:
    """Every expectation of a page of cases, tried; and the headings of sections that hold none that can be run."""
    tried: list[Outcome] = []
    idle = []
    for block in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        kind = re.split(r"[:\n]", block, maxsplit=1)[0]
        found = [*_texts(kind, block), *_pairs(kind, block)]
        tried += found
        if not found:
            idle.append(kind)
    return tried, idle


def _texts(kind: str, block: str) -> Iterator[Outcome]:
    """The texts of a section, screened with its list."""
    listed = _LIST.search(block)
    if listed is None:
        return
    entities = list(read_generic_csv("b", io.BytesIO(listed[1].encode())))
    engine = Engine(compile_index(entities, {"b": "1"}), MatchingConfig())
    for line in block.splitlines():
        if line.startswith("- "):
            for text, wanted in _TEXT.findall(line):
                yield from _screened(kind, "(guard)" in line, engine, entities, (text, wanted))


def _screened(
    kind: str, guard: bool, engine: Engine, entities: list[Entity], case: tuple[str, str]
) -> Iterator[Outcome]:
    text, wanted = case
    found = found_in(engine, Article("reported", "", text))
    for named, bands in _WANTED.findall(wanted):
        # Where a list has one entity, or it does not matter which, none is named.
        ids = [named] if named else [entity.source_id for entity in entities]
        got = max((found[id].band.value if id in found else "none" for id in ids), key=_BANDS.index)
        read = "; ".join(reading(found[id]) for id in ids if id in found)
        right = got in re.split(r"\||\sor\s", bands)
        yield Outcome(kind, guard, right, f"“{text}” → {named} {bands}, got {got} {read}".rstrip())


def _pairs(kind: str, block: str) -> Iterator[Outcome]:
    """The pairs of names of a section, compared."""
    for guard, command, wanted in _MATCH.findall(block):
        name1, name2, *options = shlex.split(command)
        schema = Schema(options[options.index("--schema") + 1]) if "--schema" in options else None
        match = match_names(name1, name2, schema)
        told = f"{name1} | {name2} → {wanted}, got {match.score}"
        yield Outcome(kind, bool(guard), match.predicted == (wanted == "one"), told)


def reported(shared: Path) -> tuple[list[Outcome], list[str]]:
    """The outcomes of the page of the trial data, and what of it is not run."""
    return outcomes((shared / "bench/reported_cases.md").read_text(encoding="utf-8"))


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print how many are right, by kind, and some of those that are not."""
    tried, idle = reported(shared)
    cases, guards = [each for each in tried if not each.guard], [each for each in tried if each.guard]
    print(
        f"reported cases  {sum(each.right for each in cases)} of {len(cases)} right,"
        f" guards {sum(each.right for each in guards)} of {len(guards)}; not run: {', '.join(idle)}"
    )
    for kind in dict.fromkeys(each.kind for each in tried):
        of_kind = [each for each in cases if each.kind == kind]
        if wrong := sum(not each.right for each in of_kind):
            print(f"  {kind:28s} {len(of_kind) - wrong} of {len(of_kind)}")
    for each in [each for each in sorted(tried, key=lambda each: not each.guard) if not each.right][: asked.errors]:
        print(f"  {'guard' if each.guard else 'case'} {each.kind}: {each.told}")


if __name__ == "__main__":
    answer(__doc__, show)
