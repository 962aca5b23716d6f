"""What OFAC's labels mean: one table for both official forms, which use the same words.

In the CSV set a label opens a phrase of the remarks (``Passport 123 (Iran) expires 01 Jan 2020``); in the XML it is an
``idType``. Dates of issue and expiry are dropped, having no use in matching.
"""

from __future__ import annotations

import calendar
import re

from watchlist.lists.words.countries import known_country
from watchlist.model import Identifier, Schema

#: Kind of identifier by OFAC's label, in lower case.
_KINDS: dict[str, tuple[str, ...]] = {
    "imo": ("vessel registration identification",),
    "mmsi": ("mmsi",),
    "tail_number": ("aircraft tail number", "previous aircraft tail number"),
    "msn": (
        "aircraft manufacturer's serial number (msn)",
        "aircraft construction number (also called l/n or s/n or f/n)",
        "aircraft serial identification",
    ),
    "call_sign": ("vessel call sign",),
    "bic": ("swift/bic",),
    "lei": ("legal entity number",),
    "passport": ("passport", "diplomatic passport", "stateless person passport", "travel document number"),
    "national_id": (
        *("national id no.", "cedula no.", "c.u.r.p.", "d.n.i.", "identification number", "personal id card"),
        *("national foreign id number", "tazkira national id card", "citizen's card number", "kenyan id no.", "ssn"),
        *("turkish identification number", "i.f.e.", "numero de identidad", "uae identification", "c.u.i."),
        *("electoral registry no.", "credencial electoral", "residency number", "refugee id card"),
    ),
    "tax_id": (
        *("tax id no.", "nit #", "r.f.c.", "rfc", "ruc #", "rif #", "v.a.t. number", "c.u.i.t.", "c.i.f.", "rtn"),
        *("italian fiscal code", "us fein"),
    ),
    "registration": (
        *("registration number", "registration id", "business registration number", "company number", "c.r. no."),
        *("uk company number", "folio mercantil no.", "commercial registry number", "romanian c.r.", "license"),
        *("matricula mercantil no", "government gazette number", "unified social credit code (uscc)"),
        *("united social credit code certificate (usccc)", "economic register number (cbls)", "trade license no."),
        *("chamber of commerce number", "central registration system number", "istanbul chamber of comm. no."),
        *("dubai chamber of commerce membership no.", "business registration document #", "business number"),
        *("enterprise number", "branch unit number", "public registration number", "registered charity no."),
        *("certificate of incorporation number", "organization code", "file number", "permit number"),
        "afghan money service provider license number",
    ),
    "email": ("email address", "email"),
    "website": ("website",),
    "phone": ("phone number", "phone no.", "telephone no.", "telephone", "phone"),
    "other": (
        *("isin", "d-u-n-s number", "bik (ru)", "un/locode", "aircraft mode s transponder code", "le number"),
        *("driver's license no.", "pilot license number", "birth certificate number", "visanumberid", "c.u.i.p."),
        *("chinese commercial code", "equity ticker", "immigration no.", "sre permit no."),
        "cartilla de servicio militar nacional",
    ),
}
_KIND_OF = {label: kind for kind, labels in _KINDS.items() for label in labels}
_LABELS = "|".join(re.escape(label) for label in sorted(_KIND_OF, key=len, reverse=True))
_PHRASE = re.compile(
    rf"(?:alt\. )?(?:(?P<label>{_LABELS})|digital currency address - (?P<currency>\w+)):?\s+(?P<value>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
#: A label that is not on record, of which the last words are: ``British National Overseas Passport 750200421``.
_ENDS_KNOWN = re.compile(
    r"(?P<label>(?:[A-Z][\w.'()-]{0,30} ){1,4}(?P<known>passport|personal id no\.|personal id|id card|tax registration"
    r"|tax identification number|registration number|license no\.))\s+(?P<value>(?=[^\s,]{0,30}\d)\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_ENDINGS = {
    "passport": "passport",
    **dict.fromkeys(("personal id no.", "personal id", "id card"), "national_id"),
    **dict.fromkeys(("tax registration", "tax identification number"), "tax_id"),
    **dict.fromkeys(("registration number", "license no."), "registration"),
}
#: What belongs to neither kind, whatever the last words are.
_MILITARY = "military"
_DATED = re.compile(
    r"(?<!\s)\s++(?:(?:date of )?issued?|issue date|expires|expired|expiration date)\b.*$", re.IGNORECASE | re.DOTALL
)
_COUNTRY = re.compile(r"^(?P<value>.*\S)\s+\((?P<country>[^()]+)\)$", re.DOTALL)
_IMO = re.compile(r"IMO\s*(\d{7})", re.IGNORECASE)
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
#: Kinds whose value never carries a country.
_BARE = frozenset({"email", "website", "phone", "bic", "mmsi"})

#: What a "Target Type" says of a body that OFAC otherwise only calls an entity.
TARGET_TYPES: dict[str, Schema] = {
    "private company": Schema.COMPANY,
    "public company": Schema.COMPANY,
    "state-owned enterprise": Schema.COMPANY,
    "financial institution": Schema.COMPANY,
    "government entity": Schema.ORGANIZATION,
    "unrecognized government entity": Schema.ORGANIZATION,
    "charity or nonprofit organization": Schema.ORGANIZATION,
    "criminal organization": Schema.ORGANIZATION,
}


def to_identifier(phrase: str, schema: Schema) -> Identifier | None:
    """The identifier a phrase names (``LABEL VALUE (Country) issued DATE``), or None when it has no such label.

    ``detail`` is the country of a document, the currency of a crypto address, OFAC's label of an identifier of kind
    ``other``, ``previous`` for a former tail number, and ``company`` for the IMO number of a company, not of a ship.
    """
    found = _PHRASE.fullmatch(phrase)
    ending = _ENDS_KNOWN.fullmatch(phrase) if found is None else None
    if found is not None and found["currency"]:
        return Identifier("crypto", found["value"].strip(), found["currency"].upper())
    if found is not None:
        label, kind, value = found["label"], _KIND_OF[found["label"].lower()], found["value"].strip()
    elif ending is not None:
        label, value = ending["label"], ending["value"].strip()
        kind = "other" if _MILITARY in label.lower() else _ENDINGS[ending["known"].lower()]
    else:
        return None
    country = None
    if kind not in _BARE:
        value = _DATED.sub("", value)
        if (closed := _COUNTRY.match(value)) and (code := known_country(closed["country"])):
            value, country = closed["value"], code
    return _classified(kind, label, value, country, schema)


def _classified(kind: str, label: str, value: str, country: str | None, schema: Schema) -> Identifier:
    if ship := _IMO.fullmatch(value):
        return Identifier("imo", ship[1], None if schema is Schema.VESSEL else "company")
    if kind == "imo" or (kind == "national_id" and schema is not Schema.PERSON):
        kind = "registration"
    if kind == "lei" and not _LEI.fullmatch(value):
        kind = "registration"
    if kind == "tail_number" and label.lower().startswith("previous"):
        return Identifier(kind, value, "previous")
    if kind == "other":
        return Identifier(kind, value, f"{label} ({country})" if country else label)
    return Identifier(kind, value, country)


def between(start: str, end: str, *, about: bool = False) -> str:
    """A date from its earliest and its latest day, as precise as they are: a year, a month, a day or a range."""
    if about or (start.endswith("-01-01") and end.endswith("-12-31")):
        start, end = start[:4], end[:4]
    elif start.endswith("-01") and start[:7] == end[:7] and _last_of_month(end):
        start = end = start[:7]
    return start if start == end else f"{start}/{end}"


def _last_of_month(day: str) -> bool:
    return len(day) == len("1967-10-31") and int(day[8:]) == calendar.monthrange(int(day[:4]), int(day[5:7]))[1]
