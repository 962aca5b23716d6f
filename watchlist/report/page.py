"""The report of a period as HTML: its numbers, drawn and in tables; one page by itself, or the body of another."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from watchlist import __version__
from watchlist.alerts.period import OUTCOMES, Period
from watchlist.report.charts import COLOURS, bars
from watchlist.text.shown import harmless
from watchlist.text.times import when

_HOUR = 3600
_MINUTES_AN_HOUR = 60
_HOURS_A_DAY = 24
_FEW_HOURS = 48


def page(period: Period) -> str:
    """The page; it needs nothing but itself."""
    return _rendered("report.html", period)


def body(period: Period) -> str:
    """What stands on the page below its heading, without any style: the classes are `report.html`'s."""
    return _rendered("body.html", period)


def _rendered(template: str, period: Period) -> str:
    environment = Environment(
        loader=PackageLoader("watchlist.report", "."),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    environment.filters.update(rate=_rate, hours=_hours, words=lambda text: str(text).replace("_", " "))
    sections = (
        ("By week", "week from", period.weeks),
        ("By severity", "severity", period.severities),
        ("By list", "list", period.lists),
        ("By program", "program", period.programs),
        ("By source", "source", period.sources),
    )
    return environment.get_template(template).render(
        period=period,
        since=when(period.since),
        until=when(period.until),
        outcomes=OUTCOMES,
        colours=COLOURS,
        sections=[(title, label, rows, bars(rows, title)) for title, label, rows in sections],
        silent=[(each.name, when(each.last_new), _gap(each.usual_gap), each.why) for each in period.silent_feeds],
        version=__version__,
    )


def _rate(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _gap(seconds: float | None) -> str:
    return "" if seconds is None else _hours(seconds / _HOUR)


def _hours(hours: float) -> str:
    if hours < 1:
        minutes = round(hours * _MINUTES_AN_HOUR)
        return f"{minutes} minute{'s' if minutes != 1 else ''}" if minutes else "less than a minute"
    return f"{hours:.1f} hours" if hours < _FEW_HOURS else f"{hours / _HOURS_A_DAY:.1f} days"
