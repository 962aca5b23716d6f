"""From a description in FollowTheMoney's terms to an entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from watchlist.errors import UsageError
from watchlist.lists.forms.opensanctions.facts import SCHEMAS
from watchlist.lists.forms.opensanctions.ftm import COUNTRIES, IDENTIFIERS, NAMES
from watchlist.lists.words.countries import to_country
from watchlist.lists.words.dates import iso_dates
from watchlist.model import Entity, Identifier, Name, Schema
from watchlist.web.api.ftm.shapes import FtmExample

_BODIES: Final = frozenset({Schema.LEGAL_ENTITY, Schema.COMPANY, Schema.ORGANIZATION})
_ANY: Final = frozenset(Schema)
#: Which kinds of listed entities a described one may be: what a list calls a body may be any kind of body.
_MAY_BE: Final = {
    "Thing": _ANY,
    "LegalEntity": _BODIES | {Schema.PERSON},
    "Person": frozenset({Schema.PERSON}),
    "Organization": _BODIES,
    "PublicBody": _BODIES,
    "Company": _BODIES,
    "Asset": frozenset({Schema.COMPANY, Schema.VESSEL, Schema.AIRCRAFT}),
    "Vehicle": frozenset({Schema.VESSEL, Schema.AIRCRAFT}),
    "Vessel": frozenset({Schema.VESSEL}),
    "Airplane": frozenset({Schema.AIRCRAFT}),
}
#: Characters of a name that are compared.
_LONGEST: Final = 300


def may_be(schema: str) -> frozenset[Schema]:
    """The kinds that a schema of FollowTheMoney may stand for here; raises UsageError for one that nobody has."""
    found = _MAY_BE.get(schema)
    if found is None:
        raise UsageError(f"{schema!r} is no schema that anybody is listed under: use one of {', '.join(_MAY_BE)}")
    return found


def described(key: str, example: FtmExample) -> Entity:
    """The entity that an example describes; raises UsageError for one that says nothing to look for."""
    schema = SCHEMAS.get(example.schema_, Schema.LEGAL_ENTITY)
    names = tuple(_names(example))
    identifiers = tuple(_identifiers(example, schema))
    if not names and not identifiers:
        raise UsageError(f"query {key!r} has neither a name nor a number to look for")
    births = [day for text in _texts(example, ["birthDate"]) if (day := iso_dates(text))]
    countries = [to_country(text) for text in _texts(example, COUNTRIES)]
    return Entity("", key, schema, names, tuple(dict.fromkeys(countries)), tuple(births), identifiers=identifiers)


def _names(example: FtmExample) -> Iterator[Name]:
    for property, kind in NAMES:
        for text in _texts(example, [property]):
            yield Name(text[:_LONGEST], kind)
    given = " ".join([*_texts(example, ["firstName"])[:1], *_texts(example, ["secondName", "middleName"])[:1]])
    family = next(iter(_texts(example, ["lastName"])), "")
    if given and family:
        yield Name(f"{given} {family}"[:_LONGEST], given=given, family=family)
    elif given or family:
        yield Name((given or family)[:_LONGEST])


def _identifiers(example: FtmExample, schema: Schema) -> Iterator[Identifier]:
    for property, kind in IDENTIFIERS.items():
        if schema is Schema.AIRCRAFT and kind == "registration":
            kind = "tail_number"
        for text in _texts(example, [property]):
            yield Identifier(kind, text)


def _texts(example: FtmExample, properties: Iterable[str]) -> list[str]:
    found: list[str] = []
    for property in properties:
        value = example.properties.get(property, [])
        values: Sequence[object] = [value] if isinstance(value, str) else value
        found += [text for each in values if isinstance(each, str | int) and (text := " ".join(str(each).split()))]
    return found
