"""Reading ``config.yaml`` and the environment.

Precedence, strongest first: environment variables (``WATCHLIST_EMAIL__HOST`` for ``host`` under ``email``), the file,
the defaults of the sections. Every key is explained in the shipped ``config.yaml``; a test keeps the two in step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from watchlist.config.environment import with_environment
from watchlist.config.refusals import first_problem, refuse_unknown_environment, yaml_problem
from watchlist.config.sections import ENV_PREFIX, Config, Section, with_channels
from watchlist.errors import ConfigError

#: Channel to what gives the class of its section; called only for a channel that is spoken of.
Channels = Mapping[str, Callable[[], type[Section]]]

#: The safe loader, in C where PyYAML was built with it: ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(
    path: Path | None = None, *, channels: Channels, database_url: str | None = None
) -> tuple[Config, Path | None]:
    """Read the configuration, and say which file it came from.

    Without ``path`` the file is the one ``WATCHLIST_CONFIG`` names, else ``config.yaml`` in the working folder, else
    none: then the defaults hold, with no lists and no feeds declared. ``database_url`` (the command line's) goes before
    everything. Relative paths are taken from the folder of the file; from the working folder where no file was found,
    and for ``database_url``. Of the ``channels`` there are, those have a section that the file or the environment
    names.

    Raises ConfigError naming the file, the key and the reason.
    """
    named = path or (Path(os.environ[ENV_PREFIX + "CONFIG"]) if os.environ.get(ENV_PREFIX + "CONFIG") else None)
    found = named or (Path("config.yaml") if Path("config.yaml").is_file() else None)
    values = _read_yaml(found) if found else {}
    refuse_unknown_environment({*Config.model_fields, *channels})
    spoken_of = {name: section() for name, section in channels.items() if name in values or _in_environment(name)}
    model = with_channels(spoken_of) if spoken_of else Config
    try:
        config = model(**with_environment(model, values))
    except ValidationError as error:
        raise first_problem(error, found) from error
    base = found.resolve().parent if found and database_url is None else Path.cwd()
    url = _anchored(database_url or config.database.url, base)
    changes: dict[str, Section] = {"database": config.database.model_copy(update={"url": url})}
    if found is not None:
        with_paths: dict[str, Section] = {"matching": config.matching, **config.channels}
        changes |= {name: _under(found.resolve().parent, section) for name, section in with_paths.items()}
    return config.model_copy(update=changes), found


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  (both are safe loaders)
    except FileNotFoundError as error:
        raise ConfigError("no such file: 'watchlist init' writes a fresh one", path=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path=path) from error
    except yaml.YAMLError as error:
        raise ConfigError(f"is no YAML: {yaml_problem(error)}", path=path) from error
    if content is None:
        return {}
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise ConfigError("must be a mapping of keys such as 'lists:' and 'feeds:'", path=path)
    # `feeds:` with nothing but comments under it reads as null and means "none".
    return {key: value for key, value in content.items() if value is not None}


def _in_environment(section: str) -> bool:
    name = (ENV_PREFIX + section).upper()
    return any(variable.upper().split("__", 1)[0] == name for variable in os.environ)


def _under(folder: Path, section: Section) -> Section:
    """The section with its relative paths taken from this folder."""
    return section.model_copy(update={name: folder / value for name, value in section if isinstance(value, Path)})


def _anchored(url: str, base: Path) -> str:
    """A relative SQLite path made absolute."""
    found = re.fullmatch(r"(sqlite(?:\+\w+)?:///)([^/?:][^?]*)(\?.*)?", url)
    return f"{found[1]}{base / found[2]}{found[3] or ''}" if found else url
