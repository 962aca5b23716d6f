"""BYTES -> TEXT: the encoding of a feed or a page, found by evidence rather than by claim."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How ``<`` starts a document without a BOM (XML 1.0, appendix F).
_WIDE_STARTS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(
    rb"<\?xml[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})"
    rb"|<meta[^<>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
#: Names that the press's systems use for their own superset, and names that Python does not know.
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "windows-1252",
    "us-ascii": "windows-1252",
    "shift_jis": "cp932",
    "mac": "mac-roman",
    "csmacintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-sjis": "cp932",
    "ms-ansi": "windows-1252",
    "ms-cyrl": "windows-1251",
    "ms-ee": "windows-1250",
    "ks_c_5601-1987": "cp949",
}
#: How ``<?xm`` reads on a mainframe.
_EBCDIC = b"\x4c\x6f\xa7\x94"
#: The beginning of a character of UTF-8 whose end is missing.
_CUT_OFF = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_BROKEN = re.compile("[\udc80-\udcff]+")
_ESCAPE = b"\x1b"
#: From this many bytes on that are no UTF-8, and this many times as many as those that are, the text is in another
#: encoding, and not in UTF-8 with another's words pasted in.
_FOREIGN, _FOREIGN_TIMES = 16, 3
#: Where nothing at all is UTF-8, so many are enough, if what they look like is this sure.
_FEW, _FAIRLY_SURE = 4, 0.12
#: The encodings that switch by escapes, which nothing but them has.
_ESCAPED = ("iso2022_jp_ext", "iso2022_kr")
#: What is looked at to find out in which, and how sure it must be against a claim.
_ENOUGH, _SURE = 100_000, 0.38
#: A stretch of words beyond ASCII, without the tags around it.
_TOLD = re.compile(rb"[^<>\x80-\xff]{0,40}+[\x80-\xff][^<>]{0,2000}+")
_BEYOND = re.compile(rb"[\x80-\xff]")
_WESTERN = "cp1252"


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a body, whatever its headers and its own first line claim.

    In order: a byte order mark or a wide ``<``; UTF-8 if the bytes are valid UTF-8, since hardly any other text with
    letters beyond ASCII is; the encoding of the Content-Type header; that of the XML declaration or of the page's
    ``meta``; what chardet makes of it, where nearly nothing reads as UTF-8; UTF-8 where it reads, and Windows-1252
    where it does not. A claim of Western European, which servers make of everything, is not believed of bytes that
    plainly are another script's. Never raises.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for start, encoding in _WIDE_STARTS:
        if body.startswith(start):
            return body.decode(encoding, "replace")
    if body.startswith(_EBCDIC):
        # The declaration can be read by any of these code pages, and says which it is.
        declared = _DECLARED.search(body[:200].decode("cp037").encode("ascii", "replace"))
        return body.decode(_text_codec(declared[1].decode("ascii") if declared and declared[1] else "cp037"), "replace")
    # ISO-2022 text is escape sequences within ASCII, and so valid UTF-8 that means something else.
    candidates = (*(() if _ESCAPE in body else ("utf-8",)), *_claims(body, content_type))
    candidates = (*candidates, *(_ESCAPED if _ESCAPE in body else ()), "utf-8")
    for encoding in candidates:
        try:
            text = body.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
        other = _other_script(body) if encoding == _WESTERN else None
        return text if other is None else body.decode(other, "replace")
    mixed = body.decode("utf-8", "surrogateescape")
    broken, whole = _beyond_ascii(mixed)
    if broken >= _FOREIGN and broken > _FOREIGN_TIMES * whole:
        found = _found(body)[0]
    else:
        found = _other_script(body)
        if found is None and broken >= _FEW and not whole:
            likely, sure = _found(body)
            found = likely if sure >= _FAIRLY_SURE else None
    if found is not None:
        return body.decode(found, "replace")
    return _BROKEN.sub(_mixed, mixed)


def _found(body: bytes) -> tuple[str | None, float]:
    """The encoding that the words of a body look like, what is plain ASCII left aside; and how sure that is."""
    # It takes long to import, and hardly a feed needs it.
    import chardet

    words = b" ".join(found[0] for found in _TOLD.finditer(body))[:_ENOUGH]
    found = chardet.detect(words)
    name = found["encoding"]
    return None if name is None else _text_codec(name.lower()), found["confidence"] or 0.0


def _other_script(body: bytes) -> str | None:
    """The encoding of another script than the Latin, where the bytes leave no doubt; else None."""
    # Two bytes that stand for one sign may be valid UTF-8 by chance; one in so many of a longer text is not.
    name, sure = _found(body) if len(_BEYOND.findall(body[:_ENOUGH])) >= _FOREIGN else (None, 0.0)
    if name is None or sure < _SURE:
        return None
    decoded = body[:_ENOUGH].decode(name, "replace")
    letters = [letter for letter in decoded if letter > "\x7f"]
    if decoded.count("\ufffd") > len(letters) // _FOREIGN:
        return None
    latin = sum(letter < "\u0370" or "\u2000" <= letter < "\u2100" for letter in letters)
    return name if latin < len(letters) / 4 else None


def _beyond_ascii(mixed: str) -> tuple[int, int]:
    """How many bytes are no UTF-8, and how many letters beyond ASCII are."""
    broken = sum("\udc80" <= letter <= "\udcff" for letter in mixed)
    return broken, sum(letter > "\x7f" for letter in mixed) - broken


def _mixed(found: re.Match[str]) -> str:
    """Bytes that are no UTF-8 within text that is: another's words pasted in, or a character cut in two."""
    raw = found[0].encode("ascii", "surrogateescape")
    return "\ufffd" if _CUT_OFF.fullmatch(raw) else raw.decode("windows-1252", "replace")


def _claims(body: bytes, content_type: str | None) -> tuple[str, ...]:
    claims = []
    if found := _HEADER.search(content_type or ""):
        claims.append(found[1])
    if declared := _DECLARED.search(body[:2048]):
        claims.append((declared[1] or declared[2]).decode("ascii"))
    return tuple(_text_codec(claim.lower()) for claim in claims)


def _text_codec(name: str) -> str:
    """A codec that turns bytes into text, by this name or the one it stands for; Python has others under such names."""
    try:
        codec = codecs.lookup(_MEANT.get(name, name))
    except LookupError:
        return "utf-8"
    # UTF-16 and UTF-32 without a mark or a wide "<" are a wrong claim: what could be read as markup was not wide.
    return "utf-8" if codec.name.startswith(("utf-16", "utf-32")) else codec.name
