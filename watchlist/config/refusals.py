"""What is wrong with a configuration: the file or the variable, the key, and the reason, without any value."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

import yaml
from pydantic import ValidationError

from watchlist.config.sections import ENV_PREFIX
from watchlist.errors import ConfigError

#: Variables that are read and are no settings.
OTHERS = (ENV_PREFIX + "CONFIG", ENV_PREFIX + "BENCH")


def yaml_problem(error: yaml.YAMLError) -> str:
    """What is wrong and where, without the line itself: that may hold a password."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return type(error).__name__
    mark = error.problem_mark
    return f"line {mark.line + 1}, column {mark.column + 1}: {error.problem}"


def refuse_unknown_environment(sections: Collection[str]) -> None:
    """Raise ConfigError for a variable that sets nothing in these sections.

    A mistyped one must not be passed over in silence: it may be the one that turns mail on.
    """
    known = {name.upper() for name in sections}
    for variable in os.environ:
        name = variable.upper()
        if not name.startswith(ENV_PREFIX) or name in OTHERS:
            continue
        if name.removeprefix(ENV_PREFIX).split("__", 1)[0] not in known:
            raise ConfigError("no such setting", path="environment", key=variable)


def first_problem(error: ValidationError, path: Path | None) -> ConfigError:
    """The refusal for the first of the values that cannot be; ``path`` is the file they are from, if from one."""
    problems = error.errors(include_url=False, include_input=False)
    first = problems[0]
    location = [str(part) for part in first["loc"]]
    key = ".".join(location) or None
    reason = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        reason = "unknown key"
    if len(problems) > 1:
        reason += f" (and {len(problems) - 1} more)"
    return ConfigError(reason, path=path if not _from_environment(location) else "environment", key=key)


def _from_environment(location: list[str]) -> bool:
    variable = ENV_PREFIX + "__".join(location).upper()
    return bool(location) and any(name.upper() == variable for name in os.environ)
