"""What each database does in its own way: claims and leases."""

from __future__ import annotations

from tests.on_both import backend

__all__ = ["backend"]
