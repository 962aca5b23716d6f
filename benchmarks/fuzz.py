"""Does any mutated feed, page or list file break the reader, or hold it up?

    python -m benchmarks.fuzz [20000] [--from 0] [--kind feeds]

Feeds of all forms, pages of articles and list files of all authorities, as many of each, each with one to six
mutations drawn by its number. Feeds and pages are read in the sandbox, as a poll reads them, list files as a sync does;
``--from`` begins at another number. Prints how they ended, and ends with exit code 1 where one ended otherwise than
read or refused with a reason of ours. The tests read a few hundred others.

Wanted: no failure, and none that takes longer than a tenth of its deadline.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from watchlist.errors import ExtractionError, FeedParseError, ListError
from watchlist.feeds.pages.page import Page, read_page
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.sandbox.parse import parse_feed
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.http.failures import HttpError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity
from watchlist.news.identity import article_ids

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://harbour.example/feeds/all.xml"
#: Seconds for one; the largest of these takes a hundredth of it.
DEADLINE = 10.0

SEEDS = [
    *(path.read_bytes() for path in sorted((Path(__file__).parents[1] / "tests/feeds/data").iterdir())),
    b"""<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://x.example/1</loc><n:news>
        <n:title>Tanker &amp; crew</n:title><n:publication_date>2026-02-28</n:publication_date></n:news></url>
        </urlset>""",
    b"""<sitemapindex><sitemap><loc>https://x.example/news.xml</loc><lastmod>2026-02-28</lastmod></sitemap>
        </sitemapindex>""",
    b"""<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'>
        <channel><title>T</title></channel><item><title>One</title><link>/1</link></item></rdf:RDF>""",
    b"""<CHANNEL HREF='https://x.example/'><TITLE>T</TITLE><ITEM HREF='/1'><TITLE>One</TITLE></ITEM></CHANNEL>""",
    """<feed version='0.3' xmlns='http://purl.org/atom/ns#' xml:base='sub/'><title>T</title><entry><title mode='base64'>
        T25l</title><link rel='alternate' href='1'/><issued>2026-02-28T10:00:00Z</issued><content
        type='application/xhtml+xml'><div xmlns='http://www.w3.org/1999/xhtml'>Übersee <b>Öl</b></div></content></entry>
        </feed>""".encode("latin-1"),
]
_STORY = "<p>The harbour office of Marrow Bay detained two ships on Monday, its director said in a statement.</p>"
PAGES = [
    f"""<!doctype html><html lang=en><head><title>Two ships</title>
        <meta property="og:title" content="Two ships &amp; a crew">
        <script type="application/ld+json">{{"@type": "NewsArticle", "isAccessibleForFree": false, "wordCount": 70,
        "articleBody": "The harbour office detained two ships", "datePublished": "2026-02-28T10:00:00Z",
        "hasPart": {{"cssSelector": ".paid", "isAccessibleForFree": "False"}}}}</script></head><body><nav><a href=/>Home
        </a></nav><main><article><h1>Two ships</h1><figure><img alt="A ship"><figcaption>A ship of Kaveron</figcaption>
        </figure>{_STORY * 4}<ul><li><a href=/k>Kaveron Petroleum</a></li></ul><table><tr><td><ul><li>Zarrin Steel</ul>
        </td></tr></table><aside class=factbox><p>Who they are</p></aside><div class=paid>{_STORY * 4}</div></article>
        </main><footer>All rights reserved</footer></body></html>""".encode(),
    f"<meta charset=windows-1251><title>Порт</title><div id=text>{_STORY * 3}<p>Задержаны два судна</p></div>".encode(
        "cp1251"
    ),
    b"<html><body><h1>Subscribe to continue reading</h1><form><input type=password></form></body></html>",
]
LISTS = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "tests/lists/data").iterdir())]
KINDS = ("feeds", "pages", "lists")
TOKENS = [
    *(b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"\x00", b"\xff", b"\xef\xbb\xbf", b"'", b'"', b"/>"),
    *(b"<item>", b"</entry>", b"</title>", b"<?xml ", b"<!DOCTYPE x [", b"{", b"}", b"[", b"\\u", b"\\ud800", b"null"),
    *(b"&#0;", b"&#xD800;", b"&#99999999;", b"&nbsp;", b"&bogus;", b"&amp", b"xml:base='http://[x'", b"xmlns:a='b'"),
    *(
        b"encoding='utf-16'",
        b"encoding='zip'",
        b"http://[broken",
        b"javascript:",
        b"9999-99-99",
        b"\xe2\x80",
        b"\x1b$B",
    ),
]
_TAG = re.compile(rb"<[^<>]{0,200}>")

Mutation = Callable[[random.Random, bytes], bytes]


def insert(chance: random.Random, body: bytes) -> bytes:
    """Put a token or a few bytes somewhere, over what stands there or before it."""
    start = chance.randint(0, len(body))
    new = chance.choice(TOKENS) if chance.random() < 0.7 else chance.randbytes(chance.randint(1, 8))
    return body[:start] + new + body[start + chance.choice((0, 0, chance.randint(0, 60))) :]


def flip(chance: random.Random, body: bytes) -> bytes:
    """Change a few single bytes."""
    changed = bytearray(body)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: random.Random, body: bytes) -> bytes:
    """Leave out a part, or all that follows."""
    start, end = sorted(chance.choices(range(len(body) + 1), k=2))
    return body[:start] if chance.random() < 0.3 else body[:start] + body[end:]


def repeat(chance: random.Random, body: bytes) -> bytes:
    """Have a part several times, so that elements nest or ids come twice."""
    start, end = sorted(chance.choices(range(len(body) + 1), k=2))
    return body[:start] + body[start:end] * chance.choice((2, 3, 30)) + body[end:]


def swap_tags(chance: random.Random, body: bytes) -> bytes:
    """Exchange two tags, leave one out, or put one inside another."""
    tags = [found.span() for found in _TAG.finditer(body)]
    if len(tags) < 2:
        return body
    (a, b), (c, d) = sorted(chance.sample(tags, 2))
    kind = chance.randrange(3)
    if kind == 0:
        return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]
    return body[:a] + body[b:] if kind == 1 else body[: b - 1] + body[c:d] + body[b - 1 :]


def deepen(chance: random.Random, body: bytes) -> bytes:
    """Nest, or give an element many attributes."""
    start = chance.randint(0, len(body))
    count = chance.choice((10, 300, 3000))
    if chance.random() < 0.5:
        return body[:start] + b"<b>" * count + body[start:]
    return body[:start] + b"<x " + b" ".join(b"a%d='1'" % number for number in range(count // 10)) + b">" + body[start:]


def recode(chance: random.Random, body: bytes) -> bytes:
    """Write it in another encoding than it says."""
    text = body.decode("utf-8", "replace")
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "cp500", "shift_jis", "utf-7"))
    return text.encode(encoding, "replace")


def pack(chance: random.Random, body: bytes) -> bytes:
    """Compress it, whole or cut off."""
    packed = gzip.compress(body)
    return packed if chance.random() < 0.5 else packed[: chance.randint(2, len(packed))]


def graft(chance: random.Random, body: bytes) -> bytes:
    """Put a part of another feed into it."""
    other = chance.choice(SEEDS)
    start, end = sorted(chance.choices(range(len(other) + 1), k=2))
    at = chance.randint(0, len(body))
    return body[:at] + other[start:end] + body[at:]


#: The common ones several times.
MUTATIONS: list[Mutation] = [
    *(insert, insert, insert, insert, flip, cut, cut, repeat, swap_tags, swap_tags, graft, deepen, recode, pack)
]


def mutated(chance: random.Random, seeds: Sequence[bytes] = SEEDS) -> bytes:
    """A feed, or another of these, with one to six mutations."""
    body = chance.choice(seeds)
    for _ in range(chance.randint(1, 6)):
        body = chance.choice(MUTATIONS)(chance, body or b"<")
    return body[:300_000]


def check(feed: ParsedFeed) -> None:
    """What holds for every feed that was read."""
    for entry in feed.entries:
        for text in (entry.title, entry.text, entry.guid or "", entry.lang or ""):
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text)
        assert "\n" not in entry.title
        assert entry.url is None or urlsplit(entry.url).scheme in ("http", "https")
    assert len(article_ids(feed.entries, URL, feed.home)) == len(feed.entries)
    json.dumps([[each.title, each.text, each.url, each.guid] for each in feed.entries]).encode("ascii")


def check_page(page: Page) -> None:
    """What holds for every page that was read."""
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", f"{page.title}{page.text}{page.all_text}")
    assert "\n" not in page.title


def check_list(entities: Iterable[Entity]) -> int:
    """What holds for every entity of a list that was read; gives their number."""
    ids = Counter(each.id for each in entities if each.names and each.caption)
    assert not [id for id, count in ids.items() if count > 1]
    return len(ids)


def read_one(kind: str, number: int, sandbox: Sandbox, folder: Path) -> str:
    """Read one mutated document; in a word or two, how that ended. Raises what ought not to happen."""
    chance = random.Random(number)
    try:
        if kind == "feeds":
            feed = parse_feed(mutated(chance), Source(URL, None, NOW), sandbox, DEADLINE)
            check(feed)
            return "read, damaged" if feed.damage else "read"
        if kind == "pages":
            page = read_page(mutated(chance, PAGES), Source(URL, "text/html", NOW), sandbox, DEADLINE)
            check_page(page)
            return "read" if page.text else "no text"
        file = folder / f"list{chance.choice(('.xml', '.csv', '.json', ''))}"
        file.write_bytes(mutated(chance, LISTS))
        check_list(read_list("mutated", file).entities())
        return "read"
    except (FeedParseError, ExtractionError) as error:
        # The worker's own words for what it did not expect.
        if error.reason.startswith(("cannot be read", "took more", "broke the process", "needs too much")):
            raise
        return f"refused: {_in_short(error.reason)}"
    except HttpError as error:
        return f"refused: {_in_short(error.reason)}"
    except ListError as error:
        return f"refused: {_in_short(str(error).partition(': ')[2])}"


def _in_short(reason: str) -> str:
    return re.sub(r"^(?:line \d+: )?list(?:\.\w+)?: |\(.*|'.*|[\d,]{2,}.*|\d+", "", reason).strip()[:40]


def main() -> int:
    """Run many, and say how they ended; 1 where something went wrong."""
    arguments = argparse.ArgumentParser(description="Read mutated feeds, pages and list files.")
    arguments.add_argument("count", type=int, nargs="?", default=20_000)
    arguments.add_argument("--from", type=int, default=0, dest="first")
    arguments.add_argument("--kind", choices=KINDS, action="append")
    given = arguments.parse_args()
    kinds = given.kind or KINDS
    outcomes: Counter[str] = Counter()
    slowest, failures, started = (0.0, "none"), 0, time.monotonic()
    with Sandbox(1) as sandbox, TemporaryDirectory() as folder:
        for number in range(given.first, given.first + given.count):
            kind = kinds[number % len(kinds)]
            begun = time.monotonic()
            try:
                outcomes[f"{kind}: {read_one(kind, number, sandbox, Path(folder))}"] += 1
            except Exception as error:
                failures += 1
                print(f"{kind} {number}: {type(error).__name__}: {error}", flush=True)
            slowest = max(slowest, (time.monotonic() - begun, f"{kind} {number}"))
    for outcome, count in outcomes.most_common(40):
        print(f"{count:7,}  {outcome}")
    seconds, (longest, which) = time.monotonic() - started, slowest
    print(f"{given.count:,} in {seconds:.0f} s, {failures} failures; the slowest took {longest:.2f} s ({which})")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
