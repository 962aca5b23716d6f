"""Names that an extraction loses: where they stand, and what looks like it and stays out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchlist.feeds.pages.page_in_sandbox import read

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PARAGRAPHS = (
    "The harbour office of Marrow Bay detained two ships on Monday, its director said in a statement.",
    "Both were on their way to the northern terminal with papers that named no owner, according to the office.",
    "One of them belongs to a shipping line that has been fined twice since the spring, the register shows.",
    "The crews were allowed to go ashore while their cargo is looked through, which may take until Friday.",
    "An insurer in the capital said that it had cancelled the cover of both ships a week before they sailed.",
    "The ministry of transport did not answer questions about the licences that it had given to the owners.",
    "Fishermen in the bay complained that the ships had lain at anchor without lights for several nights.",
    "A court will decide next week whether the cargo may be sold, a clerk told reporters after the hearing.",
)
LIST = (
    '<ul>\n<li><a href="/g">Kaveron Petroleum</a></li>\n<li><a href="/k">Zarrin <b>Steel</b>&nbsp;Works</a></li></ul>'
)


def page(inside: str, *, lead: str = "", end: str = "") -> str:
    """An article with a passage between its paragraphs, furniture around it, untidy as they are."""
    first, last = ("\n".join(f"<p>{text}</p>" for text in part) for part in (PARAGRAPHS[:4], PARAGRAPHS[4:]))
    return (
        "<!doctype html><html lang=en><head><title>Two ships detained - Gazette</title></head><body class='nav-open'>"
        "<header><nav><ul><li><a href=/>Home</a></li><li><a href=/topic/wexley>Wexley Oil</a></li></ul></nav></header>"
        f"<main><article class='story share-ready'><h1>Two ships detained in Marrow Bay</h1>{lead}"
        f"<div class=body>{first}{inside}{last}</div>{end}</article></main>"
        "<aside><h3>Most read</h3><ul><li><a href=/1>Wexley Oil</a></li><li><a href=/2>Tides</a></li></ul></aside>"
        "<footer><ul><li><a href=/i>Wexley Oil</a></li></ul>All rights reserved</footer></body></html>"
    )


def text_of(source: str) -> str:
    return read(source, "https://gazette.example/a", NOW).text


@pytest.mark.parametrize(
    "inside",
    [
        LIST,
        LIST.replace("ul>", "ol>"),
        LIST.replace("<a", "<strong><a").replace("</a>", "</a></strong>"),
        "<p><a href=/g>Kaveron Petroleum</a>, <a href=/k>Zarrin Steel Works</a></p>",
        "<p><a href=/g>Kaveron Petroleum</a><br><a href=/k>Zarrin Steel Works</a>.</p>",
        "<table><tr><td>Named</td><td><ul><li>Kaveron Petroleum</li><li>Zarrin Steel Works</ul></td></tr></table>",
        "<figure><img src=/p.png><figcaption>Kaveron Petroleum and Zarrin Steel Works</figcaption></figure>",
        "<div class=img><img src=/p.png></div><div class='img-caption'>Kaveron Petroleum at Zarrin Steel Works</div>",
        "<p><a href=/g>Kaveron Petroleum</a></p><p><a href=/k>Zarrin Steel Works</a></p>",
        (
            "<p><a href=/g>Kaveron Petroleum Marine Bunkering and Salvage Company of the Northern Bay</a></p>"
            "<p><a href=/k>Zarrin Steel Works</a></p>"
        ),
        "<table><tr><td><ul><li><a href=/g>Kaveron Petroleum</a><li><a href=/k>Zarrin Steel Works</a></ul></table>",
        (
            "<table><tr><th>Owner</th><td><a href=/g>Kaveron Petroleum</a></td></tr>"
            "<tr><th>Builder</th><td><a href=/k>Zarrin Steel Works</a></td></tr></table>"
        ),
        "<dl><dt><a href=/g>Kaveron Petroleum</a></dt><dd><a href=/k>Zarrin Steel Works</a></dd></dl>",
        "<div class=infobox><h3>Who</h3><p><a href=/g>Kaveron Petroleum</a></p><p>Zarrin Steel Works at home</p></div>",
        "<aside class=factbox><ul><li>Kaveron Petroleum</li><li>Zarrin Steel Works</li></ul></aside>",
        "<picture><img src=/p.png></picture><p class=wp-caption-text>Kaveron Petroleum at Zarrin Steel Works</p>",
        "<pre>Kaveron Petroleum is owned by Zarrin Steel Works</pre>",
        "<aside class=factbox><p>Kaveron Petroleum trades oil. Its owner is Zarrin Steel Works of Marrow.</p></aside>",
    ],
)
def test_names_between_paragraphs_are_kept_in_their_place(inside: str) -> None:
    text = text_of(page(inside))
    assert "Kaveron Petroleum" in text
    assert "Zarrin Steel Works" in text
    assert text.index(PARAGRAPHS[3]) < text.index("Kaveron Petroleum") < text.index(PARAGRAPHS[4])
    assert "Wexley Oil" not in text
    assert text.count(PARAGRAPHS[0]) == 1


def test_the_caption_of_a_picture_above_the_article_is_kept() -> None:
    lead = "<figure><img src=/p.png><figcaption>A tanker of Kaveron Petroleum in the bay</figcaption></figure>"
    assert "A tanker of Kaveron Petroleum in the bay" in text_of(page("", lead=lead))


@pytest.mark.parametrize(
    "inside",
    [
        "<ul><li><a href=/1>Kaveron Petroleum kept the tides waiting</a></li><li><a href=/2>Tides wait for it</a></ul>",
        "<ul><li><a href=/g>Court lets cargo of Kaveron Petroleum go after months of talks</a></li></ul>",
        f"<div class='related-stories'>{LIST}</div>",
        f"<aside class='c-recirc' id='related'>{LIST}</aside>",
        f"<nav>{LIST}</nav>",
        f"<div class='tags'>{LIST}</div>",
        "<aside class=newsletter-signup><p>Get the weekly letter on Kaveron Petroleum and others by mail.</p></aside>",
        "<form><p><a href=/g>Kaveron Petroleum</a></p></form>",
    ],
)
def test_furniture_between_paragraphs_stays_out(inside: str) -> None:
    assert "Kaveron Petroleum" not in text_of(page(inside))


@pytest.mark.parametrize(
    "inside",
    [
        LIST,
        "<p>These are on the list:</p>" + LIST,
        "<table><tr><td>Owner<td>Kaveron Petroleum</tr><tr><td>Builder<td>Zarrin Steel Works</td></tr></table>",
        "<p><a href=/g>Kaveron Petroleum</a></p><p><a href=/k>Zarrin Steel Works</a></p>",
        "<figure><img src=/p.png><figcaption>Kaveron Petroleum and Zarrin Steel Works</figcaption></figure>",
    ],
)
def test_a_list_that_ends_the_article_is_kept(inside: str) -> None:
    source = page("").replace(f"<p>{PARAGRAPHS[-1]}</p>", f"<p>{PARAGRAPHS[-1]}</p>{inside}")
    text = text_of(source)
    assert "Kaveron Petroleum" in text
    assert "Zarrin Steel Works" in text
    assert text.index(PARAGRAPHS[-1]) < text.index("Kaveron Petroleum")
    assert "Wexley Oil" not in text


def test_what_stands_behind_furniture_is_not_the_articles() -> None:
    behind = f"<p>{PARAGRAPHS[-1]}</p><div class=share-bar><a href=/s>Share</a></div>{LIST}"
    assert "Kaveron Petroleum" not in text_of(page("").replace(f"<p>{PARAGRAPHS[-1]}</p>", behind))


def test_what_the_page_tells_machines_fills_what_the_extraction_misses() -> None:
    body = " ".join(PARAGRAPHS) + " Kaveron Petroleum is one of the owners, the register of the port says at last."
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    shortened = page("").replace("<main>", f"{script}<main>")
    for paragraph in PARAGRAPHS[3:]:
        shortened = shortened.replace(f"<p>{paragraph}</p>", "")
    text = text_of(shortened)
    assert "Kaveron Petroleum" in text
    assert text.count(PARAGRAPHS[0]) == 1


def test_links_behind_the_last_paragraph_are_not_the_articles() -> None:
    assert "Kaveron Petroleum" not in text_of(page("", end=LIST))


@pytest.mark.parametrize(
    "inside",
    [
        "<ul><li><a href=/g>Kaveron Petroleum</a>, an oil trader of the bay</li></ul>",
        "<h3><a href=/g>Kaveron Petroleum</a></h3>",
        "<table><tr><td><a href=/g>Kaveron Petroleum</a></td><td>oil</td></tr><tr><td>T</td><td>salt</td></tr></table>",
        "<dl><dt>Kaveron Petroleum</dt><dd>trades oil from the northern terminal</dd></dl>",
        "<blockquote><p>Kaveron Petroleum is not what it seems to be, a clerk said.</p></blockquote>",
        "<p>It belongs to <a href=/g>Kaveron <span>Petro</span>leum</a>, an owner of four ships in all.</p>",
    ],
)
def test_what_was_taken_is_there_once(inside: str) -> None:
    text = text_of(page(inside))
    assert text.count("Kaveron Petroleum") == 1
    assert [text.count(paragraph) for paragraph in PARAGRAPHS] == [1] * len(PARAGRAPHS)


@pytest.mark.thorough
def test_a_page_of_many_links_is_read_in_time() -> None:
    links = "".join(f"<li><a href=/{n}>Firm {n} of Marrow</a></li>" for n in range(4000))
    text = text_of(page(f"<ul>{links}</ul>"))
    assert "Firm 3999 of Marrow" in text
