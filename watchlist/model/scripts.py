"""Scripts of writing as ISO 15924 codes: told from the text itself, or from the word a list has for one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

#: ISO 15924 code, how Unicode names the script's letters, and other words that lists have for it.
_SCRIPTS = """
latn latin; cyrl cyrillic; arab arabic persian farsi; hebr hebrew; grek greek; hani han cjk chinese; hang hangul korean;
hira hiragana; kana katakana; jpan japanese; armn armenian; geor georgian; thai thai; ethi ethiopic amharic; deva
devanagari; beng bengali; mymr myanmar burmese; khmr khmer; laoo lao; taml tamil; telu telugu; knda kannada; mlym
malayalam; sinh sinhala; gujr gujarati; guru gurmukhi; tibt tibetan; mong mongolian; syrc syriac; thaa thaana; cher
cherokee; nkoo nko; tfng tifinagh
"""
#: Codes that stand for variants of a script, or for the mixture a language is written in.
_VARIANTS = {"hans": "Hani", "hant": "Hani", "kore": "Hang", "aran": "Arab", "cyrs": "Cyrl", "latf": "Latn"}

_CODES = _VARIANTS | {
    word: words[0].title()
    for words in (entry.split() for entry in _SCRIPTS.replace("\n", " ").split(";"))
    for word in words
}
_JAPANESE = frozenset({"Hira", "Kana"})


def script_of(text: str) -> str | None:
    """The script that most letters of a text are of; None where it has no letter of a script that is known."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else None
    counts = Counter(found for letter in text if (found := _of_letter(letter)))
    if not counts:
        return None
    if len(counts) > 1 and not _JAPANESE.isdisjoint(counts) and counts.keys() <= _JAPANESE | {"Hani"}:
        return "Jpan"
    return max(counts, key=lambda code: counts[code])


def to_script(words: str | None) -> str | None:
    """The code of a script's name or code in any case (``Chinese Simplified`` is ``Hani``), else None."""
    first = (words or "").lower().replace("(", " ").replace("-", " ").split()[:1]
    return _CODES.get(first[0]) if first else None


@lru_cache(maxsize=8192)
def _of_letter(letter: str) -> str | None:
    if not letter.isalpha():
        return None
    return next((_CODES[word] for word in unicodedata.name(letter, "").lower().split() if word in _CODES), None)
