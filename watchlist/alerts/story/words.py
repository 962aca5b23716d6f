"""Words as stories are compared by: folded, without what a newsroom puts before a text and its headline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: Inflections of a word mostly agree in so many letters, in most languages that inflect: strike, striking, strikes.
STEM = 6

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s\b", re.IGNORECASE)
#: Scripts that are written without spaces: their words are compared two signs at a time.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
#: What newsrooms put before a headline: "UPDATE 2-", "CORRECTED-", "(REFILE)", "Live:".
_LABEL = re.compile(
    r"^[\s(\[*]*(?:updates?|updated|corrected|correction|corrects|refiles?|rpt|repeat|exclusive|explainer|live|latest"
    r"|breaking(?: news)?|developing|watch|video|photos|in pictures|analysis|insight|factbox|timeline|opinion|wrapup"
    r"|urgent|alert|newsalert|brief)\b[\s#]*+\d{0,2}[)\]*]*+(?:\s*+[-–—:|/]+|(?<=[)\]])|(?<=\d\b)\s)\s*",
    re.IGNORECASE,
)
#: The outlet behind a headline: " - Example News", " | Example".
_OUTLET = re.compile(
    r"(?<!\s)\s++(?:[-–—|]|::)\s++(?:[A-Z0-9][\w.'’&]*+|the|of|and|de|für)"
    r"(?:\s++(?:[A-Z0-9][\w.'’&]*+|the|of|and|de|für)){0,4}\s*+$"
)
#: A headline keeps so many words when the outlet is taken off, or what is taken was no outlet.
_MIN_HEADLINE = 4
#: Place and date before a text: "GENEVA, May 3 (Example Agency) -", "MOSCOW, 26 May. /AGENCY/.".
_DATELINE = re.compile(
    r"^\s*[^\n]{0,70}?"
    r"(?:\([^()\n]{2,40}\)\s*[-–—:]+|/[A-Z]{3,20}/\s*[-–—.:]*|\b\d{1,2}(?:,?\s+\d{4})?\s+[-–—]+|[A-Z]{3,}\s+[-–—]+)\s*"
)
_DATELINE_SPAN = 120


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without accents and possessives; scripts without spaces by pairs of signs."""
    plain = _POSSESSIVE.sub("", _INVISIBLE.sub("", text))
    if plain.isascii():
        plain = plain.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", plain).casefold()
        plain = unicodedata.normalize("NFC", "".join(sign for sign in decomposed if not unicodedata.combining(sign)))
    found: list[str] = []
    for word in _WORD.findall(plain):
        found.extend(_pairs(word) if _UNSPACED.search(word) else (word,))
    return tuple(found)


def stems(some: Iterable[str]) -> tuple[str, ...]:
    """The beginnings of words, in which their inflections agree."""
    return tuple(word[:STEM] for word in some)


def headline(title: str) -> tuple[str, ...]:
    """The words of a headline, without the label before it and the outlet behind it."""
    plain = title
    while (rest := _LABEL.sub("", plain, count=1)) != plain and rest.strip():
        plain = rest
    shorter = words(_OUTLET.sub("", plain))
    return shorter if len(shorter) >= _MIN_HEADLINE else words(plain)


def without_dateline(text: str) -> str:
    """A text without the place, date and agency before its first sentence."""
    found = _DATELINE.match(text[:_DATELINE_SPAN])
    return text[found.end() :] if found else text


def _pairs(word: str) -> list[str]:
    parts: list[str] = []
    for stretch in re.split(f"({_UNSPACED.pattern})", word):
        if not _UNSPACED.fullmatch(stretch):
            parts.extend([stretch] if stretch else [])
        elif len(stretch) == 1:
            parts.append(stretch)
        else:
            parts.extend(stretch[at : at + 2] for at in range(len(stretch) - 1))
    return parts
