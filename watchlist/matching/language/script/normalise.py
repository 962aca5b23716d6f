"""Words to comparable forms. Everything here is a pure function of one word; offsets stay with the scanner.

1. `clean` makes the *form*: invisible characters out, NFKC, case folded, possessive and apostrophes out, accents off,
   other scripts transliterated to ASCII (anyascii).
2. `native` keeps the script: the form of a word as its own script writes it, for names listed in that script.
3. `fold` makes the *sound*: spelling habits of transliteration levelled (ou and u, kh and h, y and i, doubled letters).
4. `skeleton` makes the *frame*: the consonants of the sound, in broad classes, for finding what to compare.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

from watchlist.matching.language.script.scripts import ABJAD, SIGNS

#: Characters that are not seen: zero-width spaces and joiners, directional marks, soft hyphen, word joiner, BOM, NUL.
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00"
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
#: Apostrophes, as typed, as typeset and as transliteration of ayn and hamza.
APOSTROPHES = "'’‘ʼʻ`´ʿʾ＇′"
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_POSSESSIVE = re.compile(f"(?<=\\w)(?:[{APOSTROPHES}]s|(?<=s)[{APOSTROPHES}])$", re.IGNORECASE)
#: Tatweel and the vowel marks of Arabic and Hebrew, which most texts leave out.
_SEMITIC_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u0591-\u05c7]")
#: The nasal sign of Devanagari and Bengali, which is an n but before a labial.
_NASAL = re.compile("[\u0902\u0982](?![पफबभमপফবভম])")
_ARABIC_LETTERS = str.maketrans("أإآٱىيئےۓكةہھۂۃۀؤں", "اااایییییکههههههون")
#: Letters that would be written as others are, or not at all: two words of a script without vowels are one only where
#: all their letters are.
_TOLD_APART = str.maketrans(
    {"ا": "a", "ع": "o", "ء": "e", "ح": "hx", "ط": "tx", "ص": "sx", "ض": "dx", "ظ": "zx", "ذ": "zd", "ث": "ts"}
    | {"א": "a", "ע": "o", "ח": "hx", "ט": "tx", "ו": "w", "ס": "sx"}
)
_ABJAD = re.compile(f"[{ABJAD}]")
#: First and last letters of the scripts whose spelling tells the sound in part only.
_SOUND_UNSURE = tuple((letters[0], letters[2]) for letters in re.findall(".-.", ABJAD + SIGNS))
_DATA = Path(__file__).parents[1] / "data"
_JOINED_WORDS = dict(
    line.split(": ")
    for line in (_DATA / "joined_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
#: The name of God is written apart from the word it belongs to in Arabic names, and joined to it in other scripts; a
#: servant stands before an article that names his master.
_BEHIND, _SERVANT = tuple(_JOINED_WORDS["behind"].split()), _JOINED_WORDS["servant"]
_ARTICLE, _BEFORE = _JOINED_WORDS["article"], _JOINED_WORDS["before"]
_SERVED = f"(?={_ARTICLE})(?:(?<=\\b{_SERVANT}.)|(?<=\\b[{_BEFORE}]{_SERVANT}.))\\w++"
JOINED = f"[ \u00a0](?:(?:{'|'.join(_BEHIND)})\\b|{_SERVED})"
#: One of these stands in every text in which words are joined so.
SIGNS_OF_JOINING = (*_BEHIND, _SERVANT)
#: The longest word that is read; what is longer is no name and is cut.
LONGEST = 64

#: What is left over an i when a Turkish capital becomes small.
_DOT_ABOVE = "\u0307"

_LEVEL = (
    ("tech", "tekh"), ("kkh", "kh"), ("eyev", "ev"), ("eiev", "ev"), ("ejev", "ev"), ("eev", "ev"), ("aiev", "aev"),
    ("ajev", "aev"),
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("tsh", "ch"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"),
    ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("q", "k"), ("cs", "ks"), ("x", "ks"),
    ("tz", "ts"), ("w", "v"),
    ("oo", "u"), ("ou", "u"), ("ee", "i"), ("aa", "a"), ("yu", "u"), ("iu", "u"), ("ya", "ia"), ("iia", "ia"),
    ("yo", "o"), ("ye", "e"), ("iy", "i"), ("ii", "i"), ("yi", "i"), ("y", "i"), ("ei", "ai"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
#: Of a word with more letters a last -eh is what others write -ah: Salameh, Hamzeh; not Saleh.
_MAY_END_IN_EH = 5
#: A c that sounds like k; at the end of a word it may be a Slavic ch.
_HARD_C = re.compile("c(?![ceiyh]|$)")
_FRAME = str.maketrans({"g": "k", "c": "k", "z": "s", "j": "s", "p": "b", "v": "f"})
_VOWELS = re.compile("[aeiouh]+")


def visible(text: str) -> str:
    """The text without characters that are not seen."""
    return _INVISIBLE.sub("", text)


def without_possessive(word: str) -> str:
    """The word without an English genitive: ``Putin’s`` is ``Putin``, ``Houthis'`` is ``Houthis``."""
    return _POSSESSIVE.sub("", word)


def native(word: str) -> str:
    """The form of a word in its own script: NFKC, case folded, no marks, Arabic letter variants levelled."""
    word = word[: 2 * LONGEST]
    if word.isascii() and word.isalnum():
        # Most words by far, and nothing else to be done with them.
        return word.lower()
    word = visible(word)
    if word.isascii():
        return _APOSTROPHE.sub("", without_possessive(word).lower())
    word = unicodedata.normalize("NFKC", without_possessive(word)).casefold()
    word = _SEMITIC_MARKS.sub("", _APOSTROPHE.sub("", word)).translate(_ARABIC_LETTERS)
    return "".join(map(_bare, unicodedata.normalize("NFC", word)))[:LONGEST]


def accented(word: str) -> str:
    """The form of a word of Latin letters with its accents, and with one kind of apostrophe: as its language has it."""
    word = visible(word[: 2 * LONGEST])
    if word.isascii():
        return _APOSTROPHE.sub("'", word.lower())
    word = unicodedata.normalize("NFKC", word).casefold().replace(_DOT_ABOVE, "")
    return _APOSTROPHE.sub("'", unicodedata.normalize("NFC", word))[:LONGEST]


@lru_cache(maxsize=1 << 12)
def _bare(letter: str) -> str:
    """A letter without its accents; one of Cyrillic or kana stays, since there a mark makes another (й, ё; プ)."""
    if letter.isascii() or "\u0400" <= letter <= "\u052f" or "\u3040" <= letter <= "\u30ff":
        return letter
    parts = unicodedata.normalize("NFD", letter)
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))
    # Of some Latin letters the mark is part of the letter: ł, ø, ı.
    return anyascii(bare).lower() if bare < "\u0250" and not bare.isascii() else bare


#: What Ukrainian and Bulgarian write for the Russian ё behind a consonant: Кисельов, Соловйов. The two dots are left
#: out in print as often as not, and so it is an e, also in a family name that somebody else writes as it sounds.
_YO = re.compile(r"(?<=[бвгґджзклмнпрстфхцчшщ])[ьй]о")
_YOV = re.compile(r"(?<=[bcdfghklmnprstvz])[yj]ov(?=a?$|sk|ich$)")


def clean(word: str) -> str:
    """The comparable form of a word: lower-case ASCII letters and digits, empty when nothing is left.

    Capitals for scripts whose spelling tells the sound in part only, without vowels or by signs of many readings: what
    comes of an Arabic word or a Chinese sign is no Latin word that happens to have these letters.
    """
    form = native(word)
    if form.isascii():
        return form if form.isalnum() else "".join(c for c in form if c.isalnum())
    if "ьо" in form or "йо" in form:
        form = _YO.sub("ё", form)
    if "\u0902" <= max(form) < "\u0a00":
        form = _NASAL.sub("न", form)
    ascii_form = "".join(c for c in anyascii(form.translate(_TOLD_APART)).lower() if c.isalnum())[:LONGEST]
    return ascii_form.upper() if _tells_sound_in_part(form) else ascii_form


def _tells_sound_in_part(form: str) -> bool:
    # By comparison: an expression with so large a class of characters takes longer to compile than a text to read.
    return max(form) >= "\u0590" and any(first <= letter <= last for letter in form for first, last in _SOUND_UNSURE)


def without_vowels(word: str) -> bool:
    """Whether the script leaves short vowels out."""
    return _ABJAD.search(word) is not None


@lru_cache(maxsize=1 << 16)
def fold(form: str) -> str:
    """The sound of a cleaned word, the same for most ways of transliterating one name."""
    sound = _YOV.sub("ev", form) if "ov" in form else form
    for spelled, level in _LEVEL:
        if spelled in sound:
            sound = sound.replace(spelled, level)
    if "c" in sound:
        sound = _HARD_C.sub("k", sound)
    if sound.startswith("ie"):
        sound = sound[1:]
    if sound.endswith("ij"):
        sound = sound[:-1]
    sound = _DOUBLED.sub(r"\1", sound)
    if len(sound) > _MAY_END_IN_EH and sound.endswith("eh"):
        return sound[:-2] + "a"
    return sound[:-1] if len(sound) > 3 and sound.endswith("h") else sound


def skeleton(sound: str) -> str:
    """The consonant frame of a folded word; a first vowel counts as ``a``."""
    if not sound:
        return ""
    first = "a" if sound[0] in "aeiou" else sound[0]
    rest = _VOWELS.sub("", sound[1:])
    return _DOUBLED.sub(r"\1", (first + rest).translate(_FRAME))


def consonants(sound: str) -> str:
    """The consonants of a folded word as they are."""
    return _VOWELS.sub("", sound)
