from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

import pytest

from watchlist.config import Config
from watchlist.delivery.transports import CHANNELS, full_config, make_transports
from watchlist.delivery.transports.channel import Channel
from watchlist.delivery.transports.email import EmailConfig, SmtpTransport


def config(email: EmailConfig) -> Config:
    return full_config()(email=email)


def test_without_a_host_there_is_no_transport() -> None:
    assert make_transports(config(EmailConfig())) == {}


def test_a_channel_that_nobody_named_is_not_there() -> None:
    assert make_transports(Config()) == {}


def test_email_is_made_once_a_host_is_set(email: Callable[..., EmailConfig]) -> None:
    transports = make_transports(config(email(25, max_attempts=7)))
    assert list(transports) == ["email"]
    assert isinstance(transports["email"], SmtpTransport)
    assert transports["email"].recipients == ("desk@example.org", "officer@example.org")


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_registered_section_is_one_and_needs_no_setting(channel: str) -> None:
    module, _, name = CHANNELS[channel].partition(":")
    section = getattr(import_module(module), name)
    assert issubclass(section, Channel)
    assert section().transport() is None


def test_a_transport_bears_the_name_of_its_channel(email: Callable[..., EmailConfig]) -> None:
    assert {name: each.channel for name, each in make_transports(config(email(25))).items()} == {"email": "email"}


def test_what_mails_are_made_with_is_loaded_once_mail_is_configured(tmp_path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom watchlist.config import load\n"
        "from watchlist.delivery.transports import make_transports, sections\n"
        "made = make_transports(load(Path(sys.argv[1]), channels=sections())[0])\n"
        "print(list(made), [name for name in ('smtplib', 'jinja2') if name in sys.modules])"
    )
    said = []
    for settings in ("{port: 25}", "{host: mail.example, sender: a@x.example, recipients: [b@x.example]}"):
        path = tmp_path / "config.yaml"
        path.write_text(f"email: {settings}\n", encoding="utf-8")
        ran = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
        said.append(ran.stdout.strip())
    assert said == ["[] []", "['email'] ['smtplib', 'jinja2']"]
