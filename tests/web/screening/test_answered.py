"""What was found in the latest texts is known, with the index that it was found with and no other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.app import make_app
from watchlist.delivery.transports import full_config
from watchlist.model import Article, Entity, Name, Schema
from watchlist.web.screening import followed
from watchlist.web.screening.answered import AnsweredTexts
from watchlist.web.screening.screening import TextScreening
from watchlist.web.screening.text import AskedText, ScreenedText

HERE, NEXT = Path("one.index"), Path("two.index")


def asked(text: str, id: str = "1", lists: frozenset[str] | None = None) -> AskedText:
    return AskedText(Article(id, "", text), lists)


def test_an_answer_is_to_the_same_question_alone() -> None:
    known = AnsweredTexts()
    found = ScreenedText(('{"article":"1"}',), index=HERE)
    known.keep(asked("Grey Heron"), found)
    assert known.known(HERE, asked("Grey Heron")) == found
    assert known.known(NEXT, asked("Grey Heron")) is None
    assert known.known(None, asked("Grey Heron")) is None
    assert known.known(HERE, asked("Grey Heron", id="2")) is None
    assert known.known(HERE, asked("Grey Heron", lists=frozenset({"own"}))) is None
    assert known.known(HERE, AskedText(Article("1", "Grey Heron", ""))) is None
    assert known.known(HERE, AskedText(Article("1", "", "Grey Heron"), is_for_page=True)) is None


def test_what_is_not_in_a_file_and_what_a_page_shows_is_not_kept() -> None:
    known = AnsweredTexts()
    known.keep(asked("a"), ScreenedText(("{}",)))
    known.keep(AskedText(Article("1", "", "b"), is_for_page=True), ScreenedText(index=HERE))
    assert known.known(HERE, asked("a")) is known.known(HERE, asked("b")) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=40))
def test_no_more_is_held_than_was_allowed_and_the_latest_is_there(given: list[tuple[int, int]]) -> None:
    known = AnsweredTexts(texts=4, size=100)
    for number, size in given:
        found = ScreenedText(("x" * size,), index=HERE)
        known.keep(asked(f"{number}"), found)
        assert known.known(HERE, asked(f"{number}")) == found
        held = [known.known(HERE, asked(f"{each}")) for each in range(10)]
        there = [len(each.json[0]) for each in held if each is not None]
        assert len(there) <= 4
        assert sum(there) <= 100


@pytest.mark.parametrize("processes", [1, 2])
def test_a_text_that_was_answered_is_answered_anew_once_a_list_has_changed(
    worked: Callable[[], str], processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = make_app(full_config()(database=worked()), declares=False, creates=False)
    heron = asked("The company Grey Heron Maritime Ltd. of Tartus said so.")
    with closing(parts.store), closing(TextScreening(parts, processes=processes)) as screening:
        assert not screening.screen(heron).json
        if screening.pool is not None:
            assert screening.pool.wait_ready(60)
        monkeypatch.setattr(followed, "LOOK_EVERY", 0.0)
        parts.store.put_entity(Entity("own", "s-9", Schema.COMPANY, (Name("GREY HERON MARITIME LTD."),)), parts.clock())
        screening.index()
        screening.settle()
        # A process takes the next index when it can, and until then answers with the one before.
        for _ in range(2000):
            if screening.screen(heron).json:
                break
        assert "Heron" in screening.screen(heron).json[0]
        # What is known takes no process: none is there to be had.
        before = screening.screen(heron)
        monkeypatch.setattr(screening, "_screen", None)
        assert screening.screen(heron) is before
