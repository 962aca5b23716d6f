"""Where the files are that ship with the program: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(in_wheel: str, in_checkout: str) -> Path:
    """The path of a shipped file or folder, by its name inside the package or beside it."""
    inside = _PACKAGE / in_wheel
    return inside if inside.exists() else _PACKAGE.parent / in_checkout


def default_config() -> Path:
    """The commented ``config.yaml`` that is the shipped default."""
    return shipped("_config.yaml", "config.yaml")
