"""What is kept, and for how long."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from watchlist.config.values import Lifetime

#: ``off`` and ``no`` are no words in YAML, but the truth value.
EvidenceSetting = Annotated[Literal["none", "keep"], BeforeValidator(lambda value: "none" if value is False else value)]

_DAY = 86400.0
_YEAR = 365 * _DAY
_FOR_EVER = float("inf")


class RetentionConfig(BaseModel):
    """How long what nobody needs for an alert stays; ``forever`` for good."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    #: Articles that stand with no alert.
    articles: Lifetime = _YEAR
    #: That an article was screened, when, against what and with what result: also of articles that are gone.
    screenings: Lifetime = 5 * _YEAR
    #: The bytes of entries and pages that no alert rests on.
    evidence: Lifetime = 90 * _DAY
    #: Closed alerts, with all that was judged of them.
    alerts: Lifetime = _FOR_EVER
    #: What each poll of a feed came to.
    polls: Lifetime = 90 * _DAY
    #: Feeds that the configuration names no longer, with what is known of them.
    feeds: Lifetime = _YEAR
    #: What the operator was told, once it is over.
    notices: Lifetime = _YEAR
    #: What changed on lists; of entities that have alerts it stays.
    changes: Lifetime = _YEAR
    #: Messages that were sent or dropped; those that told of an alert stay with it.
    deliveries: Lifetime = _YEAR
    #: Who came in by which account and who did not, and what was changed of accounts.
    access_log: Lifetime = _FOR_EVER
