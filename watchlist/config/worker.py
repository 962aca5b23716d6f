"""What a worker takes part in, where several are at work on one PostgreSQL database."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from watchlist.config.values import Seconds
from watchlist.model import WorkerRole


def _all(value: object) -> object:
    """Let ``all`` stand for every role, and one role for a list of it."""
    if value in ("all", ["all"], ("all",)):
        return tuple(WorkerRole)
    return (value,) if isinstance(value, str) else value


class WorkerConfig(BaseModel):
    """One of several workers on one database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: ``poll``, ``screen``, ``deliver``; all of them where nothing is set.
    roles: Annotated[tuple[WorkerRole, ...], BeforeValidator(_all), Field(min_length=1)] = tuple(WorkerRole)
    #: Without a sign of life for so long a worker is taken for dead, and others go on with what it had in hand.
    lease: Annotated[Seconds, Field(ge=5)] = 60.0
