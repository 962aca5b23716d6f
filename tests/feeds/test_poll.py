from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from watchlist.config import FetchConfig
from watchlist.feeds.fetch import fetch
from watchlist.feeds.intents import make_articles
from watchlist.feeds.poll import poll, poll_all
from watchlist.feeds.reading.document import ParsedFeed
from watchlist.http.pace import Pace
from watchlist.model import FeedForFetch
from watchlist.news.entry import ParsedEntry
from watchlist.news.identity import article_ids


def rss(*titles: str) -> str:
    inside = "".join(
        f"<item><title>{title}</title><link>https://news.example/{title}</link><guid>{title}</guid></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>News</title>{inside}</channel></rss>"


@pytest.fixture
def clock(now):
    return lambda: now


def test_a_good_poll(server, clock, now, poll_options):
    url = server.answer("/f", rss("one", "two"), etag='"v1"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT")

    intent = poll(FeedForFetch(7, url, failures=3), clock, poll_options)

    assert (intent.feed_id, intent.status, intent.error, intent.title) == (7, 200, None, "News")
    assert (intent.etag, intent.last_modified) == ('"v1"', "Sun, 01 Mar 2026 10:00:00 GMT")
    assert intent.checked_at == now
    assert timedelta(0) < intent.next_check_at - now < timedelta(seconds=900)
    assert [article.title for article in intent.articles] == ["one", "two"]
    assert {article.feed_id for article in intent.articles} == {7}
    assert {article.fetched_at for article in intent.articles} == {now}
    assert intent.articles[0].url == "https://news.example/one"


def test_pulling_again_gives_the_same_ids(server, clock, poll_options):
    first = poll(FeedForFetch(1, server.answer("/f", rss("one", "two"))), clock, poll_options)
    again = poll(FeedForFetch(1, server.answer("/f", rss("two", "one"))), clock, poll_options)

    assert {article.id for article in first.articles} == {article.id for article in again.articles}


def test_nothing_new(server, clock, poll_options):
    url = server.answer("/f", status="304 Not Modified")

    intent = poll(FeedForFetch(1, url, '"v1"', "noon", failures=2), clock, poll_options)

    assert (intent.status, intent.error, intent.articles) == (304, None, ())
    assert (intent.etag, intent.last_modified) == ('"v1"', "noon")


def test_an_answer_that_is_no_feed_keeps_the_old_validators(server, clock, poll_options):
    url = server.answer("/f", "<html><body>Sorry</body></html>", etag='"error page"')

    intent = poll(FeedForFetch(1, url, '"v1"'), clock, poll_options)

    assert (intent.status, intent.error, intent.etag) == (200, "an HTML page, not a feed", '"v1"')
    assert intent.articles == ()


def test_failures_push_the_next_check_back(server, clock, now, poll_options):
    url = server.answer("/f", status="500 Internal Server Error")
    first = poll(FeedForFetch(1, url), clock, poll_options)
    fourth = poll(FeedForFetch(1, url, failures=3), clock, poll_options)

    assert first.error == fourth.error == "answered 500 Internal Server Error"
    assert fourth.next_check_at - now > 7 * (first.next_check_at - now)


def test_retry_after_is_waited(server, clock, now, poll_options):
    url = server.answer("/f", status="429 Too Many Requests", retry_after="7200")

    assert poll(FeedForFetch(1, url), clock, poll_options).next_check_at >= now + timedelta(hours=2)


def test_a_feed_that_cannot_be_read_in_time(server, clock, poll_options):
    attributes = " ".join(f"a{number}=''" for number in range(40_000))
    url = server.answer("/f", rss("one").replace("<link>", f"<link {attributes}>"))

    intent = poll(FeedForFetch(1, url), clock, replace(poll_options, parse_deadline=0.3))

    assert intent.error == "took more than 0.3 s to read"
    assert intent.status == 200


def test_a_fault_of_our_own_becomes_an_error_too(server, poll_options, now):
    calls = iter([ValueError("no clock")])

    def broken_once():
        for error in calls:
            raise error
        return now

    intent = poll(FeedForFetch(1, server.answer("/f", rss("one"))), broken_once, poll_options)

    assert intent.error == "internal error, please report it: ValueError: no clock"


def test_good_feeds_are_read_among_bad_ones(server, clock, poll_options):
    def drip(request, connection):
        connection.send(b"HTTP/1.1 200 OK\r\n\r\n<rss")
        connection.drip(b" " * 1000, 0.1)

    urls = [server.answer(f"/good{number}", rss(f"good{number}")) for number in range(8)]
    bad = {
        server.url + "/gone": "answered 404 Not Found",
        server.answer("/malformed", "<<<>>> no feed"): "neither RSS, Atom nor JSON Feed",
        server.script("/slow", drip): "no complete answer within 3 s",
        "http://127.0.0.1:1/dead": "connection refused",
    }
    feeds = [FeedForFetch(id, url) for id, url in enumerate([*bad, *urls])]

    options = replace(poll_options, fetch=FetchConfig(deadline=3, concurrency=4))
    intents = {feed.feed_id: feed for feed in poll_all(feeds, clock, options)}

    assert len(intents) == len(feeds)
    assert [intents[id].error for id in range(len(bad))] == list(bad.values())
    assert all(intents[id].error is None and intents[id].articles for id in range(len(bad), len(feeds)))


def test_a_slow_feed_does_not_hold_back_the_others(server, clock, poll_options):
    others_are_done = threading.Event()

    def slow(request, connection):
        others_are_done.wait()
        connection.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    feeds = [FeedForFetch(0, server.script("/slow", slow))]
    feeds += [FeedForFetch(id, server.answer(f"/{id}", rss("x"))) for id in range(1, 12)]
    intents = poll_all(feeds, clock, poll_options)

    assert {next(intents).feed_id for _ in range(11)} == set(range(1, 12))
    others_are_done.set()
    assert [intent.feed_id for intent in intents] == [0]


def test_no_more_at_once_than_allowed(server, clock, poll_options):
    lock, at_once, most = threading.Lock(), 0, 0

    def count(request, connection):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.05)
        with lock:
            at_once -= 1
        connection.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    feeds = [FeedForFetch(id, server.script(f"/{id}", count)) for id in range(16)]

    assert len(list(poll_all(feeds, clock, poll_options))) == 16
    assert most == 4


def test_no_feeds_is_no_work(clock, poll_options):
    assert list(poll_all([], clock, poll_options)) == []


def deaf(request, connection):
    connection.over.wait()


def test_closing_early_does_not_wait(server, clock, poll_options):
    feeds = [
        FeedForFetch(0, server.answer("/good", rss("one"))),
        *(FeedForFetch(id, server.script(f"/{id}", deaf)) for id in range(1, 20)),
    ]
    start = time.monotonic()
    intents = poll_all(feeds, clock, poll_options)
    assert next(intents).feed_id == 0
    intents.close()

    assert time.monotonic() - start < poll_options.fetch.deadline / 2
    assert len(server.requests) <= 5


@pytest.mark.timing
def test_closing_early_ends_at_once(server, clock, poll_options):
    feeds = [FeedForFetch(id, server.script(f"/{id}", deaf)) for id in range(1, 20)]
    intents = poll_all([FeedForFetch(0, server.answer("/good", rss("one"))), *feeds], clock, poll_options)
    next(intents)
    start = time.monotonic()
    intents.close()
    assert time.monotonic() - start < 1


def test_a_stop_ends_the_run_and_takes_up_no_more_feeds(server, clock, poll_options):
    feeds = [FeedForFetch(id, server.script(f"/{id}", deaf)) for id in range(20)]
    threading.Timer(0.3, poll_options.stop.set).start()
    start = time.monotonic()

    assert list(poll_all(feeds, clock, poll_options)) == []
    assert time.monotonic() - start < poll_options.fetch.deadline / 2
    assert len(server.requests) <= 4


def test_the_program_ends_while_a_poll_hangs(server):
    program = f"""
from datetime import UTC, datetime
from watchlist.config import FetchConfig
from watchlist.feeds.poll import PollOptions, poll_all
from watchlist.model import FeedForFetch
feeds = [FeedForFetch(1, "{server.answer("/good", rss("one"))}"), FeedForFetch(2, "{server.script("/deaf", deaf)}")]
for intent in poll_all(feeds, lambda: datetime(2026, 3, 1, tzinfo=UTC), PollOptions(FetchConfig(deadline=600))):
    print(intent.articles[0].title)
    break
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300, check=True)

    assert (done.stdout, done.stderr) == ("one\n", "")


def test_an_article_is_taken_once_with_the_words_of_all_its_versions(now):
    short = ParsedEntry("g", "https://news.example/1", "Title", "Short", None, None)
    parsed = ParsedFeed("T", "rss20", None, (short, replace(short, text="Longer text"), replace(short, text="Mid")))

    (article,) = make_articles(parsed, FeedForFetch(1, "https://news.example/feed"), now)

    assert article.text.splitlines() == ["Longer text", "Short", "Mid"]
    assert article.id == article_ids([short], "https://news.example/feed", None)[0]


def test_an_entry_without_words_is_no_article(now):
    empty = ParsedEntry("g", "https://news.example/1", "", "", None, None)

    assert (
        make_articles(ParsedFeed(None, "rss20", None, (empty,)), FeedForFetch(1, "https://news.example/f"), now) == ()
    )


def test_polls_send_back_the_validators_they_were_given(server, clock, poll_options, client, now, options):
    url = server.answer("/f", rss("one"), etag='W/"\xe9"')
    intent = poll(FeedForFetch(1, url), clock, poll_options)
    fetch(FeedForFetch(1, url, intent.etag, intent.last_modified), now, options, client)

    assert server.requests[1].headers["if-none-match"] == b'W/"\xe9"'


@pytest.mark.parametrize(
    "body",
    [
        "<rss version='2.0'><channel><item><title>Kept</title><link>http://a.example/1</link></item><item><title>Cut o",
        "<rss version='2.0'><channel><item><title>Kept</title><b></item></channel></rss>",
        "<rss><channel><item>nothing",
    ],
)
def test_a_damaged_feed_is_a_fault_and_gives_what_can_be_made_out(server, clock, poll_options, body):
    intent = poll(FeedForFetch(1, server.answer("/f", body), etag='"old"'), clock, poll_options)
    assert intent.error is not None
    assert intent.error.startswith("damaged XML (")
    assert intent.etag == '"old"'
    assert [article.title for article in intent.articles][:1] == (["Kept"] if "Kept" in body else [])


def test_a_stray_ampersand_is_no_fault(server, clock, poll_options):
    body = "<rss version='2.0'><channel><item><title>Smith & Wesson</title></item></channel></rss>\n<!-- x -->"
    intent = poll(FeedForFetch(1, server.answer("/f", body)), clock, poll_options)
    assert intent.error is None
    assert [article.title for article in intent.articles] == ["Smith & Wesson"]


NEWS_MAP = "<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>{}</urlset>"
NEWS_URL = "<url><loc>https://news.example/{0}</loc><n:news><n:title>{0}</n:title></n:news></url>"


def test_an_index_of_sitemaps_is_a_feed_of_what_they_hold(server, clock, poll_options):
    first = server.answer("/news-1.xml", NEWS_MAP.format(NEWS_URL.format("one")))
    second = server.answer("/news-2.xml", NEWS_MAP.format(NEWS_URL.format("two")))
    gone = server.url + "/news-3.xml"
    sitemaps = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in (first, second))
    url = server.answer("/index.xml", f"<sitemapindex>{sitemaps}</sitemapindex>", etag='"v1"')

    intent = poll(FeedForFetch(1, url), clock, poll_options)
    assert [article.title for article in intent.articles] == ["one", "two"]
    # Unchanged as it may be, what it names is looked at again.
    assert (intent.error, intent.etag) == (None, None)

    broken = f"<sitemapindex>{sitemaps}<sitemap><loc>{gone}</loc></sitemap></sitemapindex>"
    intent = poll(FeedForFetch(1, server.answer("/index.xml", broken)), clock, poll_options)
    assert [article.title for article in intent.articles] == ["one", "two"]
    assert "news-3.xml: answered 404 Not Found" in intent.error


def test_a_feed_is_gone_when_its_server_says_so_twice(server, clock, poll_options):
    url = server.answer("/f", status="410 Gone")

    assert not poll(FeedForFetch(1, url), clock, poll_options).gone
    assert poll(FeedForFetch(1, url, failures=1, last_status=410), clock, poll_options).gone


def test_the_hints_of_headers_and_document_come_with_the_intent(server, clock, poll_options):
    body = rss("one").replace("<title>News", "<ttl>45</ttl><title>News")
    hints = poll(FeedForFetch(1, server.answer("/f", body, cache_control="max-age=60")), clock, poll_options).hints

    assert hints.fresh == 2700


def test_a_charset_that_changes_from_poll_to_poll_is_found_each_time(server, clock, poll_options):
    for encoding, declared in (("utf-8", "utf-8"), ("windows-1251", "windows-1251"), ("utf-16", "utf-16")):
        body = f'<?xml version="1.0" encoding="{declared}"?>{rss("Песков")}'.encode(encoding)
        intent = poll(FeedForFetch(1, server.answer("/f", body)), clock, poll_options)
        assert [article.title for article in intent.articles] == ["Песков"], encoding


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE rss [<!ENTITY a 'boom'>"
        + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
        + "]>",
        "<!DOCTYPE rss [<!ENTITY j SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE rss SYSTEM '{server}/dtd' [<!ENTITY j SYSTEM '{server}/entity'>]>",
    ],
)
def test_entities_are_neither_expanded_nor_fetched(server, clock, poll_options, prolog):
    prolog = prolog.replace("{server}", server.url)
    body = f"<?xml version='1.0'?>{prolog}{rss('x').replace('<title>x', '<title>before &j; after')}"
    intent = poll(FeedForFetch(1, server.answer("/f", body)), clock, poll_options)

    words = "".join(article.title + article.text for article in intent.articles)
    assert len(words) < 1000
    assert server.paths() == ["/f"]
    assert "root:" not in words
    assert "boom" * 3 not in words


def test_a_document_built_to_be_slow_ends_at_the_deadline(server, clock, poll_options):
    body = "<rss><channel><title " + " ".join(f"a{n}='1'" for n in range(300_000)) + ">T</title></channel></rss>"
    options = replace(poll_options, parse_deadline=1.0)
    intent = poll(FeedForFetch(1, server.answer("/f", body)), clock, options)

    assert intent.error == "took more than 1 s to read"


def test_a_host_is_asked_at_its_pace_by_feeds_that_moved_to_it_and_for_sitemaps(server, clock, poll_options):
    asked = []
    for path in ("/new1", "/new2", "/s1", "/s2"):
        body = rss("x") if path.startswith("/n") else "<urlset><url><loc>https://a.example/1</loc></url></urlset>"
        server.answer(path, body)
    index = "".join(f"<sitemap><loc>{server.url}/s{n}</loc></sitemap>" for n in (1, 2))
    namespace = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    server.answer("/index", f"<sitemapindex {namespace}>{index}</sitemapindex>")

    def pace(host: str) -> Pace:
        asked.append(host)
        return Pace(1, 0.05)

    feeds = [FeedForFetch(n, f"http://old{n}.example/", moved_to=f"{server.url}/new{n}") for n in (1, 2)]
    options = replace(poll_options, pace=pace, fetch=poll_options.fetch.model_copy(update={"allow": ("127.0.0.1",)}))
    list(poll_all([*feeds, FeedForFetch(3, f"{server.url}/index")], clock, options))

    assert set(asked) == {"127.0.0.1"}
    assert sorted(server.paths()) == ["/index", "/new1", "/new2", "/s1", "/s2"]
