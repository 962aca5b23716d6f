"""How much of an article is read out of its page, and how much else?

    python -m benchmarks.page_text [FOLDER ...] [--errors N]

A folder holds pages and the texts that people took out of them: ``ground-truth.json`` with ``articleBody`` by page and
the pages in ``html/``, as public sets have them, or ``NAME.html`` beside ``NAME.txt``; pages may be gzipped. Without a
folder pages are read that are made here, of passages that an extraction loses and furniture that it takes.

Texts are compared as public sets do it: by runs of four words, how often each of them comes in both, page by page; the
figures are means over the pages. Beside this program's reading stands plain trafilatura's, with the same options.
``--errors`` names the pages where it does better.

Wanted: on every set an F1 above trafilatura's. The pages made here show no more than that nothing is broken: the
passages in them are those that the reading was written for.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import trafilatura

from watchlist.feeds.pages.page_in_sandbox import read
from watchlist.feeds.reading.charset import decode

NOW = datetime(2026, 3, 1, tzinfo=UTC)
URL = "https://gazette.example/a"
#: Words in a run.
RUN = 4
#: A page is worse where its F1 is less by more than this.
_WORSE = 0.02
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page and the text of its article."""

    name: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of what was read is the article's, and how much of the article was read."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def overlap(found: str, wanted: str) -> Overlap:
    """Compare two texts by their runs of words; where both are empty they agree."""
    ours, theirs = _runs(found), _runs(wanted)
    common = (ours & theirs).total()
    if not ours or not theirs:
        return Overlap(float(not ours and not theirs), float(not theirs))
    return Overlap(common / ours.total(), common / theirs.total())


def mean(overlaps: list[Overlap]) -> Overlap:
    """The mean over pages."""
    count = max(len(overlaps), 1)
    return Overlap(sum(each.precision for each in overlaps) / count, sum(each.recall for each in overlaps) / count)


def of_watchlist(source: str) -> str:
    """The text as this program reads it."""
    return read(source, URL, NOW).text


def of_trafilatura(source: str) -> str:
    """The text as the library reads it."""
    return trafilatura.extract(source, url=URL, include_comments=False, include_tables=True) or ""


READERS: dict[str, Callable[[str], str]] = {"watchlist": of_watchlist, "trafilatura": of_trafilatura}


def pages_of(folder: Path) -> Iterator[KnownPage]:
    """The pages of a folder with their texts; raises FileNotFoundError where there are none."""
    truth = folder / "ground-truth.json"
    if truth.exists():
        for name, page in json.loads(truth.read_text("utf-8")).items():
            if (path := _page_at(folder / "html" / name)) is not None:
                yield KnownPage(name, decode(_bytes_of(path), "text/html"), page["articleBody"])
        return
    texts = sorted(folder.glob("*.txt"))
    if not texts:
        raise FileNotFoundError(f"{folder}: neither ground-truth.json nor texts beside pages")
    for text in texts:
        if (path := _page_at(text.with_suffix(""))) is not None:
            yield KnownPage(text.stem, decode(_bytes_of(path), "text/html"), text.read_text("utf-8", "replace"))


def made_pages() -> Iterator[KnownPage]:
    """Pages made of a frame, a passage between its paragraphs, and furniture between others."""
    for (frame, shape), (passage, (inside, words)), (furniture, stray) in product(
        _FRAMES.items(), _PASSAGES.items(), _FURNITURE.items()
    ):
        first, second, third = (_PARAGRAPHS[at : at + 3] for at in (0, 3, 6))
        between = f"{_html(first)}{inside}{_html(second)}{stray}{_html(third)}"
        text = "\n".join((*first, words, *second, *third))
        yield KnownPage(f"{frame}, {passage}, {furniture}", shape.replace("BODY", between), text)


def compared(pages: Iterator[KnownPage]) -> dict[str, dict[str, Overlap]]:
    """What each reader makes of each page, by the page's name."""
    return {
        page.name: {reader: overlap(taken(page.source), page.text) for reader, taken in READERS.items()}
        for page in pages
    }


def main() -> None:
    """Compare, and print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="*")
    parser.add_argument("--errors", type=int, default=0)
    given = parser.parse_args()
    sets = {str(folder): pages_of(folder) for folder in given.folder} or {"pages made here": made_pages()}
    for name, pages in sets.items():
        found = compared(pages)
        for reader in READERS:
            figures = mean([each[reader] for each in found.values()])
            print(
                f"page_text  {name} ({len(found):,} pages) {reader:12} precision {figures.precision:.3f}"
                f"  recall {figures.recall:.3f}  F1 {figures.f1:.3f}"
            )
        losses = {page: each["trafilatura"].f1 - each["watchlist"].f1 for page, each in found.items()}
        worse = sorted((page for page, loss in losses.items() if loss > _WORSE), key=lambda page: -losses[page])
        print(f"page_text  {name}: trafilatura does better on {len(worse):,} pages")
        for page in worse[: given.errors]:
            print(f"    {page}: F1 {found[page]['watchlist'].f1:.3f}, not {found[page]['trafilatura'].f1:.3f}")


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return Counter(tuple(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, min(len(words), 1))))


def _page_at(stem: Path) -> Path | None:
    paths = (stem.with_name(stem.name + ending) for ending in (".html", ".html.gz", ".htm"))
    return next((path for path in paths if path.exists()), None)


def _bytes_of(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def _html(paragraphs: tuple[str, ...]) -> str:
    return "\n".join(f"<p>{text}" for text in paragraphs)


_PARAGRAPHS = (
    "The harbour office of Marrow Bay detained two ships on Monday, its director said in a statement.",
    "Both were on their way to the northern terminal with papers that named no owner, according to the office.",
    "One of them belongs to a shipping line that has been fined twice since the spring, the register shows.",
    "The crews were allowed to go ashore while their cargo is looked through, which may take until Friday.",
    "An insurer in the capital said that it had cancelled the cover of both ships a week before they sailed.",
    "The ministry of transport did not answer questions about the licences that it had given to the owners.",
    "Fishermen in the bay complained that the ships had lain at anchor without lights for several nights.",
    "A court will decide next week whether the cargo may be sold, a clerk told reporters after the hearing.",
    "The owners have a month to appeal, and the ships will stay at the quay until then, the director said.",
)
_LINKS = "<li><a href=/g>Kaveron Petroleum</a></li>\n<li><a href=/k>Zarrin <b>Steel</b>&nbsp;Works</a>"
_NAMES = "Kaveron Petroleum\nZarrin Steel Works"
_MENU = "<ul><li><a href=/>Home</a><li><a href=/w>World</a><li><a href=/topic/wexley>Wexley Oil</a></ul>"
_FRAMES = {
    "a newspaper": (
        "<!doctype html><html lang=en><head><title>Two ships detained - Gazette</title></head><body class='nav-open'>"
        f"<header><nav>{_MENU}</nav></header><main><article class='story share-ready'><h1>Two ships detained</h1>"
        "<div class=body>BODY</div></article></main><aside><h3>Most read</h3><ul><li><a href=/1>Wexley Oil</a><li>"
        "<a href=/2>Tides</a></ul></aside><footer>All rights reserved</footer></body></html>"
    ),
    "a blog": (
        "<html><head><title>Two ships</title></head><body><div id=wrap><div id=top>Harbour notes</div>"
        f"<div class=sidebar>{_MENU}</div><div class='entry-content post'><h2>Two ships</h2>BODY</div>"
        "<div id=comments><p>First! The gulls were there before, and nobody asked them anything at all.</p></div></div>"
    ),
    "an agency": (
        "<html><body><table width=100%><tr><td class=menu><a href=/>Home</a> | <a href=/w>World</a></td>"
        "<td class=content><div class='news-text' itemprop='articleBody'>BODY</div></td></tr></table></body></html>"
    ),
}
_PASSAGES = {
    "nothing": ("", ""),
    "a list of links": (f"<ul>{_LINKS}</ul>", _NAMES),
    "a list in a table": (f"<table><tr><td>Named<td><ul>{_LINKS}</ul></table>", f"Named\n{_NAMES}"),
    "paragraphs of links": ("<p><a href=/g>Kaveron Petroleum</a><p><a href=/k>Zarrin Steel Works</a>", _NAMES),
    "a caption": (
        "<figure><img src=/p.png><figcaption>Kaveron Petroleum at Zarrin Steel Works</figcaption></figure>",
        "Kaveron Petroleum at Zarrin Steel Works",
    ),
    "a fact box": (f"<aside class=factbox><h4>Who they are</h4><ul>{_LINKS}</ul></aside>", f"Who they are\n{_NAMES}"),
    "a quotation": (
        "<blockquote><p>Kaveron Petroleum is not what it seems to be, a clerk said.</blockquote>",
        "Kaveron Petroleum is not what it seems to be, a clerk said.",
    ),
}
_FURNITURE = {
    "clean": "",
    "related stories": (
        "<div class='related-stories'><h3>Read also</h3><ul><li><a href=/r1>Wexley Oil buys a third terminal after all"
        "</a><li><a href=/r2>Tides to rise again this week</a></ul></div>"
    ),
    "a newsletter": "<aside class=newsletter-signup><p>Get the weekly letter on Wexley Oil and others by mail.</aside>",
    "a link to a story": "<ul><li><a href=/r3>Court lets the cargo of Wexley Oil go after months of talks</a></ul>",
}


if __name__ == "__main__":
    main()
