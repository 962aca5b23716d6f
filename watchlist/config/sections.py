"""``config.yaml`` and the environment, read into one frozen value. Nothing else reads either.

Precedence, strongest first: environment variables (``WATCHLIST_EMAIL__HOST`` for ``host`` under ``email``), the file,
the defaults below. Every key is explained in the shipped ``config.yaml``; a test keeps the two in step.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from watchlist.config.values import HostOrNetwork, HttpUrl, ListId, Seconds, Share, Whole
from watchlist.errors import ConfigError
from watchlist.model import FullText, Schema

#: The environment's names begin with this; two underscores go one level down.
ENV_PREFIX = "WATCHLIST_"

#: The safe loader, in C where PyYAML was built with it: ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseConfig(_Section):
    """Where everything is kept."""

    #: SQLAlchemy URL; a relative SQLite path is taken from the folder of the configuration file. May hold a password.
    url: str = Field(default="sqlite:///watchlist.db", repr=False)
    #: How long a writer waits for another before it gives up.
    busy_timeout: Seconds = 30.0


def _plain(key: str) -> BeforeValidator:
    """Let a plain string stand for a mapping with this one key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class DeclaredList(_Section):
    """One list to keep in sync; in the file a plain id does."""

    id: ListId
    title: str | None = None
    #: Another address than the authority's own: a mirror in the official form.
    url: HttpUrl | None = None
    enabled: bool = True
    #: Between two checks of this list, where it is to be another time than `schedule.lists`.
    every: Seconds | None = None


class DeclaredFeed(_Section):
    """One feed to poll; in the file a plain address does."""

    url: HttpUrl
    title: str | None = None
    enabled: bool = True
    #: Whether the pages of its articles are fetched; ``auto`` leaves it to ``fetch.full_text``.
    full_text: FullText = FullText.AUTO
    #: The shortest time between two polls; None leaves it to ``schedule.feeds``.
    every: Seconds | None = None


class FetchConfig(_Section):
    """How anything is fetched over HTTP."""

    user_agent: str = "Mozilla/5.0 (compatible; watchlist/0.1)"
    #: Wall clock for one feed, from connecting to the last byte.
    deadline: Seconds = 30.0
    #: The most a feed may hold after decompression, in bytes.
    max_bytes: Whole = Field(default=10_000_000, gt=0)
    #: Wall clock for one list file.
    list_deadline: Seconds = 600.0
    #: The most a list file may hold after decompression, in bytes.
    list_max_bytes: Whole = Field(default=500_000_000, gt=0)
    #: Hosts, addresses and networks that are not public and may hold feeds all the same.
    allow: tuple[HostOrNetwork, ...] = ()
    #: Feeds fetched at the same time.
    concurrency: Whole = Field(default=8, ge=1, le=64)
    #: Of these, feeds of one host; and the time between the starts of two requests to it.
    per_host: Whole = Field(default=2, ge=1, le=64)
    host_spacing: Seconds = 1.0
    #: Whether the pages of articles are fetched: where a feed has little text, for each article, or for none.
    full_text: FullText = FullText.AUTO
    #: The most pages fetched in one run, and how long that may hold the run up; the rest waits for the next.
    pages_per_run: Whole = Field(default=200, ge=0, le=100_000)
    pages_time: Seconds = 60.0
    #: The most a page may hold after decompression, in bytes.
    page_max_bytes: Whole = Field(default=5_000_000, gt=0)


class BandThresholds(_Section):
    """From which score on a mention alerts, and from which it is kept for review; None takes the engine's default."""

    alert: Share | None = None
    review: Share | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.alert is not None and self.review is not None and self.review > self.alert:
            raise ValueError("review must not be above alert")
        return self


class MatchingConfig(BandThresholds):
    """How mentions are judged."""

    #: Thresholds of their own for lists and for schemas; a list's goes before a schema's.
    lists: dict[ListId, BandThresholds] = {}
    schemas: dict[Schema, BandThresholds] = {}
    #: Names that never count, compared without case and punctuation.
    stop_names: tuple[str, ...] = ()
    #: Names that count although they are ordinary words or single weak aliases.
    trusted_names: tuple[str, ...] = ()
    #: Where compiled indexes are kept; beside the database when empty.
    index_dir: Path | None = None


class AlertsConfig(_Section):
    """Which articles are screened and what becomes of alerts."""

    #: The most alerts one message carries.
    max_per_message: Whole = Field(default=50, ge=1)
    #: Up to this age an article is news; an older one comes with its date, and from a first reading as a digest.
    fresh: Seconds = 2 * 86400.0
    #: How far back stored articles are screened for names that are new on a list.
    look_back: Seconds = 90 * 86400.0
    #: Whether a message goes out when an official list has changed.
    list_changes: bool = False
    #: Whether a message goes out when a list or a feed has stopped working, and when it works again.
    faults: bool = True


class EmailConfig(_Section):
    """Alerts by e-mail; no ``host`` means no e-mail."""

    host: str | None = None
    port: Whole = Field(default=587, ge=1, le=65535)
    #: ``none``, ``starttls`` or ``tls`` (implicit TLS, usually port 465).
    security: Literal["none", "starttls", "tls"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    #: A file that holds the password, as secret mounts do.
    password_file: Path | None = None
    sender: str | None = None
    recipients: tuple[str, ...] = ()
    #: Wall clock for one SMTP dialogue step.
    timeout: Seconds = 30.0
    #: After this many failed tries a message is given up and shown as failed.
    max_attempts: Whole = Field(default=12, ge=1)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.host is None:
            return self
        if not self.sender:
            raise ValueError("sender is needed once host is set")
        if not self.recipients:
            raise ValueError("recipients is needed once host is set")
        for address in (self.sender, *self.recipients):
            if "@" not in address or re.search(r"[\r\n]", address):
                raise ValueError(f"{address!r} is no e-mail address")
        if self.password and self.password_file:
            raise ValueError("password and password_file exclude each other")
        if self.username and not (self.password or self.password_file):
            raise ValueError("username without password or password_file")
        return self

    def secret(self) -> str | None:
        """The password, read from its file if it is in one; raises ConfigError when the file can't be read."""
        if self.password_file is not None:
            try:
                return self.password_file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(
                    f"cannot be read: {error}", path=self.password_file, key="email.password_file"
                ) from error
        return self.password.get_secret_value() if self.password else None


class LoggingConfig(_Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "warning"
    format: Literal["text", "json"] = "text"


class ScheduleConfig(_Section):
    """How often things are done."""

    #: Between two polls of a feed that gives no hint of its own.
    feeds: Seconds = 900.0
    #: Between two checks of a list.
    lists: Seconds = 4 * 3600.0
    #: A list whose last good check is longer ago is stale: a fault.
    list_max_age: Seconds = 3 * 86400.0


class Config(BaseSettings):
    """Everything a user can set. Frozen; made by `load`."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    database: Annotated[DatabaseConfig, _plain("url")] = DatabaseConfig()
    lists: tuple[Annotated[DeclaredList, _plain("id")], ...] = ()
    feeds: tuple[Annotated[DeclaredFeed, _plain("url")], ...] = ()
    fetch: FetchConfig = FetchConfig()
    matching: MatchingConfig = MatchingConfig()
    alerts: AlertsConfig = AlertsConfig()
    email: EmailConfig = EmailConfig()
    logging: LoggingConfig = LoggingConfig()
    schedule: ScheduleConfig = ScheduleConfig()

    @model_validator(mode="after")
    def _no_duplicates(self) -> Self:
        for kind, keys in (("lists", [each.id for each in self.lists]), ("feeds", [each.url for each in self.feeds])):
            if twice := sorted({key for key in keys if keys.count(key) > 1}):
                raise ValueError(f"{kind}: {twice[0]} is declared twice")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment before the file, whose values come in as arguments."""
        return (env_settings, init_settings)


def load(path: Path | None = None, *, database_url: str | None = None) -> tuple[Config, Path | None]:
    """Read the configuration, and say which file it came from.

    Without ``path`` the file is the one ``WATCHLIST_CONFIG`` names, else ``config.yaml`` in the working folder, else
    none: then the defaults hold, with no lists and no feeds declared. ``database_url`` (the command line's) goes before
    everything. Relative paths are taken from the folder of the file; from the working folder where no file was found,
    and for ``database_url``.

    Raises ConfigError naming the file, the key and the reason.
    """
    named = path or (Path(os.environ[ENV_PREFIX + "CONFIG"]) if os.environ.get(ENV_PREFIX + "CONFIG") else None)
    found = named or (Path("config.yaml") if Path("config.yaml").is_file() else None)
    values = _read_yaml(found) if found else {}
    _refuse_unknown_environment()
    try:
        config = Config(**values)
    except SettingsError as error:
        raise _unreadable_variable(error) from error
    except ValidationError as error:
        raise _first_problem(error, found) from error
    base = found.resolve().parent if found and database_url is None else Path.cwd()
    database = config.database.model_copy(update={"url": _anchored(database_url or config.database.url, base)})
    email, matching = config.email, config.matching
    if found is not None:
        folder = found.resolve().parent
        if email.password_file is not None:
            email = email.model_copy(update={"password_file": folder / email.password_file})
        if matching.index_dir is not None:
            matching = matching.model_copy(update={"index_dir": folder / matching.index_dir})
    return config.model_copy(update={"database": database, "email": email, "matching": matching}), found


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  (both are safe loaders)
    except FileNotFoundError as error:
        raise ConfigError("no such file: 'watchlist init' writes a fresh one", path=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path=path) from error
    except yaml.YAMLError as error:
        raise ConfigError(f"is no YAML: {_problem(error)}", path=path) from error
    if content is None:
        return {}
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise ConfigError("must be a mapping of keys such as 'lists:' and 'feeds:'", path=path)
    # `feeds:` with nothing but comments under it reads as null and means "none".
    return {key: value for key, value in content.items() if value is not None}


def _problem(error: yaml.YAMLError) -> str:
    """What is wrong and where, without the line itself: that may hold a password."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return type(error).__name__
    mark = error.problem_mark
    return f"line {mark.line + 1}, column {mark.column + 1}: {error.problem}"


def _refuse_unknown_environment() -> None:
    """A mistyped variable must not be passed over in silence: it may be the one that turns mail on."""
    known = {name.upper() for name in Config.model_fields}
    for variable in os.environ:
        name = variable.upper()
        if not name.startswith(ENV_PREFIX) or name in (ENV_PREFIX + "CONFIG", ENV_PREFIX + "BENCH"):
            continue
        if name.removeprefix(ENV_PREFIX).split("__", 1)[0] not in known:
            raise ConfigError("no such setting", path="environment", key=variable)


def _unreadable_variable(error: SettingsError) -> ConfigError:
    section = re.search(r'field "(\w+)"', str(error))
    variable = ENV_PREFIX + section[1].upper() if section else None
    hint = f"""such as {ENV_PREFIX}EMAIL__RECIPIENTS='["desk@example.org"]'"""
    return ConfigError(f"is no JSON: a list or a whole section is written so, {hint}", path="environment", key=variable)


def _first_problem(error: ValidationError, path: Path | None) -> ConfigError:
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


def _anchored(url: str, base: Path) -> str:
    """A relative SQLite path made absolute."""
    found = re.fullmatch(r"(sqlite(?:\+\w+)?:///)([^/?:][^?]*)(\?.*)?", url)
    return f"{found[1]}{base / found[2]}{found[3] or ''}" if found else url
