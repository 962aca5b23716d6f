"""What requests hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from watchlist.model import Reach
from watchlist.steps.asked.noting import LONGEST_NOTE
from watchlist.web.api.shapes.alerts import Acting
from watchlist.web.api.shapes.derived import Exactly

#: Alerts at one stroke.
_MOST_ALERTS = 1_000
#: Characters of a reason, a name.
_LONGEST = 10_000
#: Texts of a batch.
_MOST_TEXTS = 1_000

AlertName = Annotated[str | int, Field(description="A number; of what is kept for review ``m`` and the mention's id.")]


class JudgingAct(BaseModel):
    """What to do with alerts."""

    model_config = ConfigDict(extra="forbid")

    action: Acting
    why: str | None = Field(None, max_length=_LONGEST, description="Why; of a note its text.")
    to: str | None = Field(None, max_length=200, description="To whom to assign it; null for nobody.")
    scope: Reach = Field(Reach.SURFACE, description="Of a dismissal, what it holds back from now on.")
    until: str | None = Field(None, max_length=40, description="Of a dismissal, until when: ``90d`` or a date.")
    close_similar: bool = Field(False, description="Of a dismissal, whether it closes what is open of the same kind.")


class JudgingOne(JudgingAct):
    """What to do with an alert."""

    seen: int | None = Field(
        None, ge=0, description="The last judgement that you saw, 0 for none: where there is another by now, 409."
    )


class JudgingMany(JudgingAct):
    """What to do with some alerts, all or none."""

    alerts: list[AlertName] = Field(min_length=1, max_length=_MOST_ALERTS)
    seen: dict[int, int] | None = Field(None, description="By alert the last judgement that you saw, 0 for none.")


class Undoing(BaseModel):
    """What to take back: an act of your own, or the last."""

    model_config = ConfigDict(extra="forbid")

    act: str | None = Field(None, max_length=64)


class GivenArticle(BaseModel):
    """An article that some other program fetched; a title or a text is enough."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    text: str | None = None
    lang: str | None = None
    published_at: str | None = None


class TakenArticle(Exactly):
    """What became of one article, in the order given."""

    line: int
    id: str | None = Field(description="By which it is found again; null where it was refused.")
    error: str | None


class TakenArticles(Exactly):
    """What became of articles."""

    accepted: int
    new: int = Field(description="How many are new, or have new words: these are screened by the next run.")
    refused: int
    results: list[TakenArticle]


class GivenText(BaseModel):
    """A text to be screened; nothing of it is stored."""

    model_config = ConfigDict(extra="forbid")

    id: str | int | None = None
    title: str = ""
    text: str = ""


class ScreenAsked(GivenText):
    """A text, or a batch of them, to be screened."""

    texts: list[GivenText] | None = Field(None, max_length=_MOST_TEXTS, description="A batch, in place of a text.")
    lists: list[str] | None = Field(None, description="Look for names of these lists only.")


class SilenceAsked(BaseModel):
    """Whose alerts are to be listed and not told for a while."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(max_length=400, description="``LIST:ID`` of an entity, or the id of a list.")
    until: str = Field(max_length=40, description="Until when: ``24h``, ``7d`` or a date.")
    why: str = Field(min_length=1, max_length=_LONGEST)


class NoteAsked(BaseModel):
    """A note on a subject."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST_NOTE, description="What is to be known of it.")


class Nothing(BaseModel):
    """Nothing: ``{}``, by which a request is known for a program's."""

    model_config = ConfigDict(extra="forbid")
