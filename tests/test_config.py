"""config.yaml and the environment: what is taken, and how everything else is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from watchlist.config import default_config
from watchlist.config import load as load_with
from watchlist.delivery.transports import full_config, sections
from watchlist.errors import ConfigError

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a config.yaml into a folder that is not the working folder."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    def write_file(text: str) -> Path:
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def load(path: Path | None = None, **options: str) -> tuple[Any, Path | None]:
    return load_with(path, channels=sections(), **options)  # type: ignore[arg-type]


def refused(path: Path | None, **options: str) -> ConfigError:
    with pytest.raises(ConfigError) as error:
        load(path, **options)
    return error.value


class TestFile:
    def test_without_one_the_defaults_hold(self, write: Write, tmp_path: Path) -> None:
        config, path = load()
        assert path is None
        assert (config.lists, config.feeds, config.channels) == ((), (), {})
        assert config.database.url == f"sqlite:///{tmp_path / 'elsewhere' / 'watchlist.db'}"

    def test_the_one_in_the_working_folder_is_found(self, write: Write) -> None:
        Path("config.yaml").write_text("feeds: [https://a.example/rss]")
        config, path = load()
        assert path == Path("config.yaml")
        assert len(config.feeds) == 1

    def test_the_environment_may_name_another_and_the_command_line_goes_before(
        self, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        Path("config.yaml").write_text("logging: {level: debug}")
        named, other = tmp_path / "named.yaml", tmp_path / "other.yaml"
        named.write_text("logging: {level: info}")
        other.write_text("logging: {level: error}")
        monkeypatch.setenv("WATCHLIST_CONFIG", str(named))
        assert load()[0].logging.level == "info"
        assert load(other)[0].logging.level == "error"

    def test_the_shipped_one_loads_as_it_is(self) -> None:
        config, path = load(default_config())
        assert path == default_config()
        assert config.feeds

    def test_an_empty_one_and_empty_sections_mean_the_defaults(self, write: Write) -> None:
        assert load(write(""))[0].feeds == ()
        config, _ = load(write("feeds:\n  # - https://a.example/rss\nemail:\n"))
        assert (config.feeds, config.channels) == ((), {})

    def test_the_result_cannot_be_changed(self, write: Write) -> None:
        config, _ = load(write("email: {}"))
        with pytest.raises(ValidationError, match="frozen"):
            config.email = full_config()().email
        with pytest.raises(ValidationError, match="frozen"):
            config.email.port = 1
        with pytest.raises(ValidationError, match="frozen"):
            config.fetch.deadline = 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "key", "reason"),
        [
            ("databse: {}", "databse", "unknown key"),
            ("email: {hots: x}", "email.hots", "unknown key"),
            ("feeds: [{url: 'https://a.example/', titel: x}]", "feeds.0.titel", "unknown key"),
            ("matching: {lists: {own: {alrt: 1}}}", "matching.lists.own.alrt", "unknown key"),
            ("email: {port: abc}", "email.port", "valid integer"),
            ("email: {port: yes}", "email.port", "is no number"),
            ("email: {port: 0}", "email.port", "greater than or equal to 1"),
            ("email: {port: 65536}", "email.port", "less than or equal to 65535"),
            ("email: {security: ssl}", "email.security", "'none', 'starttls' or 'tls'"),
            ("email: {recipients: desk@x.example}", "email.recipients", "tuple"),
            ("email: {host: h, recipients: [a@x.example]}", "email", "sender is needed"),
            ("email: {host: h, sender: a@x.example}", "email", "recipients is needed"),
            ("email: {hello: two words}", "email", "hello must be a host name, or an address in brackets"),
            ('email: {hello: "x\\r\\nRSET"}', "email", "hello must be a host name"),
            ("email: {host: h, sender: me, recipients: [a@x.example]}", "email", "'me' is no e-mail address"),
            ('email: {host: h, sender: a@x, recipients: ["a@x\\r\\nBcc: b@x"]}', "email", "no e-mail address"),
            ("email: {host: h, sender: a@x, recipients: ['a@x'], username: u}", "email", "without password"),
            ("logging: {level: loud}", "logging.level", "'debug', 'info', 'warning' or 'error'"),
            ("schedule: {feeds: soon}", "schedule.feeds", "write a number and s, m, h or d"),
            ("schedule: {feeds: 0m}", "schedule.feeds", "greater than 0"),
            ("schedule: {feeds: -5}", "schedule.feeds", "greater than 0"),
            ("schedule: {feeds: true}", "schedule.feeds", "is no number"),
            ("schedule: {feeds: .inf}", "schedule.feeds", "less than or equal"),
            ("schedule: {feeds: .nan}", "schedule.feeds", "greater than 0"),
            ("schedule: {lists: 99999999999d}", "schedule.lists", "less than or equal"),
            ("fetch: {concurrency: 0}", "fetch.concurrency", "greater than or equal to 1"),
            ("fetch: {max_bytes: 0}", "fetch.max_bytes", "greater than 0"),
            ("alerts: {max_per_message: 0}", "alerts.max_per_message", "greater than or equal to 1"),
            ("matching: {alert: 1.1}", "matching.alert", "less than or equal to 1"),
            ("matching: {alert: 0.5, review: 0.6}", "matching", "review must not be above alert"),
            ("matching: {lists: {own: {alert: .5, review: .6}}}", "matching.lists.own", "must not be above"),
            ("matching: {schemas: {Ship: {alert: 0.9}}}", "matching.schemas.Ship.[key]", "'Vessel'"),
            ("lists: [US-OFAC]", "lists.0.id", "match pattern"),
            ("lists: [us_ofac_sdn, us_ofac_sdn]", None, "lists: us_ofac_sdn is declared twice"),
            ("feeds: [a.example/rss]", "feeds.0.url", "valid URL"),
            ("feeds: ['file:///etc/passwd']", "feeds.0.url", "URL scheme should be 'http' or 'https'"),
            (
                "feeds: ['https://a.example/', {url: 'https://a.example/'}]",
                None,
                "feeds: https://a.example/ is declared",
            ),
            ("feeds: https://a.example/rss", "feeds", "tuple"),
            ("- feeds", None, "must be a mapping"),
            ("1: 2", None, "must be a mapping"),
            ("feeds: [", None, "is no YAML: line [12], column [19]"),
            ("email: {port: 0, hots: x}", "email.port", r"\(and 1 more\)"),
        ],
    )
    def test_it_names_file_key_and_reason(self, write: Write, text: str, key: str | None, reason: str) -> None:
        path = write(text)
        error = refused(path)
        assert (error.path, error.key) == (path, key)
        assert str(error).startswith(f"{path}: " + (f"{key}: " if key else ""))
        with pytest.raises(ConfigError, match=reason):
            raise error

    def test_a_file_that_is_not_there(self, write: Write, tmp_path: Path) -> None:
        assert "'watchlist init' writes a fresh one" in str(refused(tmp_path / "nosuch.yaml"))

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", "title: Zürich".encode("latin-1")])
    def test_a_file_that_is_no_text(self, write: Write, content: bytes) -> None:
        path = write("")
        path.write_bytes(content)
        assert str(refused(path)).startswith(f"{path}: cannot be read")

    def test_a_folder(self, write: Write, tmp_path: Path) -> None:
        assert "cannot be read" in str(refused(tmp_path))


class TestForms:
    def test_plain_strings_stand_for_lists_feeds_and_the_database(self, write: Write) -> None:
        config, _ = load(
            write(
                "lists: [us_ofac_sdn, {id: us_ofac_cons, enabled: false}]\n"
                "feeds: [https://a.example/rss, {url: https://b.example/rss, title: B}]\n"
                "database: sqlite:////srv/x.db\n"
            )
        )
        assert [(each.id, each.enabled) for each in config.lists] == [("us_ofac_sdn", True), ("us_ofac_cons", False)]
        assert [(each.url, each.title) for each in config.feeds] == [
            ("https://a.example/rss", None),
            ("https://b.example/rss", "B"),
        ]
        assert config.database.url == "sqlite:////srv/x.db"

    @pytest.mark.parametrize(
        ("text", "seconds"), [("90s", 90), ("15m", 900), ("4h", 14400), ("2d", 172800), ("1.5 h", 5400), ("7", 7)]
    )
    def test_durations(self, write: Write, text: str, seconds: float) -> None:
        assert load(write(f"schedule: {{feeds: {text}}}"))[0].schedule.feeds == seconds


class TestPaths:
    def test_a_relative_database_is_taken_from_the_folder_of_the_file(self, write: Write, tmp_path: Path) -> None:
        for given, expected in (
            ("sqlite:///watch.db", f"sqlite:///{tmp_path}/watch.db"),
            ("sqlite:///data/watch.db?timeout=3", f"sqlite:///{tmp_path}/data/watch.db?timeout=3"),
            ("sqlite:////srv/watch.db", "sqlite:////srv/watch.db"),
            ("postgresql://me@host/watch", "postgresql://me@host/watch"),
        ):
            assert load(write(f"database: {{url: '{given}'}}"))[0].database.url == expected

    def test_one_from_the_command_line_is_taken_from_the_working_folder_and_goes_before_all(
        self, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WATCHLIST_DATABASE__URL", "sqlite:///environment.db")
        path = write("database: {url: 'sqlite:///file.db'}")
        assert load(path)[0].database.url == f"sqlite:///{tmp_path}/environment.db"
        config, _ = load(path, database_url="sqlite:///given.db")
        assert config.database.url == f"sqlite:///{tmp_path}/elsewhere/given.db"

    def test_other_relative_paths_are_taken_from_the_folder_of_the_file(self, write: Write, tmp_path: Path) -> None:
        config, _ = load(write("email: {password_file: secret}\nmatching: {index_dir: index}"))
        assert config.email.password_file == tmp_path / "secret"
        assert config.matching.index_dir == tmp_path / "index"
        config, _ = load(write("email: {password_file: /run/secret}\nmatching: {index_dir: /var/index}"))
        assert (config.email.password_file, config.matching.index_dir) == (Path("/run/secret"), Path("/var/index"))


class TestEnvironment:
    def test_it_goes_before_the_file_key_by_key(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write("email: {host: from-file, port: 25, sender: a@x.example, recipients: [b@x.example]}")
        monkeypatch.setenv("WATCHLIST_EMAIL__HOST", "from-environment")
        monkeypatch.setenv("WATCHLIST_EMAIL__RECIPIENTS", '["c@x.example"]')
        monkeypatch.setenv("WATCHLIST_SCHEDULE__FEEDS", "5m")
        config, _ = load(path)
        assert (config.email.host, config.email.port) == ("from-environment", 25)
        assert config.email.recipients == ("c@x.example",)
        assert config.schedule.feeds == 300

    @pytest.mark.parametrize("name", ["WATCHLIST_EMIAL__HOST", "WATCHLIST_HOST", "watchlist_emial__host"])
    def test_a_variable_that_is_no_setting_is_refused(
        self, write: Write, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv(name, "x")
        error = refused(write(""))
        assert (error.path, error.key) == ("environment", name)
        assert "no such setting" in str(error)

    @pytest.mark.parametrize(
        ("name", "value", "key", "reason"),
        [
            ("WATCHLIST_EMAIL__HOTS", "x", "email.hots", "unknown key"),
            ("WATCHLIST_EMAIL__PORT", "abc", "email.port", "valid integer"),
            ("WATCHLIST_EMAIL__RECIPIENTS", "desk@x.example", "WATCHLIST_EMAIL", "is no JSON"),
            ("WATCHLIST_DATABASE", "sqlite:///x.db", "WATCHLIST_DATABASE", "is no JSON"),
        ],
    )
    def test_a_value_that_cannot_be_is_refused_by_its_name(
        self, write: Write, monkeypatch: pytest.MonkeyPatch, name: str, value: str, key: str, reason: str
    ) -> None:
        monkeypatch.setenv(name, value)
        error = refused(write("email: {port: 25}"))
        assert (error.path, error.key) == ("environment", key)
        assert reason in str(error)


class TestSecrets:
    SECRET = "s3cret-w0rd"

    def test_they_are_in_no_representation(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WATCHLIST_EMAIL__PASSWORD", self.SECRET)
        config, _ = load(write(f"database: {{url: 'postgresql://me:{self.SECRET}@host/watch'}}"))
        assert config.email.secret() == self.SECRET
        for shown in (config, config.email, config.database):
            assert self.SECRET not in repr(shown) + str(shown)

    @pytest.mark.parametrize(
        "text",
        [
            "email:\n  password: @{}",
            "email:\n  password: '{}",
            "email:\n  password: {}: x",
            "email: {{password: [{}]}}",
            "email: {{passwort: {}}}",
            "email: {{password: {}, port: abc}}",
            "email: {{username: {}, password: {}, password_file: x, host: h, sender: a@x, recipients: [a@x]}}",
            "email: {}",
            "{}",
            "database: {{url: 'postgresql://me:{}@host/watch', busy_timeout: soon}}",
        ],
    )
    def test_they_are_in_no_error(self, write: Write, text: str) -> None:
        assert self.SECRET not in str(refused(write(text.format(self.SECRET, self.SECRET))))

    @pytest.mark.parametrize("name", ["WATCHLIST_EMAIL", "WATCHLIST_EMAIL__PASSWORT", "WATCHLIST_EMAIL__PORT"])
    def test_they_are_in_no_error_about_the_environment(
        self, write: Write, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv(name, self.SECRET)
        assert self.SECRET not in str(refused(write("")))

    def test_a_password_may_be_in_a_file_of_its_own(self, write: Write, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text(f"{self.SECRET}\n")
        assert load(write("email: {password_file: secret}"))[0].email.secret() == self.SECRET

    def test_a_password_file_that_cannot_be_read_is_named(self, write: Write, tmp_path: Path) -> None:
        config, _ = load(write("email: {password_file: nosuch}"))
        with pytest.raises(ConfigError, match=r"nosuch: email\.password_file: cannot be read"):
            config.email.secret()

    def test_without_a_password_there_is_none(self, write: Write) -> None:
        assert load(write("email: {}"))[0].email.secret() is None


def models(model: type[BaseModel]) -> set[type[BaseModel]]:
    found = {model}
    for field in model.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found |= models(field.annotation)
    return found


def test_every_section_refuses_unknown_keys_and_changes() -> None:
    for section in models(full_config()):
        assert section.model_config.get("extra") == "forbid", section
        assert section.model_config.get("frozen"), section


def test_every_key_of_the_shipped_file_has_a_comment() -> None:
    """The line above it, or above the group it stands in, says what it is."""
    lines = default_config().read_text(encoding="utf-8").splitlines()
    for section, values in yaml.safe_load("\n".join(lines)).items():
        at = lines.index(next(line for line in lines if line.startswith(f"{section}:")))
        assert lines[at - 1].startswith("#"), section
        assert values is not None, section


@pytest.mark.parametrize(
    "entry", ["10.1.2.3/8", "http://10.1.2.3/feed", "10.1.2.3:8080", "news.example:8080", "*.example", "300.1.1.1", ""]
)
def test_what_fetch_allow_could_never_match_is_refused(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"fetch:\n  allow: ['{entry}']\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"fetch\.allow\.0.*is not a host name"):
        load(path)


def test_what_fetch_allow_takes(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("fetch:\n  allow: [news.intranet, 10.0.0.0/8, '::1', '[fd00::1]', 192.168.1.2]\n", encoding="utf-8")
    assert len(load(path)[0].fetch.allow) == 5


@pytest.mark.parametrize(
    ("text", "keeps"), [("", False), ("evidence: none", False), ("evidence: off", False), ("evidence: keep", True)]
)
def test_whether_evidence_is_kept(tmp_path: Path, text: str, keeps: bool) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"{text}\n", encoding="utf-8")
    assert load(path)[0].keeps_evidence is keeps


@pytest.mark.parametrize("value", ["on", "true", "all", "[keep]"])
def test_evidence_takes_no_other_word(tmp_path: Path, value: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"evidence: {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"evidence: .*'none' or 'keep'"):
        load(path)


@pytest.mark.parametrize(
    ("value", "seconds"), [("forever", float("inf")), ("90d", 90 * 86400.0), ("36500d", 36500 * 86400.0), ("60", 60.0)]
)
def test_lifetimes(tmp_path: Path, value: str, seconds: float) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"retention: {{articles: {value}}}\n", encoding="utf-8")
    assert load(path)[0].retention.articles == seconds


@pytest.mark.parametrize("value", ["never", "0", "-1", "36501d", ".nan", "yes", "[]"])
def test_a_lifetime_that_cannot_be_is_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"retention: {{articles: {value}}}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"retention\.articles"):
        load(path)
