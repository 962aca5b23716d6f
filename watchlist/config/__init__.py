"""``config.yaml`` and the environment, read into one frozen value. Nothing else reads either.

``values`` has the kinds of value a setting can have, ``sections`` the settings, ``reading`` takes them from the file
and the environment, ``refusals`` says what is wrong with them. Which channels there are is told from outside.
"""

from watchlist.config.health import HealthConfig
from watchlist.config.reading import Channels, load
from watchlist.config.retention import RetentionConfig
from watchlist.config.sections import (
    ENV_PREFIX,
    AlertsConfig,
    BandThresholds,
    Config,
    DatabaseConfig,
    DeclaredFeed,
    DeclaredList,
    DeliveryConfig,
    FetchConfig,
    LoggingConfig,
    MatchingConfig,
    ScheduleConfig,
    Section,
    with_channels,
)
from watchlist.config.shipped import default_config, shipped
from watchlist.config.web import WebConfig

__all__ = [
    "ENV_PREFIX",
    "AlertsConfig",
    "BandThresholds",
    "Channels",
    "Config",
    "DatabaseConfig",
    "DeclaredFeed",
    "DeclaredList",
    "DeliveryConfig",
    "FetchConfig",
    "HealthConfig",
    "LoggingConfig",
    "MatchingConfig",
    "RetentionConfig",
    "ScheduleConfig",
    "Section",
    "WebConfig",
    "default_config",
    "load",
    "shipped",
    "with_channels",
]
