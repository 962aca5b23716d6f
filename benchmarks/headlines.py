"""How many alerts does a year of headlines raise, and which?

    python -m benchmarks.headlines [--data FOLDER] [--half even|odd] [--stream FILE]

20,000 entries of English feeds of 2022 are screened. They have no labels: ``--stream`` writes the alerts to a file, a
line each, for reading. When all were read, 387 of 390 were right.

Wanted: 330 to 460 alerts. The tests hold that.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import trial
from benchmarks.asked import Asked, answer
from benchmarks.labelled import alert_line
from watchlist.matching.engine import Engine
from watchlist.model import Band


def headline_alerts(shared: Path, engine: Engine, asked: Asked | None = None) -> list[str]:
    """One line for each alert."""
    return [
        alert_line(article, mention)
        for article in trial.headlines(shared)
        if asked is None or asked.includes(article.id)
        for mention in engine.screen(article)
        if mention.band is Band.ALERT
    ]


def show(shared: Path, engine: Engine, asked: Asked) -> None:
    """Print how many, and write them where asked for."""
    tell("headlines", headline_alerts(shared, engine, asked), asked)


def tell(what: str, alerts: list[str], asked: Asked) -> None:
    """Print how many alerts there are, and write them where asked for."""
    print(f"{what}  {len(alerts)} alerts in {'half of ' if asked.half else ''}20,000 entries, to be read")
    if asked.stream:
        with asked.stream.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in alerts)


if __name__ == "__main__":
    answer(__doc__, show)
