"""HTML -> TEXT: the words a reader sees, one line for each block."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from lxml import etree

# fmt: off
#: The elements that begin and end a line.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "title", "tr", "ul",
})
# fmt: on
#: The elements of which nothing is read.
UNSEEN = frozenset(
    {
        "audio",
        "canvas",
        "iframe",
        "math",
        "noscript",
        "script",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    }
)

#: A "<" that opens a tag, a comment or a declaration; any other is text, as in "5 < 7".
_NO_TAG = re.compile(r"<(?!/?[A-Za-z][A-Za-z0-9:-]*(?:[\s/][^<>]*)?>|!--|!doctype[^<>]*>|\?[A-Za-z])", re.IGNORECASE)
#: A comment that never ends would hide all that follows; it ends where a tag would.
_OPEN_COMMENT = re.compile(r"<!--[^>]*>?")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_SPACE = re.compile(r"\s+")
#: What XML 1.0 has no place for, lone surrogates, and non-characters: no database and no mail can carry them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif)\Z|https?:", re.IGNORECASE)
#: As html.unescape, but only what is closed with ";": "AT&T&copy" is a name, not a sign.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def clean(text: str) -> str:
    """The text without control characters and lone surrogates; zero-width characters stay."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The text with every run of white space as one space, and none at its ends."""
    return _SPACE.sub(" ", text).strip()


def unescape(text: str) -> str:
    """Plain text with its HTML entities resolved and its lines tidied, no tag touched."""
    return _tidy(clean(_ENTITY.sub(lambda found: html.unescape(found[0]), text)))


def html_to_text(source: str) -> str:
    """The words of a piece of HTML: a line for each block, inline tags leave no trace ("Hez<b>bollah</b>" is one word).

    Scripts, styles, comments and embedded media are left out, entities resolved, white space made single spaces.
    Zero-width characters stay, for the matcher to judge. Plain text passes through, also with a stray "<" or "&".
    Never raises; takes time in proportion to the length of ``source``.
    """
    return _read(source).text()


def html_to_words(source: str) -> tuple[str, tuple[str, ...]]:
    """As `html_to_text`, and what is said of the pictures in it, for those who do not see them."""
    target = _read(source)
    return target.text(), tuple(one_line(clean(each)) for each in target.pictures)


def page_to_text(source: str) -> tuple[str, str]:
    """Title and text of a whole HTML page; the title is empty if the page has none."""
    target = _read(source)
    return one_line(clean("".join(target.title))), target.text()


class _TextTarget:
    """Collects text as lxml's parser goes through the tags: no tree is built, so that depth costs nothing."""

    def __init__(self) -> None:
        self.title: list[str] = []
        self.pictures: list[str] = []
        self._parts: list[str] = []
        self._unseen = 0
        self._in_title = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "title" and not self._unseen:
            self._in_title = True
        elif tag == "img" and not self._unseen and _is_said(text := attributes.get("alt") or ""):
            self.pictures.append(text)
        if tag in BLOCKS:
            self._parts.append("\n")

    def end(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "title":
            self._in_title = False
        if tag in BLOCKS:
            self._parts.append("\n")

    def data(self, text: str) -> None:
        if self._in_title:
            self.title.append(text)
        elif not self._unseen:
            # Only tags break lines; a line break of the source is a space.
            self._parts.append(_SPACE.sub(" ", text))

    def close(self) -> None:
        """Called by lxml at the end."""

    def text(self) -> str:
        return _tidy(clean("".join(self._parts)))


def _is_said(text: str) -> bool:
    """Whether what stands for a picture are words, and not the name of its file."""
    return any(map(str.isalpha, text)) and _FILE.search(text) is None


def _read(source: str) -> _TextTarget:
    target = _TextTarget()
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    plain = _CDATA.sub("", clean(source))
    last = plain.rfind("-->") + 1
    marked = _NO_TAG.sub("&lt;", plain[:last] + _OPEN_COMMENT.sub("", plain[last:]))
    try:
        parser.feed(marked.encode("utf-8"))
        parser.close()
    except etree.LxmlError:
        # Nothing in it that libxml2 calls a document: what was read so far is all there is.
        pass
    return target


def _tidy(text: str) -> str:
    lines = (one_line(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
