"""``config.yaml`` and the environment, read into one frozen value. Nothing else reads either.

``values`` has the kinds of value a setting can have, ``sections`` the settings, ``reading`` takes them from the file
and the environment, ``refusals`` says what is wrong with them. Which channels there are is told from outside.
"""

from watchlist.config.sections import EmailConfig, load
from watchlist.config.sections import (
    ENV_PREFIX,
    AlertsConfig,
    BandThresholds,
    Config,
    DatabaseConfig,
    DeclaredFeed,
    DeclaredList,
    FetchConfig,
    LoggingConfig,
    MatchingConfig,
    ScheduleConfig,
)

__all__ = [
    "ENV_PREFIX",
    "AlertsConfig",
    "BandThresholds",
    "Config",
    "DatabaseConfig",
    "DeclaredFeed",
    "DeclaredList",
    "EmailConfig",
    "FetchConfig",
    "LoggingConfig",
    "MatchingConfig",
    "ScheduleConfig",
    "load",
]
