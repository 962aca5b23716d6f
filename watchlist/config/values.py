"""The kinds of value a setting can have, as pydantic types."""

from __future__ import annotations

import math
import re
from functools import cache
from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, AnyHttpUrl, BeforeValidator, Field, TypeAdapter

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _no_truth_value(value: object) -> object:
    """Refuse ``yes`` and ``true``, which would pass for the number 1."""
    if isinstance(value, bool):
        raise ValueError("is no number")
    return value


def _seconds(value: object) -> object:
    """Read ``15m``, ``4h``, ``90s``, ``2d`` or a plain number of seconds."""
    _no_truth_value(value)
    if isinstance(value, str) and (found := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd])?\s*", value)):
        return float(found[1]) * _UNITS[found[2] or "s"]
    if isinstance(value, str):
        raise ValueError("is no duration: write a number and s, m, h or d, such as 15m")
    return value


def _lifetime(value: object) -> object:
    """Read a duration, or ``forever``."""
    if value in ("forever", math.inf):
        return math.inf
    try:
        seconds = _seconds(value)
    except ValueError as error:
        raise ValueError(f"{error}, or forever") from error
    if isinstance(seconds, int | float) and seconds > _CENTURY:
        raise ValueError("is longer than a century: write forever")
    return seconds


@cache
def _urls() -> TypeAdapter[AnyHttpUrl]:
    return TypeAdapter(AnyHttpUrl)


def _http_url(value: str) -> str:
    _urls().validate_python(value)
    return value


def _host_or_network(value: str) -> str:
    try:
        ip_network(value.strip("[]"))
    except ValueError as error:
        if not _HOST.fullmatch(value) or value.replace(".", "").isdigit():
            what = "a host name such as news.intranet.example, an address, or a network such as 10.0.0.0/8"
            raise ValueError(f"{value!r} is not {what}") from error
    return value


_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?")

#: Ten years: longer is a slip of the pen, and far longer overflows a date.
_LONGEST = 3650 * 86400.0
_CENTURY = 10 * _LONGEST

Seconds = Annotated[float, BeforeValidator(_seconds), Field(gt=0, le=_LONGEST)]
#: As `Seconds`, or for good.
Lifetime = Annotated[float, BeforeValidator(_lifetime), Field(gt=0)]
Whole = Annotated[int, BeforeValidator(_no_truth_value)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
HostOrNetwork = Annotated[str, AfterValidator(_host_or_network)]
Share = Annotated[float, Field(ge=0, le=1)]
ListId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=64)]
