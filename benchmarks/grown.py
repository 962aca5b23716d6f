"""Lists of any size, made from the trial list, and what making an index of one takes."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, replace
from pathlib import Path

from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Entity, Name, NameKind, Schema


def grown(entities: list[Entity], names: int, seed: int = 1) -> list[Entity]:
    """Entities with this many names in all: the real ones, then others made by recombining parts of their names."""
    chosen: list[Entity] = []
    count = 0
    for entity in entities:
        if count >= names:
            return chosen
        chosen.append(replace(entity, names=entity.names[: names - count]))
        count += len(chosen[-1].names)
    rng = random.Random(seed)  # no secret, and the same list each time
    parted = [e.names[0].text.partition(",") for e in entities if e.schema is Schema.PERSON]
    people = [(family.strip(), given.strip()) for family, comma, given in parted if comma]
    givens = [given.split() for _, given in people]
    things = [(e.schema, e.names[0].text.split()) for e in entities if e.schema is not Schema.PERSON]
    while count < names:
        number = len(chosen)
        if rng.random() < 0.5:
            given = " ".join([*rng.choice(givens)[:1], *rng.choice(givens)[-1:]])
            name, schema = f"{rng.choice(people)[0]}, {given}", Schema.PERSON
        else:
            schema, first = rng.choice(things)
            _, second = rng.choice(things)
            name = " ".join([*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]])
        programs = rng.choice(entities).programs
        chosen.append(Entity("made", str(number), schema, (Name(name, NameKind.PRIMARY),), programs=programs))
        count += 1
    return chosen


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """An index in a file, as the program keeps it between runs."""

    path: Path
    names: int
    #: Seconds that compiling took.
    seconds: float

    @property
    def megabytes(self) -> float:
        """The size of the file."""
        return self.path.stat().st_size / 1e6

    def engine(self) -> Engine:
        """An engine on it, its caches cold."""
        return Engine(CompiledIndex.load(self.path), MatchingConfig())


def kept_index(entities: list[Entity], folder: Path) -> KeptIndex:
    """Compile an index and put it into a folder."""
    started = time.perf_counter()
    index = compile_index(entities, {"made": "1"})
    seconds = time.perf_counter() - started
    path = folder / f"{len(entities)}.index"
    index.save(path)
    return KeptIndex(path, index.name_count, seconds)


def show(figures: dict[str, float]) -> None:
    """Print the figures of one list, a line each."""
    for name, value in figures.items():
        print(f"  {name:18s} {value:12,.4g}" if value < 1000 else f"  {name:18s} {value:12,.0f}", flush=True)
