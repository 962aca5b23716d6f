"""A route in words: whose alerts it takes, and when it tells."""

from __future__ import annotations

from watchlist.config.routes import RouteConfig

#: What a route may be narrowed to.
_NARROWED = ("lists", "programs", "schemas", "severities", "subjects", "feeds", "languages")


def when_words(route: RouteConfig) -> str:
    """When a route tells, in words."""
    words = {"now": "at once", "hourly": "every full hour", "daily": f"daily at {route.at} {route.zone}"}[route.when]
    if route.quiet is not None:
        words += f", quiet from {route.quiet.begin} to {route.quiet.end} {route.zone}"
    return words + (f", at most {route.cap} an hour" if route.cap is not None else "")


def whose(route: RouteConfig) -> str:
    """Whose alerts it takes, in words."""
    narrowed = [f"{name}: {', '.join(map(str, values))}" for name in _NARROWED if (values := getattr(route, name))]
    return "; ".join(narrowed) or "all"
