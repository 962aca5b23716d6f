"""``watchlist audit evidence``: the very bytes of entries and pages, from a real feed, on both databases."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from watchlist.storage.database.connect import open_engine, writing

Call = Callable[..., Any]

ENTRY = (
    "<item>\n <title>Shipping company opens an office</title><link>{url}</link>\n"
    " <description>Grey Harbour Shipping said &#8211; on Monday &#8211; that it would open.</description>\n"
    f" <pubDate>{format_datetime(datetime.now(UTC))}</pubDate>\n</item>"
)
OTHER = (
    "<item><title>Rain expected</title><link>https://news.example/2</link>"
    "<description>It will rain.</description></item>"
)
PAGE = (
    "<!doctype html><html><head><title>Shipping company opens an office</title></head><body><article>"
    "<h1>Shipping company opens an office</h1><p>Grey Harbour Shipping said on Monday that it would open an office in"
    " Valletta, where two of its ships have been lying since the spring. A speaker of the port said that nothing stood"
    " in the way of the plan, and that the company had paid its dues in full for the whole of the year.</p>"
    "<p>The office will have forty desks, of which ten are for the crews of the ships, she said on the telephone.</p>"
    "</article></body></html>"
)


@pytest.fixture
def keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHLIST_EVIDENCE", "keep")
    monkeypatch.setenv("WATCHLIST_FETCH__FULL_TEXT", "always")
    monkeypatch.setenv("WATCHLIST_FETCH__ALLOW", '["127.0.0.0/8"]')


def serve(web: Any, *entries: str) -> str:
    document = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Loopback</title>{"".join(entries)}</channel></rss>'
    )
    return str(web.put("/feed.xml", document))


@pytest.fixture
def story(cli: Call, own_list: str, web: Any) -> str:
    """A feed with an article whose page is there; gives the entry."""
    entry = ENTRY.format(url=web.put("/1", PAGE))
    feed = serve(web, entry, OTHER)
    assert cli("feeds", "add", feed).code == 0
    return entry


def records(path: Path) -> list[tuple[Any, bytes]]:
    with path.open("rb") as file:
        return [(each, each.raw_stream.read()) for each in ArchiveIterator(file, check_digests="raise")]


def kinds(found: list[tuple[Any, bytes]]) -> list[str]:
    return [each.rec_type for each, _ in found]


def sql(url: str, statement: str, **values: Any) -> list[Any]:
    engine = open_engine(url, 5)
    try:
        with writing(engine) as connection:
            found = connection.execute(text(statement), values)
            return list(found.all()) if found.returns_rows else []
    finally:
        engine.dispose()


class TestOnBothDatabases:
    @pytest.fixture
    def sqlite_database(self, database: str) -> str:
        """The command line works on the database under test."""
        return database

    def test_the_bytes_are_handed_over_although_page_and_entry_are_gone(
        self, cli: Call, keep: None, story: str, web: Any, folder: Path
    ) -> None:
        found = cli("run", "--once")
        assert (found.code, found.err) == (0, "")
        web.pages.clear()
        told = cli("audit", "evidence", "1", "e.warc.gz")
        assert (told.code, told.err) == (0, "")
        assert "feed entry of 'Shipping company opens an office'" in told.out
        assert told.out.splitlines()[-1] == "Wrote 2 captures to e.warc.gz."
        found = records(folder / "e.warc.gz")
        assert kinds(found) == ["warcinfo", "resource", "response", "metadata"]
        assert found[1][1] == story.encode()
        assert found[2][1] == PAGE.encode()
        assert found[1][0].rec_headers.get_header("WARC-Target-URI") == f"{web.url}/feed.xml"
        assert found[2][0].rec_headers.get_header("WARC-Target-URI") == f"{web.url}/1"
        assert found[2][0].http_headers.get_statuscode() == "200"
        audit = json.loads(found[3][1])
        assert audit["id"] == 1
        assert [each["kind"] for each in audit["evidence"]] == ["entry", "page"]
        assert audit["screened_with"]["engine_version"] == audit["engine_version"]
        assert not [each for each in folder.iterdir() if "e.warc.gz" in each.name and each.name != "e.warc.gz"]
        assert "1 feed entry, 1 page" in cli("audit", "alert", "1").out

    def test_new_words_are_kept_beside_the_old_and_the_same_bytes_once(
        self, cli: Call, keep: None, story: str, web: Any, folder: Path, sqlite_database: str
    ) -> None:
        cli("run", "--once")
        for _ in range(2):
            assert cli("run", "--once").code == 0
        assert len(sql(sqlite_database, "SELECT 1 FROM captures")) == 3
        edited = story.replace("on Monday", "on Monday and again on Tuesday")
        serve(web, edited, OTHER)
        assert cli("run", "--once").code == 0
        cli("audit", "evidence", "1", "e.warc.gz")
        found = records(folder / "e.warc.gz")
        # The page is asked for again when the feed edits the article, and has the same bytes.
        assert kinds(found) == ["warcinfo", "resource", "response", "resource", "revisit", "metadata"]
        assert [body for each, body in found if each.rec_type == "resource"] == [story.encode(), edited.encode()]
        assert found[4][0].rec_headers.get_header("WARC-Refers-To") == found[2][0].rec_headers.get_header(
            "WARC-Record-ID"
        )
        assert found[4][0].http_headers.get_statuscode() == "200"
        assert len(sql(sqlite_database, "SELECT 1 FROM evidence WHERE length(record) > 0")) == 4

    def test_an_alert_that_opens_in_a_later_run_has_the_bytes_of_the_time(
        self, cli: Call, keep: None, web: Any, folder: Path
    ) -> None:
        """The list comes after the article: a look-back finds it, when feed and page are gone."""
        entry = ENTRY.format(url=web.put("/1", PAGE))
        cli("feeds", "add", serve(web, entry, OTHER))
        (folder / "none.csv").write_text("id,schema,name\nx-1,Company,NOBODY WHO SAILS\n", encoding="utf-8")
        cli("lists", "create", "others")
        cli("entities", "import", "others", "none.csv")
        assert cli("run", "--once").code == 0
        assert cli("alerts", "--json").json() == []
        web.pages.clear()
        (folder / "new.csv").write_text("id,schema,name\ns-1,Company,GREY HARBOUR SHIPPING CO.\n", encoding="utf-8")
        cli("lists", "create", "suppliers")
        cli("entities", "import", "suppliers", "new.csv")
        cli("run", "--once")
        assert len(cli("alerts", "--json").json()) == 1
        assert cli("audit", "evidence", "1", "e.warc.gz").code == 0
        found = records(folder / "e.warc.gz")
        assert [body for _, body in found[1:3]] == [entry.encode(), PAGE.encode()]


def test_another_reader_finds_nothing_wrong_with_the_file(
    cli: Call, keep: None, story: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("run", "--once")
    assert cli("audit", "evidence", "1", "e.warc.gz").code == 0
    checker = Checker(type("Options", (), {"inputs": [str(folder / "e.warc.gz")], "verbose": True}))
    checker.process_all()
    assert checker.exit_value == 0
    assert "FAIL" not in capsys.readouterr().out.upper()


def test_articles_that_join_are_handed_over_after_the_one_that_opened(
    cli: Call, keep: None, story: str, web: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("run", "--once")
    copy = story.replace(f"{web.url}/1", "https://news.example/copy")
    other = web.put("/other.xml", f'<rss version="2.0"><channel><title>Other</title>{copy}</channel></rss>')
    cli("feeds", "add", other)
    assert cli("run", "--once").code == 0
    assert len(cli("alerts", "--json").json()) == 1
    cli("audit", "evidence", "1", "e.warc.gz")
    bodies = [body for each, body in records(folder / "e.warc.gz") if each.rec_type == "resource"]
    assert bodies == [story.encode(), copy.encode()]
    monkeypatch.setenv("WATCHLIST_EVIDENCE", "none")
    again = copy.replace("/copy", "/again")
    cli("feeds", "add", web.put("/third.xml", f'<rss version="2.0"><channel><title>3</title>{again}</channel></rss>'))
    assert cli("run", "--once").code == 0
    told = cli("audit", "evidence", "1", "e.warc.gz").out
    assert told.count("which joined the alert, nothing is kept.") == 1


def test_an_entry_that_cannot_be_told_apart_is_kept_with_its_whole_document(
    cli: Call, keep: None, own_list: str, web: Any, folder: Path
) -> None:
    document = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id>'
        '<link href="https://news.example/1"/><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        "Grey Harbour <!-- a comment between --> Shipping</div></title>"
        "<summary>Grey Harbour Shipping said that it would open an office.</summary></entry></feed>"
    )
    cli("feeds", "add", web.put("/atom.xml", document))
    assert cli("run", "--once").code == 0
    cli("audit", "evidence", "1", "e.warc.gz")
    (found,) = [body for each, body in records(folder / "e.warc.gz") if each.rec_type == "resource"]
    assert b"Grey Harbour" in found
    assert found in document.encode()


class TestDamaged:
    def test_what_is_whole_is_handed_over_and_the_rest_is_told(
        self, cli: Call, keep: None, story: str, folder: Path, sqlite_database: str
    ) -> None:
        cli("run", "--once")
        damage = "UPDATE evidence SET record = :cut WHERE sha256 = (SELECT sha256 FROM captures WHERE kind = 'page')"
        sql(sqlite_database, damage, cut=b"\x1f\x8bno")
        told = cli("audit", "evidence", "1", "e.warc.gz")
        assert told.code == 3
        assert "page of 'Shipping company opens an office' from" in told.err
        assert "is damaged, and left out: cannot be unpacked" in " ".join(told.err.split())
        assert kinds(records(folder / "e.warc.gz")) == ["warcinfo", "resource", "metadata"]

    def test_where_nothing_is_whole_no_file_is_written(
        self, cli: Call, keep: None, story: str, folder: Path, sqlite_database: str
    ) -> None:
        cli("run", "--once")
        sql(sqlite_database, "UPDATE evidence SET record = :cut", cut=b"\x1f\x8b\x08")
        told = cli("audit", "evidence", "1", "e.warc.gz")
        assert told.code == 1
        assert "nothing that is kept for alert 1 is whole" in told.err
        assert not (folder / "e.warc.gz").exists()

    def test_bytes_of_another_are_not_passed_off(
        self, cli: Call, keep: None, story: str, folder: Path, sqlite_database: str
    ) -> None:
        cli("run", "--once")
        swap = (
            "UPDATE evidence SET record = (SELECT e.record FROM evidence e JOIN captures c ON c.sha256 = e.sha256"
            " WHERE c.kind = 'page') WHERE sha256 IN (SELECT sha256 FROM captures WHERE kind = 'entry')"
        )
        sql(sqlite_database, swap)
        told = cli("audit", "evidence", "1", "e.warc.gz")
        assert (told.code, "its bytes have the SHA-256" in " ".join(told.err.split())) == (3, True)


class TestNone:
    def test_by_default_nothing_is_kept(self, cli: Call, alerted: Any, folder: Path, sqlite_database: str) -> None:
        assert sql(sqlite_database, "SELECT 1 FROM captures UNION SELECT 1 FROM evidence") == []
        told = cli("audit", "evidence", "1", "e.warc.gz")
        assert told.code == 1
        assert "'evidence: keep' in the configuration keeps it from then on" in " ".join(told.err.split())
        assert not (folder / "e.warc.gz").exists()
        assert cli("audit", "alert", "1", "--json").json()["evidence"] == []

    def test_an_alert_of_before_says_why(self, cli: Call, alerted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WATCHLIST_EVIDENCE", "keep")
        assert "came before 'evidence: keep' was set" in " ".join(
            cli("audit", "evidence", "1", "e.warc.gz").err.split()
        )

    def test_no_such_alert_and_no_such_name(self, cli: Call, alerted: Any) -> None:
        assert cli("audit", "evidence", "77", "e.warc.gz").code == 2
        told = cli("audit", "evidence", "1", "e.zip")
        assert (told.code, "must end in .warc.gz" in told.err) == (2, True)


GIVEN_WORDS = "Grey Harbour Shipping said on Monday that it would open an office in Valletta."
GIVEN_FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>"
    f"<item><title>An office</title><description>{GIVEN_WORDS}</description></item></channel></rss>"
)
GIVEN_RECORD = f'{{"title":  "An office","text": "{GIVEN_WORDS}"}}'


@pytest.mark.parametrize(
    ("name", "body", "kept", "where"),
    [
        pytest.param("a.jsonl", f'{{"title": "x"}}\n{GIVEN_RECORD}\n', GIVEN_RECORD, "#line-2", id="a line"),
        pytest.param("b.json", f' [ {{"title": "x"}}\n, {GIVEN_RECORD}]', GIVEN_RECORD, "#article-2", id="of a list"),
        pytest.param("c.json", GIVEN_RECORD, GIVEN_RECORD, "#article-1", id="one object"),
        pytest.param("d e.txt", GIVEN_WORDS, GIVEN_WORDS, "", id="a text"),
        pytest.param("f.html", PAGE, PAGE, "", id="a page"),
        pytest.param(
            "g.xml", GIVEN_FEED, GIVEN_FEED[GIVEN_FEED.index("<item") : -len("</channel></rss>")], "", id="a feed"
        ),
    ],
)
def test_what_was_handed_over_is_kept_as_it_was_given(
    cli: Call, keep: None, own_list: str, folder: Path, name: str, body: str, kept: str, where: str
) -> None:
    (folder / name).write_text(body)
    assert cli("ingest", name).code == 0
    assert cli("run", "--once").code == 0
    told = cli("audit", "evidence", "1", "e.warc.gz")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("record handed over of '")
    found = records(folder / "e.warc.gz")
    assert kinds(found) == ["warcinfo", "resource", "metadata"]
    assert found[1][1] == kept.encode()
    assert found[1][0].rec_headers.get_header("WARC-Target-URI") == f"file:///{name.replace(' ', '%20')}{where}"
    assert "1 record handed over" in cli("audit", "alert", "1").out


def test_a_compressed_page_is_kept_as_it_was_sent(cli: Call, keep: None, own_list: str, web: Any, folder: Path) -> None:
    import gzip

    packed = gzip.compress(PAGE.encode(), mtime=0)
    # A server that mislabels what it sends: the bytes are kept all the same.
    cli("feeds", "add", serve(web, ENTRY.format(url=web.put("/1", packed))))
    assert cli("run", "--once").code == 0
    cli("audit", "evidence", "1", "e.warc.gz")
    (page,) = [body for each, body in records(folder / "e.warc.gz") if each.rec_type == "response"]
    assert page == packed
    assert io.BytesIO(page).read(2) == b"\x1f\x8b"
