"""ALERT -> DELIVERY, the first half: to which channels each alert goes, and when."""

from __future__ import annotations

from collections import defaultdict

from watchlist.alerts.route import Turn, full_hour, turns_of
from watchlist.model import Delivery, Dispatch
from watchlist.ports import RouteStore
from watchlist.steps.parts import Parts


def route_alerts(parts: Parts) -> None:
    """Decide for every alert that is new where it goes; a run that is killed is taken up by the next."""
    store: RouteStore = parts.store
    while parts.transports and (delivery := store.unrouted_delivery()) is not None:
        store.record_routes(delivery, _dispatches(store, parts, delivery), parts.clock())


def _dispatches(store: RouteStore, parts: Parts, delivery: Delivery) -> tuple[Dispatch, ...]:
    now = parts.clock()
    told = store.told_at_once(full_hour(now))
    together: dict[Turn, list[int]] = defaultdict(list)
    for detail in store.alert_details(delivery.alert_ids):
        turns = turns_of(detail, parts.config.routes, tuple(parts.transports), told, now)
        for turn in turns:
            together[turn].append(detail.alert.id)
        for route in {turn.route for turn in turns if not turn.held}:
            told[route] = told.get(route, 0) + 1
    return tuple(
        Dispatch(turn.channel, turn.recipient, turn.route, turn.due, turn.held, tuple(ids))
        for turn, ids in together.items()
    )
