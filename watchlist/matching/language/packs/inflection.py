"""What a word of a text may be once the endings, prefixes and spellings of its language are off; and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple, TypeVar

from watchlist.matching.language.packs.pack import Pack
from watchlist.matching.language.script.normalise import clean, native

#: Letters that must be left of a word without its ending or its prefix.
_SHORTEST: Final = 3
_APOSTROPHE: Final = "'"
_Known = TypeVar("_Known")


def stems(word: str, pack: Pack) -> tuple[str, ...]:
    """The word itself, then what it may be without endings or prefixes and spelled as in English, the likelier first.

    ``word`` is in the form of `normalise.native`.
    """
    bare = [word, *without_prefixes(word, pack)]
    if pack.halves:
        bare += [each.removeprefix(half) for each in bare for half in pack.halves if _begins(each, half)]
    return tuple(dict.fromkeys(_stems(bare, pack)))


def latin_stems(word: str, pack: Pack) -> tuple[str, ...]:
    """The same of a word in Latin letters, as `normalise.clean` has it.

    ``word`` is in the form of `normalise.accented`: endings and spellings tell letters by their accents.
    """
    bare = [word.replace(_APOSTROPHE, "")]
    before, parted, behind = word.partition(_APOSTROPHE)
    if parted and pack.parts_endings and len(before) >= _SHORTEST:
        bare.append(before)
    if parted and native(before) in pack.elisions:
        bare.append(behind.replace(_APOSTROPHE, ""))
    return tuple(dict.fromkeys(map(clean, _stems(bare, pack))))


class Inflected(NamedTuple):
    """Words of a pack in every form that its endings give them, as `normalise.native` has them."""

    titles: frozenset[str]
    #: Word to the English words for it.
    generic: Mapping[str, tuple[str, ...]]
    #: Word to the codes of its countries.
    places: Mapping[str, frozenset[str]]


@cache
def inflected(pack: Pack) -> Inflected:
    """The titles, generic words and places of a pack in all their forms."""
    endings = [(native(ending), [native(each) for each in instead]) for ending, instead in pack.endings]

    def forms(word: str) -> Iterator[str]:
        for ending, instead in endings:
            for other in instead:
                left = len(word) - len(other)
                if left >= _SHORTEST and word.endswith(other):
                    yield word[:left] + ending

    def each_form(words: Mapping[str, _Known]) -> dict[str, _Known]:
        # A word as it is goes before another's form.
        return {form: found for word, found in words.items() for form in forms(word)} | dict(words)

    titles = dict.fromkeys(pack.titles, True)
    return Inflected(frozenset(each_form(titles)), each_form(pack.generic), each_form(pack.places))


def _stems(bare: Iterable[str], pack: Pack) -> list[str]:
    found = [*bare]
    found += [stem for each in bare for stem in without_endings(each, pack)]
    if pack.spellings:
        found += [spelled for each in found if (spelled := _in_english(each, pack)) != each]
    return found


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
