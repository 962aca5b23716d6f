"""Conditions on rows that several rooms ask."""

from __future__ import annotations

from sqlalchemy import and_

from watchlist.model import WITHDRAWN
from watchlist.storage.database.tables import alerts

#: Whether an alert was opened from review and taken back: nothing joins it, and what is found later opens it again.
withdrawn = and_(alerts.c.status == WITHDRAWN.status, alerts.c.outcome.is_(WITHDRAWN.outcome))
