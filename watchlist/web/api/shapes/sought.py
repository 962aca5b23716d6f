"""What is asked for by the parameters of an address."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from watchlist.model import AlertOrder, AlertStatus, Band, Schema, Severity
from watchlist.steps.asked.alike.scored import CUTOFF, THRESHOLD
from watchlist.steps.asked.chosen import Chosen
from watchlist.web.api.routing import MOST, USUAL

#: Results to a query of `/match`, and of a search, at most.
_MOST_RESULTS, MOST_FOUND = 500, 500

_Words = Annotated[str | None, Field(max_length=400)]


class PageSought(BaseModel):
    """A page of a listing."""

    # Some fields have names that the base has for its own.
    model_config = ConfigDict(populate_by_name=True)

    limit: int = Field(USUAL, ge=1, le=MOST, description="At most so many.")
    cursor: str | None = Field(
        None, max_length=400, description="From the header ``Link`` of the page before; else the first."
    )


class AlertsSought(PageSought):
    """Alerts, by the options of `watchlist alerts list` under the same names."""

    status: AlertStatus | None = None
    band: Band | None = None
    severity: Severity | None = None
    list_: _Words = Field(None, alias="list", description="Of subjects on this list.")
    program: _Words = None
    schema_: Schema | None = Field(None, alias="schema")
    feed: _Words = Field(None, description="A feed's number, address or title.")
    entity: _Words = Field(None, description="``LIST:ID``.")
    text: _Words = Field(None, description="In the article or the name.")
    assigned: _Words = None
    since: _Words = Field(None, description="Opened since: ``7d``, ``24h``, ``2026-11-23``.")
    until: _Words = Field(None, description="Opened before.")
    min_score: float | None = Field(None, ge=0, le=1)
    sort: AlertOrder = AlertOrder.TIME

    def chosen(self) -> Chosen:
        """The same as the command line has it."""
        return Chosen(**self.model_dump(by_alias=True, exclude={"limit", "cursor"}))


class EntitiesSought(PageSought):
    """Entities by words of their names, or those of a list."""

    q: str | None = Field(None, max_length=400, description="Words of a name.")
    list_: str | None = Field(
        None, alias="list", max_length=64, description="Those of a list, in the order of their ids."
    )


class MatchSought(BaseModel):
    """How entities are matched, and with what."""

    limit: int = Field(5, ge=1, le=_MOST_RESULTS, description="Results to each query.")
    threshold: float = Field(THRESHOLD, ge=0, le=1, description="From this score on ``match`` is true.")
    cutoff: float = Field(CUTOFF, ge=0, le=1, description="Below this score nothing is told.")
    algorithm: str = Field("best", description="There is one way, whatever it is called.")
    include_dataset: list[str] = []
    exclude_dataset: list[str] = []
    exclude_schema: list[str] = []
    exclude_entity_ids: list[str] = []


class SubjectsSought(BaseModel):
    """Listed subjects by words of their names."""

    q: str = Field(max_length=400, description="Words of a name.")
    schema_: str = Field("Thing", alias="schema")
    countries: list[str] = []
    include_dataset: list[str] = []
    exclude_dataset: list[str] = []
    limit: int = Field(10, ge=0, le=MOST_FOUND)
    offset: int = Field(0, ge=0, le=MOST_FOUND)
