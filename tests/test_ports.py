"""The protocols are what their users need: all of it, and no more."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import watchlist
from watchlist import ports
from watchlist.storage.store import Store

PACKAGE = Path(watchlist.__file__).parent

#: Where each protocol is used.
USERS = {
    ports.ChoosingStore: "steps/asked/chosen.py",
    ports.ArchiveStore: "archive/load.py",
    ports.DeliveryStore: "delivery/outbox.py",
    ports.FaultStore: "steps/health/standing.py",
    ports.FeedListStore: "steps/asked/feeds.py",
    ports.GroupStore: "steps/sync.py",
    ports.GroupingStore: "steps/asked/listed/own.py",
    ports.ImportStore: "steps/asked/listed/imports.py",
    ports.FillStore: "steps/fill.py",
    ports.IndexFileStore: "steps/asked/index_file.py",
    ports.IndexStore: "steps/index.py",
    ports.IngestStore: "steps/asked/ingest.py",
    ports.JudgingStore: "steps/asked/judge.py",
    ports.LinkStore: "steps/deliver.py",
    ports.LookBackStore: "steps/scan.py",
    ports.OwnListStore: "steps/asked/listed/own.py",
    ports.PageStore: "steps/pages.py",
    ports.PollStore: "steps/poll.py",
    ports.PurgeStore: "steps/purge.py",
    ports.ReplayStore: "steps/asked/replay.py",
    ports.RouteStore: "steps/route.py",
    ports.ScanStore: "steps/scan.py",
    ports.SearchStore: "steps/asked/search.py",
    ports.SilencingStore: "steps/asked/silencing.py",
    ports.SyncStore: "steps/sync.py",
    ports.WorkerStore: "steps/at_work.py",
}


def own_methods(protocol: type) -> set[str]:
    return {name for name, value in vars(protocol).items() if inspect.isfunction(value) and not name.startswith("_")}


def called(module: str) -> set[str]:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    return {
        each.func.attr for each in ast.walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)
    }


def test_every_protocol_of_the_store_is_looked_at() -> None:
    exported = {getattr(ports, name) for name in ports.__all__ if name.endswith("Store")}
    assert exported == {*USERS, ports.FlowStore}


@pytest.mark.parametrize("protocol", USERS, ids=lambda each: each.__name__)
def test_a_protocol_has_no_method_that_its_user_does_not_call(protocol: type) -> None:
    assert own_methods(protocol) - called(USERS[protocol]) == set()


def test_what_a_run_needs_beyond_its_steps_are_duties_and_the_record() -> None:
    assert own_methods(ports.FlowStore) <= called("pipeline.py") | called("daemon.py")


@pytest.mark.parametrize("protocol", [*USERS, ports.FlowStore], ids=lambda each: each.__name__)
def test_the_store_has_each_method_with_the_same_arguments(protocol: type) -> None:
    for base in protocol.__mro__:
        for name in own_methods(base) if base.__module__.startswith("watchlist.") else ():
            wanted, given = (inspect.signature(getattr(each, name)) for each in (base, Store))
            assert [*wanted.parameters] == [*given.parameters][: len(wanted.parameters)], name
