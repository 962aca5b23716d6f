"""How many alerts does a year of headlines raise, and which?

    python -m benchmarks.headlines [--data FOLDER] [--stream FILE]

20,000 entries of English feeds of 2022 are screened. They have no labels: ``--stream`` writes the alerts to a file, a
line each, for reading. When all were read, 387 of 390 were right.

Wanted: 330 to 460 alerts. The tests hold that.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import trial
from benchmarks.trial import arguments, needed_folder, trial_engine
from watchlist.matching.engine import Engine
from watchlist.model import Band


def headline_alerts(shared: Path, engine: Engine) -> list[str]:
    """One line for each alert."""
    lines = []
    for article in trial.headlines(shared):
        for mention in engine.screen(article):
            if mention.band is Band.ALERT:
                text = f"{article.title} | {article.text}"[:260].replace("\n", " ")
                lines.append(
                    f"{mention.score:.2f} [{mention.surface}] -> {mention.name.text}"
                    f" ({mention.schema}, {mention.caption}): {text}"
                )
    return lines


def show(shared: Path, engine: Engine, stream: Path | None = None) -> None:
    """Print how many, and write them where asked for."""
    alerts = headline_alerts(shared, engine)
    print(f"headlines               {len(alerts)} alerts in 20,000 entries, to be read")
    if stream:
        stream.write_text("\n".join(alerts) + "\n", encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--stream", type=Path, help="write the alerts to this file")
    given = parser.parse_args()
    shared = needed_folder(given.data)
    show(shared, trial_engine(shared), given.stream)


if __name__ == "__main__":
    main()
