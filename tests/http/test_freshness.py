from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchlist.http.freshness import freshness

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cache_control", "expires", "seconds"),
    [
        ("public, max-age=600", None, 600),
        ('max-age="600"', None, 600),
        ("no-cache, max-age=0", "Mon, 02 Mar 2026 11:00:00 GMT", None),
        (None, "Mon, 02 Mar 2026 11:00:00 GMT", 3600),
        (None, "Mon, 02 Mar 2026 09:00:00 GMT", None),
        ("no-store", "0", None),
        (None, "soon", None),
        (None, None, None),
    ],
)
def test_how_long_an_answer_stays_fresh(cache_control: str | None, expires: str | None, seconds: float | None) -> None:
    assert freshness(cache_control, expires, NOW) == seconds
