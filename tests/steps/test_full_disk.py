"""A disk that is full at any statement of a scan or a delivery: a clear error, and nothing lost once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.steps.killing import SCENES, Calm, Scene, World, assert_as_undisturbed

NewWorld = Callable[[Scene], AbstractContextManager[World]]
#: What a run says, in the words of either driver, and what is to be done.
FULL = ("disk is full", "No space left on device")
HINT = "make room, and the next run goes on where this one stopped"
#: Statements that are taken one after another in one world, every other one in the plain suite; a few where the driver
#: is another.
IN_TURN = {
    "sqlite": (
        "run: before INSERT runs",
        "look back: before COMMIT",
        "scan: before INSERT mentions",
        "story: before INSERT alerts",
        "queue: before INSERT delivery_alerts",
        "scan: before COMMIT",
        "route: before DELETE deliveries",
        "claim: before UPDATE deliveries",
        "failed: before COMMIT",
        "sent: before UPDATE deliveries",
        "run: before UPDATE runs",
    ),
    "postgresql": (
        "scan: before INSERT mentions",
        "scan: before COMMIT",
        "claim: before UPDATE deliveries",
        "sent: before UPDATE deliveries",
    ),
}
#: The scene that other tests live through there as well.
SCENE = {"sqlite": "routed", "postgresql": "many"}
#: Kilobytes of room beside the database, on a real disk that is small.
ROOM = (0, 40, 80, 160, 320)


def fill_at(new_world: NewWorld, scene: str, calm: Calm, statements: list[str]) -> None:
    """Have the disk full from each of these statements on to the end of a run, and room in the next."""
    with new_world(SCENES[scene]) as world:
        ended = world.live({n: {"point": name, "act": "fill"} for n, name in enumerate(statements)})
        for name, run in zip(statements, ended, strict=False):
            assert run.code == 1, (name, run.output)
            assert any(words in run.output for words in FULL), (name, run.output)
            assert HINT in run.output
            assert "Traceback" not in run.output
        assert_as_undisturbed(world, calm, len(statements))


@pytest.mark.parametrize("step", [2, 1])
@pytest.mark.thorough
def test_full_at_one_statement_after_another(
    new_world: NewWorld, calm: Callable[[str], Calm], backend: str, step: int
) -> None:
    scene = SCENE[backend]
    names = [
        name.replace(" INSERT ", " INSERT INTO ").replace(" DELETE ", " DELETE FROM ")
        for name in IN_TURN[backend][::step]
    ]
    fill_at(new_world, scene, calm(scene), names)


@pytest.mark.crash
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("scene", SCENES)
def test_full_at_every_statement(new_world: NewWorld, calm: Callable[[str], Calm], scene: str) -> None:
    undisturbed = calm(scene)
    first = {name for n, name, _ in undisturbed.points() if n == 0 and " before " in f" {name}"}
    for name in sorted(first):
        if any(kind in name for kind in ("INSERT", "UPDATE", "DELETE", "COMMIT")):
            fill_at(new_world, scene, undisturbed, [name])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A file system of a size, in kilobytes, that can be given another."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def resize(kilobytes: int) -> Path:
        how = "remount," if os.path.ismount(folder) else ""
        command = ["mount", "-t", "tmpfs", "-o", f"{how}size={kilobytes}k", "none", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted here")
        return folder

    yield resize
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.thorough
def test_a_real_disk_without_room(
    new_world: NewWorld, calm: Callable[[str], Calm], small_disk: Callable[[int], Path]
) -> None:
    undisturbed = calm("routed")
    with new_world(SCENES["routed"]) as made:
        database = Path(made.url.partition(":///")[2])
        needed = database.stat().st_size // 1024 + 8
        disk = small_disk(needed)
        shutil.copy(database, disk)
        world = replace(made, url=f"sqlite:///{disk / database.name}")
        codes = []
        for room in ROOM:
            small_disk(needed + room)
            ended = world.run()
            codes.append(ended.code)
            assert ended.code in (0, 1, 3), ended.output
            assert "Traceback" not in ended.output
        assert 1 in codes, codes
        small_disk(needed + 65_536)
        world.live()
        assert_as_undisturbed(world, undisturbed, len(ROOM))
