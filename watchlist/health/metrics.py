"""Figures in the words of Prometheus; what they are called and what they mean stands in docs/operations.md.

No label holds what comes from outside but the ids of lists and the kinds of faults.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from prometheus_client.core import (
    CollectorRegistry,
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from watchlist.health.figures import Figures, faults_by_kind
from watchlist.health.totals import DURATIONS, Summed
from watchlist.model import AlertStatus, DeliveryStatus
from watchlist.steps.health.verdict import health_of

#: The type of the text, as those who read it want it said.
CONTENT_TYPE = CONTENT_TYPE_LATEST

#: What runs count, as a metric and in words.
_COUNTED = {
    "feeds_polled": ("polls", "Polls of feeds."),
    "feeds_failed": ("poll_failures", "Polls of feeds that failed."),
    "articles_new": ("articles_new", "Articles that came and were new."),
    "articles_scanned": ("articles_screened", "Articles that were screened."),
    "articles_looked_back": ("articles_looked_back", "Stored articles that were screened again."),
    "articles_retried": ("articles_retried", "Articles screened again after a fault."),
    "mentions": ("mentions", "Mentions found."),
    "alerts": ("alerts_opened", "Alerts opened."),
    "lists_synced": ("list_syncs", "Looks at lists that succeeded."),
    "pages_fetched": ("pages_fetched", "Pages of articles that were fetched."),
    "deliveries_sent": ("deliveries_sent", "Messages that were taken."),
    "deliveries_failed": ("deliveries_failed", "Tries to send a message that failed."),
}


def metrics_text(figures: Figures, summed: Summed | None) -> bytes:
    """The figures, and what this process has added up where it does runs."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Read(figures, summed))
    return generate_latest(registry)


class _Read(Collector):
    def __init__(self, figures: Figures, summed: Summed | None) -> None:
        self._figures, self._summed = figures, summed

    def collect(self) -> Iterator[Metric]:
        """Each metric."""
        yield from _standing(self._figures)
        yield from _alerts_and_messages(self._figures)
        yield from _runs(self._figures)
        if self._summed is not None:
            yield from _counters(self._summed)


def _gauge(name: str, help: str, value: float) -> Metric:
    return GaugeMetricFamily(f"watchlist_{name}", help, value=value)


def _by(name: str, help: str, labels: tuple[str, ...], values: Iterator[tuple[tuple[str, ...], float]]) -> Metric:
    family = GaugeMetricFamily(f"watchlist_{name}", help, labels=labels)
    for keys, value in values:
        family.add_metric(keys, value)
    return family


def _standing(figures: Figures) -> Iterator[Metric]:
    yield InfoMetricFamily("watchlist", "Versions.", value=dict(figures.versions))
    yield _gauge("verdict", "0 well, 1 degraded, 2 failing.", int(health_of(figures.faults)))
    counted = faults_by_kind(figures.faults)
    faults = (((kind, str(known).lower()), float(n)) for (kind, known), n in counted.items())
    yield _by("faults_open", "Faults that are not over.", ("kind", "acknowledged"), faults)
    on = [each for each in figures.lists if each.enabled]
    yield _by("list_entities", "Entities of a list.", ("list",), (((each.id,), each.entity_count) for each in on))
    ages = (
        ((each.id,), max((figures.at - each.last_good_at).total_seconds(), 0.0))
        for each in on
        if each.refresh and each.last_good_at is not None
    )
    yield _by("list_age_seconds", "Time since the last good check of a list.", ("list",), ages)
    polled = [each for each in figures.feeds if each.enabled]
    states = {
        "on": len(polled),
        "failing": sum(each.last_error is not None for each in polled),
        "silent": sum(each.habit.silent_for(figures.at) is not None for each in polled),
    }
    yield _by("feeds", "Feeds that are asked; of these, those that fail or fell silent.", ("state",), _keyed(states))
    articles = {"stored": figures.stored, "waiting": figures.waiting, "set_aside": figures.aside}
    yield _by("articles", "Articles stored, waiting to be screened, set aside.", ("state",), _keyed(articles))
    yield _gauge("database_bytes", "Size of the database.", figures.database_bytes)
    yield _gauge("index_bytes", "Size of the compiled indexes.", figures.index_bytes)


def _alerts_and_messages(figures: Figures) -> Iterator[Metric]:
    alerts = (((id, str(status)), float(n)) for (id, status), n in figures.alerts.items())
    yield _by("alerts", "Alerts by list and by how they stand.", ("list", "status"), alerts)
    of_all = {
        str(status): sum(n for (_, each), n in figures.alerts.items() if each is status) for status in AlertStatus
    }
    yield _by("alerts_all", "Alerts of all lists by how they stand.", ("status",), _keyed(of_all))
    # Those that nothing is in are told as well: an alarm on what is not there is never raised.
    deliveries = {str(state): figures.deliveries.get(state, 0) for state in DeliveryStatus}
    yield _by("deliveries", "Messages by how they stand; failed is parked.", ("state",), _keyed(deliveries))
    yield _gauge("alerts_untold", "Alerts that were told to nobody.", figures.untold)


def _runs(figures: Figures) -> Iterator[Metric]:
    last = figures.last_over
    if last is None or last.finished_at is None:
        return
    yield _gauge("last_run_timestamp_seconds", "When the last run ended.", last.finished_at.timestamp())
    age = max((figures.at - last.finished_at).total_seconds(), 0.0)
    yield _gauge("last_run_age_seconds", "Time since the last run ended.", age)
    took = max((last.finished_at - last.started_at).total_seconds(), 0.0)
    yield _gauge("last_run_duration_seconds", "How long the last run took.", took)
    yield _gauge("last_run_errors", "What went wrong in the last run.", len(last.errors))


def _counters(summed: Summed) -> Iterator[Metric]:
    for key, (name, help) in _COUNTED.items():
        yield CounterMetricFamily(f"watchlist_{name}", help, value=summed.counts.get(key, 0))
    runs = CounterMetricFamily("watchlist_runs", "Runs of this process by how they ended.", labels=["ended"])
    for ended in ("done", "with_errors", "broken_off"):
        runs.add_metric([ended], summed.runs.get(ended, 0))
    yield runs
    bounds = [*map(str, DURATIONS), "+Inf"]
    buckets = [(bound, float(n)) for bound, n in zip(bounds, accumulate(summed.durations), strict=True)]
    help = "How long the runs of this process took."
    yield HistogramMetricFamily("watchlist_run_duration_seconds", help, buckets=buckets, sum_value=summed.seconds)


def _keyed(values: dict[str, int]) -> Iterator[tuple[tuple[str, ...], float]]:
    return (((key,), float(value)) for key, value in values.items())
