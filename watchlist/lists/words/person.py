"""How the lists write the names of people."""

from __future__ import annotations

import re

_SUFFIX = re.compile(r"(?:JR|SR|II|III|IV)\.?", re.IGNORECASE)


def split_person(text: str) -> tuple[str | None, str | None]:
    """Family and given names of ``FAMILY, Given Middle``; both None where no comma tells them apart.

    A generational suffix with a comma of its own (``FAMILY, JR., Given`` or ``FAMILY, Given, Jr.``) belongs to neither.
    """
    parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part and not _SUFFIX.fullmatch(part)]
    if len(parts) < 2:
        return None, None
    return parts[0], " ".join(parts[1:])
