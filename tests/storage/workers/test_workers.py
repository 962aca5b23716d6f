"""Workers that share a database: what each has in hand is its own; one taken for dead writes nothing any more."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from watchlist.errors import LeaseLostError, RunLockedError
from watchlist.model import DeliveryStatus, Duty, FeedFetchIntent, NewWorker, Rank, WorkerRole
from watchlist.storage.database.connect import writing
from watchlist.storage.store import Store, open_store

NewDatabase = Callable[[bool], str]
on_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def two(database: str) -> Iterator[tuple[Store, Store]]:
    """Two programs' stores of one database."""
    with closing(open_store(database)) as first, closing(open_store(database)) as second:
        yield first, second


def worker(name: str, *roles: WorkerRole) -> NewWorker:
    return NewWorker(name, roles or tuple(WorkerRole), timedelta(seconds=30))


def silence(store: Store, name: str) -> None:
    """As if a worker had given no sign of life for longer than its lease."""
    with writing(store._engine) as connection:
        connection.execute(text("UPDATE workers SET lease_until = '2000-01-01' WHERE name = :name"), {"name": name})


@on_postgresql
def test_articles_are_in_one_workers_hands(two: tuple[Store, Store], article: Any, now: datetime) -> None:
    first, second = two
    first.keep_articles([article(n) for n in range(5)])
    with first.join(worker("a")), second.join(worker("b")):
        mine, others = first.take_articles(3, now), second.take_articles(9, now)
        assert (len(mine), len(others)) == (3, 2)
        assert not {each.id for each in mine} & {each.id for each in others}
        assert {each.name: each.articles for each in first.workers()} == {"a": 3, "b": 2}
        # Whoever takes others gives up what it had.
        assert len(first.take_articles(9, now)) == 3
    # What somebody had who left is free; and a command alone claims nothing.
    assert len(first.take_articles(9, now)) == 5
    assert first.workers() == ()


@on_postgresql
def test_a_feed_is_claimed_once_and_not_when_it_was_polled_meanwhile(two: tuple[Store, Store], now: datetime) -> None:
    first, second = two
    ids = [first.add_feed(f"https://news.example/{n}", None).id for n in range(3)]
    never = dict.fromkeys(ids)
    with first.join(worker("a")), second.join(worker("b")):
        assert first.claim_feeds({ids[0]: None}, now) == {ids[0]}
        assert second.claim_feeds(never, now) == set(ids[1:])
        first.record_fetch(FeedFetchIntent(ids[0], now, now + HOUR, status=200))
        second.release_feeds(ids[1:])
        # The second still thinks that nobody has polled it.
        assert second.claim_feeds(never, now) == set(ids[1:])


@on_postgresql
def test_who_is_taken_for_dead_writes_nothing_until_it_takes_part_again(
    two: tuple[Store, Store], article: Any, now: datetime
) -> None:
    first, second = two
    first.keep_articles([article(n) for n in range(2)])
    with first.join(worker("a")) as member, second.join(worker("b")) as other:
        assert len(first.take_articles(9, now)) == 2
        silence(second, "a")
        assert other.beat()
        assert len(second.take_articles(9, now)) == 2
        with pytest.raises(LeaseLostError):
            first.start_run(now)
        assert not member.beat()
        assert [(each.name, each.lost) for each in second.workers()] == [("a", True), ("b", False)]
        member.go_on()
        assert first.take_articles(9, now) == ()
        assert first.start_run(now)
    assert [each.lost for each in first.workers()] == [True]


@on_postgresql
def test_a_process_of_this_machine_that_is_no_more_is_not_waited_for(two: tuple[Store, Store]) -> None:
    first, second = two
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    gone = f"process {ended.pid} on {socket.gethostname()}"
    with first.join(worker(gone)), second.join(worker(f"process {os.getpid()} on {socket.gethostname()}")) as other:
        assert [each.lost for each in second.workers()] == [True, False]
        assert other.beat()


@on_postgresql
def test_a_worker_in_the_middle_of_a_transaction_is_alive(two: tuple[Store, Store]) -> None:
    first, second = two
    with first.join(worker("a")) as member, second.join(worker("b")) as other:
        silence(second, "a")
        with first._writing():
            # As long as it writes nobody says that it was silent; and its own next sign waits for it to end.
            assert other.beat()
        assert member.beat()
        assert [each.lost for each in second.workers()] == [False, False]


@on_postgresql
def test_a_message_of_a_worker_that_died_is_sent_by_another_under_its_key(
    two: tuple[Store, Store], open_alerts: Any, now: datetime
) -> None:
    first, second = two
    open_alerts()
    ways, lease = {"email": ("a@news.example",)}, timedelta(minutes=30)
    with first.join(worker("a")), second.join(worker("b")) as other:
        claimed = first.claim_delivery(ways, now + HOUR, lease, 24 * HOUR)
        assert claimed is not None
        assert [each.deliveries for each in second.workers()] == [1, 0]
        assert second.claim_delivery(ways, now + HOUR, lease, 24 * HOUR) is None
        silence(second, "a")
        other.beat()
        again = second.claim_delivery(ways, now + HOUR, lease, 24 * HOUR)
        assert again is not None
        assert (again.id, again.idempotency_key) == (claimed.id, claimed.idempotency_key)
        # The first was only slow: it is not to undo what the second does.
        first.record_sent(claimed, now + HOUR, "late")
        assert second.delivery(again.id).status is DeliveryStatus.SENDING
        second.record_sent(again, now + HOUR, "taken")
        assert second.delivery(again.id).receipt == "taken"


@on_postgresql
def test_a_message_that_nobody_else_took_up_is_recorded_by_whoever_sent_it(
    two: tuple[Store, Store], open_alerts: Any, now: datetime
) -> None:
    first, second = two
    open_alerts()
    with first.join(worker("a")), second.join(worker("b")) as other:
        claimed = first.claim_delivery({"email": ("a@news.example",)}, now + HOUR, HOUR, 24 * HOUR)
        assert claimed is not None
        silence(second, "a")
        other.beat()
        first.record_sent(claimed, now + HOUR, "taken")
    assert second.delivery(claimed.id).status is DeliveryStatus.SENT


def test_what_a_worker_was_broken_off_sending_is_due_when_it_goes_on(
    two: tuple[Store, Store], open_alerts: Any, now: datetime
) -> None:
    store, _ = two
    open_alerts()
    ways, lease = {"email": ("a@news.example",)}, timedelta(minutes=30)
    with store.join(worker("a")) as member:
        claimed = store.claim_delivery(ways, now + HOUR, lease, 24 * HOUR)
        assert claimed is not None
        # The database went away before it could be written down what became of it, and came back.
        assert store.claim_delivery(ways, now + HOUR, lease, 24 * HOUR) is None
        assert member.beat()
        assert store.claim_delivery(ways, now + HOUR, lease, 24 * HOUR) is None
        member.go_on()
        again = store.claim_delivery(ways, now + HOUR, lease, 24 * HOUR)
        assert again is not None
        assert (again.id, again.idempotency_key) == (claimed.id, claimed.idempotency_key)


@on_postgresql
def test_a_duty_is_one_workers(two: tuple[Store, Store], now: datetime) -> None:
    first, second = two
    with first.join(worker("a")), second.join(worker("b")):
        with first.duty(Duty.LISTS, now) as mine, second.duty(Duty.LISTS, now) as others:
            assert (mine, others) == (True, False)
            with first.duty(Duty.LISTS, now) as again, second.duty(Duty.CARE, now) as another:
                assert (again, another) == (True, True)
                assert [each.duties for each in first.workers()] == [(Duty.LISTS,), (Duty.CARE,)]
            first.start_run(now)
        with second.duty(Duty.LISTS, now) as free:
            assert free


@on_postgresql
def test_the_loss_of_a_duty_is_noticed(two: tuple[Store, Store], now: datetime) -> None:
    first, second = two

    def drop_the_connection() -> None:
        assert first._fence.session is not None
        with writing(second._engine) as connection:
            drop = text("SELECT pg_terminate_backend(:number, 5000)")
            connection.execute(drop, {"number": first._fence.session._number})

    with first.join(worker("a")), second.join(worker("b")):
        with first.duty(Duty.LISTS, now) as mine:
            assert mine
            drop_the_connection()
            with pytest.raises(LeaseLostError, match="lost with its connection"):
                first.start_run(now)
            with second.duty(Duty.LISTS, now) as others:
                assert others
                with pytest.raises(LeaseLostError, match="another worker has taken over"):
                    first.start_run(now)
                second.start_run(now)
        # Without the duty it is a worker like any other, and may have it again.
        first.start_run(now)
        with first.duty(Duty.LISTS, now) as mine:
            assert mine
            first.start_run(now)


@on_postgresql
def test_every_connection_lost_at_once_as_by_a_restart_costs_a_worker_nothing(
    two: tuple[Store, Store], now: datetime
) -> None:
    first, second = two
    with first.join(worker("a")) as member, second.join(worker("b")):
        with writing(second._engine) as connection:
            others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
            connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))
        first._engine.dispose()
        assert member.beat()
        with pytest.raises(RunLockedError), second.lock():
            pass
        first.start_run(now)


@on_postgresql
def test_who_wants_the_database_alone_waits_for_the_workers(two: tuple[Store, Store]) -> None:
    first, second = two
    with first.join(worker("process 1 on desk")), pytest.raises(RunLockedError, match="at work"), second.lock():
        pass
    with second.lock(), pytest.raises(RunLockedError), first.join(worker("a")):
        pass


@on_postgresql
def test_each_has_a_rank_among_those_of_its_role(two: tuple[Store, Store]) -> None:
    first, second = two
    with first.join(worker("a")), second.join(worker("b", WorkerRole.POLL)) as other:
        assert (first.place(WorkerRole.POLL), second.place(WorkerRole.POLL)) == (Rank(0, 2), Rank(1, 2))
        assert first.place(WorkerRole.SCREEN) == Rank(0, 1)
        silence(second, "a")
        assert second.place(WorkerRole.POLL) == Rank(0, 1)
        other.beat()
    assert first.place(WorkerRole.POLL) == Rank(0, 1)


@on_sqlite
def test_on_sqlite_there_is_one_and_it_claims_nothing(two: tuple[Store, Store], article: Any, now: datetime) -> None:
    first, second = two
    first.keep_articles([article(1)])
    with first.join(worker("a")) as member:
        with pytest.raises(RunLockedError), second.join(worker("b")):
            pass
        assert len(first.take_articles(9, now)) == len(second.take_articles(9, now)) == 1
        with first.duty(Duty.LISTS, now) as mine:
            assert mine
        assert member.beat()
        assert [(each.name, each.lost) for each in second.workers()] == [("a", False)]


@on_sqlite
def test_a_lock_file_that_is_deleted_is_made_anew(two: tuple[Store, Store], database: str, now: datetime) -> None:
    first, second = two
    path = Path(database.removeprefix("sqlite:///") + ".lock")
    with first.join(worker("a")) as member:
        path.unlink()
        assert member.beat()
        assert path.exists()
        with pytest.raises(RunLockedError, match="process"), second.join(worker("b")):
            pass
        first.start_run(now)


@on_sqlite
def test_who_comes_before_a_deleted_lock_file_is_made_anew_is_the_only_one_that_writes(
    two: tuple[Store, Store], database: str, now: datetime
) -> None:
    first, second = two
    path = Path(database.removeprefix("sqlite:///") + ".lock")
    with first.join(worker("a")) as member:
        path.rename(path.with_suffix(".elsewhere"))
        with second.join(worker("b")):
            with pytest.raises(LeaseLostError):
                first.start_run(now)
            assert not member.beat()
            with pytest.raises(RunLockedError):
                member.go_on()
            second.start_run(now)
        member.go_on()
        first.start_run(now)


@on_sqlite
def test_a_link_in_place_of_the_lock_file_is_refused(two: tuple[Store, Store], database: str, tmp_path: Path) -> None:
    path = Path(database.removeprefix("sqlite:///") + ".lock")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Exception, match="it is a link"), two[0].join(worker("a")):
        pass
