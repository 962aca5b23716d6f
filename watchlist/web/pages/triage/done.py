"""What somebody has just done, told on the page they come to: its number stands in the link, the rest in the store."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from fastapi import Request

from watchlist.alerts.triage import DONE
from watchlist.model import Action, Judgement, User
from watchlist.web.site import Site

#: Alerts that are named.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Done:
    """What was done at one stroke."""

    act: str
    alerts: tuple[int, ...]
    what: str
    #: Whether the reader may take it back.
    can_undo: bool

    @property
    def words(self) -> str:
        """What was done, in a sentence."""
        named = ", ".join(map(str, self.alerts[:_NAMED]))
        more = f" and {len(self.alerts) - _NAMED} more" if len(self.alerts) > _NAMED else ""
        return f"Alert{'s' if len(self.alerts) > 1 else ''} {named}{more} {self.what}."


def done_by(request: Request, site: Site, user: User) -> Done | None:
    """What the link says was done; None where it says nothing, or what is not so."""
    number = request.query_params.get("done", "")
    found = site.parts.store.act(number) if number else ()
    if not found:
        return None
    first = found[0]
    can_undo = first.by == user.name and not first.undone and first.action is not Action.UNDO
    return Done(number, tuple(each.alert_id for each in found), _what(first), can_undo)


def with_done(path: str, act: str) -> str:
    """A path that tells of an act, in place of one before."""
    parts = urlsplit(path)
    kept = [part for part in parts.query.split("&") if part and not part.startswith("done=")]
    return urlunsplit(parts._replace(query="&".join([*kept, urlencode({"done": act})])))


def _what(judgement: Judgement) -> str:
    if judgement.action is Action.ASSIGN:
        return f"assigned to {judgement.after.assigned or 'nobody'}"
    undone = ", and that was taken back" if judgement.undone else ""
    return f"{DONE[judgement.action]}{undone}"
