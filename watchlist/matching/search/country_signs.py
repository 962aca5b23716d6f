"""The countries that runs of signs without spaces speak of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from watchlist.matching.language.known.lexicon import lexicon
from watchlist.matching.language.packs.load import default_of, pack
from watchlist.matching.language.script.scripts import script_of

_HANGUL: Final = "hangul"
#: The signs by which a country's name is looked for first, and the fewest it has.
_FIRST: Final = 2


@lru_cache(maxsize=1 << 14)
def countries_in_signs(run: str) -> frozenset[str]:
    """The English words for the countries that a run of signs speaks of, as each is called there."""
    return frozenset(_countries_in(run))


def _countries_in(run: str) -> Iterator[str]:
    script = script_of(run[0])
    code = default_of(script)
    places = _places(code) if code is not None else {}
    if code is None or not places:
        return
    if script == _HANGUL:
        # A word begins with the name of a country, or does not speak of it.
        for end in () if run[:_FIRST] not in _beginnings(code) else range(min(len(run), _longest(code)), 1, -1):
            if country := places.get(run[:end]):
                yield country
                return
        return
    begins, longest = _beginnings(code), _longest(code)
    for start in range(len(run) - 1):
        if run[start : start + _FIRST] in begins:
            for end in range(min(len(run), start + longest), start + 1, -1):
                if country := places.get(run[start:end]):
                    yield country
                    break


@cache
def _places(code: str) -> dict[str, str]:
    """Names of countries of a pack, and the English word for each."""
    of = lexicon().country_of
    return {
        place: of[next(iter(codes))]
        for place, codes in pack(code).places.items()
        if len(codes) == 1 and len(place) >= _FIRST and next(iter(codes)) in of
    }


@cache
def _beginnings(code: str) -> frozenset[str]:
    return frozenset(place[:_FIRST] for place in _places(code))


@cache
def _longest(code: str) -> int:
    return max(map(len, _places(code)))
