"""The articles that stand with an alert, in words."""

from __future__ import annotations

from rich.text import Text

from watchlist.cli.shared.output import when
from watchlist.cli.shared.screen import Screen
from watchlist.model import Relation, Story, StoryArticle

#: What an article is to its story, in words.
_RELATIONS = {
    Relation.FIRST: "first",
    Relation.COPY: "copy",
    Relation.REPORT: "report",
    Relation.DEVELOPMENT: "further development",
}


def in_short(story: Story) -> str:
    """How many articles and sources a story has; empty when it is the one article."""
    if len(story.articles) < 2:
        return ""
    sources = len(story.sources)
    return f"{len(story.articles)} articles, {sources} source{'s' if sources != 1 else ''}"


def show_story(screen: Screen, story: Story) -> None:
    """List the articles in the order they were told, each with its source, its time, and why it stands here."""
    if len(story.articles) < 2:
        return
    screen.print()
    screen.print(f"Story: {in_short(story)}")
    for article in story.in_time:
        screen.indented(_line(article))
        if article.url and article.relation is not Relation.FIRST:
            screen.indented(article.url, by=4)


def _line(article: StoryArticle) -> Text:
    source = f"{article.source}: " if article.source else ""
    told = when(article.published_at, never=f"{when(article.joined_at)} (joined)")
    reason = f"; {article.reason}" if article.reason else ""
    return Text.assemble(
        f"- {told}  ",
        source,
        (article.title or article.url or article.id, "bold"),
        f" ({_RELATIONS[article.relation]}{reason})",
    )
