"""Names on Canada's list: spellings in brackets, two languages, and aliases that are a spelling of one part alone."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from watchlist.lists.reading.draft import Draft
from watchlist.model import Name, NameKind, Schema

#: A comma that separates two names, not a name from its legal form or its generation.
_COMMA = re.compile(r",(?!\s*(?:Ltd|Limited|Inc|LLC|L\.L\.C|Co|Corp|S\.?A|GmbH|PLC|JSC|Jr|Sr|II)\b)\s*", re.IGNORECASE)
_KNOWN_AS = re.compile(r"\(?\s*(?:also known as|a\.?k\.?a\.?|formerly(?: known as)?)\s*:?\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
#: How alike a lone alias and a part of the name must be for the alias to be a spelling of that part.
_ALIKE = 0.6


def add_person(draft: Draft, given: str, family: str) -> None:
    """Add a person's name; ``Adanov (Adnuf)`` gives one name for each of the two spellings too."""
    text = " ".join(filter(None, (given, family)))
    plain_given, plain_family = _BRACKETS.sub("", given), _BRACKETS.sub("", family)
    split = bool(plain_given and plain_family)
    draft.name(
        Name(text, NameKind.PRIMARY, given=plain_given if split else None, family=plain_family if split else None)
    )
    if split and (plain_given, plain_family) != (given, family):
        draft.name(Name(f"{plain_given} {plain_family}", NameKind.ALIAS, given=plain_given, family=plain_family))
        for other in _BRACKETS.findall(family):
            draft.name(Name(f"{plain_given} {other}", NameKind.ALIAS, given=plain_given, family=other))
        for other in _BRACKETS.findall(given):
            draft.name(Name(f"{other} {plain_family}", NameKind.ALIAS, given=other, family=plain_family))


def add_body(draft: Draft, text: str) -> None:
    """Add a body's name; ``Office of Tides/Bureau des marées`` gives one name for each language too."""
    draft.name(Name(text, NameKind.PRIMARY))
    halves = [half.strip() for half in re.split(r"/(?![^()]*\))", text)]
    if len(halves) == 2 and all(len(half.split()) > 1 for half in halves):
        draft.name(Name(halves[0], NameKind.ALIAS, "en"))
        draft.name(Name(halves[1], NameKind.ALIAS, "fr"))


def aliases(text: str) -> list[str]:
    """The names in a field of aliases."""
    pieces = [piece for half in text.split(";") for piece in _COMMA.split(_KNOWN_AS.sub(";", half).replace(";", ","))]
    names = (piece.strip() for piece in pieces)
    return [name[1:-1] if name.startswith("(") and name.endswith(")") else name for name in names if name]


def add_alias(draft: Draft, alias: str, given: str, family: str) -> None:
    """Add an alias. A person's may be a spelling of one part of the name alone; another lone word is a weak alias."""
    given, family = _BRACKETS.sub("", given), _BRACKETS.sub("", family)
    lone = " " not in alias
    if draft.schema is not Schema.PERSON or (family and family.lower() in alias.lower()):
        draft.name(Name(alias, NameKind.ALIAS))
    elif given and _alike(alias, given.split(" ")[0] if lone else given) >= _ALIKE:
        draft.name(Name(f"{alias} {family}".strip(), NameKind.ALIAS, given=alias, family=family or None))
    elif lone and family and _alike(alias, family) >= _ALIKE:
        draft.name(Name(f"{given} {alias}".strip(), NameKind.ALIAS, given=given or None, family=alias))
    else:
        draft.name(Name(alias, NameKind.WEAK_ALIAS if lone else NameKind.ALIAS))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()
