"""Mutated feeds raise nothing but typed errors; ``benchmarks.fuzz`` makes them, and reads many in the sandbox."""

from __future__ import annotations

import random
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import NOW, URL, check, mutated
from watchlist.errors import FeedParseError
from watchlist.feeds.reading.discover import find_candidates
from watchlist.feeds.reading.document import Source
from watchlist.feeds.reading.feed import read_feed
from watchlist.feeds.reading.opml import read_opml


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.randoms(use_true_random=False))
def test_only_typed_errors_leave_the_parser(chance: random.Random) -> None:
    body = mutated(chance)
    with suppress(FeedParseError):
        check(read_feed(body, Source(URL, None, NOW)))
    find_candidates(body.decode("utf-8", "replace"), URL)
    with suppress(FeedParseError):
        read_opml(body, "mutated")
