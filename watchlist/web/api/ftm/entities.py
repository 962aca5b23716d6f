"""From what lists say of a subject to FollowTheMoney's terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from watchlist.model import Entity, Name, NameKind, Schema, Standing
from watchlist.steps.asked.alike.scored import Alike

#: Schemas that have another name there.
_SCHEMAS: Final = {Schema.AIRCRAFT: "Airplane"}
_NAMES: Final = {NameKind.PRIMARY: "name", NameKind.PREVIOUS: "previousName", NameKind.ACRONYM: "abbreviation"}
#: Our kinds of numbers and codes, each with the property that it is written as.
_IDENTIFIERS: Final = {
    "imo": "imoNumber",
    "mmsi": "mmsi",
    "call_sign": "callSign",
    "tail_number": "registrationNumber",
    "msn": "serialNumber",
    "bic": "swiftBic",
    "lei": "leiCode",
    "passport": "passportNumber",
    "national_id": "idNumber",
    "tax_id": "taxNumber",
    "registration": "registrationNumber",
    "email": "email",
    "website": "website",
    "phone": "phone",
}
#: What somebody is listed for: all lists here are of sanctions, or of one's own.
_TOPIC: Final = "sanction"


def ftm_entity(entries: Sequence[Entity], id: str, standing: Standing | None = None) -> dict[str, Any]:
    """A subject by its entries, the first of which names it, under an id among theirs."""
    first = entries[0]
    properties: dict[str, dict[str, None]] = {}

    def add(property: str, values: Iterable[str | None]) -> None:
        found = {value: None for value in values if value}
        if found:
            properties.setdefault(property, {}).update(found)

    for entity in entries:
        for name in entity.names:
            add(_property_of(name), [name.text])
            if entity.schema is Schema.PERSON:
                add("firstName", [name.given])
                add("lastName", [name.family])
        add("birthDate", (date for date in entity.birth_dates if "/" not in date))
        add("birthPlace", entity.birth_places)
        add(_country(entity.schema), entity.countries)
        for each in entity.identifiers:
            add(_IDENTIFIERS.get(each.kind, "idNumber" if entity.schema is Schema.PERSON else ""), [each.value])
        add("programId", entity.programs)
        add("position", entity.designations)
        add("address", entity.addresses)
        add("sourceUrl", [entity.url])
        add("notes", [entity.remarks])
    properties.pop("", None)
    add("topics", [_TOPIC])
    return {
        "id": id,
        "caption": first.caption,
        "schema": _SCHEMAS.get(first.schema, first.schema.value),
        "properties": {property: list(values) for property, values in properties.items()},
        "datasets": list(dict.fromkeys(entity.list_id for entity in entries)),
        "referents": [entity.id for entity in entries if entity.id != id],
        "target": True,
        "first_seen": standing.first_seen_at if standing else None,
        "last_seen": standing.removed_at if standing else None,
        "last_change": standing.changed_at if standing else None,
    }


def scored_entity(alike: Alike, entities: Mapping[str, Entity], threshold: float) -> dict[str, Any]:
    """A subject that is alike, with its score; ``entities`` have what the index leaves out."""
    others = (each for each in alike.subject.listings if each.id != alike.entity.id)
    entries = [entities.get(each.id, each) for each in (alike.entity, *others)]
    return {
        **ftm_entity(entries, alike.subject.id),
        "score": alike.score,
        "match": alike.score >= threshold,
        "features": {each.feature: each.score for each in alike.features},
        "explanations": {
            each.feature: {"score": each.score, "weight": each.weight, "detail": each.detail} for each in alike.features
        },
    }


def _property_of(name: Name) -> str:
    return "weakAlias" if name.weak else _NAMES.get(name.kind, "alias")


def _country(schema: Schema) -> str:
    if schema is Schema.PERSON:
        return "country"
    return "flag" if schema is Schema.VESSEL else "jurisdiction" if schema is Schema.COMPANY else "country"
