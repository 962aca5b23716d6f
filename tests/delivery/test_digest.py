"""Digests: many alerts of first readings in one message, by entity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from watchlist.delivery.digest import FEW_ARTICLES
from watchlist.delivery.render import SUBJECT_LENGTH, render
from watchlist.model import AlertDetail
from watchlist.ports import Message

Alerts = Callable[..., AlertDetail]
Messages = Callable[..., Message]


@pytest.fixture
def digest(message: Messages) -> Callable[..., Message]:
    return lambda *alerts: replace(message(*alerts), digest=True)


def many(alert: Alerts, count: int, caption: str = "IRAN AIR", start: int = 1, **changes: object) -> list[AlertDetail]:
    """Alerts on one entity in so many articles."""
    return [
        alert(n, caption, article=f"article-{n}", title=f"Report {n}", source_id=caption, **changes)
        for n in range(start, start + count)
    ]


def test_a_few_articles_are_told_in_full(alert: Alerts, digest: Messages, message: Messages) -> None:
    few = many(alert, FEW_ARTICLES)
    assert render(digest(*few)) == render(message(*few))


def test_more_are_told_by_entity_the_one_in_most_articles_first(alert: Alerts, digest: Messages) -> None:
    found = render(digest(*many(alert, 3, "GULF LINES", 100), *many(alert, 12), *many(alert, 1, "AL-QADIR", 200)))
    assert found.subject.startswith(
        "[watchlist] First reading: 16 alerts in 16 articles – IRAN AIR, GULF LINES and 1 more"
    )
    assert len(found.subject) <= SUBJECT_LENGTH
    for shown in (found.text, found.html):
        places = [shown.index(name) for name in ("IRAN AIR", "GULF LINES", "AL-QADIR")]
        assert places == sorted(places)
        assert "Report 5" in shown
        assert "Report 6" not in shown
        assert "and 7 more: " in shown
        assert "watchlist alerts show 200" in shown
        assert "from the first reading of feeds" in shown
    assert "Washington announced measures against **Iran Air** on Tuesday." in found.text


def test_it_stays_of_bounded_length(alert: Alerts, digest: Messages) -> None:
    found = render(digest(*(each for n in range(130) for each in many(alert, 2, f"COMPANY {n:03}", n * 10))))
    assert "and 30 more entities: watchlist alerts" in " ".join(found.text.split())
    assert found.text.count("watchlist alerts show") == 200


def test_what_is_foreign_is_cleaned_escaped_and_never_made_a_link(alert: Alerts, digest: Messages) -> None:
    odd = many(alert, 11, article_url="javascript:alert(1)", surface="<b>Iran\u202e Air</b>")
    odd = [replace(each, article_title="<script>x</script>\r\nBcc: a@b.example") for each in odd]
    found = render(digest(*odd))
    assert "<script>" not in found.html
    assert "javascript:" not in found.html
    assert "&lt;b&gt;Iran Air&lt;/b&gt;" in found.html
    assert "\u202e" not in found.text + found.html
    assert "\n" not in found.subject


def test_an_article_without_date_says_so(alert: Alerts, digest: Messages) -> None:
    found = render(digest(*many(alert, 11, article_published_at=None)))
    assert "Example Agency: World · without a date · score 0.93" in found.text
