"""Standard output by way of rich, which only a terminal gains from: a pipe does without its import."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from watchlist.cli.shared.terminal import visible


class Screen(Console):
    """Standard output; plain text without colours or wrapping when it is no terminal.

    Nothing it shows is read as mark-up, emoji codes or control characters: most of it comes from outside.
    """

    def __init__(self) -> None:
        super().__init__(soft_wrap=not sys.stdout.isatty(), highlight=False, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """Text as it will be shown."""
        return super().render_str(visible(text), **options)

    def indented(self, text: str | Text, by: int = 2) -> None:
        """Print a paragraph that stays indented where the terminal wraps it."""
        if self.is_terminal:
            self.print(Padding(text, (0, 0, 0, by)))
        else:
            self.print(Text.assemble(" " * by, visible(text) if isinstance(text, str) else text))
