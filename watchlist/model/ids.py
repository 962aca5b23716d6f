"""How ids and hashes are made of content."""

from __future__ import annotations

import hashlib


def stable_id(*parts: str) -> str:
    """A 24-digit hexadecimal id that depends on the parts and their borders alone (SHA-256, shortened to 96 bits)."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def content_hash(title: str, text: str) -> str:
    """SHA-256 over an article's words, in hexadecimal."""
    return hashlib.sha256(f"{title}\x1f{text}".encode("utf-8", "surrogatepass")).hexdigest()
