"""Every place but the inbox, in the order in which an address is looked for."""

from __future__ import annotations

from watchlist.web.pages.desk import report, screen
from watchlist.web.pages.feeds import change as feed_change
from watchlist.web.pages.feeds import one as feed_one
from watchlist.web.pages.feeds import opml
from watchlist.web.pages.feeds import overview as feeds
from watchlist.web.pages.lists import change as list_change
from watchlist.web.pages.lists import imports, own
from watchlist.web.pages.lists import one as list_one
from watchlist.web.pages.lists import overview as lists
from watchlist.web.pages.status import channels, deliveries, silences, suppressions
from watchlist.web.pages.status import overview as status
from watchlist.web.pages.subjects import act, card, search

ROUTERS = (
    search.router,
    act.router,
    # It takes every address below its own.
    card.router,
    lists.router,
    imports.router,
    own.router,
    list_change.router,
    list_one.router,
    feeds.router,
    opml.router,
    feed_change.router,
    feed_one.router,
    screen.router,
    report.router,
    status.router,
    deliveries.router,
    channels.router,
    suppressions.router,
    silences.router,
)
