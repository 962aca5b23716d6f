"""Whether an article joins a story of its subject, which, and as what: a pure decision with its reason in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from watchlist.alerts.story.likeness import Likeness, likeness
from watchlist.alerts.story.rarity import BEGINNING, Rarity, Weights
from watchlist.alerts.story.signature import Signature
from watchlist.alerts.story.weighed import Weighed
from watchlist.alerts.story.words import stems
from watchlist.model import Relation

#: For how long a copy joins. After that somebody brings it up again, which is news.
COPY_WINDOW: Final = timedelta(days=30)
#: So much of the shorter text stands in the other where one is a copy; of a copy that comes days later, more: bulletins
#: of a kind have much in common from day to day.
_COPIED: Final = 0.5
_COPIED_LATER: Final = 0.8
_LATER: Final = timedelta(days=2)
#: Of a copy the beginning is kept as well, at least in part. Else it is a paragraph of background that both carry.
_BEGUN: Final = 0.2
#: Fewer runs of words say nothing: a notice that stands under every item.
_MIN_RUNS: Final = 8
#: Where the text is missing, a headline that is the same, of so many words, within this time.
_SAME_HEADLINE: Final = 0.9
_MIN_HEADLINE: Final = 4
_HEADLINE_WINDOW: Final = timedelta(days=2)
#: With less in common it is a copy that was worked over and has something new.
_UNCHANGED: Final = 0.8

#: Another report of the same event has so much of the matter in common. Outlets tell an event within hours: after the
#: first of them the likeness counts for half as much with each time that passes.
_SAME_MATTER: Final = 0.315
_TOLD_WITHIN: Final = timedelta(hours=12)
_HALF: Final = timedelta(hours=2)
#: So long after the beginning of a story no likeness suffices.
EVENT_WINDOW: Final = timedelta(hours=16)
#: A few words in common say nothing, however rare; so many of them are told.
_MIN_SHARED: Final = 6
_TOLD_WORDS: Final = 3
#: What comes later than this is a further development.
_FIRST_REPORTS: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class KnownStory:
    """A story of the subject: the alert it belongs to, when its first article was told, and articles of it in time."""

    alert_id: int
    began_at: datetime
    articles: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """The story an article joins, and why."""

    alert_id: int
    relation: Relation
    reason: str


def join(
    new: Signature,
    stories: Iterable[KnownStory],
    names: Collection[str],
    rarity: Rarity,
    furniture: Collection[int] = frozenset(),
) -> Joined | None:
    """The story that an article joins, or None: it begins one of its own.

    A copy goes before a report, what is more alike before what is less, an earlier story before a later one. ``names``
    are the stems of the subject's names; ``furniture`` holds shingles that stand on many pages of the article's outlet.
    """
    best: tuple[float, Joined] | None = None
    known_stories = sorted(stories, key=lambda each: each.alert_id)
    weights = rarity.among(_beginning(each.articles[0]) for each in known_stories if each.articles)
    article = Weighed(new, names, weights)
    for story in known_stories:
        for known in story.articles:
            if known.article_id == new.article_id:
                continue
            like = likeness(article, Weighed(known, names, weights), frozenset(furniture))
            found = _as_copy(new, known, story, like) or _as_report(new, story, like, weights)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best is not None else None


def _beginning(article: Signature) -> tuple[str, ...]:
    return stems((*article.title, *article.lead[:BEGINNING]))


def _as_copy(new: Signature, known: Signature, story: KnownStory, like: Likeness) -> tuple[float, Joined] | None:
    apart = abs(new.told_at - known.told_at)
    if apart > COPY_WINDOW:
        return None
    enough = _COPIED if apart <= _LATER else _COPIED_LATER
    if like.of_runs >= _MIN_RUNS and like.contained >= enough and like.beginning >= _BEGUN:
        if like.contained < _UNCHANGED and new.told_at > known.told_at:
            reason = f"{like.contained:.0%} of the shorter text is in the other, and there is something new"
            return 1 + like.contained, Joined(story.alert_id, Relation.DEVELOPMENT, reason)
        reason = f"{like.contained:.0%} of the shorter text is in the other"
        return 1 + like.contained, Joined(story.alert_id, Relation.COPY, reason)
    bare = like.of_runs < _MIN_RUNS
    long_enough = min(len(new.title), len(known.title)) >= _MIN_HEADLINE
    if bare and long_enough and like.headline >= _SAME_HEADLINE and apart <= _HEADLINE_WINDOW:
        return 1 + like.headline, Joined(story.alert_id, Relation.COPY, "the same headline")
    return None


def _as_report(new: Signature, story: KnownStory, like: Likeness, weights: Weights) -> tuple[float, Joined] | None:
    apart = abs(new.told_at - story.began_at)
    if apart > EVENT_WINDOW or len(like.shared) < _MIN_SHARED:
        return None
    counted = like.matter * 0.5 ** (max(apart - _TOLD_WITHIN, timedelta()) / _HALF)
    if counted < _SAME_MATTER:
        return None
    later = new.told_at - story.began_at > _FIRST_REPORTS
    shared = ", ".join(_told(like.shared, new, weights))
    reason = f"the same matter ({shared}), {_hours(apart)} {'after' if new.told_at >= story.began_at else 'before'}"
    return counted, Joined(story.alert_id, Relation.DEVELOPMENT if later else Relation.REPORT, reason)


def _told(shared: Iterable[str], new: Signature, weights: Weights) -> list[str]:
    """The rarest of these stems, as the article writes them."""
    written: dict[str, str] = {}
    for word in (*new.title, *new.lead[:BEGINNING]):
        written.setdefault(stems((word,))[0], word)
    return [written[stem] for stem in sorted(shared, key=lambda stem: (-weights[stem], stem))[:_TOLD_WORDS]]


def _hours(apart: timedelta) -> str:
    hours = round(apart.total_seconds() / 3600)
    return "within the hour" if hours == 0 else f"{hours} h"
