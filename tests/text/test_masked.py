"""Secrets are found in every way that something writes them."""

from __future__ import annotations

import base64
import html
import json
import quopri
import re
import time
from urllib.parse import quote, quote_plus

import pytest

from watchlist.text.masked import masked, secrets_in, without_logins

SECRET = 'hunter2 & "Größe"/+%'

WRITTEN = {
    "as it is": SECRET,
    "percent": quote(SECRET, safe=""),
    "percent, small letters": re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), quote(SECRET, safe="")),
    "percent, with slashes": quote(SECRET),
    "a form": quote_plus(SECRET),
    "HTML": html.escape(SECRET),
    "Python": repr(SECRET),
    "JSON": json.dumps(SECRET),
    "JSON, as it is": json.dumps(SECRET, ensure_ascii=False),
    "HTML, numbered": "".join(f"&#{ord(each)};" for each in SECRET),
    "HTML, numbered in hexadecimal": "".join(f"&#x{ord(each):04X};" for each in SECRET),
    "Python's bytes": repr(SECRET.encode()),
    "every byte escaped": "".join(f"\\x{byte:02x}" for byte in SECRET.encode()),
    "quoted-printable": quopri.encodestring(SECRET.encode(), quotetabs=True).decode(),
    "parameters of SMTP": re.sub(rb"[^a-z0-9]", lambda found: b"+%02X" % found[0][0], SECRET.encode()).decode(),
    "hexadecimal": SECRET.encode().hex(),
    "hexadecimal, capitals": SECRET.encode().hex().upper(),
    "hexadecimal, in bytes": SECRET.encode().hex(" "),
    "hexadecimal, with colons": SECRET.encode().hex(":"),
    "hexadecimal of AUTH PLAIN": (b"\0desk@example.org\0" + SECRET.encode()).hex(),
    "base64": base64.b64encode(SECRET.encode()).decode(),
    "base64 of AUTH PLAIN": base64.b64encode(b"\0desk@example.org\0" + SECRET.encode()).decode(),
    "base64 of AUTH PLAIN, another user": base64.b64encode(b"\0desk1\0" + SECRET.encode()).decode(),
    "base64 of AUTH PLAIN, a third": base64.b64encode(b"\0desk12\0" + SECRET.encode()).decode(),
    "base64 of Basic": base64.b64encode(b"user:" + SECRET.encode() + b"\n").decode(),
    "base64 for addresses": base64.urlsafe_b64encode(b"ab" + SECRET.encode()).decode(),
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_secret_is_masked_however_it_is_written(written: str) -> None:
    found = masked(f"535 5.7.8 refused: {written} (try again)", [SECRET])
    assert "***" in found
    assert written.strip("\"'") not in found
    assert "hunter2" not in found
    assert SECRET.encode().hex() not in found.lower()
    assert found.startswith("535 5.7.8 refused: ")
    assert found.endswith(" (try again)")


def test_what_an_address_writes_percent_encoded_is_masked_decoded_as_well() -> None:
    (secret,) = secrets_in("https://user:p%40ss%2Fword@feeds.example/x")
    assert masked("p@ss/word and p%40ss%2Fword and p%40ss%2fword", [secret]) == "*** and *** and ***"
    assert "cEBzcy93b3Jk" not in masked("cEBzcy93b3Jk", [secret])


def test_several_and_one_within_another() -> None:
    assert masked("longsecret and long1", ["long", "longsecret"]) == "*** and ***1"


def test_what_is_too_short_stays_unless_it_is_wanted() -> None:
    assert masked("an abc", ["abc", ""]) == "an abc"
    assert masked("an abc", ["abc", ""], least=1) == "an ***"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://ada:geheim@feeds.example/rss: timed out", "https://ada:***@feeds.example/rss: timed out"),
        ("https://:geheim@feeds.example/", "https://:***@feeds.example/"),
        ("https://TOKEN@feeds.example/", "https://***@feeds.example/"),
        ("https://feeds.example/?token=geheim", "https://feeds.example/?token=***"),
        ("https://feeds.example/?a=1&api_key=geheim&b=2", "https://feeds.example/?a=1&api_key=***&b=2"),
        ("https://feeds.example/?X-Amz-Signature=geheim#x", "https://feeds.example/?X-Amz-Signature=***#x"),
        ("https://feeds.example/?subscription-key=geheim;b", "https://feeds.example/?subscription-key=***;b"),
        ("https://feeds.example/?Key=geheim", "https://feeds.example/?Key=***"),
        ('{"url": "https://a:geheim@feeds.example/"}', '{"url": "https://a:***@feeds.example/"}'),
        ("postgresql+psycopg://w:geheim@db.example/w", "postgresql+psycopg://w:***@db.example/w"),
    ],
)
def test_an_address_is_shown_without_its_secrets(text: str, shown: str) -> None:
    assert without_logins(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://feeds.example/?monkey=2&page=3&keyword=x",
        "write to desk@example.org: 3 of 4",
        "https://feeds.example/@user/posts",
        "https://feeds.example/rss?from=desk@example.org",
        "nothing of the kind",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert without_logins(text) == text
    assert secrets_in(text) == ()


def test_what_is_no_address_has_no_secrets() -> None:
    assert secrets_in("http://[::1") == ()


def test_foreign_text_takes_no_long_time() -> None:
    begun = time.perf_counter()
    for text in ("://" + "a" * 200_000 + ":" * 200_000, "?" + "a-" * 200_000, "&key" * 100_000, "QUJD" * 200_000):
        without_logins(text)
        masked(text, [SECRET])
    assert time.perf_counter() - begun < 10
