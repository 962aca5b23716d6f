"""What stands between two words of a text: nothing of note, something a name may reach across, or its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final

from watchlist.matching import table
from watchlist.matching.language.known.lexicon import LEGAL_FORM, ORDINARY, PARTICLE
from watchlist.matching.language.name_words import SHORTENED
from watchlist.matching.language.script.normalise import APOSTROPHES, INVISIBLE
from watchlist.matching.language.words import Word


class Gap(IntEnum):
    """How far two words belong together by what stands between them."""

    #: A space, a hyphen, an ampersand, one end of a line.
    PLAIN = 0
    COMMA = 1
    #: A bracket, a quotation mark, a dash, a slash, a colon: a name may go on behind it.
    MARK = 2
    #: The end of a sentence or of a paragraph.
    END = 3


#: Marks that join the halves of a name.
HYPHENS: Final = frozenset({"-", "\u2011", "\u2010"})
_PLAIN = re.compile(
    f"^(?:[{APOSTROPHES}][sS]?)?(?:[ \\t\u00a0{INVISIBLE}{APOSTROPHES}]|[\\-‐‑&+·・]|\\r?\\n[ \\t]*(?!\\s))*$"
)
_COMMA = re.compile(r"^[\s\u200b]*[,،、;|][\s\u200b]*$")
_MARK = re.compile("^[^.!?;•|\\n]*(?:\\n[^.!?;•|\\n]*)?\\Z")
_INITIAL_POINT = frozenset({". ", ".", ".\u00a0", ".-", ".\n"})
_OPENING, _CLOSING = re.compile("[\"“”„«‘'(\\[{]"), re.compile("[\"”“»’')\\]}]")


@lru_cache(maxsize=1 << 12)
def gap_kind(gap: str, before: str) -> Gap:
    """What the text between two words is, ``before`` being the form of the first.

    The point of an initial or of a word cut short ends nothing.
    """
    if gap == " " or (gap == "/" and len(before) == 1):
        # S/O is son of.
        return Gap.PLAIN
    if gap in _INITIAL_POINT and (len(before) == 1 or before in SHORTENED):
        return Gap.PLAIN
    if len(gap) > table.LONGEST_GAP:
        return Gap.END
    if _PLAIN.match(gap):
        return Gap.PLAIN
    if _COMMA.match(gap):
        return Gap.COMMA
    return Gap.MARK if _MARK.match(gap) else Gap.END


def touches_legal_form(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a legal form with a capital stands beside some words, with no more than a space or a comma between."""
    beside = ((first - 1, first), (last + 1, last + 1))
    return any(
        0 <= at < len(words)
        and bool(words[at].meaning.flags & LEGAL_FORM)
        and words[at].meaning.capital
        and gap_kind(words[behind].gap, "") in (Gap.PLAIN, Gap.COMMA)
        for at, behind in beside
    )


def aside_end(words: Sequence[Word], at: int, step: int) -> int | None:
    """The word behind an aside in brackets or quotation marks that begins with the word ``at``; None where none does.

    ``step`` is 1 to go on to the right, -1 to the left, where the word ``at`` is the last of the aside.
    """
    first, last = (_OPENING, _CLOSING) if step > 0 else (_CLOSING, _OPENING)
    outer = words[at].gap if step > 0 else (words[at + 1].gap if at + 1 < len(words) else "")
    if not first.search(outer):
        return None
    for beyond in range(at + step, at + step * (table.LONGEST_ASIDE + 1), step):
        if not 0 <= beyond < len(words):
            return None
        inner = words[beyond].gap if step > 0 else words[beyond + 1].gap
        if last.search(inner):
            return beyond
    return None


def is_small_letter(words: Sequence[Word], at: int) -> bool:
    """Whether a letter is a word of the language that begins a sentence, not an initial: A Radev win would please.

    Inside a sentence the capital tells an initial, elsewhere its full stop.
    """
    word = words[at]
    is_a_word = word.meaning.between or bool(word.meaning.flags & (ORDINARY | PARTICLE))
    if len(word.meaning.form) > 1 or not is_a_word or word.gap == " ":
        return False
    return at + 1 == len(words) or not words[at + 1].gap.startswith(".")
