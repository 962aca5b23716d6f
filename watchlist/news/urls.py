"""Addresses that stand for another: accelerated pages, and wrappers that carry the article's own address. Pure.

Only what can be told from the address itself, without asking anybody.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

#: Wrappers within wrappers; nobody nests deeper.
_DEPTH = 10
#: Longer than any address of an article; what is longer is not looked into.
_LONGEST = 2000
#: Where the address is a parameter: the host, the path, the parameter's names.
_PARAMETERS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("url", "q")),
    (re.compile(r"(?:www\.)?bing\.com"), "/news/apiclick.aspx", ("url",)),
    (re.compile(r"lm?\.facebook\.com"), "/l.php", ("u",)),
    (re.compile(r"(?:www\.)?youtube\.com"), "/redirect", ("q",)),
    (re.compile(r"out\.reddit\.com"), "/", ("url",)),
)
_AMP_CACHE = re.compile(r"/(?:[a-z]/)?(s/)?(.+)")
_GOOGLE_AMP = re.compile(r"/amp/(s/)?(.+)")
_NEWS_ARTICLE = re.compile(r"/(?:rss/|__i/rss/rd/)?articles/(CBMi[\w-]+=*)")
#: How the bytes in a Google News address begin that hold an address: two fields of a protocol buffer.
_NEWS_HEAD = b"\x08\x13\x22"
_AMP_ENDS = re.compile(r"(?:/amp|\.amp)+/*\Z", re.IGNORECASE)
_AMP_HTML = re.compile(r"(?:\.amp)+(?=\.html?\Z)", re.IGNORECASE)
#: ``amp.`` serves what ``www.`` does; ``m.`` and ``mobile.`` do so for a page whose path could be no other's.
_AMP_HOST = re.compile(r"amp\.(?=[^.]+\.[^.]+)")
_MOBILE_HOST = re.compile(r"(?:m|mobile)\.(?=[^.]+\.[^.]+)")
_TELLING_PATH = 16


def unwrap(url: str) -> str:
    """The address that a wrapper carries, as far in as can be told; any other address as it is."""
    for _ in range(_DEPTH if len(url) <= _LONGEST else 0):
        inner = _inner(url)
        if inner is None:
            return url
        url = inner
    return url


def _inner(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        parameters = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return None
    for pattern, path, names in _PARAMETERS:
        if parts.path == path and pattern.fullmatch(host):
            found = (value for name in names for value in parameters.get(name, ()))
            return next(filter(_is_address, found), None)
    if host.endswith(".cdn.ampproject.org"):
        return _from_path(_AMP_CACHE, parts)
    if re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host) and parts.path.startswith("/amp/"):
        return _from_path(_GOOGLE_AMP, parts)
    if host == "news.google.com" and (article := _NEWS_ARTICLE.fullmatch(parts.path)):
        return _from_news(article[1])
    return None


def _from_path(pattern: re.Pattern[str], parts: SplitResult) -> str | None:
    found = pattern.fullmatch(parts.path)
    if found is None:
        return None
    inner = f"{'https' if found[1] else 'http'}://{unquote(found[2])}" + (f"?{parts.query}" if parts.query else "")
    return inner if _is_address(inner) else None


def _from_news(code: str) -> str | None:
    """The address in the older form of Google News addresses; the newer holds a key that only Google can resolve."""
    try:
        raw = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (binascii.Error, ValueError):
        return None
    if not raw.startswith(_NEWS_HEAD) or len(raw) < 5:
        return None
    # The length: seven bits to a byte, the last one without its top bit.
    length, start = raw[3], 4
    if length & 0x80:
        length, start = (length & 0x7F) | raw[4] << 7, 5
    try:
        inner = raw[start : start + length].decode("ascii")
    except UnicodeDecodeError:
        return None
    return inner if _is_address(inner) else None


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme.lower() in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        return False


def plain_host(host: str, path: str) -> str:
    """The host that serves the same page to everybody."""
    if _AMP_HOST.match(host) or (_MOBILE_HOST.match(host) and len(path) >= _TELLING_PATH):
        return f"www.{host.partition('.')[2]}"
    return host


def plain_path(path: str) -> str:
    """The path of the page of which this is the accelerated one."""
    if len(path) > _LONGEST:
        return path.rstrip("/")
    return _AMP_HTML.sub("", _AMP_ENDS.sub("", path).rstrip("/"))


def is_amp_parameter(pair: str) -> bool:
    """Whether a part of a query only asks for the accelerated page."""
    return pair.lower() in ("amp", "amp=", "amp=1", "amp=true", "outputtype=amp", "output=amp", "amp_js_v=0.1")
