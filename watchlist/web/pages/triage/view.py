"""What an alert's page shows, in the shape that it is shown in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from watchlist.alerts.explain import KIND_WORDS, ORIGIN_WORDS, Reason
from watchlist.model import Entity, EntityChange, Name, NameKind, Standing, Story, StoryArticle

#: How wide a bar may get, of a hundred.
_WIDE: Final = 100.0
#: What scripts are called.
_SCRIPTS: Final = {
    "Latn": "Latin",
    "Cyrl": "Cyrillic",
    "Arab": "Arabic",
    "Hans": "Chinese",
    "Hant": "Chinese",
    "Hani": "Chinese",
    "Hang": "Korean",
    "Kore": "Korean",
    "Jpan": "Japanese",
    "Hira": "Japanese",
    "Kana": "Japanese",
    "Grek": "Greek",
    "Hebr": "Hebrew",
    "Deva": "Devanagari",
    "Armn": "Armenian",
    "Geor": "Georgian",
}


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names of one kind in one script."""

    label: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class ShownListing:
    """One listing of a subject, as it stands beside the others."""

    entity: Entity
    groups: tuple[NameGroup, ...]
    standing: Standing | None
    changes: tuple[EntityChange, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A reason as a bar: from the middle to the right where it speaks for the mention, to the left against."""

    reason: Reason
    start: float
    width: float

    @property
    def speaks_for(self) -> bool:
        """Whether it speaks for the mention."""
        return self.reason.effect > 0


@dataclass(frozen=True, slots=True)
class StoryMoment:
    """An article of a story on its time line."""

    article: StoryArticle
    at: datetime
    #: Where it stands between the first and the last, of a hundred.
    place: float


def listing_of(entity: Entity, standing: Standing | None, changes: Iterable[EntityChange]) -> ShownListing:
    """A listing with its names by kind and script."""
    own = tuple(each for each in changes if each.entity_id == entity.id)
    return ShownListing(entity, name_groups(entity.names), standing, own)


def name_groups(names: Sequence[Name]) -> tuple[NameGroup, ...]:
    """Names by kind, strength, origin and script, in the order in which they first come."""
    found: dict[str, list[Name]] = {}
    for name in names:
        found.setdefault(_label(name), []).append(name)
    return tuple(NameGroup(label, tuple(some)) for label, some in found.items())


def bars(supporting: Sequence[Reason], opposing: Sequence[Reason]) -> tuple[Bar, ...]:
    """The reasons as bars, in proportion to the weightiest."""
    every = (*supporting, *opposing)
    most = max((abs(each.effect) for each in every), default=1.0)
    half = _WIDE / 2
    widths = {id(each): half * abs(each.effect) / most for each in every}
    return tuple(Bar(each, half if each.effect > 0 else half - widths[id(each)], widths[id(each)]) for each in every)


def moments(story: Story) -> tuple[StoryMoment, ...]:
    """The articles of a story in the order in which they were told, each with its place on a line of that time."""
    told = story.in_time
    if not told:
        return ()
    first, span = told[0].told_at, (told[-1].told_at - told[0].told_at).total_seconds()
    return tuple(
        StoryMoment(each, each.told_at, _WIDE * (each.told_at - first).total_seconds() / span if span else _WIDE / 2)
        for each in told
    )


def _label(name: Name) -> str:
    kind = "weak alias" if name.weak and name.kind is NameKind.ALIAS else KIND_WORDS[name.kind]
    origin = f", {ORIGIN_WORDS[name.origin]}" if name.origin in ORIGIN_WORDS else ""
    script = _SCRIPTS.get(name.script or "", name.script or "")
    in_script = f" ({script})" if script and script != "Latin" else ""
    return f"{kind}{in_script}{origin}".capitalize() if kind.islower() else f"{kind}{in_script}{origin}"
