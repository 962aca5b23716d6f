"""What a word of a text may be once the endings, prefixes and spellings of its language are off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchlist.matching.language.packs.pack import Pack

#: Letters that must be left of a word without its ending or its prefix.
_SHORTEST: Final = 3


def stems(word: str, pack: Pack) -> tuple[str, ...]:
    """The word itself, then what it may be without endings or prefixes and spelled as in English, the likelier first.

    ``word`` is in the form of `normalise.native`.
    """
    bare = [word, *(word[len(cut) :] for cut in pack.prefixes if word.startswith(cut) and _is_left(word, cut))]
    found = [*bare, *(stem for each in bare for stem in _without_endings(each, pack))]
    if pack.spellings:
        found += [spelled for each in found if (spelled := _in_english(each, pack)) != each]
    return tuple(dict.fromkeys(found))


def _without_endings(word: str, pack: Pack) -> Iterator[str]:
    for ending, instead in pack.endings:
        if word.endswith(ending) and _is_left(word, ending):
            for other in instead:
                yield word[: len(word) - len(ending)] + other


def _is_left(word: str, cut: str) -> bool:
    return len(word) - len(cut) >= _SHORTEST


def _in_english(word: str, pack: Pack) -> str:
    """The word with every spelling of its language replaced by what English has; ``^`` and ``$`` are its ends."""
    spelled = f"^{word}$"
    for letters, instead in pack.spellings:
        if letters in spelled:
            spelled = spelled.replace(letters, instead)
    return spelled.strip("^$")
