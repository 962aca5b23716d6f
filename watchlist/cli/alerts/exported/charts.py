"""Bars as SVG: plain shapes that a browser shows and prints, with nothing to fetch and no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from watchlist.alerts.period import OUTCOMES, Row

#: The colour of each outcome, told apart without red and green as well; the last is what nobody has closed.
COLOURS = dict(zip(OUTCOMES, ("#b3261e", "#3f6fb5", "#c9a227", "#9a9a9a"), strict=True))
_WIDTH, _LABEL, _LINE, _NUMBER = 720, 220, 22, 60
_SHORTEST = 34


def bars(rows: Sequence[Row], title: str) -> str:
    """A horizontal bar for each row, cut into its outcomes, with its number behind it."""
    if not rows:
        return ""
    most = max(1, *(row.total for row in rows))
    height = _LINE * len(rows)
    room = _WIDTH - _LABEL - _NUMBER
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
    parts = [f'{opening} aria-label="{escape(title)}" font-family="sans-serif" font-size="13">']
    for n, row in enumerate(rows):
        top, left = n * _LINE, float(_LABEL)
        name = escape(row.name if len(row.name) <= _SHORTEST else row.name[: _SHORTEST - 1] + "…")
        parts.append(f'<text x="{_LABEL - 8}" y="{top + 15}" text-anchor="end" fill="currentColor">{name}</text>')
        for outcome, count in zip(OUTCOMES, row.outcomes, strict=True):
            if count:
                wide = room * count / most
                told = escape(f"{row.name}: {count} {outcome.replace('_', ' ')}")
                parts.append(
                    f'<rect x="{left:.1f}" y="{top + 3}" width="{wide:.1f}" height="{_LINE - 6}" '
                    f'fill="{COLOURS[outcome]}"><title>{told}</title></rect>'
                )
                left += wide
        parts.append(f'<text x="{left + 6:.1f}" y="{top + 15}" fill="currentColor">{row.total}</text>')
    return "".join([*parts, "</svg>"])
