"""Reads packs from their folders. A folder with a ``pack.txt`` is a pack; every other file of it may be missing.

Files are UTF-8 text, ``#`` begins a comment:

- ``pack.txt``: ``key: value`` lines, ``name``, ``script``, ``capitals`` (names, nouns, none), ``default`` (yes),
  ``apostrophe`` (ending: what stands behind one is an ending).
- ``words.tsv``: ``kinds zipf word word ...``, with tabs: derived, see ``scripts/derive_packs.py``. Kinds are ``o`` an
  ordinary word, ``g`` and ``f`` also a given or a family name.
- ``common.txt``: further everyday words. ``calendar.txt``: months and weekdays, derived.
- ``endings.txt``: ``ending = instead instead``, a dash for nothing. ``prefixes.txt``: small words written together with
  the next, or ``prefix=instead``; with an apostrophe at the end, an apostrophe stands between. ``halves.txt``: first
  halves of names written together with the second. ``spellings.txt``: ``letters = letters``.
- ``titles.txt`` and ``family_names.txt``: words. ``generic.txt``: ``english: word word``.
  ``matters.txt``: the same with the beginnings of words.
- ``places.txt``, and ``countries.txt``, derived: ``code: word word``.
- ``groups.txt``: ``group: word word``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from watchlist.errors import MatchingError
from watchlist.matching.language.packs.pack import Capitals, KnownWord, Pack
from watchlist.matching.language.script.normalise import clean, native

_FOLDER: Final = Path(__file__).parent
_HEAD: Final = "pack.txt"
#: As `known.lexicon` has them, which stands above.
_FLAGS: Final = {"o": 1, "p": 2, "g": 4, "f": 8}
_ORDINARY: Final = _FLAGS["o"]
#: How common a word of ``common.txt`` is taken to be.
_EVERYDAY: Final = 50
#: The same of one that only in this writing is no name.
_AS_WRITTEN: Final = 65
_NOTHING: Final = "-"
_APOSTROPHE: Final = "'"
_INSTEAD: Final = "="
ENGLISH: Final = "en"


@cache
def known_packs() -> tuple[str, ...]:
    """The codes of all packs, in alphabetical order."""
    return tuple(sorted(each.parent.name for each in _FOLDER.glob(f"*/{_HEAD}")))


@cache
def pack(code: str) -> Pack:
    """The pack of a language, read when first asked for. Raises MatchingError when there is none or it is damaged."""
    folder = _FOLDER / code
    if not (folder / _HEAD).is_file():
        raise MatchingError(f"no language pack '{code}': there are {', '.join(known_packs())}")
    return read_pack(folder)


def read_pack(folder: Path) -> Pack:
    """A pack from its folder. Raises MatchingError with the file that cannot be read."""
    head = heading(folder)
    prefixes = [each for line in _lines(folder / "prefixes.txt") for each in line.split()]
    groups: dict[str, frozenset[str]] = {}
    for name, words in _keyed(folder / "groups.txt"):
        groups[name] = groups.get(name, frozenset()) | frozenset(map(clean, words.split()))
    places: dict[str, frozenset[str]] = {}
    for name in ("countries.txt", "places.txt"):
        for code, words in _keyed(folder / name):
            for word in map(native, words.split()):
                places[word] = places.get(word, frozenset()) | {code}
    generic: dict[str, tuple[str, ...]] = {}
    for english, words in _keyed(folder / "generic.txt"):
        for word in map(native, words.split()):
            generic[word] = (*generic.get(word, ()), english)
    matters: dict[str, tuple[str, ...]] = {}
    for english, words in _keyed(folder / "matters.txt"):
        for word in map(native, words.split()):
            matters[word] = (*matters.get(word, ()), english)
    return Pack(
        folder.name,
        head["name"],
        head["script"],
        Capitals(head.get("capitals", Capitals.NAMES)),
        tuple(sorted(_pairs(folder / "endings.txt"), key=lambda row: -len(row[0]))),
        _prefixes(each for each in prefixes if not each.endswith(_APOSTROPHE)),
        frozenset(native(each) for each in prefixes if each.endswith(_APOSTROPHE)),
        head.get("apostrophe") == "ending",
        tuple(sorted(_listed(folder / "halves.txt"), key=len, reverse=True)),
        tuple((letters, instead[0]) for letters, instead in _pairs(folder / "spellings.txt")),
        frozenset(_listed(folder / "titles.txt")),
        generic,
        matters,
        places,
        groups,
        frozenset(_listed(folder / "family_names.txt")),
    )


@cache
def default_of(script: str) -> str | None:
    """The code of the pack that reads a script where the language of an article is another; None if none does."""
    heads = ((code, heading_of(code)) for code in known_packs())
    return next((code for code, head in heads if head["script"] == script and head.get("default") == "yes"), None)


@cache
def heading_of(code: str) -> Mapping[str, str]:
    """What ``pack.txt`` of a pack says."""
    return heading(_FOLDER / code)


def heading(folder: Path) -> dict[str, str]:
    """What ``pack.txt`` says. Raises MatchingError where a name, a script or the meaning of capitals is missing."""
    found = {key: value.strip() for key, value in _keyed(folder / _HEAD)}
    if not {"name", "script"} <= found.keys() or found.get("capitals", Capitals.NAMES) not in set(Capitals):
        raise MatchingError(f"{folder / _HEAD}: expected name, script and, if any, capitals: names, nouns or none")
    return found


@cache
def everyday_words(code: str) -> Mapping[str, KnownWord]:
    """What the word tables of a pack know of words: apart from the pack, since they are long."""
    return read_words(_FOLDER / code)


def read_words(folder: Path) -> dict[str, KnownWord]:
    """The word tables in a pack's folder. Raises MatchingError for a row that cannot be read."""
    everyday = KnownWord(_ORDINARY, _EVERYDAY)
    found = {word: everyday for name in ("common.txt", "calendar.txt") for word in _listed(folder / name)}
    # As it is written a word may be an everyday one, and a name with the letters of another keyboard.
    as_written = KnownWord(_ORDINARY, _AS_WRITTEN)
    found |= {
        word: as_written for line in _lines(folder / "common.txt") for word in line.split() if native(word) != word
    }
    for line in _lines(folder / "words.tsv"):
        try:
            kinds, zipf, text = line.split("\t")
            known = KnownWord(sum(_FLAGS[kind] for kind in kinds), int(zipf))
        except (ValueError, KeyError) as error:
            raise MatchingError(f"{folder / 'words.tsv'}: cannot read the row '{line[:60]}'") from error
        for word in text.split(" "):
            found[word] = known
    return found


def _listed(path: Path) -> list[str]:
    return [native(word) for line in _lines(path) for word in line.split()]


def _prefixes(words: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, tuple[str, ...]] = {}
    for each in map(native, words):
        prefix, _, instead = each.partition(_INSTEAD)
        found[prefix] = (*found.get(prefix, ()), instead)
    return tuple(sorted(found.items(), key=lambda row: -len(row[0])))


def _keyed(path: Path) -> Iterator[tuple[str, str]]:
    for line in _lines(path):
        key, colon, value = line.partition(":")
        if not colon:
            raise MatchingError(f"{path}: expected 'key: words', not '{line[:60]}'")
        yield key.strip(), value


def _pairs(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in _lines(path):
        left, sign, right = line.partition("=")
        if not sign:
            raise MatchingError(f"{path}: expected 'ending = instead', not '{line[:60]}'")
        yield left.strip(), tuple("" if each == _NOTHING else each for each in right.split()) or ("",)


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise MatchingError(f"the language file {path} cannot be read: {error}") from error
    for line in text.splitlines():
        kept = line.partition("#")[0].strip()
        if kept:
            yield kept
