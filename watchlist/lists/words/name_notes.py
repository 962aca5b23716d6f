"""What stands in a name's cell and is no part of the name: notes in brackets, brackets that have no other half."""

from __future__ import annotations

import re
from hashlib import sha256

#: What a note in brackets says of a former name; a part of a pattern that minds no case.
FORMER = r"(?:previously|formerly|former(?: name)?|f\.?k\.?a\.?)(?:\s+(?:known|listed|called))?(?:\s+as)?"
_NOTE = re.compile(rf"(?<!\s)\s*+[(\[]\s*+(?P<former>{FORMER})\s*+[)\]]\s*+$", re.IGNORECASE)
_LEADING = re.compile(rf"^\s*(?:{FORMER})\s*+:?\s*+(?<=\s)(?=\S)", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{"}


def without_note(text: str) -> tuple[str, bool]:
    """A name without a note that it is a former one, and whether it had such a note."""
    bare = _NOTE.sub("", text)
    if bare == text:
        bare = _LEADING.sub("", text)
    return bare.strip(), bare != text


def whole_brackets(text: str) -> str:
    """A name without brackets at its ends that have no other half; those that do have one stay."""
    words = text.strip(" ,;").rstrip("([{ ").lstrip(")]} ").strip(" ,;")
    for close, opening in _PAIRS.items():
        lone = words.count(close) - words.count(opening)
        words = _without_ends(words[::-1], close, lone)[::-1] if lone > 0 else _without_ends(words, opening, -lone)
    return words


def _without_ends(words: str, bracket: str, most: int) -> str:
    """Words without so many of these brackets that they begin with."""
    at = 0
    while most > 0 and words.startswith(bracket, at):
        at, most = at + 1, most - 1
        while at < len(words) and words[at] in " ,;":
            at += 1
    return words[at:]


def made_id(*texts: str) -> str:
    """An id for an entry whose own can't be read: the same for the same words."""
    return f"row-{sha256(' '.join(texts).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
