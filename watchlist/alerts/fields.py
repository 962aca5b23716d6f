"""In which field of life a passage stands: a namesake is known by it whom each paper calls something else. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

#: So many words of a matter tell that a passage is of it.
_TELLING: Final = 2
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


def fields_of(passage: str) -> frozenset[str]:
    """The fields of life that a passage is about."""
    roles, matters = _known()
    words = {word.casefold() for word in _WORD.findall(passage)}
    found = {roles[word] for word in words if word in roles}
    counts: defaultdict[str, int] = defaultdict(int)
    for word in words & matters.keys():
        counts[matters[word]] += 1
    return frozenset(found | {field for field, count in counts.items() if count >= _TELLING})


def fields_among(details: Iterable[str]) -> frozenset[str]:
    """The fields that are named among these words, or that one of them is a role in."""
    roles, _ = _known()
    fields = frozenset(roles.values())
    return frozenset(field for each in details if (field := each if each in fields else roles.get(each)))


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """Roles and words of a matter, each with its field."""
    roles: dict[str, str] = {}
    matters: dict[str, str] = {}
    for line in (files("watchlist.alerts") / "data/fields.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            field, words = line.split(":", 1)
            (roles if field.endswith("!") else matters).update(dict.fromkeys(words.split(), field.removesuffix("!")))
    return roles, matters
