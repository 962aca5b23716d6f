"""For a folder's conftest: its tests run on both kinds of database in every suite, each having ways of its own."""

from __future__ import annotations

import pytest

from tests.conftest import BACKENDS


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Runs a test on SQLite and, where its programs are installed, on PostgreSQL."""
    return str(request.param)
