"""Scripts and their letters, each as the inside of a character class of a regular expression."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import Final

CYRILLIC: Final = "\u0400-\u052f"
ARMENIAN: Final = "\u0530-\u058f\ufb13-\ufb17"
GREEK: Final = "\u0370-\u03ff\u1f00-\u1fff"
HEBREW: Final = "\u0590-\u05ff"
ARABIC: Final = "\u0600-\u06ff\u0750-\u077f"
#: The presentation forms of Hebrew and Arabic letters.
ABJAD_FORMS: Final = "\ufb1d-\ufb4f\ufb50-\ufdff\ufe70-\ufefe"
#: Scripts that leave short vowels out.
ABJAD: Final = f"{HEBREW}{ARABIC}{ABJAD_FORMS}"

#: Signs that belong to the letter before: the vowels of Indic scripts, of Thai, Lao, Burmese, Khmer and their kin.
MARKS: Final = "".join(chr(c) for c in range(0x0900, 0x1CFF) if unicodedata.category(chr(c)) in ("Mn", "Mc"))

KANA: Final = "\u3041-\u30ff"
HAN: Final = "\u3400-\u9fff"
HANGUL: Final = "\uac00-\ud7a3"
#: Han signs beyond the Basic Multilingual Plane.
RARE_HAN: Final = "\U00020000-\U0003ffff"
#: Scripts of syllables or words without spaces between them, within the Basic Multilingual Plane.
SIGNS: Final = f"{KANA}{HAN}{HANGUL}\uf900-\ufaff"
#: Scripts with vowel signs that write no spaces between words: Thai, Lao, Burmese, Khmer.
WITHOUT_SPACES: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"

LATIN: Final = "latin"
#: The scripts of living languages by their ranges, each under the name by which packs ask for it.
_RANGES: Final = (
    (0x0000, 0x024F, LATIN), (0x0250, 0x036F, "other"), (0x0370, 0x03FF, "greek"), (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "armenian"), (0x0590, 0x05FF, "hebrew"), (0x0600, 0x077F, "arabic"), (0x0780, 0x08FF, "other"),
    (0x0900, 0x097F, "devanagari"), (0x0980, 0x09FF, "bengali"), (0x0A00, 0x0DFF, "indic"), (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0FFF, "other"), (0x1000, 0x109F, "burmese"), (0x10A0, 0x10FF, "georgian"), (0x1100, 0x11FF, "hangul"),
    (0x1200, 0x139F, "ethiopic"), (0x13A0, 0x177F, "other"), (0x1780, 0x17FF, "khmer"), (0x1800, 0x1DFF, "other"),
    (0x1E00, 0x1EFF, LATIN), (0x1F00, 0x1FFF, "greek"), (0x2000, 0x303F, "other"), (0x3040, 0x30FF, "kana"),
    (0x3100, 0x33FF, "other"), (0x3400, 0x9FFF, "han"), (0xAC00, 0xD7A3, "hangul"), (0xF900, 0xFAFF, "han"),
    (0xFB1D, 0xFB4F, "hebrew"), (0xFB50, 0xFEFE, "arabic"), (0xFF21, 0xFF5A, LATIN), (0x20000, 0x3FFFF, "han"),
)  # fmt: skip
_STARTS: Final = tuple(first for first, _, _ in _RANGES)


@lru_cache(maxsize=1 << 14)
def script_of(letter: str) -> str:
    """The script of a letter, ``other`` for what no pack reads."""
    code = ord(letter)
    _, last, script = _RANGES[bisect_right(_STARTS, code) - 1]
    return script if code <= last else "other"


def is_latin(text: str) -> bool:
    """Whether a text has no letters but Latin ones."""
    return text.isascii() or all(script_of(letter) == LATIN for letter in text if letter.isalpha())


#: Capital letters of every script that has them.
CAPITALS: Final = "A-ZÀ-ÖØ-Þ" + "".join(
    chr(c) for c in (*range(0x100, 0x590), *range(0x1E00, 0x2000)) if chr(c).isupper()
)
#: Letters of scripts without case: Hebrew to Hangul and kana, Han, and their presentation forms.
CASELESS: Final = (
    "\u05d0-\u10ff\u1100-\u1cff\u2d30-\u2ddf\u3041-\ud7ff\uf900-\ufb06\ufb1d-\ufdff\ufe70-\ufefe\uff66-\uffdc"
    f"{RARE_HAN}"
)
