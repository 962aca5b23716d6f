"""Scripts and their letters, each as the inside of a character class of a regular expression."""

from __future__ import annotations

import unicodedata
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

#: Capital letters of every script that has them.
CAPITALS: Final = "A-ZÀ-ÖØ-Þ" + "".join(
    chr(c) for c in (*range(0x100, 0x590), *range(0x1E00, 0x2000)) if chr(c).isupper()
)
#: Letters of scripts without case: Hebrew to Hangul and kana, Han, and their presentation forms.
CASELESS: Final = (
    "\u05d0-\u10ff\u1100-\u1cff\u2d30-\u2ddf\u3041-\ud7ff\uf900-\ufb06\ufb1d-\ufdff\ufe70-\ufefe\uff66-\uffdc"
    f"{RARE_HAN}"
)
