"""FollowTheMoney entities, one JSON object on each line: OpenSanctions' ``entities.ftm.json`` and the like.

An entity has ``id``, ``schema`` and ``properties`` (lists of texts); see https://followthemoney.tech. Where lines say
``target``, only targets are taken: the rest are people and places that targets are linked to. Sanctions and links are
entities too, which may stand anywhere, so that they are gathered first.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import JsonKeys
from watchlist.lists.forms.opensanctions.dataset import NAME
from watchlist.lists.forms.opensanctions.facts import SCHEMAS, imo, stated, wrong
from watchlist.lists.forms.opensanctions.gathered import EntityLine, Gathered, gather
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.streams.json_lines import records
from watchlist.lists.reading.streams.spool import spool
from watchlist.model import Entity, Identifier, Name, NameKind, Schema

#: FollowTheMoney's properties: of names, with what each is,
NAMES = (
    ("name", NameKind.ALIAS),
    ("alias", NameKind.ALIAS),
    ("previousName", NameKind.PREVIOUS),
    ("abbreviation", NameKind.ACRONYM),
    ("weakAlias", NameKind.ALIAS),
)
#: of countries,
COUNTRIES = ("nationality", "citizenship", "jurisdiction", "country", "mainCountry", "flag")
#: and of numbers and codes, with our kinds of them.
IDENTIFIERS = {
    property: kind
    for kind, properties in (
        ("imo", ("imoNumber",)),
        ("mmsi", ("mmsi",)),
        ("call_sign", ("callSign",)),
        ("msn", ("serialNumber",)),
        ("bic", ("swiftBic",)),
        ("lei", ("leiCode",)),
        ("passport", ("passportNumber",)),
        ("national_id", ("idNumber", "socialSecurityNumber")),
        ("tax_id", ("taxNumber", "innCode", "vatCode")),
        ("registration", ("registrationNumber", "ogrnCode", "uscCode")),
        ("email", ("email",)),
        ("website", ("website",)),
        ("phone", ("phone",)),
    )
    for property in properties
}


def _entities(file: ListFile) -> Iterator[Entity]:
    with spool(file) as gathered:
        for number, found in records(file):
            gather(gathered, EntityLine(file, number, found))
        for line, found in records(file):
            schema = SCHEMAS.get(found.get("schema", "")) if isinstance(found.get("schema"), str) else None
            if schema is None or found.get("target") is False:
                continue
            entry = EntityLine(file, line, found)
            yield _entity(entry, schema, Gathered(gathered, entry.id))


def _entity(line: EntityLine, schema: Schema, gathered: Gathered) -> Entity:
    draft = Draft(line.file, line.id, schema, line.number)
    given, family = line.all("firstName"), line.all("lastName")
    caption = next(iter(gathered.all("caption")), "")
    split = schema is Schema.PERSON and len(given) == len(family) == 1
    draft.name(Name(caption, NameKind.PRIMARY, given=given[0] if split else None, family=family[0] if split else None))
    for name, name_kind in NAMES:
        for text in line.all(name):
            draft.name(Name(text, name_kind, weak=name == "weakAlias"))
    draft.country(*line.all(*COUNTRIES))
    draft.births(*line.all("birthDate"))
    draft.birth_places += line.all("birthPlace")
    for name, kind in IDENTIFIERS.items():
        if schema is Schema.AIRCRAFT and kind == "registration":
            kind = "tail_number"
        for value in line.all(name):
            if kind == "imo":
                imo(draft, value.upper().removeprefix("IMO"))
            else:
                draft.identifier(kind, value)
    draft.identifiers += [Identifier(*held) for held in gathered.all("identifier")]
    draft.programs += gathered.all("program") or line.all("programId", "program")
    draft.designations += line.all("title", "position")
    draft.addresses += line.all("address")
    draft.linked_to += gathered.linked()
    draft.listed_on = min(gathered.all("listed"), default=None)
    draft.reference = next(iter(gathered.all("reference")), None)
    draft.url = next(iter(line.all("sourceUrl") or gathered.all("url")), None)
    draft.remarks += line.all("notes", "summary")
    return draft.entity()


FORM = Form(
    id="ftm_json",
    label="FollowTheMoney JSON lines",
    head=JsonKeys(("id", "schema", "properties")),
    entities=_entities,
    stated=stated,
    wrong=wrong,
    rank=91,
    index=NAME,
)
