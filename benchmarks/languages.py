"""What is found in other languages than English, and what floods are there?

    python -m benchmarks.languages [--data FOLDER] [--errors N] [--half even|odd] [--stream FILE]

Passages in Russian, Ukrainian, Polish, Czech, Bulgarian, Slovene, Persian, Arabic, Chinese, German and some others
were labelled. What a passage names only in translation is not counted as missed: no list has it in that language.
The stream has no labels: alerts per thousand articles tell of floods, and ``--stream`` writes them to a file.

Wanted: recall no less than before in any language; no language with ten times the alerts of another. The tests hold
floors.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from benchmarks.asked import Asked, answer, half_of, named
from benchmarks.labelled import Tried, alert_line, found_in, shares, show_errors
from benchmarks.trial import json_lines, labelled_articles
from watchlist.matching.engine import Engine
from watchlist.model import Article, Band


def passages(shared: Path, engine: Engine) -> list[Tried]:
    """Every label that says yes or no, with what was found, by language."""
    found = {article.id: found_in(engine, article) for article in labelled_articles(shared, "languages")}
    return [
        Tried(
            row["article"],
            row["surface"],
            (row["lang"],),
            row["label"] == "yes",
            found[row["article"]].get(row["entity"]),
        )
        for row in json_lines(shared / "bench/languages/gold.jsonl")
        if row["label"] in ("yes", "no") and row.get("kind") != "translated"
    ]


def flood(shared: Path, engine: Engine, asked: Asked) -> dict[str, tuple[int, list[str]]]:
    """By language of the unlabelled stream: how many articles, and a line for each alert."""
    counts: defaultdict[str, int] = defaultdict(int)
    alerts: defaultdict[str, list[str]] = defaultdict(list)
    for row in json_lines(shared / "bench/languages/stream.jsonl.gz"):
        if asked.includes(row["id"]):
            counts[row["lang"]] += 1
            article = Article(row["id"], row["title"] or "", row["text"] or "")
            found = engine.screen(article)
            alerts[row["lang"]] += [alert_line(article, mention) for mention in found if mention.band is Band.ALERT]
    return {lang: (count, alerts[lang]) for lang, count in sorted(counts.items())}


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print recall and known false alarms by half and language, and the alerts on the stream."""
    rows = [row for row in passages(shared, engine) if asked.includes(row.article)]
    for half in asked.halves:
        kept = [row for row in rows if half_of(row.article) == half]
        print(f"languages  {named(half):20s} {shares(row.band for row in kept if row.named)}")
        print(f"languages  {f'not named, {half}':20s} {shares(row.band for row in kept if not row.named)}")
    floods = flood(shared, engine, asked)
    for lang in sorted({row.groups[0] for row in rows} | set(floods)):
        of_lang = [row for row in rows if row.groups[0] == lang]
        wrong = sum(row.band == Band.ALERT for row in of_lang if not row.named)
        count, alerts = floods.get(lang, (0, []))
        found, rate = shares(row.band for row in of_lang if row.named), 1000 * len(alerts) / max(1, count)
        print(f"  {lang:4s} {found:44s}  false alarms left {wrong:2d}  stream: {rate:5.1f} alerts per 1,000 of {count}")
    if asked.stream:
        with asked.stream.open("a", encoding="utf-8") as file:
            file.writelines(f"{lang} {line}\n" for lang, (_, lines) in floods.items() for line in lines)
    show_errors(rows, asked)


if __name__ == "__main__":
    answer(__doc__, show)
