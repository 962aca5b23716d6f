"""Settings from the environment, put over those of the file.

What reads them is imported only where there are any: it takes as long as half a short command.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel, create_model

from watchlist.config.refusals import OTHERS
from watchlist.config.sections import ENV_PREFIX, Config
from watchlist.errors import ConfigError

if TYPE_CHECKING:
    from pydantic_settings import SettingsError


def with_environment(model: type[Config], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with those of the environment over them. Raises ConfigError for what should be JSON and is not."""
    if not any(name.upper().startswith(ENV_PREFIX) and name.upper() not in OTHERS for name in os.environ):
        return dict(values)
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsError

    reader: type[BaseModel] = create_model("Reader", __base__=(model, BaseSettings))
    source = EnvSettingsSource(cast("type[BaseSettings]", reader), env_prefix=ENV_PREFIX, env_nested_delimiter="__")
    try:
        return _over(values, source())
    except SettingsError as error:
        raise _unreadable(error) from error


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both, a mapping in both with what is in either."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged


def _unreadable(error: SettingsError) -> ConfigError:
    """The refusal of a variable that should be JSON and is not."""
    section = re.search(r'field "(\w+)"', str(error))
    variable = ENV_PREFIX + section[1].upper() if section else None
    hint = f"""such as {ENV_PREFIX}EMAIL__RECIPIENTS='["desk@example.org"]'"""
    return ConfigError(f"is no JSON: a list or a whole section is written so, {hint}", path="environment", key=variable)
