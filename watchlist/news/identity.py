"""What makes an article the same article. Pure.

Its address does, since guids change when a site moves to other software and words change when it is edited. Where the
address cannot tell entries apart, because a feed gives one address to several or only that of its own site, the guid
does. Dates never take part: publishers touch them. What is stored already has its say in `news.wording`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

from watchlist.model import stable_id
from watchlist.news.entry import ParsedEntry
from watchlist.news.urls import is_amp_parameter, plain_host, plain_path, unwrap

_DEFAULT_PORTS = {"http": 80, "https": 443}
#: Query parameters that say where a reader came from, not what is read.
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|matomo_\w+|hsa_\w+|at_(?:medium|campaign|custom\d|link\w*|format|ptr_name|bbc_team)"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|mc_[ce]id|mkt_tok|_hs(?:enc|mi)"
    r"|_ga|_gl|ncid|cmpid|cmp|icid|intcid|ito|smid|ocid|sr_share|ftag|__twitter_impression|wt[._]mc(?:_id)?",
    re.IGNORECASE,
)


def canonical_url(url: str) -> str:
    """The address without what does not change which page it is, for comparing, not for opening.

    http and https are one; scheme and host in lower case; user, default port, fragment, trailing slash and well-known
    tracking parameters gone; an accelerated (AMP) page is the page itself, and a wrapper the address that it carries.
    What is no web address comes back stripped of white space.
    """
    url = unwrap(url.strip())
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    path = plain_path(parts.path)
    host = plain_host(parts.hostname.rstrip("."), path)
    place = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if not _says_nothing(pair))
    return f"https://{place}{path}" + (f"?{query}" if query else "")


def _says_nothing(pair: str) -> bool:
    return not pair or is_amp_parameter(pair) or _TRACKING.fullmatch(pair.partition("=")[0]) is not None


def article_ids(entries: Sequence[ParsedEntry], feed_url: str, home: str | None) -> tuple[str, ...]:
    """The ids of a feed's entries, in their order; entries with one id are one article.

    An id comes from the entry's address, else from its guid within this feed, else from its title, so that a reworded
    article stays the same; where titles repeat, from title and text. An address does not count if it is that of the
    feed, of its ``home`` page or of the site's root, or if entries that differ share it.
    """
    scope = canonical_url(feed_url)
    everyones = {scope, canonical_url(home) if home else scope}
    addresses = [canonical_url(entry.url) if entry.url else "" for entry in entries]
    bearers: defaultdict[str, list[ParsedEntry]] = defaultdict(list)
    texts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for address, entry in zip(addresses, entries, strict=True):
        bearers[address].append(entry)
        texts[address, entry.title].add(entry.text)

    # Asked once for each address, however many entries have it.
    shared = {address for address, found in bearers.items() if _differ(found)}

    def identify(address: str, entry: ParsedEntry) -> str:
        if address and address not in everyones and not _is_root(address) and address not in shared:
            return stable_id("url", address)
        # A shared address still narrows down what a guid or a title means.
        if entry.guid:
            return stable_id("guid", scope, address, entry.guid)
        if entry.title and len(texts[address, entry.title]) == 1:
            return stable_id("title", scope, address, entry.title)
        return stable_id("words", scope, address, entry.title, entry.text)

    return tuple(identify(address, entry) for address, entry in zip(addresses, entries, strict=True))


def _is_root(canonical: str) -> bool:
    return canonical.count("/") == 2 and "?" not in canonical


def _differ(bearers: Sequence[ParsedEntry]) -> bool:
    """Whether the bearers of one address are several articles: words and guids differ, or words where no guid is.

    One guid with two wordings is one article and its edit; one wording with two guids is one article listed twice.
    """
    guids = {entry.guid for entry in bearers}
    words = {(entry.title, entry.text) for entry in bearers}
    return len(words) > 1 and (len(guids) > 1 or guids == {None})
