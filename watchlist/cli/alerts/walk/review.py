"""``watchlist alerts review``: a walk through alerts, one a screen, judged by single keys."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from watchlist.alerts.triage import DONE
from watchlist.cli.alerts.earlier import EARLIER
from watchlist.cli.alerts.filters import with_filters
from watchlist.cli.alerts.walk.card import card
from watchlist.cli.alerts.walk.keys import Keys, open_keys
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.output import console
from watchlist.cli.shared.persons import By, who
from watchlist.errors import JudgedMeanwhileError, UsageError, WatchlistError
from watchlist.model import Act, Action, AlertDetail, AlertStatus, EarlierAlert, Reach, SubjectNote
from watchlist.steps.asked.chosen import Chosen
from watchlist.steps.asked.judge import perform
from watchlist.steps.asked.named import Named, shown_id

if TYPE_CHECKING:
    from watchlist.app import App

_JUDGING = {"y": Action.CONFIRM, "n": Action.DISMISS, "u": Action.UNSURE, "e": Action.ESCALATE}
_KEYS = "y yes  n no  u unsure  e escalate  s skip  a assign  w why  z undo  o ? q"
_HELP = (
    ("y", "it is the listed one: close as true match (for review: open an alert)"),
    ("n", "it is not: close as false positive"),
    ("u", "nobody can tell: close as unsure"),
    ("e", "hand it on"),
    ("s", "pass over it for now"),
    ("a", "say whose it is to judge"),
    ("w", "give the reason for your next judgement of it"),
    ("z", "take your last judgement back, and go back to it"),
    ("o", "print the article's address"),
    ("space", "the rest, where an alert is longer than the screen"),
    ("q", "stop here; what is judged is kept"),
)
#: Lines below the card: a rule's worth of space, the message, the keys.
_BELOW = 3


@with_filters
def review(context: typer.Context, *, chosen: Chosen, by: By = None) -> None:
    """Walk through open alerts and judge each with a key.

    Keys: y confirm, n dismiss, u unsure, e escalate, s skip, a assign, w why, z undo, o print the link, ? help, q quit.
    Takes open and escalated alerts unless --status says otherwise; with --band review what was kept for review.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the walk needs a terminal; 'watchlist alerts dismiss ID' and its like judge without one")
    with invocation(context).app() as parts:
        wanted = chosen.filter(parts.store, parts.clock(), (AlertStatus.OPEN, AlertStatus.ESCALATED))
        if chosen.of_review:
            ids = Named(kept=tuple(each.mention.id for each in parts.store.find_kept(wanted)))
        else:
            ids = Named(parts.store.find_alert_ids(wanted))
        if not ids.count:
            typer.echo("Nothing to judge.")
            return
        walk = Walk(parts, who(by), ids, closed_too=chosen.status is AlertStatus.CLOSED)
        walk.go()
    typer.echo(walk.summary())


@dataclass(frozen=True, slots=True)
class DoneInWalk:
    """What was done in a walk to the alert at a place of it, and the number of the act."""

    place: int
    action: Action
    act: str


@dataclass
class Walk:
    """A walk through alerts: where it is, and what was done on the way."""

    parts: App
    by: str
    ids: Named
    closed_too: bool = False
    at: int = 0
    page: int = 0
    why: str | None = None
    said: str = ""
    done: list[DoneInWalk] = field(default_factory=list)
    skipped: set[int] = field(default_factory=set)
    #: While a line is typed or a text is read, the alert is not drawn over it.
    busy: bool = False
    _drawing: bool = False
    _stale: bool = False
    #: The place that was read last: what was typed for it holds as long as it is not left.
    _loaded: int | None = None
    _shown: AlertDetail | None = None
    _earlier: Sequence[EarlierAlert] = ()
    _notes: Sequence[SubjectNote] = ()
    _screen: Console = field(default_factory=console)

    def go(self) -> None:
        """Show alert after alert until all are done, or somebody stops."""
        with self._screen.screen(hide_cursor=False), open_keys(self.draw) as keys:
            try:
                while self.at < self.ids.count or self._goes_back(keys):
                    if not self._load():
                        continue
                    self.draw()
                    while not self._take(keys, keys.next().lower()):
                        self.draw()
            except (KeyboardInterrupt, EOFError):
                return

    def summary(self) -> str:
        """What was done, and where it stopped."""
        count = Counter(DONE[each.action] for each in self.done)
        told = ", ".join(f"{n} {words}" for words, n in count.most_common()) or "nothing judged"
        judged = {each.place for each in self.done if each.action is not Action.ASSIGN}
        told = f"{len(judged)} of {self.ids.count}: {told}" if self.done else told
        if self.skipped:
            told += f"; {len(self.skipped)} passed over"
        if self.at >= self.ids.count:
            return f"{told}. That was the last."
        name = shown_id(self._shown) if self._shown is not None else "the first"
        return f"{told}. Stopped at {name}, {self.at + 1} of {self.ids.count}; the same command goes on."

    def draw(self) -> None:
        """Show the alert, in the size that the terminal has now; asked for while it is at it, it begins anew."""
        self._stale = True
        if self._drawing:
            return
        self._drawing = True
        try:
            while self._stale:
                self._stale = False
                if self._shown is not None and not self.busy:
                    self._draw(self._shown)
        finally:
            self._drawing = False

    def _draw(self, shown: AlertDetail) -> None:
        screen = self._screen
        width, height = screen.size
        options = screen.options.update(width=width, height=None)
        lines = screen.render_lines(card(shown, self._earlier, self._notes), options, pad=False)
        room = max(1, height - _BELOW)
        pages = max(1, -(-len(lines) // room))
        self.page %= pages
        part = lines[self.page * room : (self.page + 1) * room]
        screen.clear()
        screen.print(Segments([segment for line in part for segment in (*line, Segment.line())]), end="")
        more = f"  page {self.page + 1} of {pages}: space" if pages > 1 else ""
        why = f"  why: {self.why}" if self.why else ""
        place = f"{self.at + 1} of {self.ids.count}{more}{why}"
        screen.print(Text(f"{place}  {self.said}".rstrip(), style="reverse", overflow="ellipsis", no_wrap=True))
        screen.print(Text(_KEYS, style="dim", overflow="ellipsis", no_wrap=True), end="")

    def _goes_back(self, keys: Keys) -> bool:
        """Whether the end is not the end: what was judged last can still be taken back."""
        self._shown = None
        refused = ""
        while self.done or refused:
            self._screen.clear()
            self._screen.print(Text("\n".join(each for each in (self.summary(), refused) if each)))
            hint = "z takes the last judgement back; any other key ends the walk"
            self._screen.print(Text(hint, style="dim"), end="")
            if keys.next().lower() != "z":
                return False
            if self._undo():
                return True
            refused = self.said
        return False

    def _load(self) -> bool:
        """Read the alert anew, for others may be at work; pass over it where it was judged meanwhile."""
        store = self.parts.store
        if self.ids.kept:
            (self._shown,) = store.kept((self.ids.kept[self.at],))
        else:
            self._shown = store.alert(self.ids.alerts[self.at])
            alert = self._shown.alert
            mine = self.at in (each.place for each in self.done)
            if alert.status is AlertStatus.CLOSED and not (self.closed_too or mine):
                by = self._shown.judgements[-1].by if self._shown.judgements else "somebody"
                self.said = f"alert {alert.id} was judged by {by} meanwhile"
                self.at += 1
                return False
        self._earlier = store.judged_before(self._shown.mention, EARLIER)
        self._notes = store.notes_on(self._shown.mention.listings)
        if self._loaded != self.at:
            self._loaded, self.page, self.why = self.at, 0, None
        return True

    def _take(self, keys: Keys, key: str) -> bool:
        """Do what a key asks for; return whether another alert is to be shown."""
        self.said = ""
        if key in _JUDGING:
            return self._judge(_JUDGING[key])
        match key:
            case "s":
                self.skipped.add(self.at)
                self.at += 1
                return True
            case "z":
                return self._undo()
            case "q":
                raise EOFError
            case "a":
                self._assign(keys)
            case "w":
                self.why = self._line(keys, "why: ") or self.why
            case "o":
                self._ask(keys, self._shown.article_url if self._shown and self._shown.article_url else "no address")
            case "?":
                self._help(keys)
            case " ":
                self.page += 1
            case _:
                self.said = "? shows the keys"
        return False

    def _judge(self, action: Action) -> bool:
        scope = Reach.SURFACE if action is Action.DISMISS else None
        try:
            act = self._act(Act(action, self.by, self.why, scope=scope))
        except JudgedMeanwhileError as error:
            # It is not what was looked at any more: what is open still is shown as it stands now.
            self.said = str(error)
            self.at += bool(self.ids.kept)
            return True
        if act is None:
            return False
        what = Action.OPEN if self.ids.kept and action is Action.CONFIRM else action
        self.done.append(DoneInWalk(self.at, what, act))
        self.skipped.discard(self.at)
        self.at, self._loaded = self.at + 1, None
        return True

    def _assign(self, keys: Keys) -> None:
        if self.ids.kept:
            self.said = "no alert is open on it yet: y opens one"
        elif to := self._line(keys, "assign to: "):
            try:
                if act := self._act(Act(Action.ASSIGN, self.by, to=to)):
                    self.done.append(DoneInWalk(self.at, Action.ASSIGN, act))
            except JudgedMeanwhileError as error:
                self.said = str(error)
            self._shown = self.parts.store.alert(self.ids.alerts[self.at])

    def _act(self, act: Act) -> str | None:
        """Do something with the alert that is shown; return the number of the act, None where nothing was done.

        Raises JudgedMeanwhileError where it was judged since it was read.
        """
        if self.ids.kept:
            one, seen = Named(kept=(self.ids.kept[self.at],)), {}
        else:
            last = self._shown.judgements[-1].id if self._shown and self._shown.judgements else 0
            one, seen = Named((self.ids.alerts[self.at],)), {self.ids.alerts[self.at]: last}
        try:
            done = perform(self.parts, self.parts.store, replace(act, seen=seen), one, self.parts.clock())
        except JudgedMeanwhileError:
            raise
        except WatchlistError as error:
            self.said = str(error)
            return None
        self.said = f"{done[0].alert_id} {DONE[done[0].action]}" if done else "it is so already"
        return done[0].act if done else None

    def _undo(self) -> bool:
        if not self.done:
            self.said = "nothing was judged in this walk; 'watchlist alerts undo' goes further back"
            return False
        last = self.done.pop()
        try:
            # By its number: who walks may do something elsewhere meanwhile, and that is not what is looked at here.
            self.parts.store.undo(self.by, self.parts.clock(), last.act)
        except WatchlistError as error:
            # What others made something else of stands; what was done before it can be taken back still.
            self.said = str(error)
            return False
        self.at, self._loaded = last.place, None
        self.said = f"taken back: {DONE[last.action]}"
        return True

    def _line(self, keys: Keys, prompt: str) -> str | None:
        self.busy = True
        self._screen.print()
        try:
            return keys.line(prompt)
        finally:
            self.busy = False

    def _help(self, keys: Keys) -> None:
        """Show what the keys do, on as many screens as that takes."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        for row in _HELP:
            grid.add_row(*row)
        lines = self._screen.render_lines(grid, pad=False)
        room = max(1, self._screen.height - _BELOW)
        for at in range(0, len(lines), room):
            part = lines[at : at + room]
            self._ask(keys, Segments([segment for line in part for segment in (*line, Segment.line())]), end="")

    def _ask(self, keys: Keys, text: str | Segments, end: str = "\n") -> None:
        """Show a text until a key is pressed."""
        self.busy = True
        self._screen.clear()
        # One line whatever the width: a wrapped address can't be opened.
        self._screen.print(text, soft_wrap=True, end=end)
        self._screen.print("\nany key goes on", style="dim")
        keys.next()
        self.busy = False
