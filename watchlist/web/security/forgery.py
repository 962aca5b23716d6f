"""What a form carries so that nobody else's page can send it."""

from __future__ import annotations

from fastapi import Request
from markupsafe import Markup


def hidden_field(request: Request) -> Markup:
    """The field that every form with ``method="post"`` holds."""
    return Markup('<input type="hidden" name="csrf" value="">')
