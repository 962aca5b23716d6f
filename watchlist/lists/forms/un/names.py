"""Names on the UN's list: in four parts without a meaning of their own, and several in one field.

FIRST to FOURTH_NAME are kept in that order and not taken for given and family names, because the list orders them
as the person's culture does and does not say which is which.
"""

from __future__ import annotations

import re
import unicodedata

from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.xml import Element, child_text
from watchlist.lists.words.name_notes import whole_brackets, without_note
from watchlist.model import Name, NameKind, script_of

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ORDER = ("first", "second", "third", "fourth")
_KINDS = {"f.k.a": NameKind.PREVIOUS, "previous": NameKind.PREVIOUS, "formerly known as": NameKind.PREVIOUS}
_FORMER = re.compile(r"\s*(?:previous|former)ly", re.IGNORECASE)
#: A note or bracket that gives the name in its own script, or in other spellings.
_SPELLINGS = re.compile(
    r"(?:original script|in arabic(?: script)?|transliterations?)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL
)
_SCRIPT_NOTE = re.compile(r"\(?original script\)?:?", re.IGNORECASE)
#: What stands between names of one field; numbering by letters may go on within it. A name in Arabic or Chinese letters
#: never has a comma, as one in Latin letters has: ``MARROW, Ilya``.
_JOINED = re.compile(r"[;؛；]| [b-h]\) |[،、]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SPELLINGS_BEHIND = re.compile(r"\((?:transliteration|spelling|variant)", re.IGNORECASE)
#: What goes on behind a name and is none: a translation, that it is a nom de guerre or false, somebody's birth.
_REMARK = re.compile(r"\((?:translation|nom de guerre|false identity)\b|, ?born (?:in|on|\d)", re.IGNORECASE)
#: So many words of one name each are several names, although only commas stand between them.
_LONE_WORDS = 3
#: Words of a name in a note, at most, and what they may have beside letters.
_MOST_WORDS, _MARKS = 9, frozenset(" '’‘ʻʿ`.-")
_BRACKETED = re.compile(r"(?P<name>[^()]*[^()\s])\s*\((?P<inside>.+)\)\s*,?", re.DOTALL)


def primary(entry: Element) -> str:
    """The primary name of an entry; empty when it has none."""
    return " ".join(words for name in _NAMES if (words := child_text(entry, name)))


def parts(entry: Element) -> tuple[tuple[str, str], ...]:
    """The parts of a person's primary name, where there are several."""
    found = ((kind, child_text(entry, name)) for kind, name in zip(_ORDER, _NAMES, strict=True))
    several = tuple((kind, words) for kind, words in found if words)
    return several if len(several) > 1 else ()


def add_alias(draft: Draft, alias: Element) -> None:
    """Add the names of an alias, and the date of birth that goes with it."""
    quality, text, note = (child_text(alias, name) or "" for name in ("QUALITY", "ALIAS_NAME", "NOTE"))
    stated = quality.lower().rstrip(".")
    # Good, a.k.a. and nothing are strong names.
    kind, weak = _KINDS.get(stated, NameKind.ALIAS), stated == "low"
    draft.file.notes.read("names")
    if stated not in ("", "good", "low", "a.k.a", *_KINDS):
        draft.note("names", quality)
    if _FORMER.match(note):
        kind = NameKind.PREVIOUS
    add_aliases(draft, text, kind, weak=weak)
    if spelled := _SPELLINGS.search(note):
        add_aliases(draft, spelled[1], kind, weak=weak)
    else:
        for name in _spellings(note):
            draft.name(Name(name, kind, weak=weak))
    if any(map(str.isdigit, note)):
        draft.remarks.append(f"{text}: {note}")
    draft.births(child_text(alias, "DATE_OF_BIRTH"))
    draft.birth_place(*(child_text(alias, name) for name in ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")))


def add_aliases(draft: Draft, text: str, kind: NameKind, *, weak: bool = False) -> None:
    """Add the names that one field holds: joined by semicolons, or with other spellings in brackets."""
    bracketed = _BRACKETED.fullmatch(text.strip())
    if bracketed and (";" in bracketed["inside"] or _other_script(bracketed["name"], bracketed["inside"])):
        pieces = [bracketed["name"], *re.split(r"[;()]", bracketed["inside"])]
    else:
        pieces = _JOINED.split(text)
    if len(pieces) == 1 and len(lone := _lone_words(pieces[0])) > 1:
        pieces, weak = lone, True
    for piece in pieces:
        if remark := _REMARK.search(piece):
            draft.remarks.append(piece)
            piece = piece[: remark.start()].rstrip(" )")
        spelled = _SPELLINGS.search(piece)
        name = spelled[1] if spelled else piece
        bare, former = without_note(whole_brackets(_SCRIPT_NOTE.sub("", name)))
        draft.name(Name(bare, NameKind.PREVIOUS if former and kind is NameKind.ALIAS else kind, weak=weak))


def _other_script(name: str, inside: str) -> bool:
    spelled = _SPELLINGS.search(inside)
    scripts = script_of(name), script_of(spelled[1] if spelled else _SCRIPT_NOTE.sub("", inside))
    return None not in scripts and scripts[0] != scripts[1]


def _lone_words(text: str) -> list[str]:
    """Names of one word each with commas between them; else the text. Two are ``Family, Given``."""
    pieces = [piece.strip() for piece in text.split(",")]
    return pieces if len(pieces) >= _LONE_WORDS and all(len(piece.split()) == 1 for piece in pieces) else [text]


def _spellings(note: str) -> list[str]:
    """The names in a note that is a list of them, has one in brackets, or says behind one what it is."""
    if (behind := _SPELLINGS_BEHIND.search(note)) is not None:
        return [name for piece in re.split("[;,]", note[: behind.start()]) if _may_be_name(name := piece.strip())]
    for text in (note, *_BRACKETS.findall(note)):
        names = [piece.strip() for piece in re.split("[;؛；]", text)]
        if len(names) > 1 and all(map(_may_be_name, names)):
            return names
    return []


def _may_be_name(text: str) -> bool:
    """Whether words may be a name: some words and no figures, of which the first does not begin in small letters."""
    letters = text.lstrip("".join(_MARKS))
    plain = all(letter.isalpha() or letter in _MARKS or unicodedata.category(letter) == "Mn" for letter in text)
    return plain and 0 < len(text.split()) <= _MOST_WORDS and bool(letters) and not letters[0].islower()
