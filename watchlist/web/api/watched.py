"""Feeds, messages, faults, and how everything stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response

from watchlist.answers.watched import feed_in_full, feed_json, worker_json
from watchlist.delivery.waiting import delivery_json
from watchlist.health.overview import gather
from watchlist.health.screenful import fault_json, state_json
from watchlist.model import DeliveryStatus
from watchlist.steps.asked.times import parse_since
from watchlist.steps.health.standing import numbered_faults, present_faults
from watchlist.web.api.answers import answer
from watchlist.web.api.routing import USUAL, Limit, Number, problems, room
from watchlist.web.api.shapes.derived import many
from watchlist.web.api.shapes.listed import (
    DeliveryShape,
    FaultShape,
    FeedInFull,
    FeedShape,
    StatusShape,
    WorkerShape,
)
from watchlist.web.security.current import Reader
from watchlist.web.site import TheSite

router = room("feeds, messages and status")

#: Faults of the past that are told.
_PAST = 500


@router.get("/feeds", response_model=many(FeedShape))
def list_feeds(site: TheSite, account: Reader) -> Response:
    """The feeds and how their last poll went."""
    return answer([feed_json(each) for each in site.parts.store.watched_feeds()])


@router.get("/feeds/{feed:path}", response_model=FeedInFull, responses=problems(400, 404))
def show_feed(
    site: TheSite,
    account: Reader,
    feed: Annotated[str, Path(max_length=2000, description="Its number, address or title.")],
) -> Response:
    """A feed, with every poll that is kept."""
    store = site.parts.store
    found = store.feed(feed)
    return answer(feed_in_full(found, store.feed_polls(found.id)))


@router.get("/deliveries", response_model=many(DeliveryShape))
def list_deliveries(
    site: TheSite, account: Reader, status: DeliveryStatus | None = None, limit: Limit = USUAL
) -> Response:
    """Messages about alerts, the newest first."""
    store = site.parts.store
    outages = store.outages()
    found = store.deliveries(limit, (status,) if status is not None else tuple(DeliveryStatus))
    return answer([delivery_json(each, outages) for each in found])


@router.get("/deliveries/{number}", response_model=DeliveryShape, responses=problems(404))
def show_delivery(site: TheSite, account: Reader, number: Number) -> Response:
    """One message: to whom, what it is about, what became of it."""
    store = site.parts.store
    return answer(delivery_json(store.delivery(number), store.outages()))


@router.get("/faults", response_model=many(FaultShape), responses=problems(400))
def list_faults(
    site: TheSite,
    account: Reader,
    past: Annotated[
        str | None, Query(max_length=40, description="Those that are over, since ``7d`` or a date.")
    ] = None,
) -> Response:
    """What does not work, with its number and since when it lasts."""
    parts = site.parts
    since = parse_since(past, parts.clock())
    found = numbered_faults(parts, parts.clock()) if since is None else parts.store.past_faults(since, _PAST)
    return answer([fault_json(each) for each in found])


@router.get("/status", response_model=StatusShape)
def status(site: TheSite, account: Reader) -> Response:
    """How everything stands; ``verdict`` and ``exit_code`` are those of `watchlist status`."""
    at = site.parts.clock()
    return answer(state_json(gather(site.parts, at), present_faults(site.parts, at)))


@router.get("/workers", response_model=many(WorkerShape))
def list_workers(site: TheSite, account: Reader) -> Response:
    """Who is at work on the database, and what each does."""
    return answer([worker_json(each) for each in site.parts.store.workers()])
