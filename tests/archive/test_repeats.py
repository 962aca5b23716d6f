"""What processes tell each other of texts that come again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive.conftest import article, as_lines
from watchlist.archive.layout import PART, PartRows, mention_line
from watchlist.archive.reading.fields import row_of
from watchlist.archive.reading.rows import BadRow, rows_of_lines
from watchlist.archive.repeats import Repeats, SharedFinds, key_of
from watchlist.archive.screener import Screener, ScreeningPlan, open_screener
from watchlist.config import MatchingConfig
from watchlist.model import Article, Mention

PLAN = ScreeningPlan(MatchingConfig().model_dump_json())


@pytest.fixture
def screener(archive_index: Path, tmp_path: Path) -> Screener:
    return open_screener(archive_index, PLAN, tmp_path / "shared", "one")


def screened(screener: Screener, articles: Sequence[dict[str, Any]]) -> PartRows:
    part = PartRows()
    screener.screen(rows_of_lines(as_lines(articles).split(b"\n"), "a.jsonl", 1), part)
    return part


def lines_of(part: PartRows) -> list[str]:
    rows = [row["mention"] for row in part.batch().to_pylist() if row["kind"] == "mention"]
    return sorted(json.dumps(mention_line(row), sort_keys=True) for row in rows)


def test_identical_texts_are_screened_once_and_found_in_each(
    screener: Screener, expected: Callable[[Sequence[dict[str, Any]]], list[str]]
) -> None:
    articles = [article(number) for number in range(400)]
    different = {(each["title"], each["text"]) for each in articles}
    part = screened(screener, articles)
    assert (part.counts.articles, part.counts.screened) == (400, len(different))
    assert lines_of(part) == expected(articles)
    assert part.counts.mentions == len(lines_of(part))


def test_one_process_knows_what_another_found(screener: Screener, archive_index: Path, tmp_path: Path) -> None:
    articles = [article(number) for number in range(60)]
    first = screened(screener, articles)
    other = screened(open_screener(archive_index, PLAN, tmp_path / "shared", "two"), articles)
    assert other.counts.screened == 0
    assert lines_of(other) == lines_of(first)


def key_of_row(row: dict[str, Any]) -> bytes:
    return key_of(row_of(row).article)


@given(data=st.data())
def test_what_another_has_in_hand_is_put_off_and_stands_in_its_place(archive_index: Path, data: st.DataObject) -> None:
    """Whether that one comes to its end by then, later or, since it died, never."""
    numbers = data.draw(st.lists(st.integers(0, 14), max_size=12))
    articles = [{**article(number), "id": f"{at}"} for at, number in enumerate(numbers)]
    keys = [key_of_row(each) for each in articles]
    with TemporaryDirectory() as folder:
        alone = screened(open_screener(archive_index, PLAN, Path(folder, "alone"), "one"), articles)
        other = Repeats(SharedFinds(Path(folder, "shared"), "other"))
        in_hand = data.draw(st.sets(st.sampled_from(keys))) if keys else set()
        for key in in_hand:
            assert other.take(key)
        engine = open_screener(archive_index, PLAN, Path(folder, "none"), "one")
        found_in_time = {key for key in in_hand if data.draw(st.booleans())}
        put_off: list[int] = []

        def come_back(number: int) -> None:
            put_off.append(number)
            if keys[number] in found_in_time:
                other.keep(keys[number], engine._mentions(row_of(articles[number]).article))

        part = PartRows()
        one = open_screener(archive_index, PLAN, Path(folder, "shared"), "one")
        one.screen(map(row_of, articles), part, come_back)
        assert part.own_batch().to_pylist()[0]["mention"] == alone.own_batch().to_pylist()[0]["mention"]
        assert part.rows == alone.rows
    assert put_off == [number for number, key in enumerate(keys) if key in in_hand]
    assert part.counts.screened == len(set(keys) - found_in_time)


def found(engine_of: Screener, text: str) -> tuple[Mention, ...]:
    part = engine_of._mentions(Article("a", "", text))
    assert part
    return part


def test_what_is_written_over_or_half_written_is_forgotten_not_confused(screener: Screener, tmp_path: Path) -> None:
    mentions = found(screener, "Kaveron Shipping Lines opened an office.")
    small = Repeats(SharedFinds(tmp_path / "small", "one", slots=4, found_bytes=20_000))
    keys = [key_of(Article("", "", f"text {number}")) for number in range(60)]
    for number, key in enumerate(keys):
        small.keep(key, mentions if number % 2 else ())
    kept = [(number, small.known(key)) for number, key in enumerate(keys)]
    assert 0 < sum(answer is not None for _, answer in kept) <= 4
    assert all(answer in (None, mentions if number % 2 else ()) for number, answer in kept)
    reader = Repeats(SharedFinds(tmp_path / "small", "two", slots=4, found_bytes=20_000))
    reader.look_around()
    assert [reader.known(key) for key in keys] == [answer for _, answer in kept]
    for path in (tmp_path / "small").glob("one.*"):
        content = bytearray(path.read_bytes())
        for at in range(20, len(content), 29):
            content[at] ^= 0x55
        path.write_bytes(content)
    damaged = Repeats(SharedFinds(tmp_path / "small", "three", slots=4, found_bytes=20_000))
    damaged.look_around()
    assert [damaged.known(key) for key in keys] == [None] * len(keys)


def test_title_and_text_are_kept_apart() -> None:
    assert key_of(Article("", "ab", "c")) != key_of(Article("", "a", "bc"))
    assert key_of(Article("1", "a", "b")) == key_of(Article("2", "a", "b"))


def test_halves_of_characters_are_written_as_a_sign(screener: Screener) -> None:
    part = screened(screener, [{"id": "x", "text": "Kaveron Shipping Lines \ud800 opened an office in Valletta."}])
    (row,) = [each["mention"] for each in part.batch().to_pylist() if each["kind"] == "mention"]
    assert row["surface"] == "Kaveron Shipping Lines"
    assert "?" in row["quote"]["text"]


def test_a_row_that_the_engine_fails_on_is_put_aside(screener: Screener, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: Article) -> tuple[Mention, ...]:
        if article.id == "a-2":
            raise ZeroDivisionError("by zero")
        return ()

    monkeypatch.setattr(screener, "_mentions", fail)
    part = screened(screener, [article(1), article(2), article(3)])
    assert (part.counts.articles, part.counts.aside) == (2, 1)
    (row,) = [each["aside"] for each in part.batch().to_pylist() if each["kind"] == "aside"]
    assert row["place"] == "article a-2"
    assert row["reason"] == "could not be screened: ZeroDivisionError: by zero"
    assert article(2)["text"] in row["row"]


def test_only_what_is_sought_is_found(archive_index: Path, tmp_path: Path) -> None:
    plan = ScreeningPlan(PLAN.matching, frozenset({"own:2"}))
    part = screened(open_screener(archive_index, plan, tmp_path, "one"), [article(number) for number in range(30)])
    assert {json.loads(line)["entity"] for line in lines_of(part)} == {"own:2"}
    assert part.counts.mentions == 10


def test_an_empty_part_has_its_counts(screener: Screener) -> None:
    part = PartRows()
    screener.screen([BadRow("here", "why", b"\xff")], part)
    batch = part.batch()
    assert batch.schema == PART
    assert [row["kind"] for row in batch.to_pylist()] == ["aside", "counts"]
    assert row_of({"text": "x"}).article.text == "x"
