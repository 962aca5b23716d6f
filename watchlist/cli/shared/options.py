"""Options and arguments that several commands have, the same in each."""

from __future__ import annotations

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
EntityId = Annotated[str, typer.Argument(metavar="LIST:ID")]
ListId = Annotated[str, typer.Argument(metavar="LIST")]
FeedKey = Annotated[str, typer.Argument(metavar="FEED", help="Its number, address or title.")]
