"""Names that an extraction loses: where they stand, and what looks like it and stays out."""

from __future__ import annotations

import pytest

from tests.article_pages import HEADLINE, LIST, PARAGRAPHS, blocks_of, page, page_read
from watchlist.feeds.pages.article.left_out import with_what_is_left_out


def text_of(source: str) -> str:
    return page_read(source).text


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
        f"<div class='RelatedContent'>{LIST}</div>",
        f"<div class=visitorsComments>{LIST}</div>",
        f"<div hidden>{LIST}</div>",
        f"<div style='color: red; display: none'>{LIST}</div>",
        f"<div aria-hidden=true>{LIST}</div>",
        f"<div class=box aria-label='Related stories'>{LIST}</div>",
        "<ul><li><a href='#k'>Kaveron Petroleum</a></li><li><a href='#z'>Zarrin Steel Works</a></li></ul>",
        "<ul><li><a href='https://s.example/post?u=https://gazette.example/a'>Tell Kaveron Petroleum</a></li></ul>",
        "<ul><li><a href='javascript:send()'>Kaveron Petroleum</a></li></ul>",
        "<p><a href=/more>Kaveron Petroleum »</a></p>",
        "<p><a href=/more>PHOTOS: Kaveron Petroleum</a></p>",
        "<div>Posted March 3, 2026, 14:05 by Kaveron Petroleum</div>",
        "<div>Kaveron Petroleum wants your letters</div>" * 3,
    ],
)
def test_furniture_between_paragraphs_stays_out(inside: str) -> None:
    assert "Kaveron Petroleum" not in text_of(page(inside))


CARD = (
    "<div class=item><a href=/{0}><img src=/{0}.png></a><h6><a href=/{0}>The New {1} Tanker Comes Packing Longer Fins"
    "</a></h6><p>Much has been said of tankers and of what they cost to run. <a href=/{0}>Read on</a></p></div>"
)


@pytest.mark.parametrize(
    "inside",
    [
        # A headline that is written as a name is one by what stands around it.
        f"<aside class=wide>{CARD.format(1, 'Kaveron Petroleum')}{CARD.format(2, 'Kaveron')}</aside>",
        f"<section><h4>Of the same kind</h4>{CARD.format(1, 'Kaveron Petroleum')}</section>",
        "<aside><h4>Related story</h4><p><a href=/r>Your Tanker Ran Aground With Kaveron Petroleum Aboard</a></aside>",
        "<aside><h4>Lesen Sie auch</h4><p><a href=/r>Kaveron Petroleum vor Gericht zum dritten Mal</a></p></aside>",
        (
            "<div><h4>Kaveron Petroleum in brief</h4><ul><li><a href=/1>Tides wait for nobody at all this week</a></li>"
            "<li><a href=/2>Kaveron Petroleum</a></li><li><a href=/3>Court hears of salt and of those who sell it</a>"
            "</ul></div>"
        ),
    ],
)
def test_cards_of_other_articles_stay_out_with_all_that_is_theirs(inside: str) -> None:
    assert with_what_is_left_out(blocks_of(page(inside)), PARAGRAPHS, HEADLINE) == [*PARAGRAPHS]


def test_a_company_with_its_mark_beside_it_is_no_card() -> None:
    rows = "".join(
        f"<li><a href=/{name[0]}><img src=/{name[0]}.png></a><a href=/{name[0]}>{name}</a></li>"
        for name in ("Kaveron Petroleum", "Zarrin Steel Works")
    )
    text = text_of(page(f"<ul>{rows}</ul>"))
    assert "Kaveron Petroleum" in text
    assert "Zarrin Steel Works" in text


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
        "<pre>owner = Kaveron Petroleum\nships = four of them\nhome port = Marrow Bay, or so it says</pre>",
        (
            "<figure><img src=/p.png><figcaption>A tanker of Kaveron Petroleum in the bay</figcaption></figure>"
            "<div class=gallery><div class=caption>A tanker of Kaveron Petroleum in the bay</div></div>"
        ),
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


def test_a_block_that_was_taken_in_part_is_there_once_and_whole() -> None:
    whole = "It belongs to Kaveron Petroleum, a trader of oil, which says that it has sold it to Zarrin Steel Works."
    lines = [*PARAGRAPHS[:4], "which says that it has sold it to", *PARAGRAPHS[4:]]
    found = with_what_is_left_out(blocks_of(page(f"<p>{whole}</p>")), lines, HEADLINE)
    assert found == [*PARAGRAPHS[:4], whole, *PARAGRAPHS[4:]]


def test_a_paragraph_that_stands_in_a_menu_too_draws_nothing_in() -> None:
    lead = f"<div><p>{PARAGRAPHS[0]}</p></div><ul><li><a href=/w>Kaveron Petroleum</a></li></ul>"
    found = with_what_is_left_out(blocks_of(page("", lead=lead)), PARAGRAPHS, HEADLINE)
    assert found == [*PARAGRAPHS]


def test_a_paragraph_with_soft_hyphens_was_taken_though_the_extraction_has_none() -> None:
    broken = PARAGRAPHS[1].replace("northern", "nor\u00adthern").replace("terminal", "ter\u00admi\u200bnal")
    source = page("").replace(PARAGRAPHS[1], broken)
    assert with_what_is_left_out(blocks_of(source), PARAGRAPHS, HEADLINE) == [*PARAGRAPHS]
