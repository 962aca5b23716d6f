"""A story in the terminal and as JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watchlist.alerts.as_json import story_json
from watchlist.cli.alerts.story import in_short, show_story
from watchlist.cli.shared.output import console
from watchlist.model import Relation, Story, StoryArticle

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def member(id: str, relation: Relation, source: str | None, reason: str = "", hours: int = 0) -> StoryArticle:
    at = AT + timedelta(hours=hours)
    return StoryArticle(id, f"Title {id}", f"https://news.example/{id}", source, at, relation, reason, at)


STORY = Story(
    "a",
    (
        member("a", Relation.FIRST, "Bay News"),
        member("b", Relation.COPY, "Coast", "98% of the shorter text is in the other", 1),
        member("c", Relation.DEVELOPMENT, "Bay News", "the same matter (mole, tug, cable), 7 h after", 7),
    ),
)


def test_json_has_the_articles_and_the_sources() -> None:
    found = story_json(STORY)
    assert list(found) == ["id", "articles", "sources"]
    assert [list(each)[:5] for each in found["articles"]] == [["id", "url", "title", "source", "published_at"]] * 3
    assert found["sources"] == ("Bay News", "Coast")


def test_a_story_in_short() -> None:
    assert in_short(STORY) == "3 articles, 2 sources"
    assert in_short(Story("a", STORY.articles[:1])) == ""


def test_each_article_is_listed_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    show_story(console(), STORY)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "Story: 3 articles, 2 sources"
    assert lines[2] == "  - 2026-03-01 12:00  Bay News: Title a (first)"
    assert lines[3] == "  - 2026-03-01 13:00  Coast: Title b (copy; 98% of the shorter text is in the other)"
    assert lines[4] == "    https://news.example/b"
    assert "further development; the same matter (mole, tug, cable), 7 h after" in lines[5]


def test_one_article_needs_no_list(capsys: pytest.CaptureFixture[str]) -> None:
    show_story(console(), Story("a", STORY.articles[:1]))
    assert capsys.readouterr().out == ""
