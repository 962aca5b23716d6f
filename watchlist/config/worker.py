"""What a worker takes part in, where several are at work on one PostgreSQL database."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from watchlist.config.values import Seconds
from watchlist.model import WorkerRole


def _several(value: object) -> object:
    """Let one role stand for a list of it, and ``all`` for none in particular."""
    if value in ("all", ["all"]):
        return ()
    return (value,) if isinstance(value, str) else value


class WorkerConfig(BaseModel):
    """One of several workers on one database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: What it takes part in: ``poll``, ``screen``, ``deliver``; all of it where nothing is set.
    roles: Annotated[tuple[WorkerRole, ...], BeforeValidator(_several)] = ()
    #: Without a sign of life for so long a worker is taken for dead, and others go on with what it had in hand.
    lease: Annotated[Seconds, Field(ge=5)] = 60.0

    @property
    def taken(self) -> tuple[WorkerRole, ...]:
        """The roles, each by its name."""
        return self.roles or tuple(WorkerRole)
