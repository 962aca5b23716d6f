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
    bare = [word, *without_prefixes(word, pack)]
    if pack.halves:
        bare += [each.removeprefix(half) for each in bare for half in pack.halves if _begins(each, half)]
    found = [*bare, *(stem for each in bare for stem in without_endings(each, pack))]
    if pack.spellings:
        found += [spelled for each in found if (spelled := _in_english(each, pack)) != each]
    return tuple(dict.fromkeys(found))


def without_prefixes(word: str, pack: Pack) -> Iterator[str]:
    """What a word may be without the small words that are written together with it."""
    for prefix, instead in pack.prefixes:
        if _begins(word, prefix):
            for other in instead:
                yield other + word[len(prefix) :]


def without_endings(word: str, pack: Pack) -> Iterator[str]:
    """What a word may be without an ending, the longest ending first."""
    for ending, instead in pack.endings:
        if word.endswith(ending) and _is_left(word, ending):
            for other in instead:
                yield word[: len(word) - len(ending)] + other


def _begins(word: str, prefix: str) -> bool:
    return word.startswith(prefix) and _is_left(word, prefix)


def _is_left(word: str, cut: str) -> bool:
    return len(word) - len(cut) >= _SHORTEST


def _in_english(word: str, pack: Pack) -> str:
    """The word with every spelling of its language replaced by what English has; ``^`` and ``$`` are its ends."""
    spelled = f"^{word}$"
    for letters, instead in pack.spellings:
        if letters in spelled:
            spelled = spelled.replace(letters, instead)
    return spelled.strip("^$")
