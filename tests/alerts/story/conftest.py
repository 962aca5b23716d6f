"""Invented articles: a detained ship told by two outlets, a court case of the same company, menus of a site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchlist.alerts.story.signature import Signature, signature_of
from watchlist.model import Article

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

DETAINED = (
    "Port police in Brevik detained the freighter Sorrel Dawn late on Sunday after inspectors found forged "
    "insurance papers and a second transponder hidden behind panels on its bridge, the harbour master said. The "
    "vessel is managed by Kestrel Quay Lines, a company that was put under sanctions last spring for carrying "
    "crude oil. Its captain, a man of 54, refused to answer questions and asked for a consul. Two tugs held the "
    "ship at the outer mole overnight while divers looked at the hull for damage from an anchor chain that may "
    "have cut a power cable in the strait."
)
RETOLD = (
    "A freighter run by sanctioned Kestrel Quay Lines is being held in Brevik. Inspectors said the Sorrel Dawn "
    "sailed with forged papers and carried a hidden transponder; whether its anchor tore a cable in the strait is "
    "under investigation, according to the harbour master, who spoke to reporters on the mole."
)
COURT = (
    "A commercial court in Lund ordered Kestrel Quay Lines to pay unpaid wages to forty sailors who were left "
    "without food in Tunis two years ago. Lawyers of the crew called the ruling a relief. The firm did not send "
    "anybody to the hearing and has thirty days for an appeal, the clerk of the court told a local paper on the "
    "steps of the building."
)
MENU = (
    "Notifications can be managed in the settings of your browser. Please refresh the page to be logged in. Sign up "
    "for our morning letter and read the most liked stories of the week: ten gardens you must see, why bread got "
    "dearer, and the cat that came home after nine winters. "
)


@pytest.fixture
def told() -> Callable[..., Article]:
    """An article with this title and text, told so many hours after noon."""

    def make(id: str, title: str, text: str, *, hours: float = 0, **changes: Any) -> Article:
        at = NOON + timedelta(hours=hours)
        values = {"url": f"https://{id}.example/{id}", "published_at": at, "fetched_at": at + timedelta(minutes=5)}
        return Article(id, title, text, **{**values, **changes})

    return make


@pytest.fixture
def signed(told: Callable[..., Article]) -> Callable[..., Signature]:
    """The signature of such an article."""
    return lambda *given, **changes: signature_of(told(*given, **changes))


@pytest.fixture
def texts() -> dict[str, str]:
    return {"detained": DETAINED, "retold": RETOLD, "court": COURT, "menu": MENU}
