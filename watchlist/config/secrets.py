"""What is secret in a configuration, so that it can be kept out of what people read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, SecretStr

from watchlist.text.masked import secrets_in


def secrets_of(config: BaseModel) -> frozenset[str]:
    """Every secret of a configuration: secret settings, the files that hold one, the log-ins of addresses."""
    return frozenset(each for each in _found(config) if each)


def _found(value: object, name: str = "") -> Iterator[str]:
    match value:
        case SecretStr():
            secret = value.get_secret_value()
            yield secret
            yield from secrets_in(secret)
        case str() if "://" in value:
            yield from secrets_in(value)
        case Path() if name.endswith("password_file"):
            # Where it cannot be read, whoever needs it says so.
            with suppress(OSError, UnicodeDecodeError):
                yield value.read_text(encoding="utf-8").strip()
        case BaseModel():
            for field, each in value:
                yield from _found(each, field)
        case dict():
            for each in value.values():
                yield from _found(each)
        case tuple():
            for each in value:
                yield from _found(each)
        case _:
            pass
