"""What must not reach people's eyes as it came: characters that show nothing, turn the reading order, or pile up.

A name with a character between its letters that nobody sees is another name to a program and the same to a reader; a
mark that turns the order makes a line read as another; hundreds of accents on one letter cover the lines around it.
"""

from __future__ import annotations

import re
from typing import Final

#: Control characters but tab and newline, marks that turn the direction of what follows, and halves of characters.
STEERING: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
#: What shows nothing: soft hyphen, zero-width space, word joiner, directional marks, fillers, variation selectors,
#: byte order mark, annotations, tags.
HIDDEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
#: Zero-width joiner and non-joiner, which Persian, Arabic and the scripts of India need between letters.
JOINERS: Final = "\u200c\u200d"
_JOINED: Final = "\u0600-\u08ff\u0900-\u0dff\u0e80-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe"
#: Marks that stand on, under or in the letter before them.
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07eb-\u07f3\u0816-\u082d\u0859-\u085b"
    "\u08d3-\u08e1\u08e3-\u08ff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u135d-\u135f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
    "\u2cef-\u2cf1\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\ua67d\ua6f0\ua6f1\ua8e0-\ua8f1\ufe20-\ufe2f"
)
#: No language has more of them on one letter.
_MOST_MARKS: Final = 4
_PILE: Final = f"(?<=[{_MARKS}]{{{_MOST_MARKS}}})[{_MARKS}]"

_STEERING: Final = re.compile(f"[{STEERING}]")
_HIDDEN: Final = re.compile(
    f"[{HIDDEN}]|(?<![{_JOINED}])[{JOINERS}]|[{JOINERS}](?![{_JOINED}])|{_PILE}",
)
_TOLD: Final = re.compile(f"[{STEERING}{HIDDEN}{JOINERS}]|{_PILE}")


def without_hidden(text: str) -> str:
    """The text without what shows nothing and without piles of marks; joiners stay where a script needs them."""
    return text if text.isascii() else _HIDDEN.sub("", text)


def harmless(text: str) -> str:
    """The text as a terminal may have it: what could steer it replaced by a sign, what shows nothing left out."""
    return without_hidden(_STEERING.sub("\N{REPLACEMENT CHARACTER}", text))


def escaped(written: str) -> str:
    """JSON with all of these written as its escapes, which read back the same."""
    return _TOLD.sub(lambda found: _escape(found[0]), written)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
