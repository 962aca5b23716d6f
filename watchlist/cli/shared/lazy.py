"""Commands in plain text, and a group of them that imports the module of only the one that is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup


def noun(help: str | None = None, *, no_args_is_help: bool = False) -> typer.Typer:
    """The commands of one module; help and complaints about usage are plain text, quick to load and to read."""
    return typer.Typer(help=help, no_args_is_help=no_args_is_help, add_completion=False, rich_markup_mode=None)


class LazyGroup(TyperGroup):
    """A group whose commands are the ``app`` of the modules named in ``modules``.

    Until a command is to be run it is a stand-in with its name and its line, which is all that help, completion and
    the guess at a mistyped name need.
    """

    modules: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = {name: TyperCommand(name, help=line) for name, (_, line) in self.modules.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The name, the command itself, and the arguments behind it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, self.load(name) if name else command, rest

    def load(self, name: str) -> Any:
        """The command itself, its module imported."""
        command = typer.main.get_command(import_module(self.modules[name][0]).app)
        command.name = name
        return command
