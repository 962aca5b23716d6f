"""Accounts, sessions, tokens, tries and keys, as each kind of database keeps them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import (
    AccessEvent,
    AccessKind,
    AccessToken,
    Act,
    Action,
    Alert,
    AlertStatus,
    Limit,
    UserAccount,
    UserRole,
)
from watchlist.storage.store import Store, open_store

IDLE = timedelta(hours=1)


@pytest.fixture
def ann(store: Store, now: datetime) -> UserAccount:
    """An admin, the only one."""
    return store.add_account("Ann", UserRole.ADMIN, "hash of ann", "root", now)


def log_in(store: Store, account: UserAccount, key: str, now: datetime, lasts: timedelta = timedelta(hours=8)) -> None:
    event = AccessEvent(now, AccessKind.LOG_IN, account.name, address="192.0.2.1")
    store.open_session(account.id, key, now + lasts, IDLE, event)


def test_an_account_is_known_in_whatever_case_it_is_written(store: Store, ann: UserAccount, now: datetime) -> None:
    assert store.account("ANN") == ann
    assert store.known_account("ann") == (ann, "hash of ann")
    assert store.known_account("bob") is None
    with pytest.raises(NotFoundError, match="no account 'bob'"):
        store.account("bob")
    with pytest.raises(UsageError, match="there is an account 'Ann' already"):
        store.add_account("aNN", UserRole.READ, None, "root", now)
    assert store.accounts() == (ann,)
    assert store.has_accounts()


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "a\nb", "a\r\nX: y", "-ann", "ann.", "\u202eann", "a" * 65, "a\x00", "<b>"]
)
def test_a_name_that_could_be_something_else_is_none(store: Store, now: datetime, name: str) -> None:
    with pytest.raises(UsageError, match="can be no name"):
        store.add_account(name, UserRole.READ, None, "root", now)
    assert not store.has_accounts()


@pytest.mark.parametrize(
    "name", ["a", "Jos\u00e9", "\u0418\u043b\u044c\u044f", "ann@example.org", "ann.b-c+d_1", "a" * 64]
)
def test_names_of_people_are_names(store: Store, now: datetime, name: str) -> None:
    assert store.add_account(name, UserRole.READ, None, "root", now).name == name


def test_the_last_admin_stays_unless_it_is_said(store: Store, ann: UserAccount, now: datetime) -> None:
    with pytest.raises(UsageError, match="only admin"):
        store.disable_account("ann", "root", now)
    with pytest.raises(UsageError, match="only admin"):
        store.set_role("ann", UserRole.JUDGE, "root", now)
    bob = store.add_account("bob", UserRole.ADMIN, None, "root", now)
    assert store.set_role("ann", UserRole.JUDGE, "root", now).role is UserRole.JUDGE
    with pytest.raises(UsageError, match="only admin"):
        store.disable_account(bob.name, "root", now)
    assert store.disable_account("bob", "root", now, last_too=True).disabled_at == now
    assert store.enable_account("bob", "root", now).disabled_at is None


def test_what_was_done_to_an_account_is_on_record(store: Store, ann: UserAccount, now: datetime) -> None:
    store.add_account("bob", UserRole.READ, None, "root", now)
    store.set_password("bob", "other", "ann", now)
    store.set_role("bob", UserRole.JUDGE, "ann", now)
    store.disable_account("bob", "ann", now)
    # What changes nothing says nothing.
    store.disable_account("bob", "ann", now)
    store.enable_account("bob", "ann", now)
    told = [(each.kind.value, each.by, each.detail) for each in reversed(store.access_log(100, "BOB"))]
    assert told == [
        ("added", "root", "role read"),
        ("password", "ann", None),
        ("role", "ann", "read -> judge"),
        ("disabled", "ann", None),
        ("enabled", "ann", None),
    ]
    assert [each.name for each in store.access_log(1)] == ["bob"]
    assert len(store.access_log(2, "bob")) == 2


def test_what_strangers_wrote_is_kept_in_part(store: Store, now: datetime) -> None:
    store.note_access(AccessEvent(now, AccessKind.REFUSED, "x" * 5000, "y" * 5000, "z" * 5000, "d"))
    (found,) = store.access_log(1)
    assert (len(found.name or ""), len(found.by or ""), len(found.address or "")) == (190, 190, 64)


def test_a_session_ends_by_itself(store: Store, ann: UserAccount, now: datetime) -> None:
    log_in(store, ann, "k1", now, timedelta(hours=2))
    assert store.session_account("k1", now, IDLE) == (ann, now)
    assert store.session_account("k2", now, IDLE) is None
    assert store.session_account("k1", now + IDLE, IDLE) is None
    store.see_session("k1", now + timedelta(minutes=50))
    assert store.session_account("k1", now + IDLE, IDLE) is not None
    store.see_session("k1", now + timedelta(minutes=110))
    assert store.session_account("k1", now + timedelta(hours=2), IDLE) is None


@pytest.mark.parametrize("how", ["end", "password", "disable"])
def test_a_session_is_ended(store: Store, ann: UserAccount, now: datetime, how: str) -> None:
    bob = store.add_account("bob", UserRole.READ, "h", "root", now)
    log_in(store, bob, "k1", now)
    log_in(store, bob, "k2", now)
    log_in(store, ann, "k3", now)
    match how:
        case "end":
            store.end_session("k1", AccessEvent(now, AccessKind.LOG_OUT, "bob"))
            store.end_session("k1", AccessEvent(now, AccessKind.LOG_OUT, "bob"))
            assert [each.kind for each in store.access_log(100)].count(AccessKind.LOG_OUT) == 1
        case "password":
            store.set_password("bob", "h2", "root", now)
        case "disable":
            store.disable_account("bob", "root", now)
            store.enable_account("bob", "root", now)
    assert store.session_account("k1", now, IDLE) is None
    assert (store.session_account("k2", now, IDLE) is None) == (how != "end")
    assert store.session_account("k3", now, IDLE) is not None


def test_sessions_that_are_over_are_forgotten(store: Store, ann: UserAccount, now: datetime) -> None:
    log_in(store, ann, "k1", now)
    log_in(store, ann, "k2", now + IDLE)
    # One that was forgotten is not there, however idle a session may be.
    assert store.session_account("k1", now, timedelta(days=9)) is None
    assert store.session_account("k2", now + IDLE, IDLE) is not None


def test_a_token_is_known_by_its_hash(store: Store, ann: UserAccount, now: datetime) -> None:
    until = now + timedelta(days=1)
    number = store.add_token(ann, AccessToken(0, ann.name, "ci", "wlt_abc", now, until), "f" * 64, "root")
    expected = AccessToken(number, "Ann", "ci", "wlt_abc", now, until)
    assert store.token_account("f" * 64) == (ann, expected)
    assert store.token_account("e" * 64) is None
    store.use_token(number, now)
    assert [each.used_at for each in store.access_tokens("ann")] == [now]
    assert store.revoke_token(number, "root", now).name == "ci"
    assert [each.revoked_at for each in store.access_tokens()] == [now]
    with pytest.raises(UsageError, match="was revoked on 2026-03-01"):
        store.revoke_token(number, "root", now)
    with pytest.raises(NotFoundError):
        store.revoke_token(99, "root", now)
    assert [each.kind for each in store.access_log(2)] == [AccessKind.TOKEN_REVOKED, AccessKind.TOKEN_MADE]


def test_tries_are_counted_within_a_time(store: Store, now: datetime) -> None:
    limits = {"name a": Limit(2, 60), "address b": Limit(3, 60)}
    assert [sorted(store.count_try(limits, now)) for _ in range(4)] == [[], [], ["name a"], ["address b", "name a"]]
    count, wait = store.count_try(limits, now + timedelta(seconds=50))["name a"]
    assert (count, wait) == (5, 10)
    assert store.tries_left(limits, now) == {"name a": 60, "address b": 60}
    # Tries beyond the limit do not put its end off.
    later = now + timedelta(seconds=60)
    assert store.tries_left(limits, later) == {}
    assert store.count_try(limits, later) == {}
    store.forgive(["name a"])
    store.forgive(["address b"], 1)
    assert [sorted(store.count_try(limits, later)) for _ in range(3)] == [[], [], ["name a"]]


def test_tries_of_several_processes_at_once_are_all_counted(database: str, now: datetime) -> None:
    limits = {f"key {n}": Limit(10, 60) for n in range(3)}

    def tries() -> int:
        with closing(open_store(database)) as store:
            return sum(1 for _ in range(6) if not store.count_try(limits, now))

    with ThreadPoolExecutor(4) as pool:
        assert sum(each.result() for each in [pool.submit(tries) for _ in range(4)]) == 10


def test_a_key_is_made_once(database: str, now: datetime) -> None:
    def key() -> bytes:
        with closing(open_store(database)) as store:
            return store.signing_key("links", now)

    with ThreadPoolExecutor(4) as pool:
        keys = {each.result() for each in [pool.submit(key) for _ in range(4)]}
    assert len(keys) == 1
    with closing(open_store(database)) as store:
        assert store.signing_key("csrf", now) not in keys
    assert len(keys.pop()) == 32


def test_a_link_judges_once(store: Store, open_alerts: Callable[..., tuple[Alert, ...]], now: datetime) -> None:
    (alert,) = open_alerts()
    act = Act(Action.CONFIRM, "desk@example.org")
    used = store.judge_by_link("h", alert.id, act, now)
    assert used is not None
    assert store.used_link("h") == used
    assert store.judge_by_link("h", alert.id, Act(Action.DISMISS, "desk@example.org"), now) is None
    (detail,) = store.alert_details((alert.id,))
    assert (detail.alert.status, len(detail.judgements)) == (AlertStatus.CLOSED, 1)
    # Nothing is used up by what came to nothing.
    with pytest.raises(NotFoundError):
        store.judge_by_link("other", 999, act, now)
    assert store.used_link("other") is None


def test_tries_by_a_clock_that_was_ahead_hold_nobody_back(store: Store, now: datetime) -> None:
    limits = {"name a": Limit(1, 60)}
    ahead = now + timedelta(days=30)
    assert not store.count_try(limits, ahead)
    assert store.count_try(limits, ahead)
    assert store.tries_left(limits, now) == {}
    assert store.count_try(limits, now) == {}
    assert store.tries_left(limits, now) == {"name a": 60}
