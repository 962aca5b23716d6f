"""Stories must not fall apart unseen: floors on the labelled pairs, where they are present.

All of them go through a database, which takes a minute: that is for `make thorough`, and what joins for
`test_join.py` beside it.
"""

from __future__ import annotations

import pytest

from benchmarks.stories import Told, rates, stories
from benchmarks.trial import shared_folder

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def told() -> tuple[list[Told], list[Told]]:
    folder = shared_folder()
    if folder is None or not (folder / "bench/stories").is_dir():
        pytest.skip("no benchmark data: set WATCHLIST_BENCH to the folder that holds bench/ and data/")
    return stories(folder)


def test_labelled_pairs(told: tuple[list[Told], list[Told]]) -> None:
    share = {kind: joined / known for kind, (joined, known) in rates(told[0]).items()}
    # Two pairs of copies have a mention that is not in the band of alerts.
    assert share["copy"] >= 0.92
    assert share["together"] >= 0.75
    assert share["follow_up"] <= 0.12
    assert share["different"] <= 0.02


def test_made_up_versions(told: tuple[list[Told], list[Told]]) -> None:
    for kind, (joined, known) in rates(told[1]).items():
        assert joined >= 0.97 * known, kind
