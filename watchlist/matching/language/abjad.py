"""Words of scripts that leave short vowels out, against the sound of a name in Latin letters.

An Arabic, Persian or Hebrew word tells the consonants and the long vowels of a name. A sound fits it when it has these,
in this order and no others, with at most one short vowel between two of them. The letters' values are those of the
romanisations in use for names (ALA-LC, UN, and the ways the press spells), as `normalise.fold` levels them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from watchlist.matching.language.normalise import clean, fold, skeleton

_SHORT = "[aeiou]?"
#: What each letter may sound like, as an expression over levelled sounds.
_SOUNDS = {
    # Arabic and Persian, as `normalise.native` writes them
    "ا": "[aeo]",
    "ب": "[bp]", "پ": "[pb]", "ت": "t", "ث": "(?:t|s)", "ج": "(?:j|g|ch|dz)", "چ": "(?:ch|c|j)", "ح": "h",
    "خ": "(?:h|k)", "د": "d", "ذ": "[dzt]", "ر": "r", "ز": "z", "ژ": "[jz]", "س": "[sc]", "ش": "(?:sh|ch)",
    "ص": "[sc]", "ض": "[dz]", "ط": "t",
    "ظ": "[zdt]", "ع": "[aeiou]{0,2}", "غ": "[gk]", "ف": "f", "ق": "[kgc]", "ک": "[kcg]",
    "گ": "[gk]", "ل": "l", "م": "m", "ن": "n", "ه": "h?", "و": "(?:v|u|o|au|ua|av)", "ی": "(?:i|e|ai|ia|ii)",
    "ء": _SHORT,
    # Hebrew
    "א": "[aeiou]?", "ב": "[bv]", "ג": "[gj]", "ד": "d", "ה": "h?", "ו": "(?:v|u|o)", "ז": "[zj]", "ח": "(?:h|ch)",
    "ט": "t", "י": "(?:i|e|ai)", "כ": "(?:k|h|ch|c)", "ך": "(?:k|h|ch|c)", "ל": "l", "מ": "m", "ם": "m", "נ": "n",
    "ן": "n", "ס": "[sc]", "ע": "[aeiou]?", "פ": "[pf]", "ף": "[pf]", "צ": "(?:ts|z|ch)", "ץ": "(?:ts|z|ch)",
    "ק": "[kc]", "ר": "r", "ש": "(?:sh|s)", "ת": "t",
}  # fmt: skip
#: The first letter may carry any vowel, the last one is often not heard.
_FIRST = {"ا": "[aeiou]", "א": "[aeiou]?", "ع": "[aeiou]"}
_LAST = {"ا": "[aeo]?", "ی": "(?:i|e|a|ai)", "ه": "(?:a|e|h|ah|eh)?", "ה": "(?:a|e|h|ah)?"}


def fits(word: str, sound: str) -> bool:
    """Whether a word, in its own script as `normalise.native` writes it, can be the name of this sound."""
    expression = _expression(word)
    return expression is not None and expression.fullmatch(sound) is not None


def without_article(word: str) -> str:
    """An Arabic word without its article."""
    return word.removeprefix("ال")


def frames(word: str) -> Iterator[str]:
    """The consonant frames of sounds that may fit a word: with its waw as a consonant, and as a vowel."""
    sound = fold(clean(word).lower())
    if word[:1] == "ع":
        sound = f"a{sound}"
    frame = skeleton(sound)
    if len(frame) > 1:
        yield frame
    vocal = skeleton(sound[:1] + sound[1:].replace("v", ""))
    if len(vocal) > 1 and vocal != frame:
        yield vocal


@lru_cache(maxsize=1 << 14)
def _expression(word: str) -> re.Pattern[str] | None:
    letters = [letter for letter in word if not letter.isspace()]
    parts: list[str] = []
    for at, letter in enumerate(letters):
        sound = _SOUNDS.get(letter)
        if sound is None:
            return None
        if parts and letters[at - 1] == letter:
            # Doubled letters are levelled in a sound.
            parts[-1] = f"{parts[-1]}(?:{_SHORT}{sound})?"
            continue
        if at == 0:
            sound = _FIRST.get(letter, sound)
        elif at == len(letters) - 1:
            sound = _LAST.get(letter, sound)
        parts.append(sound)
    return re.compile(_SHORT.join(parts)) if parts else None
