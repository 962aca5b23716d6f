"""FollowTheMoney entities, one JSON object on each line: OpenSanctions' ``entities.ftm.json`` and the like.

An entity has ``id``, ``schema`` and ``properties`` (lists of texts); see https://followthemoney.tech. Where lines say
``target``, only targets are taken: the rest are people and places that targets are linked to. Sanctions and links are
entities too, which may stand anywhere, so that they are gathered first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import JsonKeys
from watchlist.lists.forms.opensanctions.facts import SCHEMAS, imo, stated
from watchlist.lists.forms.opensanctions.index import NAME
from watchlist.lists.reading.draft import Draft
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.json_lines import Record, records, strings
from watchlist.lists.reading.seen import Seen
from watchlist.lists.reading.spool import Spool, spool
from watchlist.lists.words.dates import iso_date
from watchlist.model import Entity, Identifier, Name, NameKind, Schema

_NAMES = (
    ("name", NameKind.ALIAS),
    ("alias", NameKind.ALIAS),
    ("previousName", NameKind.PREVIOUS),
    ("abbreviation", NameKind.ACRONYM),
    ("weakAlias", NameKind.WEAK_ALIAS),
)
_COUNTRIES = ("nationality", "citizenship", "jurisdiction", "country", "mainCountry", "flag")
_IDENTIFIERS = {
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
#: The two ends of a link, by schema.
_LINKS = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Representation": ("agent", "client"),
    "UnknownLink": ("subject", "object"),
}
#: What stands for an identifier of its holder, with the properties of its value and of its country or currency.
_HELD = {
    "Passport": ("number", "country"),
    "Identification": ("number", "country"),
    "CryptoWallet": ("publicKey", "currency"),
}


def _entities(file: ListFile) -> Iterator[Entity]:
    seen = Seen(file.broken)
    with spool(file) as gathered:
        for number, found in records(file):
            _gather(gathered, _Line(file, number, found))
        for line, found in records(file):
            schema = SCHEMAS.get(found.get("schema", "")) if isinstance(found.get("schema"), str) else None
            if schema is None or found.get("target") is False:
                continue
            source_id = _id(file, found, line)
            seen.add(source_id, line, f"id {source_id!r}")
            yield _entity(_Line(file, line, found), schema, _Gathered(gathered, source_id))


@dataclass(frozen=True, slots=True)
class _Line:
    file: ListFile
    number: int
    found: Record

    def all(self, *names: str) -> list[str]:
        """The values of properties, one after the other."""
        properties = _properties(self.file, self.found, self.number)
        return [value for name in names for value in strings(self.file, properties, name, self.number)]


class _Gathered:
    """What is said of one entity elsewhere in the file."""

    def __init__(self, gathered: Spool, source_id: str) -> None:
        self._spool = gathered
        self._facts: dict[str, list[Any]] = {}
        for kind, value in gathered.values(source_id):
            self._facts.setdefault(kind, []).append(value)

    def all(self, kind: str) -> list[Any]:
        """The facts of one kind."""
        return self._facts.get(kind, [])

    def linked(self) -> Iterator[str]:
        """The captions of the entities it is linked to."""
        for other in self.all("link"):
            yield next((value for kind, value in self._spool.values(other) if kind == "caption"), "")


def _gather(gathered: Spool, line: _Line) -> None:
    schema = line.found.get("schema")
    if not isinstance(schema, str) or not isinstance(line.found.get("properties"), dict):
        raise line.file.broken("expected an object with id, schema and properties", line.number)
    if schema == "Sanction":
        _gather_sanction(gathered, line)
    elif schema in _HELD:
        _gather_held(gathered, line, schema)
    elif schema in _LINKS:
        one, other = _LINKS[schema]
        for start in line.all(one):
            for end in line.all(other):
                gathered.add(start, ["link", end])
                gathered.add(end, ["link", start])
    elif schema in SCHEMAS:
        gathered.add(_id(line.file, line.found, line.number), ["caption", _caption(line)])


def _gather_sanction(gathered: Spool, line: _Line) -> None:
    facts = [["program", each] for each in line.all("programId") or line.all("program")]
    facts += [["listed", day] for each in line.all("listingDate") or line.all("startDate") if (day := iso_date(each))]
    facts += [["url", each] for each in line.all("sourceUrl")[:1]]
    facts += [["reference", each] for each in line.all("authorityId")[:1]]
    for entity_id in line.all("entity"):
        for fact in facts:
            gathered.add(entity_id, fact)


def _gather_held(gathered: Spool, line: _Line, schema: str) -> None:
    value, detail = _HELD[schema]
    kind = "crypto" if schema == "CryptoWallet" else "passport" if schema == "Passport" else "other"
    if schema == "Identification" and any("passport" in words.lower() for words in line.all("type")):
        kind = "passport"
    label = next(iter(line.all("type")), None) if kind == "other" else next(iter(line.all(detail)), None)
    for holder in line.all("holder"):
        for each in line.all(value):
            gathered.add(holder, ["identifier", [kind, each, label]])


def _entity(line: _Line, schema: Schema, gathered: _Gathered) -> Entity:
    source_id = _id(line.file, line.found, line.number)
    draft = Draft(line.file, source_id, schema, line.number)
    given, family = line.all("firstName"), line.all("lastName")
    caption = next(iter(gathered.all("caption")), "")
    split = schema is Schema.PERSON and len(given) == len(family) == 1
    draft.name(Name(caption, NameKind.PRIMARY, None, given[0] if split else None, family[0] if split else None))
    for name, name_kind in _NAMES:
        for text in line.all(name):
            draft.name(Name(text, name_kind))
    draft.country(*line.all(*_COUNTRIES))
    draft.birth_dates += [iso_date(text) for text in line.all("birthDate")]
    draft.birth_places += line.all("birthPlace")
    for name, kind in _IDENTIFIERS.items():
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


def _caption(line: _Line) -> str:
    stated = line.found.get("caption")
    names = line.all("name")
    # OpenSanctions picks the caption among the names; where it is none of them it is the id.
    return stated if isinstance(stated, str) and (stated in names or not names) else next(iter(names), "")


def _id(file: ListFile, found: Record, line: int) -> str:
    source_id = found.get("id")
    if not isinstance(source_id, str) or not source_id.strip():
        raise file.broken("the id is missing", line)
    return source_id


def _properties(file: ListFile, found: Record, line: int) -> Record:
    properties = found.get("properties")
    if not isinstance(properties, dict):
        raise file.broken("expected an object as properties", line)
    return properties


FORM = Form(
    id="ftm_json",
    label="FollowTheMoney JSON lines",
    head=JsonKeys(("id", "schema", "properties")),
    entities=_entities,
    stated=stated,
    rank=91,
    index=NAME,
)
