from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.feeds.reading.extract import html_to_text, one_line, page_to_text, unescape


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        (" \n ", ""),
        ("Plain words", "Plain words"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<table><tr><td>Iran</td><td>Air</td></tr></table>", "Iran\nAir"),
        ("Hez<b>bollah</b> and <i>Ham</i><span>as</span>", "Hezbollah and Hamas"),
        ("Hez<wbr>bol<!-- x -->lah", "Hezbollah"),
        ("a <b> b </b> c\n\n d", "a b c d"),
        ("a&nbsp;b &amp; c &#8217; &eacute;", "a b & c ’ é"),
        ("one&amp;amp;two", "one&amp;two"),
        ("&lt;b&gt; is bold", "<b> is bold"),
        ("x<script>if (a<b) alert('Iran Air')</script>y", "xy"),
        ("<style>p{}</style>x<noscript>pixel</noscript>", "x"),
        ("<svg><title>logo</title><path d=''/></svg>x", "x"),
        ("a<iframe src=x>old browser</iframe>b", "ab"),
        ("<![CDATA[<p>wrapped</p>]]> twice", "wrapped\ntwice"),
        ("<div>unclosed <p>and <b>nested", "unclosed\nand nested"),
        ("</p></div>stray ends", "stray ends"),
        ("<html><body>x</body></html>after", "x\nafter"),
        ("<p>a<o:p></o:p>b</p>", "ab"),
        ('<a title="x > y">link</a>', "link"),
    ],
)
def test_gives_the_words_a_reader_sees(html, text):
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    "plain",
    [
        "5 < 7",
        "7 > 5",
        "a<b",
        "Smith & Wesson",
        "AT&T and R&D;",
        "write to <ali@example.org> now",
        "<3",
        "x << y",
        "< not a tag >",
        "ends with <",
        "ends with <a",
        "ends with &",
        "100% & more <- here",
        "Ho\u200btel Ra\u00adke\u200dta",
        "Иран Эйр",
        "إيران",
    ],
)
def test_plain_text_passes_through(plain):
    assert html_to_text(plain) == plain
    assert unescape(plain) == plain


def test_what_no_database_can_hold_is_dropped():
    assert html_to_text("a\x00b\x07c\ud800d\uffffe") == "abcde"
    assert "\x00" not in html_to_text("a&#0;b&#x0;c")


def test_plain_text_keeps_its_tags_and_lines():
    assert unescape(" Use <b>\n\n  AT&amp;T &copy; &copy\n") == "Use <b>\nAT&T © &copy"


def test_one_line():
    assert one_line(" a\n\tb\u00a0 c ") == "a b c"


def test_a_page_has_a_title_beside_its_text():
    page = (
        "<!doctype html><html><head><title>Iran\n Air &amp; co</title><style>x</style></head><body><h1>Head</h1><p>Text"
    )

    assert page_to_text(page) == ("Iran Air & co", "Head\nText")
    assert page_to_text("<p>No title") == ("", "No title")


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "<a ",
        "<!--",
        "&",
        "<b>",
        "<![CDATA[",
        "<a b='",
        "<?x ",
        "<div><svg>",
        "&#",
        "<script>",
        "<table>",
        "<p><a>",
        "</p>",
    ],
)
def test_time_grows_with_length_only(piece):
    start = time.process_time()
    html_to_text(piece * (250_000 // len(piece)))
    assert time.process_time() - start < 1.25


def test_depth_costs_nothing():
    assert html_to_text("<div>" * 50_000 + "deep" + "</div>" * 50_000) == "deep"


@given(st.text(st.characters() | st.sampled_from("<>&;/!-\"'= ab#"), max_size=200))
def test_never_raises_and_leaves_only_text_that_can_be_stored(source):
    text = html_to_text(source)
    text.encode("utf-8")
    assert "\x00" not in text
    assert all(line == line.strip() != "" for line in text.splitlines())
