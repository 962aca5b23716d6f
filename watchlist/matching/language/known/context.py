"""Words that tell, near a name, whether a listed one of its kind is likely to be meant: derived, English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parents[1] / "packs/en/context.tsv"
#: People; armed groups and gangs; firms and other bodies; ships and aircraft.
KINDS: Final = ("person", "group", "firm", "craft")


@cache
def telling_words() -> Mapping[str, Mapping[str, float]]:
    """Kind to word to the logarithm of how much more often it stands near listed names than near others."""
    found: dict[str, dict[str, float]] = {kind: {} for kind in KINDS}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, word, tenths = line.split("\t")
            found[kind][word] = int(tenths) / 10
    return found
