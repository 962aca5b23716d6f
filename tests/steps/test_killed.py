"""SIGKILL at named points of scan, story, route and delivery, and at any moment: every mention alerts once.

What the program comes to when it is killed is held against what it comes to undisturbed. The plain suite takes a share,
`make thorough` another; `make crash` takes every point, and 200 moments for each kind of database.
"""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.steps.killing import NAMES, SCENES, Calm, Scene, World, assert_as_undisturbed

NewWorld = Callable[[Scene], AbstractContextManager[World]]
#: The points that the plain suite takes, one after another in one world.
IN_TURN = {
    "routed": (
        "look back: before COMMIT",
        "scan: after INSERT INTO mentions",
        "story: after INSERT INTO alerts",
        "queue: after INSERT INTO delivery_alerts",
        "scan: before COMMIT",
        "route: before DELETE FROM deliveries",
        "claim: before COMMIT",
        "mail: before the answer to the text",
        "sent: before COMMIT",
        "hook: ends",
    ),
    "many": (
        "story: ends",
        "failed: before COMMIT",
        "claim: after DELETE FROM deliveries",
        "failed: after INSERT INTO deliveries",
        "mail: ends",
        "sent: after COMMIT",
    ),
}
#: The plain suite lives through one scene, `make thorough` through the other one on the other kind of database,
#: `make crash` through each on both.
ON_ONE = pytest.mark.parametrize(
    ("backend", "scene"),
    [
        ("sqlite", "routed"),
        pytest.param("postgresql", "many", marks=pytest.mark.thorough),
        pytest.param("sqlite", "many", marks=pytest.mark.crash),
        pytest.param("postgresql", "routed", marks=pytest.mark.crash),
    ],
    indirect=["backend"],
)
#: Kills at any moment, in the plain suite and altogether; and how many of them in a row in one world.
FEW, ALL = 3, 200
IN_A_ROW = 6
#: Two by mail, and the webhook.
RECEIVERS = 3
KILLED = -signal.SIGKILL


def kill_at(new_world: NewWorld, scene: str, calm: Calm) -> None:
    """Kill at every named point: some of them in a row in one world, as long as it comes to the next one.

    A run comes to a point anew that belongs to what was not stored, and to what comes after it. Who was not come to is
    the first in a world of its own kind: there it must be.
    """
    left, missed = list(calm.points()), []
    while left:
        row = calm.in_a_row(left)
        with new_world(SCENES[scene]) as world:
            ended = world.live({n: {"point": name, "nth": nth} for n, name, nth in row.values()})
            killed = [point for point, (n, *_) in row.items() if ended[n].code == KILLED]
            try:
                assert_as_undisturbed(world, calm, len(killed))
            except AssertionError as error:
                error.add_note(f"killed at {[row[point] for point in killed]}: run, point, and which of its times")
                raise
        missed += left[:1] if left[0] not in killed else []
        left = [point for point in left[1:] if point not in killed]
    assert missed == []


def kill_at_any_moment(new_world: NewWorld, scene: str, calm: Calm, wanted: int) -> None:
    chance, kills = random.Random(20_260_302), 0
    while kills < wanted:
        with new_world(SCENES[scene]) as world:
            moments = {n: {"kill_after": chance.uniform(0, calm.runs[0].took)} for n in range(IN_A_ROW)}
            ended = world.live(moments)
            killed = sum(ended[n].code == KILLED for n in moments)
            kills += killed
            try:
                assert_as_undisturbed(world, calm, killed)
            except AssertionError as error:
                error.add_note(f"killed after {moments}")
                raise


@ON_ONE
def test_undisturbed_it_finds_and_tells_what_it_should(calm: Callable[[str], Calm], scene: str) -> None:
    """What the others are held against."""
    found = calm(scene)
    subjects = Counter(entity for entity, *_ in found.found["alerts"])
    assert subjects == {"own:1": 3, "own:2": 1, "own:3": 1, "own:5": 3, "own:6": 1}
    assert [len(story) for _, _, story, *_ in found.found["alerts"] if len(story) > 1] == [2]
    assert Counter(rolled_up for _, _, _, rolled_up, *_ in found.found["alerts"])[True] == 2
    assert len(found.found["held"]) == 1
    assert set(found.found["screened"].values()) == {1}
    # The silenced one is told nobody, all others everybody.
    assert Counter(entity for entity, *_ in found.told) == {
        id: n * RECEIVERS for id, n in subjects.items() if id != "own:3"
    }
    # A later name for what is named here must not end as a test that tests nothing.
    assert {name for _, name, _ in found.points()} >= set(IN_TURN[scene])
    assert NAMES.keys() > subjects.keys()


@ON_ONE
def test_killed_at_one_named_point_after_another(new_world: NewWorld, calm: Callable[[str], Calm], scene: str) -> None:
    undisturbed, points = calm(scene), IN_TURN[scene]
    with new_world(SCENES[scene]) as world:
        ended = world.live({n: {"point": name} for n, name in enumerate(points)})
        assert [run.code for run in ended[: len(points)]] == [KILLED] * len(points)
        assert_as_undisturbed(world, undisturbed, len(points))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.thorough
def test_killed_at_some_moments(new_world: NewWorld, calm: Callable[[str], Calm]) -> None:
    kill_at_any_moment(new_world, "routed", calm("routed"), FEW)


@pytest.mark.crash
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_every_named_point(new_world: NewWorld, calm: Callable[[str], Calm], scene: str) -> None:
    kill_at(new_world, scene, calm(scene))


@pytest.mark.crash
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_200_moments(new_world: NewWorld, calm: Callable[[str], Calm], scene: str) -> None:
    kill_at_any_moment(new_world, scene, calm(scene), ALL // len(SCENES))
