"""The whole flow on real parts: feeds over HTTP, the real engine, a real database, a real mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from watchlist.app import make_app
from watchlist.config import Config
from watchlist.delivery.transports import full_config
from watchlist.errors import StorageError
from watchlist.feeds.schedule import may_ask
from watchlist.matching.engine import Engine
from watchlist.model import AlertStatus, Article, DeliveryStatus, Entity, ListDeclaration, Mention, Name, Schema
from watchlist.pipeline import run
from watchlist.steps.parts import Parts, RunReport

LISTED = (
    Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),)),
    Entity("own", "2", Schema.PERSON, (Name("MARROVSKY, Ilya Petrovich"),)),
)
VOYAGES = (
    "https://news.example/1",
    "Voyages suspended",
    "Kaveron Shipping Lines suspended its voyages on Monday, officials said.",
)
WEATHER = ("https://news.example/2", "Rain expected", "It will rain in the north until Thursday.")

Rss = Callable[..., str]


@pytest.fixture
def config(sqlite_database: str, smtp_port: int) -> Config:
    return full_config().model_validate(
        {
            "database": {"url": sqlite_database},
            "fetch": {"deadline": 60},
            "email": {
                "host": "127.0.0.1",
                "port": smtp_port,
                "security": "none",
                "sender": "watchlist@news.example",
                "recipients": ["desk@news.example"],
            },
        }
    )


@pytest.fixture
def parts(config: Config, lent_readers: None) -> Iterator[Parts]:
    """Everything a run needs, with an own list of a company and a person."""
    made = make_app(config, declares=True)
    made.store.add_list(ListDeclaration("own", "Own list", None, refresh=False, own=True))
    made.store.apply_entities("own", LISTED, datetime.now(UTC), lambda _: None)
    yield made
    made.store.close()


@pytest.fixture
def feed(parts: Parts, web: Any, rss: Rss) -> str:
    """A good feed with one article that names a listed company, and one that does not."""
    return parts.store.add_feed(web.put("/feed.xml", rss(VOYAGES, WEATHER)), None).url


def go(parts: Parts) -> RunReport:
    return run(parts, may_ask)


def later(parts: Parts, delay: timedelta) -> Parts:
    """The same parts under a clock that is ahead."""
    return replace(parts, clock=lambda: datetime.now(UTC) + delay)


def alerted(parts: Parts) -> list[str]:
    return [each.entity.caption for each in parts.store.alerts()]


class TestOnce:
    def test_a_listed_name_in_a_feed_is_mailed(self, parts: Parts, feed: str, mailbox: Any) -> None:
        report = go(parts)
        assert report.errors == []
        assert dict(report.counts) | {
            "feeds_polled": 1,
            "articles_new": 2,
            "articles_scanned": 2,
            "mentions": 1,
            "alerts": 1,
            "deliveries_sent": 1,
        } == dict(report.counts)
        (alert,) = parts.store.alerts()
        assert (alert.entity.id, alert.mention.surface, alert.alert.status) == (
            "own:1",
            "Kaveron Shipping Lines",
            AlertStatus.OPEN,
        )
        assert VOYAGES[2][alert.mention.start : alert.mention.end] == "Kaveron Shipping Lines"
        (message,) = mailbox.messages
        (delivery,) = parts.store.deliveries()
        assert (delivery.status, delivery.idempotency_key) == (DeliveryStatus.SENT, mailbox.keys[0])
        assert "Kaveron Shipping Lines" in message.get_body(("plain",)).get_content()
        (done,) = parts.store.last_runs(5)
        assert done.finished_at is not None
        assert dict(done.counts)["alerts"] == 1

    @pytest.mark.parametrize("again", ["same", "reordered", "reworded"])
    def test_the_same_article_again_opens_nothing(
        self, parts: Parts, feed: str, web: Any, rss: Rss, mailbox: Any, again: str
    ) -> None:
        go(parts)
        reworded = (*VOYAGES[:2], "Officials said that Kaveron Shipping Lines had suspended all of its voyages.")
        web.put("/feed.xml", rss(*{"same": (VOYAGES, WEATHER), "reordered": (WEATHER, VOYAGES)}.get(again, [reworded])))
        report = go(parts)
        assert (report.errors, report.alerts) == ([], [])
        assert report.counts["articles_scanned"] == (1 if again == "reworded" else 0)
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert len(mailbox.messages) == 1

    def test_a_name_that_an_edit_brings_in_opens_one_more(
        self, parts: Parts, feed: str, web: Any, rss: Rss, mailbox: Any
    ) -> None:
        go(parts)
        web.put(
            "/feed.xml",
            rss(
                (*VOYAGES[:2], "Kaveron Shipping Lines and Ilya Petrovich Marrovsky suspended their talks on Monday."),
                WEATHER,
            ),
        )
        report = go(parts)
        assert [alert.entity_id for alert in report.alerts] == ["own:2"]
        assert sorted(alerted(parts)) == ["KAVERON SHIPPING LINES", "MARROVSKY, Ilya Petrovich"]
        assert len(mailbox.messages) == 2

    def test_an_article_in_two_feeds_is_one_alert(
        self, parts: Parts, feed: str, web: Any, rss: Rss, mailbox: Any
    ) -> None:
        parts.store.add_feed(web.put("/other.xml", rss(WEATHER, VOYAGES)), None)
        assert go(parts).errors == []
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert len(mailbox.messages) == 1

    def test_the_same_words_in_another_paper_are_screened_and_alert_once(
        self, parts: Parts, feed: str, web: Any, rss: Rss, mailbox: Any
    ) -> None:
        long = (
            f"{VOYAGES[2]} "
            + "The ministry of transport gave no reason for the halt and named no date for its end. " * 3
        )
        web.put("/feed.xml", rss((*VOYAGES[:2], long)))
        copy = ("https://paper.example/wire/77", VOYAGES[1], long.replace("  ", " "))
        parts.store.add_feed(web.put("/other.xml", rss(copy)), None)
        report = go(parts)
        assert report.counts["articles_scanned"] == 2
        assert report.counts["mentions"] == 2
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        # Another entity in the copy alone is another alert.
        named = long + " Ilya Petrovich Marrovsky suspended his talks."
        web.put("/other.xml", rss((*copy[:2], named)))
        assert [alert.entity_id for alert in go(parts).alerts] == ["own:2"]

    def test_all_alerts_of_a_run_come_in_one_mail(
        self, parts: Parts, feed: str, web: Any, rss: Rss, mailbox: Any
    ) -> None:
        others = [
            (f"https://news.example/m{n}", f"Report {n}", f"Ilya Petrovich Marrovsky went to {n} cities.")
            for n in range(3)
        ]
        web.put("/feed.xml", rss(VOYAGES, *others))
        assert len(go(parts).alerts) == 4
        assert len(mailbox.messages) == 1


class TestFaults:
    def test_bad_feeds_do_not_stop_the_good_ones(
        self, parts: Parts, feed: str, web: Any, dead_url: str, mailbox: Any
    ) -> None:
        bad = {
            "dead": dead_url,
            "missing": web.url + "/nosuch.xml",
            "malformed": web.put("/bad.xml", "<html><title>Sorry</title><p>Not here.</p></html>"),
            "slow": web.put("/slow.xml", "", delay=30),
        }
        for title, url in bad.items():
            parts.store.add_feed(url, title)
        fetch = parts.config.fetch.model_copy(update={"deadline": 6.0})
        report = go(replace(parts, config=parts.config.model_copy(update={"fetch": fetch})))
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert len(mailbox.messages) == 1
        assert len(report.errors) == 4
        for title, url in bad.items():
            state = parts.store.feed(title)
            assert state.last_error, title
            assert state.failures == 1
            assert any(error.startswith(f"feed {url}: ") for error in report.errors)
        assert parts.store.feed(feed).last_error is None
        assert parts.store.feed("missing").last_status == 404
        assert parts.store.last_runs(1)[0].errors == tuple(report.errors)

    def test_a_feed_whose_content_the_database_refuses_is_noted_and_the_others_go_on(
        self, parts: Parts, feed: str, web: Any, rss: Rss, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parts.store.add_feed(web.put("/odd.xml", rss(WEATHER)), "odd")
        record = type(parts.store).record_fetch
        odd = parts.store.feed("odd").id

        def refusing(store: Any, intent: Any) -> int:
            if intent.feed_id == odd and intent.articles:
                raise StorageError("value too long for type character varying(16)")
            return record(store, intent)

        monkeypatch.setattr(type(parts.store), "record_fetch", refusing)
        report = go(parts)
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert "value too long" in (parts.store.feed("odd").last_error or "")
        assert len(report.errors) == 1

    def test_a_list_that_fails_does_not_stop_the_run(
        self, parts: Parts, feed: str, web: Any, mailbox: Any, sdn_list: Callable[..., str]
    ) -> None:
        lists = [
            ListDeclaration("us_ofac_sdn", "SDN", web.put("/sdn.xml", "<!doctype html><title>Sorry</title>")),
            ListDeclaration("us_ofac_cons", "Cons", web.put("/cons.xml", sdn_list(("7", "GREY GULL HOLDING")))),
        ]
        parts.store.declare_lists(lists, datetime.now(UTC))
        report = go(parts)
        assert len(report.errors) == 1
        assert report.errors[0].startswith("list us_ofac_sdn: ")
        assert parts.store.watched_list("us_ofac_sdn").last_error is not None
        assert parts.store.watched_list("us_ofac_cons").entity_count == 1
        assert len(mailbox.messages) == 1

    def test_a_fault_of_this_program_in_one_list_does_not_stop_the_run(
        self, parts: Parts, feed: str, web: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parts.store.declare_lists(
            [ListDeclaration("us_ofac_sdn", "SDN", web.put("/sdn.xml", "<sdnList/>"))], datetime.now(UTC)
        )

        def broken(*_: object, **__: object) -> None:
            raise ZeroDivisionError("odd")

        monkeypatch.setattr("watchlist.steps.sync.read_list", broken)
        report = go(parts)
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert "ZeroDivisionError" in (parts.store.watched_list("us_ofac_sdn").last_error or "")
        assert len(report.errors) == 1

    def test_an_article_that_breaks_the_engine_is_set_aside_and_the_rest_goes_on(
        self, parts: Parts, feed: str, web: Any, rss: Rss, monkeypatch: pytest.MonkeyPatch, mailbox: Any
    ) -> None:
        odd = ("https://news.example/odd", "Odd", "Something odd.")
        web.put("/feed.xml", rss(odd, VOYAGES))
        screen = Engine.screen

        def breaking(engine: Engine, article: Article, **options: Any) -> tuple[Mention, ...]:
            if article.title == "Odd":
                raise ValueError("a fault of the engine's own")
            return screen(engine, article, **options)

        monkeypatch.setattr(Engine, "screen", breaking)
        report = go(parts)
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert len(mailbox.messages) == 1
        assert len(report.errors) == 1
        assert parts.store.scan_errors(5) == ((odd[0], "ValueError: a fault of the engine's own"),)
        assert go(parts).errors == []
        # It comes again, later each time, and is told once it failed twice.
        later = replace(parts, clock=lambda: datetime.now(UTC) + timedelta(minutes=11))
        assert len(go(later).errors) == 1
        assert go(later).errors == []
        aside = parts.store.set_aside()
        assert (aside.count, aside.repeatedly, aside.article) == (1, 1, odd[0])
        (fault,) = parts.store.open_faults()
        assert fault.told_at is not None
        assert fault.fault.text.startswith("1 article could not be screened, and will be tried again, the next at ")
        monkeypatch.setattr(Engine, "screen", screen)
        much_later = replace(parts, clock=lambda: datetime.now(UTC) + timedelta(hours=1))
        assert go(much_later).counts["articles_scanned"] == 1
        assert parts.store.set_aside().count == 0
        assert parts.store.scan_errors(5) == ()
        assert parts.store.open_faults() == ()

    def test_a_database_that_is_away_ends_the_run(
        self, parts: Parts, feed: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_: object) -> int:
            raise StorageError("the server closed the connection")

        monkeypatch.setattr(type(parts.store), "record_fetch", away)
        with pytest.raises(StorageError):
            go(parts)
        (begun,) = parts.store.last_runs(5)
        assert begun.finished_at is None


class TestMail:
    def test_without_a_channel_alerts_open_all_the_same(self, parts: Parts, feed: str, mailbox: Any) -> None:
        report = go(replace(parts, transports={}))
        assert report.errors == []
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert (parts.store.deliveries(), mailbox.messages) == ((), [])

    def test_while_the_server_is_down_the_message_waits_and_then_comes_once_under_its_key(
        self, config: Config, parts: Parts, feed: str, mailbox: Any, dead_url: str
    ) -> None:
        port = int(dead_url.split(":")[2].partition("/")[0])
        down = make_app(
            config.model_copy(update={"email": config.email.model_copy(update={"port": port})}), declares=False
        )
        report = go(down)
        down.store.close()
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert len(report.errors) == 1
        assert report.errors[0].startswith("delivery email: ")
        (waiting,) = parts.store.deliveries()
        assert (waiting.status, waiting.attempts) == (DeliveryStatus.PENDING, 1)
        assert go(parts).errors == []
        assert mailbox.messages == []
        assert go(later(parts, timedelta(minutes=2))).errors == []
        go(later(parts, timedelta(days=2)))
        assert mailbox.keys == [waiting.idempotency_key]

    def test_a_stopped_run_leaves_the_rest_to_the_next(self, parts: Parts, feed: str, mailbox: Any) -> None:
        parts.stop.set()
        report = go(parts)
        assert (report.alerts, mailbox.messages) == ([], [])
        parts.stop.clear()
        go(parts)
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
        assert len(mailbox.messages) == 1


class TestIndex:
    def test_it_is_compiled_once_and_anew_when_a_list_changed(
        self, parts: Parts, feed: str, web: Any, rss: Rss, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go(parts)
        assert len(list(parts.index_dir.glob("*.index"))) == 1
        compiled: list[Path] = []
        monkeypatch.setattr("watchlist.matching.index.compile.assemble_index", lambda *_: compiled.append(Path()))
        web.put("/feed.xml", rss((*VOYAGES[:2], "Kaveron Shipping Lines sails again.")))
        assert go(parts).errors == []
        assert compiled == []
        monkeypatch.undo()
        parts.store.add_alias("own:2", Name("Grey Gull Aviation"), datetime.now(UTC))
        web.put("/feed.xml", rss((*VOYAGES[:2], "Grey Gull Aviation sails again.")))
        assert [alert.entity_id for alert in go(parts).alerts] == ["own:2"]
        assert len(list(parts.index_dir.glob("*.index"))) == 2

    @pytest.mark.parametrize("damage", ["cut", "garbage", "empty"])
    def test_a_damaged_one_is_made_anew(self, parts: Parts, feed: str, web: Any, rss: Rss, damage: str) -> None:
        go(parts)
        (path,) = parts.index_dir.glob("*.index")
        content = path.read_bytes()
        path.unlink()
        path.write_bytes({"cut": content[: len(content) // 2], "garbage": b"x" * 5000, "empty": b""}[damage])
        web.put("/feed.xml", rss((*VOYAGES[:2], "Ilya Petrovich Marrovsky is back.")))
        report = go(parts)
        assert [alert.entity_id for alert in report.alerts] == ["own:2"]
        assert len(path.read_bytes()) == len(content)

    def test_a_folder_that_cannot_be_written_only_costs_time(self, parts: Parts, feed: str) -> None:
        parts.index_dir.parent.joinpath("file").touch()
        report = go(replace(parts, index_dir=parts.index_dir.parent / "file" / "index"))
        assert report.errors == []
        assert alerted(parts) == ["KAVERON SHIPPING LINES"]
