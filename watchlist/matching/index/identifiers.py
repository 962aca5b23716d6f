"""Identifiers in prose: recognised by their form, kept only with right check digits, compared in one normal form."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

#: Kinds that name one thing by themselves; personal papers are too easily mistaken for other numbers.
_KINDS = {"imo", "mmsi", "tail_number", "bic", "lei", "crypto", "msn"}
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


class FoundIdentifier(NamedTuple):
    """An identifier as it stands in a text."""

    kind: str
    start: int
    end: int
    normal: str


def imo_is_valid(digits: str) -> bool:
    """An IMO ship number: seven digits, the last the weighted sum of the others modulo ten."""
    if len(digits) != 7 or not digits.isascii() or not digits.isdigit():
        return False
    return sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=False)) % 10 == int(digits[6])


def mmsi_is_valid(digits: str) -> bool:
    """A ship's MMSI: nine digits that begin with a maritime country code (2 to 7)."""
    return len(digits) == 9 and digits.isascii() and digits.isdigit() and digits[0] in "234567"


def lei_is_valid(code: str) -> bool:
    """A legal entity identifier (ISO 17442): twenty characters, modulo 97 of the digits is one."""
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", code):
        return False
    return int("".join(str(int(c, 36)) for c in code)) % 97 == 1


def bic_is_valid(code: str) -> bool:
    """A bank identifier code (ISO 9362): four letters, a country, and four or seven more characters."""
    return re.fullmatch(r"[A-Z]{4}[A-Z]{2}[0-9A-Z]{2}(?:[0-9A-Z]{3})?", code) is not None


def crypto_is_valid(address: str) -> bool:
    """An address of Bitcoin and its kin, Tron (Base58Check or bech32) or Ethereum (forty hexadecimal digits)."""
    if re.fullmatch(r"0x[0-9a-fA-F]{40}", address):
        return True
    if re.fullmatch(r"(?:bc|ltc)1[02-9ac-hj-np-z]{8,87}", address):
        return _bech32_is_valid(address)
    return 25 < len(address) < 36 and _base58_is_valid(address)


def _base58_is_valid(address: str) -> bool:
    number = 0
    for char in address:
        digit = _BASE58.find(char)
        if digit < 0:
            return False
        number = number * 58 + digit
    raw = number.to_bytes(26, "big")[-25:]
    return number >> 200 == 0 and sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def _bech32_is_valid(address: str) -> bool:
    prefix, _, payload = address.rpartition("1")
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + [_BECH32.find(c) for c in payload]
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    return check in (1, 0x2BC830A3)


def _tail_is_valid(code: str) -> bool:
    return re.fullmatch(r"[A-Z0-9]{1,2}[A-Z0-9]{3,5}", code) is not None and any(c.isalpha() for c in code)


def _bare(value: str) -> str:
    return re.sub(r"[\s\-.:]", "", value).upper()


_VALID: dict[str, Callable[[str], bool]] = {
    "imo": imo_is_valid,
    "mmsi": mmsi_is_valid,
    "lei": lei_is_valid,
    "bic": bic_is_valid,
    "tail_number": _tail_is_valid,
    "msn": lambda code: len(code) >= 4,
    "crypto": crypto_is_valid,
}


def normal_form(kind: str, value: str) -> str | None:
    """The form in which a listed identifier is compared; None when it has no valid form or its kind is not searched."""
    if kind not in _KINDS:
        return None
    if kind == "crypto":
        address = value.strip()
        bare = address.lower() if address.startswith("0x") else address
    else:
        bare = _bare(value).removeprefix("IMO") if kind == "imo" else _bare(value)
    if kind == "bic" and bare.endswith("XXX") and len(bare) == 11:
        bare = bare[:8]
    return f"{kind}:{bare}" if _VALID[kind](bare) else None


_NUMBERED = re.compile(
    r"\bIMO(?:\s(?:number|no\.?))?[\s:#]*(?P<imo>\d{7})\b"
    r"|\bMMSI(?:\s(?:number|no\.?))?[\s:#]*(?P<mmsi>\d{9})\b"
    r"|\b(?P<lei>[0-9A-Z]{18}\d{2})\b"
    r"|\b(?P<crypto>0x[0-9a-fA-F]{40}|(?:bc|ltc)1[02-9ac-hj-np-z]{8,87}|[13LTXD][1-9A-HJ-NP-Za-km-z]{25,34})\b"
)
_LETTERED = re.compile(r"(?P<bic>[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
_HYPHENED = re.compile(r"(?P<tail_number>(?:[A-Z]{1,2}|[A-Z]\d|\d[A-Z])-[A-Z0-9]{3,5})\b")
#: What a text must have for the dear search to be worth while, with that search: most texts have none. A bank code
#: looks like any word in capitals, and is looked for only where a text speaks of such codes.
_SEARCHES = (
    (re.compile(r"\d[0-9A-Za-z]{6}"), _NUMBERED),
    (re.compile(r"BIC|SWIFT|S\.W\.I\.F\.T"), _LETTERED),
    (re.compile(r"-[A-Z0-9]{3}"), _HYPHENED),
)


def find_identifiers(text: str) -> list[FoundIdentifier]:
    """Every well-formed identifier of a text, in order, with right check digits where its kind has them."""
    found: list[FoundIdentifier] = []
    for sign, search in _SEARCHES:
        if sign.search(text) is None:
            continue
        for match in search.finditer(text):
            if text[match.start() - 1 : match.start()].isalnum():
                continue
            kind = match.lastgroup or ""
            normal = normal_form(kind, match.group(kind))
            if normal is not None:
                found.append(FoundIdentifier(kind, match.start(kind), match.end(kind), normal))
    return sorted(found, key=lambda identifier: identifier.start)
