"""What the attributes of the EU's FSF 1.1 mean: one reading for the XML and the CSV, which hold the same values.

Keys are the XML's attribute names in lower case (of an identification without that word in front); the CSV's column
names differ from them in a few places, which `csv` evens out. ``00`` and ``UNKNOWN`` stand for no country.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from watchlist.lists.reading.draft import Draft, name_parts, split_lettered
from watchlist.lists.words.countries import known_country, to_country
from watchlist.lists.words.dates import iso_date, iso_parts, iso_range
from watchlist.lists.words.languages import to_lang
from watchlist.model import Name, NameKind, Schema

#: Columns or attributes of one child element, with empty ones as "".
Values = Mapping[str, str]

#: Schema by ``subjectType@code``: the EU calls everything that is no person an enterprise.
SCHEMAS = {"person": Schema.PERSON, "enterprise": Schema.LEGAL_ENTITY}

_LOW_QUALITY = re.compile(r"\blow? quality\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:f\.?k\.?a\b|formerly|previous(?:ly)?|former name)", re.IGNORECASE)
_KINDS = {
    "passport": "passport",
    "id": "national_id",
    "ssn": "national_id",
    "nrn": "national_id",
    "nationcert": "national_id",
    "fiscalcode": "tax_id",
    "regnumber": "registration",
    "tradelic": "registration",
    "swiftbic": "bic",
    "imo": "imo",
}
_CONTACTS = {"phone": "phone", "email": "email", "web": "website"}


def name(draft: Draft, values: Values, remark: str) -> None:
    """Add a name with its parts, language, titles and functions; the first strong one is the primary name."""
    given = " ".join(part for part in (values.get("firstname", ""), values.get("middlename", "")) if part)
    family = values.get("lastname", "")
    text = values.get("wholename", "") or " ".join(part for part in (given, family) if part)
    weak = values.get("strong", "").lower() == "false" or bool(_LOW_QUALITY.search(remark))
    kind = NameKind.PREVIOUS if _FORMER.search(remark) else NameKind.ALIAS
    if kind is NameKind.ALIAS and not weak and all(known.kind is not NameKind.PRIMARY for known in draft.names):
        kind = NameKind.PRIMARY
    parts = name_parts(
        ("given", values.get("firstname", "")), ("middle", values.get("middlename", "")), ("family", family)
    )
    lang = to_lang(values.get("namelanguage"))
    draft.name(Name(text, kind, lang, given=given or None, family=family or None, parts=parts, weak=weak))
    for field in ("title", "function"):
        draft.designations += split_lettered(values.get(field, ""))


def citizenship(draft: Draft, values: Values) -> None:
    """Add a nationality."""
    draft.country(_country(values))


def address(draft: Draft, values: Values, remark: str) -> None:
    """Add an address and its remark."""
    po_box = values.get("pobox", "")
    lines = (values.get(key, "") for key in ("street", "place", "zipcode", "city", "region"))
    draft.address(
        f"P.O. Box {po_box}" if po_box else None, *lines, country=_country_words(values), code=_country(values)
    )
    draft.remarks.append(remark)


def contact(draft: Draft, key: str, value: str) -> None:
    """Add telephone numbers, e-mail or web addresses."""
    if kind := _CONTACTS.get(key.lower()):
        for each in re.split(r"[;,]", value):
            draft.identifier(kind, each)


def birth(draft: Draft, values: Values) -> None:
    """Add a date and place of birth; dates of another calendar than the Gregorian are left out."""
    if values.get("calendartype", "").upper() in ("", "GREGORIAN"):
        years = iso_range(iso_date(values.get("yearrangefrom")), iso_date(values.get("yearrangeto")))
        parts = (values.get(key, "") for key in ("year", "monthofyear", "dayofmonth"))
        found = iso_date(values.get("birthdate")) or iso_parts(*parts) or years or values.get("birthdate")
        circa = values.get("circa", "").lower() == "true"
        draft.births(f"circa {found}" if circa and found else found)
    place = (values.get(key, "") for key in ("place", "city", "region"))
    draft.birth_place(*place, _country_words(values))


def identification(draft: Draft, values: Values) -> None:
    """Add a document or registration number, in Latin letters too where the EU gives both."""
    code = values.get("typecode", "").lower()
    kind = _KINDS.get(code, "other")
    country = _country(values)
    detail = to_country(country) if country else None
    if kind == "other":
        label = values.get("typedescription", "") or code
        detail = f"{label} ({detail})" if detail else label
    for value in dict.fromkeys((values.get("number", ""), values.get("latinnumber", ""))):
        draft.identifier(kind, value, detail)


def _country(values: Values) -> str | None:
    return known_country(values.get("countryiso2code", "")) or _country_words(values)


def _country_words(values: Values) -> str | None:
    words = values.get("countrydescription", "")
    return words.title() if words.upper() not in ("", "UNKNOWN") else None
