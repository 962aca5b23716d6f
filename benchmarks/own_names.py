"""Does every listed name find itself?

    python -m benchmarks.own_names [--data FOLDER] [--errors N]

The primary name of each entity of the trial list stands in one plain sentence of its own, as a reporter would write
it, with nothing else to go by. What does not alert is counted by the reason why not: the finding that weighs most
against it. ``--errors`` lists names of each reason.

Wanted: persons 0.995 and bodies 0.97 in `alert`; all others in `review`, or with a reason that a reader finds right:
a name made of ordinary words needs its legal form or context, a ship needs the sea. The tests hold floors.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asked import Asked, answer
from benchmarks.labelled import found_in, listings_of, shares
from benchmarks.trial import listed_entities, trial_engine
from watchlist.alerts.explain import reasons
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.model import Article, Band, Entity, Mention, Schema

#: A word, of an ordinal with its number.
_WORD = re.compile(r"\d*[^\W\d_]+(?:['’][^\W\d_]+)?")
_CRAFT = frozenset({Schema.VESSEL, Schema.AIRCRAFT})
#: What a mention is short of when nothing speaks against it.
_LITTLE = "little speaks for it"
_NOT_READ = "not read as a name"


@dataclass(frozen=True, slots=True)
class OwnName:
    """A listed name in its sentence, and what came of it."""

    entity: Entity
    text: str
    mention: Mention | None
    #: Another entity that was found in its place.
    other: Mention | None

    @property
    def band(self) -> str:
        """The band of the mention, or ``none``."""
        return self.mention.band if self.mention else "none"

    @property
    def group(self) -> str:
        """What it is counted under."""
        if self.entity.schema is Schema.PERSON:
            return "persons"
        return "craft" if self.entity.schema in _CRAFT else "bodies"


def written(name: str, schema: Schema) -> str:
    """A listed name as a reporter writes it: the given name first, capitals at the heads of words only."""
    family, comma, given = name.partition(", ")
    if schema is Schema.PERSON and comma:
        return f"{_lowered(given)} {_lowered(family)}"
    return _lowered(name)


def _lowered(name: str) -> str:
    return _WORD.sub(lambda word: word[0].capitalize(), name) if name.isupper() else name


def sentence(name: str, schema: Schema) -> str:
    """A plain sentence with a name as it is given, and nothing else to go by."""
    if schema is Schema.PERSON:
        return f"Officials met {name} on Monday, a report said."
    return f"Payments to {name} were traced, a report said."


def own_names(engine: Engine, entities: Iterable[Entity]) -> Iterator[OwnName]:
    """Every entity with its primary name in a sentence, screened."""
    for entity in entities:
        text = sentence(written(entity.names[0].text, entity.schema), entity.schema)
        found = found_in(engine, Article("own", "", text))
        others = (mention for mention in found.values() if entity.id not in listings_of(mention))
        yield OwnName(entity, text, found.get(entity.source_id), max(others, key=lambda m: m.score, default=None))


def reason_why_not(own: OwnName, everything: Engine) -> str:
    """The finding that weighs most against a name that does not alert.

    ``everything`` is an engine on the same list that keeps every score, so that what is below review has one too.
    """
    mention = own.mention or found_in(everything, Article("own", "", own.text)).get(own.entity.source_id)
    if mention is None:
        return "another entity is found instead" if own.other is not None else _NOT_READ
    supporting, opposing = reasons(mention.features)
    name = next((each for each in supporting if each.feature == "alignment"), None)
    lost = (
        next((1 - part.score) * part.weight for part in mention.features if part.feature == "alignment") if name else 0
    )
    if opposing and -opposing[0].effect >= lost:
        return opposing[0].label
    return f"{name.label}: matched in part only" if name and lost > 0 else _LITTLE


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print the shares of persons, bodies and craft, and the reasons why not."""
    rows = list(own_names(engine, listed_entities(shared)))
    everything = trial_engine(shared, MatchingConfig(alert=0.0, review=0.0))
    for group in ("persons", "bodies", "craft"):
        of_group = [row for row in rows if row.group == group]
        print(f"own names  {group:8s} {shares(row.band for row in of_group)}")
        why: defaultdict[str, list[OwnName]] = defaultdict(list)
        for row in of_group:
            if row.band != Band.ALERT:
                why[reason_why_not(row, everything)].append(row)
        for reason, silent in sorted(why.items(), key=lambda each: -len(each[1])):
            bands = Counter(row.band for row in silent)
            print(f"  {reason:36s} review {bands['review']:5d}  missed {bands['none']:5d}")
            for row in silent[: asked.errors]:
                print(f"      {row.band:7s} {row.entity.source_id} {row.text}")


if __name__ == "__main__":
    answer(__doc__, show)
