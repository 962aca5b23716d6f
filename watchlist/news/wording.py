"""Comparing the words of articles: whether two wordings are the same, alike, cut off, or say something of their own."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

#: A title and a text.
Wording = tuple[str, str]

#: Two wordings of one article have at least so many words in common.
MIN_SHARED = 4
#: The longest text that is still added to.
_MAX_JOINED = 200_000

_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"\W*\w*\W*\Z")
#: "…", "[...]" and the like.
_MARK = re.compile(r"\W+\Z")
#: More characters than the last word has.
_TAIL = 200


def words_hash(title: str, text: str) -> str:
    """A short hash over the words alone: the same for another kind of quotes, dashes, spaces or invisible marks."""
    return hashlib.sha256(f"{_plain(title)}\x1f{_plain(text)}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def alike(one: Wording, other: Wording) -> bool:
    """Whether two wordings can be of one article.

    They can when two thirds of the words of the shorter stand in the longer, and not only a few that do so by chance.
    """
    words, others = _words(*one), _words(*other)
    shared = len(words & others)
    return shared >= MIN_SHARED and 3 * shared >= 2 * min(len(words), len(others))


def is_cut_off(shorter: Wording, longer: Wording) -> bool:
    """Whether the one is the other with the end of its text cut off, with or without a mark where."""
    plain = _plain(shorter[1])
    beginning = plain[:-_TAIL] + _MARK.sub("", plain[-_TAIL:])
    return _plain(shorter[0]) == _plain(longer[0]) and _plain(longer[1]).startswith(beginning)


def adds(more: Wording, known: Wording) -> bool:
    """Whether there are words in the one that are not in the other; the last may be cut off, and does not count."""
    return not _words(more[0], _without_end(more[1])) <= _words(*known)


def join(first: Wording, second: Wording) -> Wording:
    """The first wording, with what only the second says after it."""
    title, text = first
    if not adds(second, first) or len(text) > _MAX_JOINED:
        return title, text
    added: Sequence[str] = [part for part in second if part and part not in (title, text)]
    return title, "\n".join(filter(None, (text, *added)))


def _words(*texts: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_plain(" ".join(texts))))


def _without_end(text: str) -> str:
    """The text up to its last word, which may be cut off, and what marks the place."""
    plain = _plain(text)
    return plain[:-_TAIL] + _LAST_WORD.sub("", plain[-_TAIL:])


def _plain(text: str) -> str:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)
    return " ".join(text.split())
