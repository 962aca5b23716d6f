"""From a template to a page: everything that comes from elsewhere is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from watchlist.model import User
from watchlist.web.security.forgery import hidden_field


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("watchlist.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["csrf"] = hidden_field
    return made


def page(request: Request, user: User, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page made of a template, for somebody; ``values`` are what the template names."""
    html = _templates().get_template(template).render(request=request, user=user, **values)
    return HTMLResponse(html, status)
