"""Worlds in which the program is killed: a database prepared once for each kind, copied for every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import CopiedDatabase
from tests.steps.killing import SCENES, Calm, Hook, Mailbox, Runner, Scene, World, fill

NewWorld = Callable[..., AbstractContextManager[World]]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)])
def backend(request: pytest.FixtureRequest) -> str:
    """What stands above the storage is the same on either kind of database, whose own tests run on both."""
    return str(request.param)


@pytest.fixture(scope="session")
def _runner() -> Iterator[Runner]:
    with closing(Runner()) as runner:
        yield runner


@pytest.fixture(scope="session")
def _index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def _prepared() -> dict[str, str]:
    """The URLs of the prepared databases, by their kind."""
    return {}


@pytest.fixture(scope="session")
def _rehearsed() -> list[tuple[str, Scene]]:
    """What was lived through in the process that runs are forked from, by the kind of database."""
    return []


@pytest.fixture
def new_world(
    backend: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    copied_database: CopiedDatabase,
    _runner: Runner,
    _prepared: dict[str, str],
    _rehearsed: list[tuple[str, Scene]],
    _index: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> NewWorld:
    """Makes worlds of this scene, each with a database and servers of its own."""

    @contextmanager
    def world(url: str, scene: Scene, folder: Path) -> Iterator[World]:
        mailbox, hook = Mailbox(), Hook()
        with mailbox.running() as port, hook.running():
            yield World(folder, url, _runner, port, mailbox, hook, _index, scene)

    @contextmanager
    def copied(scene: Scene) -> Iterator[World]:
        folder = tmp_path / uuid4().hex[:8]
        folder.mkdir()
        with copied_database(_prepared[backend], "world") as url, world(url, scene, folder) as made:
            yield made

    @contextmanager
    def make(scene: Scene) -> Iterator[World]:
        if backend not in _prepared:
            folder = tmp_path_factory.mktemp(f"prepared-{backend}") / "first"
            folder.mkdir()
            url = request.getfixturevalue(f"prepared_{backend}")
            with world(url, scene, folder) as first:
                fill(url, first.run)
            _prepared[backend] = url
        if (backend, scene) not in _rehearsed:
            with copied(scene) as made:
                made.live(rehearsal=True)
            _rehearsed.append((backend, scene))
        with copied(scene) as made:
            yield made

    return make


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An SQLite file without tables, for the session."""
    return f"sqlite:///{tmp_path_factory.mktemp('prepared') / 'watchlist.db'}"


@pytest.fixture(scope="session")
def prepared_postgresql(_cluster: Any) -> str:
    """A PostgreSQL database without tables, for the session."""
    return str(_cluster.new_database(False))


@pytest.fixture(scope="session")
def _known() -> dict[tuple[str, str], Calm]:
    return {}


@pytest.fixture
def calm(new_world: NewWorld, backend: str, _known: dict[tuple[str, str], Calm]) -> Callable[[str], Calm]:
    """Lives through a scene undisturbed, once for each kind of database."""

    def live(scene: str) -> Calm:
        if (backend, scene) not in _known:
            with new_world(SCENES[scene]) as world:
                runs = world.live(record=True)
                _known[backend, scene] = Calm(world.found(), world.told(), runs)
        return _known[backend, scene]

    return live
