"""The sandbox's side of `robots.may_fetch`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from protego import Protego


def read_in_sandbox(arguments: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """What the rules say of one address and one agent: plain values in, plain values out."""
    rules = Protego.parse(body.decode("utf-8-sig", "replace"))
    delay = rules.crawl_delay(arguments["agent"])
    return {
        "allowed": bool(rules.can_fetch(arguments["url"], arguments["agent"])),
        "delay": float(delay) if delay is not None and math.isfinite(delay) else None,
    }
