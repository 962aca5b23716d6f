"""The folder that a run writes to: how it begins, is taken up again, and whether it is at its end."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from watchlist.archive.layout import ARTICLES, ASIDE, INDEX, PARTS, RUN, SUMMARY
from watchlist.archive.reading.inputs import InputFile, InputKind, Packing
from watchlist.archive.screener import ScreeningPlan
from watchlist.errors import UsageError

REPEATS: Final = "_repeats"
FINISHING: Final = "_finishing"
_LOCK: Final = "_lock"
#: The form of the run's own file and of its parts.
_FORM: Final = 2


@dataclass(frozen=True, slots=True)
class ArchiveRun:
    """What a run does; all of it is kept in its folder, so that it can be taken up again as the same."""

    engine: str
    inputs: tuple[InputFile, ...]
    plan: ScreeningPlan
    piece_bytes: int
    #: What is looked for, in words, and as the user put it, which may be "since seven days ago"; empty for everything.
    sought: str
    asked: str
    started_at: str


class RunFolder:
    """The output of one run, on this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts = path / PARTS
        self.index = path / INDEX
        self.repeats = path / REPEATS
        self.finishing = path / FINISHING
        self.summary = path / SUMMARY

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder alone; raises UsageError while another process does. A finished one keeps no trace of it."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UsageError(f"{self.path}: another run writes there just now") from error
            try:
                yield
            finally:
                if self.is_finished:
                    (self.path / _LOCK).unlink(missing_ok=True)

    @property
    def is_finished(self) -> bool:
        """Whether everything is done."""
        return self.summary.exists()

    def require_fresh(self) -> None:
        """Raise UsageError where there is something that a new run would mix with."""
        if self.is_finished or (self.path / RUN).exists():
            raise UsageError(f"{self.path}: there is a run already: --resume takes it up, or name another folder")
        strange = [each.name for each in self.path.iterdir() if not each.name.startswith("_")]
        if strange:
            raise UsageError(f"{self.path}: is not empty ({min(strange)}): name another folder")

    def begin(self, run: ArchiveRun) -> None:
        """Keep what the run does; the index must be there already."""
        self.parts.mkdir(exist_ok=True)
        plain = {"form": _FORM, **asdict(run), "plan": _plan_to_plain(run.plan)}
        write_json(self.path / RUN, plain)

    def begun(self) -> ArchiveRun | None:
        """What the run does that began here; None where none did, or it was stopped before it had begun."""
        try:
            plain = json.loads((self.path / RUN).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise UsageError(f"{self.path / RUN}: cannot be read ({error}): begin again in another folder") from error
        if plain.get("form") != _FORM:
            raise UsageError(f"{self.path}: was begun by another version of the program: begin in another folder")
        sought = plain["plan"]["sought"]
        return ArchiveRun(
            engine=plain["engine"],
            inputs=tuple(
                InputFile(**{**each, "kind": InputKind(each["kind"]), "packing": Packing(each["packing"])})
                for each in plain["inputs"]
            ),
            plan=ScreeningPlan(plain["plan"]["matching"], None if sought is None else frozenset(sought)),
            piece_bytes=plain["piece_bytes"],
            sought=plain["sought"],
            asked=plain["asked"],
            started_at=plain["started_at"],
        )

    def clear_unfinished(self) -> None:
        """Take away what a run that was killed left half done, its parts aside."""
        for each in self.path.glob("date=*"):
            shutil.rmtree(each)
        for name in (ARTICLES, ASIDE, FINISHING, REPEATS):
            shutil.rmtree(self.path / name, ignore_errors=True)
        for each in self.parts.glob(".*"):
            each.unlink()

    def clear_finished(self) -> None:
        """Take away what only an unfinished run needs."""
        for folder in (self.parts, self.repeats, self.finishing):
            shutil.rmtree(folder, ignore_errors=True)
        for file in (self.index, self.path / RUN):
            file.unlink(missing_ok=True)


def same_inputs(one: tuple[InputFile, ...], other: tuple[InputFile, ...]) -> str:
    """What differs between the files of two runs, in words; empty where nothing does."""
    before = {each.path: each for each in one}
    for each in other:
        if each.path not in before:
            return f"{each.path} was not among them"
        if before[each.path] != each:
            return f"{each.path} has changed"
    gone = before.keys() - {each.path for each in other}
    return f"{min(gone)} is missing" if gone else ""


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a file in one step."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump(value, stream, indent=2, ensure_ascii=False)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def _plan_to_plain(plan: ScreeningPlan) -> dict[str, Any]:
    return {"matching": plan.matching, "sought": None if plan.sought is None else sorted(plan.sought)}
