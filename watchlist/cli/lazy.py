"""A command group that knows its commands by name and imports the module of only the one that is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup


class LazyGroup(TyperGroup):
    """A group whose commands are the ``app`` of the modules named in ``modules``."""

    modules: ClassVar[dict[str, tuple[str, str]]] = {}
    _listing = False

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the literal."""
        return list(self.modules)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command; while help is written, a stand-in that has only its line."""
        if cmd_name not in self.modules:
            return None
        module, line = self.modules[cmd_name]
        if self._listing:
            return TyperCommand(cmd_name, help=line)
        command = typer.main.get_command(import_module(module).app)
        command.name = cmd_name
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Help without importing what it lists."""
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False
