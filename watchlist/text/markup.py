"""How a document begins and ends: past blanks, comments and declarations, once and from left to right.

A regular expression for "any number of comments" tries, where what follows does not fit, every way in which one comment
may swallow the next: that takes twice as long with each of them. Here every character is looked at a fixed number of
times, whatever the document.
"""

from __future__ import annotations

import re

_COMMENT, _COMMENT_END = "<!--", "-->"
_DOCTYPE = "<!doctype"
_NAME = re.compile(r"</?(?:[\w.-]{1,64}:)?([\w.-]{1,64})")
_WORD = re.compile(r"[ \t\r\n]{1,100}([\w.:-]{1,64})")
_BLANK = frozenset(" \t\r\n\f\v\ufeff")


def after_prolog(text: str) -> int:
    """Where the first thing stands that is no blank, comment, processing instruction or document type.

    The end of the text where there is none, or where one of those never ends.
    """
    return _prolog(text)[0]


def first_tag(text: str) -> str:
    """The name of the outermost tag in lower case, without a prefix; empty where there is none."""
    found = _NAME.match(text, after_prolog(text))
    return found[1].lower() if found is not None and not found[0].startswith("</") else ""


def last_tag(text: str) -> str:
    """The name of the closing tag that the text ends with, but for blanks and comments; empty where there is none."""
    end = len(text)
    while end:
        if text[end - 1] in _BLANK:
            end -= 1
        elif text.endswith(_COMMENT_END, 0, end):
            start = text.rfind(_COMMENT, 0, end)
            if start < 0:
                return ""
            end = start
        else:
            break
    start = text.rfind("<", max(0, end - 200), end)
    found = _NAME.match(text, start, end) if start >= 0 and text.endswith(">", 0, end) else None
    return found[1].lower() if found is not None and found[0].startswith("</") else ""


def is_html(text: str) -> bool:
    """Whether the text begins as a page does: with its document type, or its outermost tag."""
    return _prolog(text)[1] == "html" or first_tag(text) == "html"


def _prolog(text: str) -> tuple[int, str]:
    """`after_prolog`, and the name in the document type, in lower case."""
    at, doctype = 0, ""
    while at < len(text):
        if text[at] in _BLANK:
            at += 1
        elif text.startswith(_COMMENT, at):
            at = _after(text, _COMMENT_END, at + len(_COMMENT))
        elif text.startswith("<?", at):
            at = _after(text, ">", at)
        elif text[at : at + len(_DOCTYPE)].lower() == _DOCTYPE:
            named = _WORD.match(text, at + len(_DOCTYPE))
            doctype = named[1].lower() if named else doctype
            at = _after_doctype(text, at)
        else:
            break
    return at, doctype


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)


def _after_doctype(text: str, start: int) -> int:
    """Behind a document type, with the declarations that may stand in its brackets."""
    close = text.find(">", start)
    bracket = text.find("[", start, close if close >= 0 else len(text))
    if bracket < 0:
        return len(text) if close < 0 else close + 1
    inside = text.find("]", bracket)
    return len(text) if inside < 0 else _after(text, ">", inside)
