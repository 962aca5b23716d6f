"""Routes: which alerts go to which channels, and when."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from watchlist.config.values import ListId, Whole
from watchlist.model import Schema, Severity

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def _clock(value: object) -> object:
    # YAML reads 08:00 as a text, and 22:00 as the number of minutes in it.
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24 * 60:
        return f"{value // 60:02}:{value % 60:02}"
    return value


def _local_time(value: str) -> str:
    if not _CLOCK.fullmatch(value):
        raise ValueError(f"{value!r} is no time of day: write 08:00")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{value!r} is no time zone: write one such as Europe/Zurich or UTC") from error
    return value


#: A local time of day, such as 08:00, and the name of a zone.
LocalTime = Annotated[str, BeforeValidator(_clock), AfterValidator(_local_time)]
Zone = Annotated[str, AfterValidator(_zone)]


def time_of(value: str) -> time:
    """A local time of day as a value."""
    hours, _, minutes = value.partition(":")
    return time(int(hours), int(minutes))


class QuietHours(BaseModel):
    """From when to when nothing is told at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    begin: LocalTime = Field(alias="from")
    end: LocalTime = Field(alias="to")


class RouteConfig(BaseModel):
    """One route: whose alerts it is for, where they go, and when. What is not narrowed is for all."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)
    lists: tuple[ListId, ...] = ()
    programs: tuple[str, ...] = ()
    schemas: tuple[Schema, ...] = ()
    severities: tuple[Severity, ...] = ()
    #: Subjects by the id of one of their entries.
    subjects: tuple[str, ...] = ()
    #: Feeds by their title.
    feeds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    #: Channels, or one recipient of a channel: ``email`` or ``email:desk@example.org``. None: listed and not told.
    channels: tuple[str, ...] = ()
    when: Literal["now", "hourly", "daily"] = "now"
    #: The local time of a daily message, and the zone that it and the quiet hours are in.
    at: LocalTime = "08:00"
    zone: Zone = "UTC"
    quiet: QuietHours | None = None
    #: The most alerts told at once in an hour; the others come together with the next full hour.
    cap: Whole | None = Field(default=None, ge=1)
    #: Whether the routes below are looked at too.
    also: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.quiet is not None and self.quiet.begin == self.quiet.end:
            raise ValueError("quiet: from and to must differ")
        return self
