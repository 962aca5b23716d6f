"""What is compared of two entries, whether of one list or of several: kinds, names that count, spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from watchlist.model import Entity, Name, NameKind, Schema

_STRONG = (NameKind.PRIMARY, NameKind.ALIAS)
_BODIES = (Schema.ORGANIZATION, Schema.COMPANY, Schema.LEGAL_ENTITY)


def kind_of(schema: Schema) -> str:
    """What kind of thing this is; companies and organisations are one kind, since lists draw the line as they like."""
    return "body" if schema in _BODIES else schema.value


def strong_names(entity: Entity) -> Iterator[Name]:
    """The names that its authority stands behind."""
    return (name for name in entity.names if name.kind in _STRONG and not name.weak)


def spelling(text: str) -> str:
    """A name without case, accents, punctuation and order of words, in its own script: for two states of one list.

    Names of two lists are read and compared by `naming`.
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(sorted(re.findall(r"\w+", plain.casefold())))
