"""Is a story told once? Real pairs of articles about one subject, and made-up versions of each article.

    python -m benchmarks.stories [--data FOLDER] [--errors N] [--half even|odd]

The labelled pairs are items that share an alerted entity within a week. All articles go through a database as they
would come, in the order of their publication, and a pair is joined when both stand with one alert of the subject; a
pair of which one stands with none, as where its only name is kept for review, is none that joins. Then come versions
of each article at another address, hours later: updates, corrections, cut copies, another headline, a dateline, the
headline alone.

Wanted: copies 0.95 joined, copies and other reports of the same event together 0.75, follow-ups at most 0.12, other
matters at most 0.02; of made-up versions 0.97.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event

from benchmarks.asked import Asked, answer, half_of, named
from benchmarks.trial import LIST_ID, Database, database, json_lines
from watchlist.config import Config
from watchlist.matching.engine import Engine
from watchlist.model import Article, Entity, FeedFetchIntent, ListDeclaration, Name, Schema, Story, stable_id
from watchlist.steps.parts import Parts, RunReport
from watchlist.steps.scan import scan_articles

#: The labels, in the order they are shown; of those marked, pairs are to be joined.
LABELS = {"copy": True, "same_story": True, "follow_up": False, "different": False}
#: Ids on the list of the trial's own begin like this.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Told:
    """A labelled pair, or an article and a version of it, and what became of it."""

    kind: str
    half: str
    #: Whether both stand with one alert; None where no alert of the subject names the first, or nothing the second.
    joined: bool | None
    #: What the second is to the story, and why.
    reason: str
    titles: tuple[str, str]
    #: Whether each of them stands with some alert of the subject: else there is nothing to join, or to keep apart.
    alerted: bool = True


def stories(shared: Path) -> tuple[list[Told], list[Told]]:
    """What became of the labelled pairs, and of the made-up versions."""
    folder = shared / "bench/stories"
    pairs = list(json_lines(folder / "pairs.jsonl"))
    with database(shared) as made:
        made.sync()
        _add_own(made, {row["entity"] for row in pairs if row["entity"].startswith("name:")})
        articles = _stored(made, json_lines(folder / "articles.jsonl.gz"))
        _scan(made)
        found = _by_subject(made)
        told = []
        for row in pairs:
            first, second = articles[row["a"]], articles[row["b"]]
            known = found[_entity_id(row["entity"])]
            joined, reason = _joined(known, first, second)
            half = half_of(f"{row['a']}{row['b']}")
            alerted = all(any(_has(story, each.id) for story in known) for each in (first, second))
            told.append(Told(row["label"], half, joined, reason, (first.title, second.title), alerted))
        return told, list(_versions_told(made, articles.values(), found))


def versions(article: Article) -> dict[str, tuple[str, str]]:
    """Made-up versions of an article: a title and a text by the kind of change."""
    title, text = article.title, article.text
    sentences = re.split(r"(?<=[.!?])\s+", text)
    words = text.split()
    found = {
        "update": (
            f"UPDATE 2-{title}",
            f"{text}\n\nAdds details in the last paragraph and a comment by the authorities.",
        ),
        "corrected": (f"CORRECTED-{title}", f"(Corrects the spelling of a name in the second paragraph) {text}"),
        "dateline": (title, f"GENEVA, {article.published_at:%B %d} (Wire) - {text}"),
        "address": (title, text),
        "headline alone": (title, ""),
    }
    if len(words) > 60:
        found["cut"] = (title, " ".join(words[: max(60, len(words) // 3)]) + " ...")
        found["other headline"] = (" ".join(sentences[0].split()[:14]), text)
    return found


def rates(told: Iterable[Told]) -> dict[str, tuple[int, int]]:
    """How many of each kind were joined, and of how many; copies and the same event also together."""
    joined: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for each in told:
        if each.joined is not None:
            for kind in (each.kind, *(["together"] if LABELS.get(each.kind) else [])):
                known[kind] += 1
                joined[kind] += each.joined
    return {kind: (joined[kind], known[kind]) for kind in known}


def _add_own(made: Database, names: Iterable[str]) -> None:
    made.store.add_list(ListDeclaration(OWN, "Own list", None, refresh=False, own=True))
    listed = [
        Entity(OWN, _own_id(name), Schema.LEGAL_ENTITY, (Name(name.removeprefix("name:")),)) for name in sorted(names)
    ]
    made.store.apply_entities(OWN, listed, made.now, lambda _: None)


def _own_id(name: str) -> str:
    return stable_id(name)


def _entity_id(named_as: str) -> str:
    return f"{OWN}:{_own_id(named_as)}" if named_as.startswith("name:") else f"{LIST_ID}:{named_as}"


def _stored(made: Database, rows: Iterable[dict[str, str]]) -> dict[str, Article]:
    """The articles as they are stored, by their ids in the set."""
    feeds: dict[str, int] = {}
    stored = {}
    for row in sorted(rows, key=lambda row: row["published_at"]):
        told = datetime.fromisoformat(row["published_at"])
        outlet = row["feed"] if "//" in row["feed"] else f"https://{row['feed']}.example/feed"
        if outlet not in feeds:
            feeds[outlet] = made.store.add_feed(outlet, outlet).id
        host = outlet.split("/")[2]
        article = Article(
            id=row["id"],
            title=row["title"] or "",
            text=row["text"] or "",
            url=f"https://{host}/{row['id']}",
            feed_id=feeds[outlet],
            published_at=told,
            fetched_at=told + timedelta(minutes=5),
        )
        _fetch(made, article)
        stored[article.id] = article
    return stored


def _fetch(made: Database, article: Article) -> None:
    at = article.fetched_at or made.now
    made.store.record_fetch(FeedFetchIntent(article.feed_id or 0, at, at, status=200, articles=(article,)))


def _scan(made: Database) -> None:
    ticks = count()
    parts = Parts(
        Config(), made.store, {}, made.folder / "index", lambda: made.now + timedelta(seconds=next(ticks)), Event()
    )
    scan_articles(parts, RunReport())


def _by_subject(made: Database) -> defaultdict[str, list[Story]]:
    """The stories of each entity."""
    found: defaultdict[str, list[Story]] = defaultdict(list)
    for detail in made.store.alerts():
        for entity_id in detail.mention.listings or (detail.alert.entity_id,):
            found[entity_id].append(detail.story)
    return found


def _joined(stories_of: Iterable[Story], first: Article, second: Article) -> tuple[bool, str]:
    for story in stories_of:
        there = {article.id: article for article in story.articles}
        if first.id in there and second.id in there:
            later = max(there[first.id], there[second.id], key=lambda each: each.joined_at)
            return True, f"{later.relation}: {later.reason}"
    return False, ""


def _versions_told(made: Database, articles: Iterable[Article], found: defaultdict[str, list[Story]]) -> Iterator[Told]:
    wire = made.store.add_feed("https://wire.example/feed", "Wire").id
    sent: list[tuple[str, Article, Article]] = []
    for article in articles:
        for n, (kind, (title, text)) in enumerate(sorted(versions(article).items())):
            later = (article.fetched_at or made.now) + timedelta(hours=n + 1)
            id = stable_id(article.id, kind)
            version = replace(
                article,
                id=id,
                title=title,
                text=text,
                url=f"https://wire{n}.example/{id}",
                feed_id=wire,
                published_at=later,
                fetched_at=later,
            )
            sent.append((kind, article, version))
    for _, _, version in sorted(sent, key=lambda each: (each[2].published_at, each[2].id)):
        _fetch(made, version)
    _scan(made)
    subjects = {
        article.id: {entity_id for entity_id, some in found.items() for story in some if _has(story, article.id)}
        for _, article, _ in sent
    }
    after = _by_subject(made)
    for kind, article, version in sent:
        for entity_id in sorted(subjects[article.id]):
            with_it = [story for story in after[entity_id] if _has(story, version.id)]
            joined = any(_has(story, article.id) for story in with_it) if with_it else None
            reason = next((each.reason for story in with_it for each in story.articles if each.id == version.id), "")
            yield Told(kind, half_of(article.id), joined, reason, (article.title, version.title))


def _has(story: Story, article_id: str) -> bool:
    return any(article.id == article_id for article in story.articles)


def show(shared: Path, _: Engine, asked: Asked) -> None:
    """Print the share that was joined by kind, half by half, and some of the pairs that are not as they should be."""
    pairs, made_up = stories(shared)
    for half in asked.halves:
        of_half = [each for each in pairs if each.half == half]
        _show(f"stories {named(half)}", of_half)
        _show("  of these, where both alert", [each for each in of_half if each.alerted])
        wrong = [each for each in pairs if each.half == half and each.joined is not LABELS[each.kind]]
        for each in wrong[: asked.errors_of(half)]:
            print(f"  {each.kind} {'joined' if each.joined else 'apart'}: {' | '.join(each.titles)}  {each.reason}")
    _show("stories, made-up versions", made_up)
    apart = [each for each in made_up if each.joined is False]
    for each in apart[: asked.errors]:
        print(f"  {each.kind} apart: {' | '.join(each.titles)}")


def _show(what: str, told: list[Told]) -> None:
    found = rates(told)
    known = (kind for kind in (*LABELS, "together", *sorted(found)) if kind in found)
    shares = ", ".join(f"{kind} {found[kind][0]} of {found[kind][1]}" for kind in dict.fromkeys(known))
    print(f"{what}: {shares}")


if __name__ == "__main__":
    answer(__doc__, show)
