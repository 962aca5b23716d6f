"""What stands in a name's cell and is no part of the name: notes in brackets, brackets that have no other half."""

from __future__ import annotations

import re
from hashlib import sha256

#: What a note in brackets says of a name.
_FORMER = r"(?:previously|formerly|former(?: name)?|f\.?k\.?a\.?)(?:\s+(?:known|listed|called))?(?:\s+as)?"
_NOTE = re.compile(rf"\s*[(\[]\s*(?P<former>{_FORMER})\s*[)\]]\s*$", re.IGNORECASE)
_LEADING = re.compile(rf"^\s*(?:{_FORMER})\s*:?\s+(?=\S)", re.IGNORECASE)
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
        while words.endswith(close) and words.count(close) > words.count(opening):
            words = words[:-1].rstrip(" ,;")
        while words.startswith(opening) and words.count(opening) > words.count(close):
            words = words[1:].lstrip(" ,;")
    return words


def made_id(*texts: str) -> str:
    """An id for an entry whose own can't be read: the same for the same words."""
    return f"row-{sha256(' '.join(texts).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
