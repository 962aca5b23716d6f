"""Endings and prefixes that other languages put on names: what a word may be once they are off."""

from __future__ import annotations

import re

from watchlist.matching.language.scripts import ARABIC, ARMENIAN, CYRILLIC, GREEK, HEBREW

_CYRILLIC, _GREEK, _ARABIC, _HEBREW, _ARMENIAN_LETTERS = (
    re.compile(f"[{script}]") for script in (CYRILLIC, GREEK, ARABIC, HEBREW, ARMENIAN)
)
#: Case endings of Russian, Ukrainian and their kin, and what the nominative has instead.
_SLAVIC = (
    ("ого", ("ий", "ый", "ой")), ("ому", ("ий", "ый", "ой")), ("ым", ("", "ый", "ий")), ("им", ("ий",)),
    ("ой", ("а", "ая")), ("ую", ("ая",)), ("ом", ("",)), ("ем", ("й", "ь", "")), ("ею", ("я",)), ("ей", ("я", "а")),
    ("а", ("",)), ("у", ("", "а")), ("е", ("", "а", "я")), ("ы", ("а", "")), ("и", ("я", "ь", "а")), ("я", ("й", "ь")),
    ("ю", ("й", "ь", "я")), ("ові", ("",)), ("еві", ("й", "ь")),
)  # fmt: skip
#: Case endings of Armenian names, with and without the article.
_ARMENIAN = tuple((ending, ("",)) for ending in ("ներից", "ներին", "ին", "ից", "ով", "ի", "ը", "ն"))
_HELLENIC = (("ου", ("ος", "ου")), ("ο", ("ος",)), ("η", ("ης",)), ("α", ("ας",)))
#: And, the, in, to, from, that: written together with the next word.
_HEBREW_PREFIX = re.compile("^[והבלמשכ](?=.{3})")


def stems(word: str) -> tuple[str, ...]:
    """The word itself, then what it may be without endings or prefixes, the likelier first."""
    found = [word]
    if _CYRILLIC.search(word):
        found += _without_endings(word, _SLAVIC)
    elif _GREEK.search(word):
        found += _without_endings(word, _HELLENIC)
    elif _ARMENIAN_LETTERS.search(word):
        found += _without_endings(word, _ARMENIAN)
    elif _ARABIC.search(word):
        for cut in ("ال", "و", "ب", "ل", "ف", "ك", "وال", "بال", "فال", "لل"):
            if word.startswith(cut) and len(word) - len(cut) >= 3:
                found.append(word[len(cut) :])
    elif _HEBREW.search(word) and _HEBREW_PREFIX.match(word):
        found.append(word[1:])
    return tuple(dict.fromkeys(found))


def _without_endings(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    found = []
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            found += [word[: -len(ending)] + other for other in instead]
    return found
