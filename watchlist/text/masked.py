"""Secrets taken out of text that people will read, whichever way they are written in it.

A server repeats what it was told in an encoding of its own; an address carries a password in its middle. What is known
to be secret is found in every way of writing it; in addresses, what stands where secrets stand.
"""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

#: What stands in place of a secret.
MASK: Final = "***"
#: Shorter ones are in any text by chance, and are left alone where they might be.
LEAST: Final = 4

#: Names of parameters in addresses whose values are secrets, as a whole or after a hyphen or underscore.
_NAMES: Final = r"token|password|passwd|pwd|secret|api_?key|auth_?key|access_?key|signature"
#: The log-in of an address; the user stays, but where nothing else is there it is the secret.
_LOGIN: Final = re.compile(r"(?<=://)([^/\s?#\"'<>:@]*+)(?>(?::([^/\s?#\"'<>@]*+))?)@")
_PARAMETER: Final = re.compile(
    rf"([?&;](?>(?:[A-Za-z0-9]++[-_])*)(?:{_NAMES}|[A-Za-z0-9]++[-_](?:{_NAMES}|key)|key)=)[^&;\s#\"'<>]++",
    re.IGNORECASE,
)
_IS_SECRET: Final = re.compile(rf"(?:.*[-_])?(?:{_NAMES}|key)", re.IGNORECASE | re.DOTALL)
_BASE64: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=")
#: Letters of base64 fewer than these are in any text by chance.
_LEAST_BASE64: Final = 5


def without_logins(text: str) -> str:
    """The text with what is secret in its addresses masked: passwords, and parameters called token or the like."""
    if "://" in text:
        text = _LOGIN.sub(lambda found: f"{found[1]}:{MASK}@" if found[2] is not None else f"{MASK}@", text)
    return _PARAMETER.sub(rf"\g<1>{MASK}", text) if "=" in text else text


def secrets_in(url: str) -> tuple[str, ...]:
    """What is secret in an address: the parts that `without_logins` masks."""
    try:
        parts = urlsplit(url)
        login = [parts.password] if parts.password else [parts.username] if parts.username else []
        values = [value for name, value in parse_qsl(parts.query) if _IS_SECRET.fullmatch(name)]
    except ValueError:
        return ()
    return tuple(each for each in (*login, *values) if each)


def masked(text: str, secrets: Iterable[str], least: int = LEAST) -> str:
    """The text without these secrets, as they are and in every encoding that servers and programs repeat them in.

    That is percent-encoded or as mail escapes it, in JSON and HTML, in base64 and hexadecimal digits at any place.
    Those of fewer than ``least`` characters stay.
    """
    wanted = tuple(sorted({each for each in secrets if len(each) >= max(least, 1)}))
    if not wanted or not text:
        return text
    text = _pattern(wanted).sub(MASK, text)
    for code in _codes(wanted):
        text = _without(text, code)
    return text


def _without(text: str, code: str) -> str:
    """The text without what is base64 around this, since its neighbours hold some bits of it."""
    at = text.find(code)
    if at < 0:
        return text
    parts, done = [], 0
    while at >= 0:
        begin, end = at, at + len(code)
        while begin > done and text[begin - 1] in _BASE64:
            begin -= 1
        while end < len(text) and text[end] in _BASE64:
            end += 1
        parts += [text[done:begin], MASK]
        done = end
        at = text.find(code, done)
    return "".join([*parts, text[done:]])


@lru_cache(maxsize=64)
def _pattern(secrets: tuple[str, ...]) -> re.Pattern[str]:
    """Finds each of these, the longest first, with any of its characters as itself or escaped."""
    forms = sorted({form for each in secrets for form in (each, unquote(each))}, key=lambda each: (-len(each), each))
    ways = ("".join(map(_written, form)) for form in forms)
    # Of one or two bytes the digits are in any text by chance.
    dumps = (_dumped(form) for form in forms if len(form) >= LEAST)
    return re.compile("|".join([*ways, *dumps]))


def _dumped(form: str) -> str:
    """The hexadecimal digits of a whole secret, with or without something between its bytes."""
    return r"[\s:-]?".join(_any_case(f"{byte:02x}") for byte in form.encode("utf-8", "replace"))


def _any_case(digits: str) -> str:
    return "".join(f"[{each}{each.upper()}]" if each.isalpha() else each for each in digits)


@lru_cache(maxsize=1024)
def _written(character: str) -> str:
    """A character as itself, percent-encoded, as a form and as mail has it, and as HTML, JSON and Python escape it."""
    encoded = character.encode("utf-8", "replace")
    # With an equals sign it is quoted-printable, with a plus the parameters of SMTP, with an x the bytes of Python.
    escaped = "".join(rf"(?:[%=+]|\\x){_any_case(f'{byte:02x}')}" for byte in encoded)
    numbered = rf"&#(?:0*{ord(character)}|[xX]0*{_any_case(f'{ord(character):x}')});"
    units = character.encode("utf-16-be", "surrogatepass").hex()
    ways = {
        character,
        html.escape(character),
        html.escape(character).replace("#x27", "#39"),
        json.dumps(character, ensure_ascii=False)[1:-1],
        repr(character)[1:-1],
        "+" if character == " " else character,
        "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)),
    }
    return f"(?:{'|'.join([escaped, numbered, *sorted(map(re.escape, ways), key=len, reverse=True)])})"


@lru_cache(maxsize=64)
def _codes(secrets: tuple[str, ...]) -> tuple[str, ...]:
    """What stands in the base64 of these, whatever stands around them, the longest first."""
    found = {code for secret in secrets for each in {secret, unquote(secret)} for code in _coded(each)}
    return tuple(sorted(found, key=lambda each: (-len(each), each)))


def _coded(secret: str) -> Iterator[str]:
    """Of its base64 what does not depend on what stands before and after it."""
    content = secret.encode("utf-8", "replace")
    for before in range(3):
        first, last = -(-before * 8 // 6), (before + len(content)) * 8 // 6
        for code in (b64encode, urlsafe_b64encode):
            inner = code(b"\0" * before + content).decode()[first:last]
            if len(inner) >= _LEAST_BASE64:
                yield inner
