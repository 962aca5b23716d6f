"""What stands above and behind an article, where an extraction takes it for text."""

from __future__ import annotations

import pytest

from tests.article_pages import HEADLINE, LIST, PARAGRAPHS, blocks_of, page, page_read
from watchlist.feeds.pages.article.ends import says_when, without_what_is_around


def test_the_headline_is_a_field_of_its_own() -> None:
    found = page_read(page(""))
    assert found.headline == HEADLINE
    assert found.text.splitlines() == [*PARAGRAPHS]


def test_a_headline_that_is_no_heading_is_known_by_the_pages_title() -> None:
    source = page("").replace("<h1>", "<p>").replace("</h1>", "</p>").replace("Two ships detained -", f"{HEADLINE} -")
    found = page_read(source)
    assert found.headline in ("", HEADLINE)
    assert HEADLINE not in found.text
    assert PARAGRAPHS[0] in found.text


def test_a_page_of_one_line_has_that_for_its_text() -> None:
    source = f"<html><head><title>Ships</title></head><body><article><h1>{PARAGRAPHS[0]}</h1></article></body></html>"
    found = page_read(source)
    assert PARAGRAPHS[0] in (found.text or found.all_text)


@pytest.mark.parametrize(
    ("lead", "line"),
    [
        ("<p>March 3, 2026, 14:05</p>", "March 3, 2026, 14:05"),
        ("<p>Am 3.3.2026 um 14.05 Uhr</p>", "Am 3.3.2026 um 14.05 Uhr"),
        ("<p class=byLine>By Wexley Quill in Marrow</p>", "By Wexley Quill in Marrow"),
        ("<div class='story-meta'><span>Wexley Quill, harbour desk</span></div>", "Wexley Quill, harbour desk"),
        ("<ul class=shareTools><li>Tell your friends</li></ul>", "Tell your friends"),
    ],
)
def test_when_and_by_whom_an_article_was_written_is_not_its_text(lead: str, line: str) -> None:
    found = without_what_is_around(blocks_of(page("", lead=lead)), [line, *PARAGRAPHS])
    assert found == [*PARAGRAPHS]


@pytest.mark.parametrize(
    ("lead", "line"),
    [
        ("<p>Owners of 2026 are unknown to the port</p>", "Owners of 2026 are unknown to the port"),
        ("<h2>Kaveron Petroleum before the court</h2>", "Kaveron Petroleum before the court"),
        ("<div class=banner><p>Kaveron Petroleum is named.</p></div>", "Kaveron Petroleum is named."),
    ],
)
def test_what_an_article_begins_with_stays(lead: str, line: str) -> None:
    found = without_what_is_around(blocks_of(page("", lead=lead)), [line, *PARAGRAPHS])
    assert found == [line, *PARAGRAPHS]


LIFE = "Wexley Quill has written about harbours and what floats in them for more than twenty years."
OTHER = "Tides to rise again in the bay, and nobody knows why"
CARDS = "".join(
    f"<div class=item><a href=/{at}><img src=/p.png></a><h3><a href=/{at}>{OTHER}</a></h3><p>{LIFE}</p></div>"
    for at in (1, 2)
)


@pytest.mark.parametrize(
    ("end", "lines"),
    [
        (f"<div class=author-box><p>{LIFE}</p></div>", [LIFE]),
        (f"<section>{CARDS}</section>", [OTHER, LIFE, OTHER, LIFE]),
        # The publisher's own words behind the cards are no reason to keep the cards.
        (f"<section>{CARDS}</section><div class=promo><p>{LIFE}</p></div>", [OTHER, LIFE, OTHER, LIFE, LIFE]),
        (f"<div id=comments><p>{LIFE}</p><p>Me too</p></div>", [LIFE, "Me too"]),
        (f"<div class=lectores-comentarios><p>{LIFE}</p></div>", [LIFE]),
    ],
)
def test_what_stands_behind_an_article_is_not_its_text(end: str, lines: list[str]) -> None:
    found = without_what_is_around(blocks_of(page("", end=end)), [*PARAGRAPHS, *lines])
    assert found == [*PARAGRAPHS]


@pytest.mark.parametrize(
    ("end", "lines"),
    [
        (LIST, ["Kaveron Petroleum", "Zarrin Steel Works"]),
        (f"<section class='story-section withAds'><p>{LIFE}</p></section>", [LIFE]),
        (f"<aside class=facts><h4>Who they are</h4><p>{LIFE}</p></aside>", ["Who they are", LIFE]),
        (f"<section><h4>What now</h4><p>{LIFE}</p></section>", ["What now", LIFE]),
        # One link to another article, and even a label above it, makes no list of articles out of a section.
        (
            f"<section><p>{LIFE}</p><p>{PARAGRAPHS[0]} {LIFE}</p><h4>Related</h4><p><a href=/r>{OTHER}</a></section>",
            [LIFE, f"{PARAGRAPHS[0]} {LIFE}"],
        ),
    ],
)
def test_what_an_article_ends_with_stays(end: str, lines: list[str]) -> None:
    found = without_what_is_around(blocks_of(page("", end=end)), [*PARAGRAPHS, *lines])
    assert found == [*PARAGRAPHS, *lines]


def test_the_last_heading_stays_though_a_table_of_contents_has_it_too() -> None:
    contents = "<div class=toc><a href=#k>Kaveron Petroleum</a></div>"
    source = page("").replace("</div></article>", f"<h3 id=k>Kaveron Petroleum</h3></div>{contents}</article>")
    found = without_what_is_around(blocks_of(source), [*PARAGRAPHS, "Kaveron Petroleum"])
    assert found == [*PARAGRAPHS, "Kaveron Petroleum"]


def test_labels_behind_and_beside_an_article_go_and_its_items_stay() -> None:
    source = page("").replace("</main>", "<div>Thumbnails</div><ul><li>Kaveron Petroleum</li></ul></main>")
    found = without_what_is_around(blocks_of(source), [*PARAGRAPHS, "Thumbnails", "Kaveron Petroleum"])
    assert found == [*PARAGRAPHS, "Kaveron Petroleum"]


def test_sections_that_stand_among_paragraphs_are_no_furniture_whatever_they_are_called() -> None:
    """Names of elements mislead: here most sections of the article are called by what a script puts into them."""
    sections = "".join(f"<section class='text tools'><p>{text}</p></section>" for text in PARAGRAPHS)
    source = f"<html><body><main>{sections.replace('tools', '', 1).replace('tools', '_', 3)}</main></body></html>"
    sections = "".join(
        f"<section class='text tools' id=s{number}><p>{text}</p></section>" for number, text in enumerate(PARAGRAPHS)
    )
    other = f"<html><body><main>{sections.replace('tools', '', 1)}<p>{LIFE}</p>{sections}</main></body></html>"
    assert without_what_is_around(blocks_of(source), PARAGRAPHS) == [*PARAGRAPHS]
    assert without_what_is_around(blocks_of(other), [*PARAGRAPHS, LIFE, *PARAGRAPHS[5:]]) == [
        *PARAGRAPHS,
        LIFE,
        *PARAGRAPHS[5:],
    ]


def test_what_holds_a_good_part_of_a_text_is_no_furniture_whatever_it_is_called() -> None:
    """Publishers wrap the rest of an article in what opens with a button."""
    source = page("<div class=read-more>").replace("</div></article>", "</div></div></article>")
    assert without_what_is_around(blocks_of(source), PARAGRAPHS) == [*PARAGRAPHS]


def test_a_text_that_stands_nowhere_on_its_page_stays() -> None:
    assert without_what_is_around(blocks_of(page("")), ["Of this no word", "is there"]) == [
        "Of this no word",
        "is there",
    ]


@pytest.mark.parametrize(
    "line", ["Posted Oct 25, 2024 Updated Oct 26, 2024", "19.03.2019 11:45 | von W. Quill", "8:05 am"]
)
def test_a_line_says_when(line: str) -> None:
    assert says_when(line)


@pytest.mark.parametrize(
    "line",
    ["It sank on March 3, 2026, at 14:05.", "Elections in 2026", "Kaveron Petroleum", "Ten of 12 ships were there"],
)
def test_a_line_says_something_else(line: str) -> None:
    assert not says_when(line)
