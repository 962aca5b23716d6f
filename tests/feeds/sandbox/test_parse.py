from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.errors import FeedError, FeedParseError
from watchlist.feeds.reading.document import ParsedFeed, Source
from watchlist.feeds.reading.feed import read_feed
from watchlist.feeds.sandbox.parse import parse_feed
from watchlist.news.entry import ParsedEntry

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://harbour.example/feeds/all.xml"

GOLDEN = {
    "rss20.xml": ParsedFeed(
        title="Harbour & Sky",
        form="rss20",
        home="https://harbour.example/news/",
        entries=(
            ParsedEntry(
                guid="hs-1",
                url="https://harbour.example/stories/blue-heron?utm_source=rss",
                title="Tanker Blue Heron held & searched",
                text="Short teaser…\nThe tanker was held in port.\nSmith & Sons own it.",
                lang="en-gb",
                published_at=datetime(2026, 2, 27, 8, 30, tzinfo=UTC),
            ),
            ParsedEntry(
                guid="https://harbour.example/stories/rates",
                url="https://harbour.example/stories/rates",
                title="Rates < 5 % & falling",
                text="Freight rates fell again.",
                lang="en-gb",
                published_at=datetime(2026, 2, 26, 10, 0, tzinfo=UTC),
            ),
            ParsedEntry(
                guid=None,
                url=None,
                title="",
                text="A note without title, link or guid",
                lang="en-gb",
                published_at=None,
            ),
        ),
    ),
    "rss10.xml": ParsedFeed(
        title="Council press releases",
        form="rss10",
        home="https://council.example/press",
        entries=(
            ParsedEntry(
                guid="https://council.example/press/17",
                url="https://council.example/press/17",
                title="New measures adopted",
                text="The council adopted measures today.",
                lang="fr",
                published_at=datetime(2026, 2, 20, 6, 0, tzinfo=UTC),
            ),
        ),
    ),
    "atom.xml": ParsedFeed(
        title="Fil <monde>",
        form="atom10",
        home="https://agence.example/fil/",
        entries=(
            ParsedEntry(
                guid="tag:agence.example,2026:1",
                url="https://agence.example/fil/2026/1",
                title="Le navire Étoile",
                text="Résumé court\nPremier paragraphe.\nDeuxième.",
                lang="fr",
                published_at=datetime(2026, 2, 28, 8, 0, tzinfo=UTC),
            ),
            ParsedEntry(
                guid="tag:agence.example,2026:2",
                url="https://agence.example/fil/2026/2",
                title="Über <b> und &",
                text="Eins\nZwei",
                lang="de",
                published_at=None,
            ),
        ),
    ),
    "feed.json": ParsedFeed(
        title="Ledger & Post",
        form="json11",
        home="https://ledger.example/",
        entries=(
            ParsedEntry(
                guid="https://ledger.example/a/1",
                url="https://ledger.example/a/1",
                title="Bank fined",
                text="The bank was fined.\nIt will appeal.",
                lang="en",
                published_at=datetime(2026, 2, 27, 17, 0, tzinfo=UTC),
            ),
            ParsedEntry(
                guid="2",
                url="https://harbour.example/feeds/a/2",
                title="",
                text="Two lines\nof <plain> text",
                lang="es",
                published_at=None,
            ),
            ParsedEntry(guid="3", url=None, title="", text="Only a summary", lang="en", published_at=None),
        ),
    ),
}


def read(body: bytes | str, content_type: str | None = None) -> ParsedFeed:
    return read_feed(body.encode() if isinstance(body, str) else body, Source(URL, content_type, NOW))


def rss(*items: str) -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>{inside}</channel></rss>"


@pytest.mark.parametrize("name", GOLDEN)
def test_reads_the_formats(name):
    assert read((DATA / name).read_bytes()) == GOLDEN[name]


@pytest.mark.parametrize("name", GOLDEN)
def test_reads_the_same_in_the_sandbox(name, sandbox):
    assert parse_feed((DATA / name).read_bytes(), Source(URL, None, NOW), sandbox, 10) == GOLDEN[name]


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1.1"])
def test_reads_json_feed_of_either_version(version):
    assert read(json.dumps({"version": version, "items": [{"id": "1", "title": "A"}]})).entries[0].title == "A"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "the answer is empty"),
        (" \r\n\ufeff ", "the answer is empty"),
        ("<!DOCTYPE html><html><head><title>Log in</title></head></html>", "an HTML page, not a feed"),
        ("\n<!-- cache --><HTML><body><p>Oops</body>", "an HTML page, not a feed"),
        ("hello", "neither RSS, Atom nor JSON Feed"),
        ("<?xml version='1.0'?><opml><body/></opml>", "neither RSS, Atom nor JSON Feed"),
        ('{"version": 1, "items": [{"name": "x"}]}', "JSON, but not a JSON Feed"),
        ("{}", "JSON, but not a JSON Feed"),
        ('{"error": "denied"}', "JSON, but not a JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "JSON, but not a JSON Feed"),
        ('{"a":' * 100_000, "JSON, but not a JSON Feed"),
        (b"\x00\x01\x02\xff\xfe", "neither RSS, Atom nor JSON Feed"),
    ],
)
def test_says_what_came_instead_of_a_feed(body, reason):
    with pytest.raises(FeedParseError) as caught:
        read(body)
    assert caught.value.reason == reason
    assert caught.value.url == URL


def test_a_feed_without_entries_is_a_feed():
    assert read(rss()).entries == ()
    assert read('{"version": "https://jsonfeed.org/version/1"}').entries == ()


def test_a_path_or_an_address_as_body_opens_nothing(server):
    url = server.answer("/secret", rss("<title>secret</title>"))
    for body in ("/etc/passwd", url, __file__):
        with pytest.raises(FeedParseError):
            read(body)
    assert server.requests == []


def test_no_entity_reads_a_file_or_grows():
    doctype = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa">'
    for level in range(9):
        doctype += f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">'
    feed = read(rss("<title>x&f;y&j;z</title>").replace("<rss", doctype + "]><rss", 1))

    assert "root:" not in feed.entries[0].title
    assert len(feed.entries[0].title) < 1000


@pytest.mark.parametrize("cut", ["</rss>", "</channel></rss>", "</title></item></channel></rss>"])
def test_a_cut_off_feed_gives_what_is_there(cut):
    feed = read(rss("<title>One</title><link>https://x.example/1</link>", "<title>Two</title>").removesuffix(cut))

    assert feed.entries[0].title == "One"
    assert feed.entries[0].url == "https://x.example/1"
    assert len(feed.entries) == 2


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("<title>A & B</title>", "A & B"),
        ("<title>A &nbsp; B &eacute;</title>", "A B é"),
        ("<title>Bad \x08 control \x1f</title>", "Bad control"),
        ("<title>Open <b>tag</title>", "Open tag"),
        ("<title></b>Stray end</title>", "Stray end"),
        ("<title>\n  Spread\n  out </title>", "Spread out"),
        ("<title>Za\u200bhar</title>", "Za\u200bhar"),
    ],
)
def test_titles_survive_damage(item, title):
    entry = read(rss(item + "<link>https://x.example/1</link>")).entries[0]

    assert entry.title == title
    assert entry.url == "https://x.example/1"


def test_what_comes_after_a_broken_tag_keeps_its_words():
    items = [
        f"<item><title>Name {n}</title><link>https://x.example/{n}</link><description>Words {n}</description></item>"
        for n in range(4)
    ]
    items[1] = items[1].replace("<description>", "<descripti&>")
    entries = read(f"<rss version='2.0'><channel><title>T</title>{''.join(items)}</channel></rss>").entries

    assert [(entry.title, entry.text) for entry in entries[2:]] == [("Name 2", "Words 2"), ("Name 3", "Words 3")]


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        # Names that were lost or changed: "AT&T;" is nobody.
        ("R&D at AT&T & Sons", "R&D at AT&T & Sons"),
        ("caf&eacute; &mdash; &#146;x&#x2019; &bogus;", "café — ’x’ &bogus;"),
        ("a&#0;b&#x1F;c&#xD800;d&#xFFFF;e", "abcde"),
        ("Smith &amp; Sons, AT&amp;T", "Smith & Sons, AT&T"),
        ("<![CDATA[Lines & Co &eacute; <b>bold</b>]]>", "Lines & Co é bold"),
        ("<![CDATA[Never closed", "Never closed"),
    ],
)
@pytest.mark.parametrize("end", ["</rss>", "</rss"])
def test_ampersands_and_entities_in_names(title, read_as, end):
    link = "<link>https://x.example/?a=1&b=2&amp;c=3&copy=4</link>"
    body = rss(f"<title>{title}</title>{link}").removesuffix("</rss>") + end
    entry = read(body).entries[0]

    assert (entry.title, entry.url) == (read_as, "https://x.example/?a=1&b=2&c=3&copy=4")


def test_entities_of_a_document_type_that_is_elsewhere():
    doctype = '<!DOCTYPE rss PUBLIC "-//Example//DTD RSS 0.91//EN" "http://dtd.example/rss-0.91.dtd">'
    assert read(rss("<title>Caf&eacute;</title>").replace("<rss", doctype + "<rss")).entries[0].title == "Café"


RDF = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
ITEM = "<title>One</title><link>https://x.example/1</link>"


@pytest.mark.parametrize(
    ("body", "title", "url"),
    [
        (f"<RSS VERSION='2.0'><CHANNEL><ITEM>{ITEM.upper()}</ITEM></CHANNEL></RSS>", "ONE", "https://X.EXAMPLE/1"),
        (
            (
                "<q:rss xmlns:q='urn:odd'><q:channel><q:title>T</q:title><q:item><q:title>A &amp; <![CDATA[<b>B</b>]]>"
                "</q:title><q:link>1</q:link></q:item></q:channel></q:rss>"
            ),
            "A & B",
            "https://harbour.example/feeds/1",
        ),
        (f"<rss version='0.92'><channel><title>T</title></channel><item>{ITEM}</item></rss>", "One", None),
        (f"<channel><title>T</title><item>{ITEM}</item></channel>", "One", None),
        (f"<rdf:RDF {RDF} xmlns='http://my.netscape.com/rdf/simple/0.9/'><item>{ITEM}</item></rdf:RDF>", "One", None),
        (
            (
                f"<rdf:RDF {RDF} xmlns='http://purl.org/rss/1.0/'><item rdf:about='https://x.example/1'>"
                "<title>One</title></item></rdf:RDF>"
            ),
            "One",
            None,
        ),
        (rss("<title>One</title><link/><guid>https://x.example/1</guid>"), "One", None),
        (rss(f"{ITEM}<guid isPermaLink='true'>17</guid>"), "One", None),
        ("<br />\n<b>Warning</b>: mysql() in <b>/x.php</b><br />" + rss(ITEM), "One", None),
        (rss(ITEM) + "<script>track()</script>", "One", None),
        (rss("<title>One</title><link>www.other.example/1</link>"), "One", "http://www.other.example/1"),
        (
            (
                "<feed xmlns='http://example.org/not-atom'><entry><id>x</id><title>One</title>"
                "<link rel='self' href='/s'/><link rel='http://www.iana.org/assignments/relation/alternate' href='/1'/>"
                "</entry></feed>"
            ),
            "One",
            "https://harbour.example/1",
        ),
        (
            (
                "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='sub/'><entry><id>x</id><title>One</title>"
                "<link href='1'/></entry></feed>"
            ),
            "One",
            "https://harbour.example/feeds/sub/1",
        ),
        (
            (
                "<CHANNEL HREF='https://x.example/'><TITLE>T</TITLE><ITEM HREF='https://x.example/1'><TITLE>One</TITLE>"
                "</ITEM></CHANNEL>"
            ),
            "One",
            None,
        ),
    ],
)
def test_titles_and_links_survive_odd_forms(body, title, url):
    feed = read(body)

    assert feed.damage is None
    assert [(entry.title, entry.url) for entry in feed.entries] == [(title, url or "https://x.example/1")]


@pytest.mark.parametrize("guid", ["17", "tag:x.example,2026:1", "story/1"])
def test_a_guid_that_is_no_address_is_not_made_one(guid):
    entry = read(rss(f"<title>One</title><guid>{guid}</guid>")).entries[0]
    assert (entry.guid, entry.url) == (guid, None)


def test_the_articles_own_address_goes_before_that_of_a_counter():
    body = rss(
        "<title>One</title><link>http://feedproxy.google.com/~r/x/1</link>"
        "<feedburner:origLink>https://x.example/1</feedburner:origLink>"
    ).replace("<rss", "<rss xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'")
    assert read(body).entries[0].url == "https://x.example/1"


def test_a_body_that_is_a_gzip_file_is_unpacked_within_bounds():
    assert read(gzip.compress(rss(ITEM).encode())).entries[0].title == "One"
    with pytest.raises(FeedParseError, match="cut off"):
        read(gzip.compress(rss(ITEM).encode())[:-12])
    with pytest.raises(FeedParseError, match="larger than 50,000,000 bytes when unpacked"):
        read(gzip.compress(b" " * 60_000_000, compresslevel=1))


def test_json_feed_with_wrong_types_gives_what_is_right():
    items = [
        {"id": 7, "url": None, "title": ["x"], "content_html": "<p>A</p>", "date_published": 5, "language": {}},
        {"id": "8", "url": "/a", "title": "B", "content_text": 3, "date_modified": "2026-02-27T17:00:00Z"},
        "no entry",
        None,
    ]
    feed = read(b"\xef\xbb\xbf" + json.dumps({"title": 1, "home_page_url": [], "items": items}).encode())

    assert [(each.guid, each.url, each.title, each.text) for each in feed.entries] == [
        ("7", None, "", "A"),
        ("8", "https://harbour.example/a", "B", "3"),
    ]
    assert feed.entries[1].published_at == datetime(2026, 2, 27, 17, tzinfo=UTC)
    assert read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": {"a": 1}})).entries == ()


def test_where_feedparser_gives_up_the_plain_reader_goes_on(monkeypatch):
    def fail(*args: object, **options: object) -> None:
        raise AssertionError("we should not get here!")

    monkeypatch.setattr("watchlist.feeds.reading.feed.feedparser.parse", fail)
    feed = read(rss(ITEM + "<pubDate>Fri, 27 Feb 2026 08:30:00 GMT</pubDate><description>&lt;p>Text</description>"))

    assert "entries may be missing" in (feed.damage or "")
    assert feed.entries == (
        ParsedEntry(None, "https://x.example/1", "One", "Text", None, datetime(2026, 2, 27, 8, 30, tzinfo=UTC)),
    )
    with pytest.raises(FeedParseError, match=r"too damaged to be read \(AssertionError\)"):
        read("hello")


def test_white_space_before_the_declaration_is_no_harm():
    assert read("\r\n  " + rss("<title>One</title>")).entries[0].title == "One"


@pytest.mark.parametrize("content_type", ["text/xml", "text/html; charset=iso-8859-1", "image/png", None])
def test_the_charset_is_found_whatever_the_header_says(content_type):
    assert read(rss("<title>Müller “Ö”</title>").encode(), content_type).entries[0].title == "Müller “Ö”"
    assert read(rss("<title>Müller</title>").encode("utf-8-sig"), content_type).entries[0].title == "Müller"
    assert read(rss("<title>Müller</title>").encode("utf-16"), content_type).entries[0].title == "Müller"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://harbour.example/a"),
        ("b", "https://harbour.example/feeds/b"),
        ("//cdn.example/c", "https://cdn.example/c"),
        (" https://x.example/d\n", "https://x.example/d"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("mailto:a@b.example", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_links_are_absolute_and_open_in_a_browser(link, url):
    assert read(rss(f"<title>T</title><link>{link}</link>")).entries[0].url == url


def test_the_text_is_summary_and_content():
    feed = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><id>1</id><title>x</title>"
        "<summary>A summary longer than the content</summary><content type='html'>short</content></entry></feed>"
    )
    assert feed.entries[0].text == "A summary longer than the content\nshort"


def test_plain_text_in_xml_may_be_wrapped_and_has_paragraphs():
    feed = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><id>1</id><title>x</title>"
        "<content type='text'>The office listed Iran\n  Air today.\n \n Use &lt;b> no more.</content></entry></feed>"
    )
    assert feed.entries[0].text == "The office listed Iran Air today.\nUse <b> no more."


_ENTRY = "<title>Goldar fined</title><link>/goldar</link><description>It traded oil.</description>"
_PICTURE = (
    "<url>/p.png</url><title>Photo\n&amp; more</title><link>/photo</link><description>A ship, at night</description>"
)


@pytest.mark.parametrize("name", ["image", "textInput", "textinput"])
@pytest.mark.parametrize("before", [True, False])
def test_what_a_picture_inside_an_entry_is_called_is_not_the_entrys(name, before):
    beside = f"<{name}>{_PICTURE}</{name}>"
    feed = read(rss(beside + _ENTRY if before else _ENTRY + beside, "<title>Another</title><image>/q.png</image>"))
    first, second = feed.entries
    assert (first.title, first.text) == ("Goldar fined", "It traded oil.")
    assert (first.url, second.title) == ("https://harbour.example/goldar", "Another")
    assert feed.damage is None


@pytest.mark.parametrize(
    "beside",
    ["<image>", "<image/>", "<image url='/p.png' />", "<imagery>x</imagery>", "<i:image xmlns:i='urn:i'>x</i:image>"],
)
def test_a_picture_that_is_never_closed_takes_no_entry_with_it(beside):
    feed = read(rss(_ENTRY + beside, "<title>Another</title>", "<title>Third</title><image>/q.png</image>"))
    assert [entry.title for entry in feed.entries] == ["Goldar fined", "Another", "Third"]


def test_what_else_stands_inside_an_entry_speaks_for_itself():
    others = (
        "<media:group xmlns:media='http://search.yahoo.com/mrss/'><media:title>Clip</media:title></media:group>"
        "<source url='/s'><title>Wire</title></source><author><name>A</name><title>Editor</title></author>"
    )
    for item in (others + _ENTRY, _ENTRY + others):
        assert read(rss(item)).entries[0].title == "Goldar fined"


def test_a_feed_that_takes_too_long_is_stopped_and_the_next_is_read(sandbox):
    # feedparser takes time with the square of the number of attributes.
    attributes = " ".join(f"a{number}=''" for number in range(40_000))
    bomb = rss(f"<title>x</title><description {attributes}>d</description>").encode()

    with pytest.raises(FeedParseError) as caught:
        parse_feed(bomb, Source(URL, None, NOW), sandbox, 0.3)
    assert caught.value.reason == "took more than 0.3 s to read"
    assert (
        parse_feed(rss("<title>fine</title>").encode(), Source(URL, None, NOW), sandbox, 10).entries[0].title == "fine"
    )


def test_what_is_no_feed_is_said_through_the_sandbox(sandbox):
    with pytest.raises(FeedParseError, match=r"all\.xml: an HTML page, not a feed"):
        parse_feed(b"<html></html>", Source(URL, "text/xml", NOW), sandbox, 10)


SEEDS = [(DATA / name).read_bytes() for name in GOLDEN]
TOKENS = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"\x00",
    b"\xff",
    b"<item>",
    b"</entry>",
    b'"',
    b"<?xml ",
    b"{",
    b"\\u",
]


@st.composite
def mutated_feeds(draw: st.DrawFn) -> bytes:
    body = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        length = draw(st.integers(0, 60))
        body[start : start + length] = draw(st.sampled_from(TOKENS) | st.binary(max_size=8))
    return bytes(body)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
@given(mutated_feeds())
def test_only_feed_errors_leave_the_parser(body):
    try:
        feed = read(body)
    except FeedError:
        return
    json.dumps([entry.title + entry.text for entry in feed.entries], ensure_ascii=False).encode("utf-8")
