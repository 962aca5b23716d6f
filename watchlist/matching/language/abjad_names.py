"""Names of many people in scripts that leave short vowels out, and how they are written in Latin letters.

By its consonants alone ``محمد`` may as well be Mahmoud as Muhammad. Readers know better: both are names, and the first
is written otherwise. ``data/abjad_names.tsv`` (see ``scripts/derive_sounds.py``) has what they know.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from watchlist.matching.language.spelling import symbol

_NAMES: Final = Path(__file__).parent / "data/abjad_names.tsv"


def is_another_name(word: str, listed: str) -> bool:
    """Whether a word, as `normalise.native` has it, is one name and a symbol in Latin letters another.

    False where either is not known as a name.
    """
    known = _names()
    own = known.get(word)
    return own is not None and listed not in own and listed in _all()


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """Each word with the symbols of its spellings in Latin letters."""
    found = {}
    for line in _NAMES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, _, spellings = line.partition("\t")
            found[word] = frozenset(map(symbol, spellings.split(" ")))
    return found


@cache
def _all() -> frozenset[str]:
    return frozenset().union(*_names().values())
