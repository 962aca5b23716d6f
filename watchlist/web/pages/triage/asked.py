"""What a page of alerts is asked for: its parameters are called like the options of the command, so a link keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import AlertFilter, AlertOrder, AlertStatus
from watchlist.steps.asked.chosen import PARAMETERS, Chosen, read_chosen
from watchlist.web.site import Site

#: In place of a status: alerts whatever theirs.
ALL: Final = "all"
#: What says where a page begins, and not what is asked for.
_PLACE: Final = ("after", "limit")

_SELDOM: Final = ("program", "schema", "feed", "entity", "assigned", "since", "until", "min-score")


@dataclass(frozen=True, slots=True)
class AskedAlerts:
    """What was asked for, by name; and why it can't be, where it can't."""

    given: tuple[tuple[str, str], ...]
    chosen: Chosen
    wanted: AlertFilter
    error: str | None = None

    @property
    def of_review(self) -> bool:
        """Whether it is of what was kept for review."""
        return self.chosen.of_review

    @property
    def status(self) -> str:
        """The status as it is given in a link."""
        return self.value("status") or AlertStatus.OPEN

    @property
    def has_more(self) -> bool:
        """Whether something is given that is seldom asked for."""
        return any(self.value(name) for name in _SELDOM)

    def value(self, name: str) -> str:
        """What was given under a name; empty where nothing was."""
        return dict(self.given).get(name, "")

    def query(self, **changed: str | None) -> str:
        """The same as a query with some of it changed, from the first page on; empty, or with its question mark."""
        renamed = {name.replace("_", "-"): value for name, value in changed.items()}
        values = {name: value for name, value in self.given if name not in _PLACE} | renamed
        kept = [(name, value) for name, value in values.items() if value]
        return f"?{urlencode(kept)}" if kept else ""

    def link(self, **changed: str | None) -> str:
        """The inbox with some of it changed."""
        return f"/{self.query(**changed)}"


def asked_of(request: Request, site: Site) -> AskedAlerts:
    """What the parameters of a request ask for: open alerts, the gravest first, unless they say otherwise."""
    parameters = request.query_params
    given = tuple((name, text) for name in PARAMETERS if (text := parameters.get(name, "").strip()))
    values = {name: text for name, text in given if (name, text) != ("status", ALL)}
    default = () if ("status", ALL) in given else (AlertStatus.OPEN,)
    try:
        chosen = read_chosen(values)
        if "sort" not in values:
            chosen = replace(chosen, sort=AlertOrder.SEVERITY)
        default = () if chosen.of_review else default
        return AskedAlerts(given, chosen, chosen.filter(site.parts.store, site.parts.clock(), default))
    except (UsageError, NotFoundError) as error:
        nothing = AlertFilter(statuses=(AlertStatus.OPEN,), sort=AlertOrder.SEVERITY)
        return AskedAlerts((), Chosen(sort=AlertOrder.SEVERITY), nothing, str(error))
