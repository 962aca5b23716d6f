"""Bars as SVG: plain shapes that a browser shows and prints, with nothing to fetch, no script and no style.

Each chart has a title and a description for those who do not see it; a table with the same figures stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import count

from watchlist.alerts.period import OUTCOMES, Row
from watchlist.text.shown import harmless

#: The colour of each outcome, told apart without red and green as well; the last is what nobody has closed.
COLOURS = dict(zip(OUTCOMES, ("#d0453a", "#3f6fb5", "#a8820f", "#868686"), strict=True))
_WIDTH, _LABEL, _LINE, _NUMBER = 480, 180, 22, 40
#: About how wide a sign is in the type of a chart: most, capitals with digits and letters of other alphabets, and the
#: widest with scripts that are written in squares. Names are cut by it, for a browser lets what is too long stand out
#: of the drawing, where nobody sees it.
_SIGN, _CAPITAL, _SQUARE = 7.6, 9.6, 13.0
_FIRST_OTHER, _FIRST_SQUARE = "\u0370", "\u1100"
#: Of a chart over time: its size, the room below for dates, and how many of these there are at most.
_WIDE, _HIGH, _FOOT, _DATES = 420, 170, 24, 4
_WIDEST = 40.0
_numbers = count(1)


def bars(rows: Sequence[Row], title: str) -> str:
    """A horizontal bar for each row, cut into its outcomes, with its number behind it."""
    if not rows:
        return ""
    most = max(1, *(row.total for row in rows))
    height = _LINE * len(rows)
    room = _WIDTH - _LABEL - _NUMBER
    parts = [_opening(_WIDTH, height, title, rows)]
    for n, row in enumerate(rows):
        top, left = n * _LINE, float(_LABEL)
        name = _plain(_fitting(row.name, _LABEL - 8))
        parts.append(f'<text x="{_LABEL - 8}" y="{top + 15}" text-anchor="end" fill="currentColor">{name}</text>')
        for outcome, n_alerts in zip(OUTCOMES, row.outcomes, strict=True):
            if n_alerts:
                wide = room * n_alerts / most
                place = f'x="{left:.1f}" y="{top + 3}" width="{wide:.1f}" height="{_LINE - 6}"'
                parts.append(_box(place, row.name, outcome, n_alerts))
                left += wide
        parts.append(f'<text x="{left + 6:.1f}" y="{top + 15}" fill="currentColor">{row.total}</text>')
    return "".join([*parts, "</svg>"])


def columns(rows: Sequence[Row], title: str) -> str:
    """An upright bar for each row, which are points in time, cut into its outcomes."""
    if not rows:
        return ""
    most = max(1, *(row.total for row in rows))
    room, step = _HIGH - _FOOT - _LINE, _WIDE / len(rows)
    wide = min(step * 0.8, _WIDEST)
    every = -(-len(rows) // _DATES)
    parts = [_opening(_WIDE, _HIGH, title, rows)]
    for n, row in enumerate(rows):
        middle, top = (n + 0.5) * step, float(_HIGH - _FOOT)
        for outcome, n_alerts in zip(OUTCOMES, row.outcomes, strict=True):
            if n_alerts:
                high = room * n_alerts / most
                top -= high
                place = f'x="{middle - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"'
                parts.append(_box(place, row.name, outcome, n_alerts))
        if row.total:
            parts.append(_text(middle, top - 5, str(row.total)))
        if n % every == 0:
            parts.append(_text(middle, _HIGH - 7, row.name))
    foot = _HIGH - _FOOT
    parts.append(f'<path d="M0 {foot}H{_WIDE}" stroke="currentColor" fill="none"/>')
    return "".join([*parts, "</svg>"])


def _fitting(name: str, room: float) -> str:
    """As much of a name as has room; a shortened one ends with an ellipsis."""
    if sum(map(_wide, name)) <= room:
        return name
    left = room - _SIGN
    for at, sign in enumerate(name):
        left -= _wide(sign)
        if left < 0:
            return f"{name[:at]}…"
    return name


def _wide(sign: str) -> float:
    if sign >= _FIRST_SQUARE or sign in "mwMW@%":
        return _SQUARE
    return _CAPITAL if sign >= _FIRST_OTHER or sign.isupper() or sign.isdigit() else _SIGN


def _plain(text: str) -> str:
    """A text as it may stand in the drawing, whoever wrote it."""
    return escape(harmless(text))


def _opening(width: int, height: int, title: str, rows: Sequence[Row]) -> str:
    number = next(_numbers)
    told = "; ".join(f"{row.name}: {row.total}" for row in rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' aria-labelledby="chart-{number} chart-{number}-told" font-family="sans-serif" font-size="13">'
        f'<title id="chart-{number}">{_plain(title)}</title>'
        f'<desc id="chart-{number}-told">Alerts. {_plain(told)}</desc>'
    )


def _box(place: str, name: str, outcome: str, n_alerts: int) -> str:
    told = _plain(f"{name}: {n_alerts} {outcome.replace('_', ' ')}")
    return f'<rect {place} fill="{COLOURS[outcome]}"><title>{told}</title></rect>'


def _text(middle: float, bottom: float, words: str) -> str:
    at = f'x="{middle:.1f}" y="{bottom:.1f}" text-anchor="middle"'
    return f'<text {at} fill="currentColor">{_plain(words)}</text>'
