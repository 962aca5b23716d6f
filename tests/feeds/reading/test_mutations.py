"""Mutated feeds, pages and lists raise nothing but typed errors; ``benchmarks.fuzz`` makes them, and reads many."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import LISTS, NOW, PAGES, URL, check, check_list, mutated
from tests.examples import examples
from watchlist.errors import FeedParseError, ListError
from watchlist.feeds.pages.page_in_sandbox import read_in_sandbox
from watchlist.feeds.reading.discover import find_candidates
from watchlist.feeds.reading.document import Source
from watchlist.feeds.reading.feed import read_feed
from watchlist.feeds.reading.opml import read_opml
from watchlist.lists.recognise import read_list


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.randoms(use_true_random=False))
def test_only_typed_errors_leave_the_parser(chance: random.Random) -> None:
    body = mutated(chance)
    with suppress(FeedParseError):
        check(read_feed(body, Source(URL, None, NOW)))
    find_candidates(body.decode("utf-8", "replace"), URL)
    with suppress(FeedParseError):
        read_opml(body, "mutated")


@settings(
    max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
@given(st.randoms(use_true_random=False))
def test_no_error_leaves_the_reader_of_pages(chance: random.Random) -> None:
    read_in_sandbox({"url": URL, "content_type": "text/html", "now": NOW.isoformat()}, mutated(chance, PAGES))


@settings(
    max_examples=examples(20),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.randoms(use_true_random=False))
def test_only_list_errors_leave_the_readers_of_lists(tmp_path: Path, chance: random.Random) -> None:
    file = tmp_path / "list.xml"
    file.write_bytes(mutated(chance, LISTS))
    with suppress(ListError):
        check_list(read_list("mutated", file).entities())
