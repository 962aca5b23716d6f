from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from watchlist.delivery.clean import WIDTH
from watchlist.delivery.render import MOST_BYTES, SUBJECT_LENGTH, Rendered, render
from watchlist.model import (
    AlertDetail,
    FeatureScore,
    Name,
    NameKind,
    NameOrigin,
    Notice,
    NoticeKind,
    Relation,
    Schema,
    Span,
    Story,
    StoryArticle,
)
from watchlist.ports import Message

Alerts = Callable[..., AlertDetail]
Messages = Callable[..., Message]


class Page(HTMLParser):
    """What a mail program makes of the HTML: its tags, its addresses, its text, and what is marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.marked: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "mark" and len(self.marked) < self.tags.count("mark"):
            self.marked.append(data)
        self.text += data

    @property
    def links(self) -> list[str]:
        return [value for name, value in self.attributes if name == "href"]


def both(rendered: Rendered) -> tuple[str, str]:
    return " ".join(rendered.text.split()), " ".join(Page(rendered.html).text.split())


def test_everything_a_reader_needs_stands_in_text_and_html(alert: Alerts, message: Messages) -> None:
    rendered = render(message(alert(12)))
    for shown in both(rendered):
        for expected in (
            "U.S. accuses Iran of sending missiles to Russia",
            "Example Agency: World · published 2026-03-04 04:00 UTC",
            "IRAN AIR",
            "Company",
            "OFAC Specially Designated Nationals",
            "SDGT, IFSR",
            "IR",
            "“Iran Air” for the listed name “IRAN AIR”",
            "0.93",
            "every word of the listed name stands in the text",
            "one word is also an ordinary one",
            "https://authority.example/details?id=25012",
            "watchlist alerts show 12",
        ):
            assert expected in shown
        # A part that comes to nothing is no reason.
        assert "no title nearby" not in shown
    assert "Washington announced measures against **Iran Air** on Tuesday." in both(rendered)[0]
    assert Page(rendered.html).marked == ["Iran Air"]
    assert "https://news.example/world/missiles?id=1&from=feed" in rendered.text
    assert "https://news.example/world/missiles?id=1&from=feed" in Page(rendered.html).links


def test_what_speaks_for_and_what_against_are_told_apart_the_weightiest_first(alert: Alerts, message: Messages) -> None:
    features = (
        FeatureScore("a", 0.1, 0.5, "slightly for"),
        FeatureScore("b", 1.0, -0.4, "clearly against"),
        FeatureScore("c", 1.0, 0.5, "clearly for"),
        FeatureScore("d_without_words", 0.1, -0.4, ""),
    )
    text = render(message(alert(features=features))).text
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith(("+ c", "+ s", "- c", "- d"))]
    assert lines == ["+ clearly for", "+ slightly for", "- clearly against", "- d without words"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("Houthis", NameKind.ALIAS, origin=NameOrigin.PRESS), "alias “Houthis”, as the press writes it"),
        (Name("IRANAIR", NameKind.ALIAS, weak=True), "weak alias “IRANAIR”"),
        (Name("AIR IR", NameKind.ACRONYM, origin=NameOrigin.USER), "acronym “AIR IR”, added by you"),
    ],
)
def test_matched_name_is_told_with_its_kind_and_origin(
    name: Name, expected: str, alert: Alerts, message: Messages
) -> None:
    for shown in both(render(message(alert(name=name)))):
        assert expected in shown


def test_number_of_places_is_told_if_there_are_several(alert: Alerts, message: Messages) -> None:
    spans = (Span("title", 0, 8), Span("text", 5, 13), Span("text", 50, 58))
    assert "3 places in the article" in both(render(message(alert(spans=spans))))[0]


def test_legal_entity_is_put_in_words(alert: Alerts, message: Messages) -> None:
    assert "Company or organisation" in render(message(alert(schema=Schema.LEGAL_ENTITY))).text


def test_alerts_of_a_subject_stand_under_it_the_highest_score_first(alert: Alerts, message: Messages) -> None:
    text = render(
        message(
            alert(1, "IRAN AIR", title="Told low", article="1", score=0.8, source_id="7"),
            alert(2, "OTHER LINES", title="Another", article="2", score=0.85),
            alert(3, "IRAN AIR", title="Told high", article="3", score=0.95, source_id="7"),
        )
    ).text
    order = ["Programs:", "Told high", "Told low", "OTHER LINES\n  Kind", "Another"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert text.count("  Programs:") == 2
    assert "3 alerts about 2 subjects" in text


@pytest.mark.parametrize(
    ("captions", "expected"),
    [
        (["IRAN AIR"], "IRAN AIR (us_ofac_sdn): A title – Example Agency: World"),
        (["IRAN AIR", "HIZB"], "IRAN AIR (us_ofac_sdn) and HIZB (us_ofac_sdn): A title – Example Agency: World"),
        (
            ["IRAN AIR", "HIZB", "C", "D"],
            "4 alerts about 4 subjects: IRAN AIR (us_ofac_sdn); HIZB (us_ofac_sdn) and 2 more – Example Agency: World",
        ),
    ],
)
def test_subject_names_who_on_which_list_and_where(
    captions: list[str], expected: str, alert: Alerts, message: Messages
) -> None:
    alerts = (alert(number, caption, title="A title") for number, caption in enumerate(captions))
    assert render(message(*alerts)).subject == f"[watchlist] {expected}"


def test_subject_of_several_articles_counts_them(alert: Alerts, message: Messages) -> None:
    alerts = (alert(number, "NAME", article=str(number), source_id="7") for number in range(3))
    assert render(message(*alerts)).subject == "[watchlist] 3 alerts: NAME (us_ofac_sdn) – Example Agency: World"


def test_a_long_title_leaves_room_for_the_source(alert: Alerts, message: Messages) -> None:
    subject = render(message(alert(title="word " * 60))).subject
    assert subject.endswith("word… – Example Agency: World")
    assert len(subject) <= SUBJECT_LENGTH


def test_the_sources_of_a_story_are_told(alert: Alerts, message: Messages) -> None:
    articles = tuple(
        StoryArticle(str(n), f"T{n}", None, source, None, Relation.REPORT, "", message().created_at)
        for n, source in enumerate(("Wire", "Bay News", "Wire"))
    )
    for shown in both(render(message(alert(story=Story("s", articles))))):
        assert "Story: 3 articles, from Wire, Bay News" in shown


def test_plain_text_is_wrapped_but_addresses_are_not_broken(alert: Alerts, message: Messages) -> None:
    url = "https://news.example/" + "very-long-path/" * 20 + "?a=b"
    entity_url = "https://authority.example/" + "x" * 200
    long = "Several words that go on and on " * 10
    rendered = render(message(alert(title=long, before=long, article_url=url, url=entity_url, programs=("SDGT",) * 40)))
    assert url in rendered.text.splitlines()
    assert f"  {entity_url}" in rendered.text.splitlines()
    assert all(len(line) <= WIDTH for line in rendered.text.splitlines() if "://" not in line)
    assert {url, entity_url} <= set(Page(rendered.html).links)


HOSTILE_URLS = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://news.example/\r\nBcc: victim@example.org",
    "https://news.example/ two words",
    'https://news.example/"><script>alert(1)</script>',
    "http://[broken",
    "https:///nohost",
]


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_only_sound_web_addresses_become_links(url: str, alert: Alerts, message: Messages) -> None:
    rendered = render(message(alert(article_url=url, url=url)))
    page = Page(rendered.html)
    assert "script" not in page.tags
    assert all(link.startswith("https://news.example/") and "\n" not in link for link in page.links)
    assert not any(line.startswith("Bcc") for line in rendered.text.splitlines())


def test_message_without_address_or_date_or_feed_is_readable(alert: Alerts, message: Messages) -> None:
    bare = alert(
        title="", article_url=None, url=None, article_published_at=None, feed_title=None, programs=(), countries=()
    )
    rendered = render(message(bare))
    assert "None" not in rendered.text + rendered.html
    assert "(no title)" in rendered.text
    assert "Programs" not in rendered.text + rendered.html
    assert Page(rendered.html).links == []


def test_hostile_content_is_shown_harmlessly(alert: Alerts, message: Messages) -> None:
    hostile = alert(
        caption="EVIL\r\nBcc: victim@example.org\r\n\r\n<b>x</b>",
        title="<script>alert(1)</script> & <img src=https://tracker.example/p.gif> {{ 7*7 }}",
        before="\u202eevil\u2066 \x00\x1b[31m</blockquote><style>*{display:none}</style> ",
        surface="<i>Iran\u200b\nAir</i>",
        after=" \ud800 tail\u2028line",
        list_title="<u>list</u>",
        feed_title='"><iframe>',
        programs=("<s>P</s>",),
        countries=("<c>",),
        features=(FeatureScore("f", 1.0, 1.0, "<em>reason</em>\r\nX: y"),),
    )
    rendered = render(message(hostile))
    page = Page(rendered.html)
    harmless = {"html", "head", "meta", "title", "style", "body", "div", "span", "a", "blockquote", "mark", "bdi"}
    assert set(page.tags) <= harmless | {"b", "br", "code"}
    assert page.tags.count("style") == 1
    assert not any(name in ("src", "background") or name.startswith("on") for name, _ in page.attributes)
    assert page.marked == ["<i>Iran Air</i>"]
    assert "<script>alert(1)</script> & <img src=https://tracker.example/p.gif> {{ 7*7 }}" in page.text
    assert "**<i>Iran Air</i>**" in rendered.text
    for part in (rendered.subject, rendered.text, rendered.html):
        part.encode("utf-8")
        assert not {c for c in part if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs")} - {"\n"}
    assert rendered.subject.isprintable()
    assert not any(line.lstrip().startswith(("Bcc:", "X:")) for line in rendered.text.splitlines())


def test_right_to_left_text_is_kept_and_set_in_its_own_direction(alert: Alerts, message: Messages) -> None:
    rendered = render(message(alert(caption="حزب الله", before="قال ", surface="حزب الله", after=" می\u200cرود.")))
    assert "**حزب الله** می\u200cرود." in rendered.text
    assert ("dir", "auto") in Page(rendered.html).attributes


@pytest.mark.parametrize("filler", ["word ", "字"])
def test_quote_of_ten_thousand_characters_is_cut_around_the_mention(
    filler: str, alert: Alerts, message: Messages
) -> None:
    rendered = render(message(alert(before=filler * 2000, after=filler * 2000)))
    assert len(rendered.text) < 3000
    assert len(rendered.html) < 10_000
    assert "**Iran Air**" in " ".join(rendered.text.replace("\n  > ", " ").split())
    assert rendered.text.count("…") == 2
    assert Page(rendered.html).marked == ["Iran Air"]


def test_endless_names_and_titles_leave_the_subject_short(alert: Alerts, message: Messages) -> None:
    for alerts in (
        (alert(caption="N" * 5000, title="T " * 5000),),
        tuple(alert(number, "N" * 500, article=str(number)) for number in range(50)),
    ):
        subject = render(message(*alerts)).subject
        assert subject.startswith("[watchlist] ")
        assert len(subject) <= SUBJECT_LENGTH


@pytest.mark.parametrize("length", range(1, 60, 3))
@pytest.mark.parametrize("count", [2, 3, 12])
def test_subject_names_or_counts_every_subject(alert: Alerts, message: Messages, length: int, count: int) -> None:
    alerts = (alert(n, f"{n:02}{'n' * length}", article=str(n)) for n in range(count))
    subject = render(message(*alerts)).subject
    named = sum(f"{n:02}n" in subject for n in range(count))
    counted = re.search(r" and (\d+) more", subject)
    assert named + (int(counted[1]) if counted else 0) == count, subject


def test_html_fetches_nothing_and_is_styled_inline_but_for_dark_screens(alert: Alerts, message: Messages) -> None:
    html = render(message(alert())).html
    page = Page(html)
    assert not {"img", "script", "link", "iframe", "base"} & set(page.tags)
    assert "url(" not in html
    assert "@import" not in html
    in_head = html.split("<style>")[1].split("</style>")[0].strip()
    assert in_head.startswith("@media (prefers-color-scheme: dark)")
    assert ("content", "light dark") in page.attributes
    assert any(name == "style" and "#1f2933" in value for name, value in page.attributes)


def test_many_notices_stay_short(message: Messages) -> None:
    notices = tuple(
        Notice(n, NoticeKind.FAULT, f"feed {n}", f"feed {n}: {'字' * 400}", message().created_at) for n in range(500)
    )
    rendered = render(Message("<k@h>", message().created_at, (), notices))
    assert rendered.size <= MOST_BYTES
    assert "and 495 more" in rendered.text
    assert rendered.subject.endswith(" and 499 more")


def test_message_without_alerts_is_refused(message: Messages) -> None:
    with pytest.raises(ValueError, match="at least one alert"):
        render(Message("<k@h>", message().created_at, ()))
