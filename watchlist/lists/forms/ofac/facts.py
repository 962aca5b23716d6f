"""Collects what OFAC says about one entity beyond its name, phrase by phrase."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from watchlist.lists.forms.ofac.fields import TARGET_TYPES, to_identifier
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.notes import Noted, Notes
from watchlist.lists.words.countries import read_countries
from watchlist.lists.words.days.date_cells import read_dates
from watchlist.lists.words.person import split_person
from watchlist.model import Entity, Identifier, Name, NameKind, Schema

#: What the phrase opens with, and where the rest of it belongs.
_PREFIXED = re.compile(
    r"(?:alt\. |secondary )?(?:(?P<dob>DOB)|(?P<pob>POB)|(?P<nation>nationality(?! of)|citizen(?:ship)?)"
    r"|(?P<flag>Other Vessel Flag|Nationality of Registration|Registration Country)"
    r"|(?P<linked>Linked To:|Aircraft Operator)|(?P<title>(?:Alternate )?Title[,:]|Position:)|(?P<type>Target Type))"
    r"\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"(?:alt\. )?([afn])\.k\.a\.,?\s+'(.*)'", re.DOTALL)
#: What the letter in front of ``k.a.`` makes of a name; names in quotes are weak ones, whatever they are.
_NAME_KINDS = {"a": NameKind.ALIAS, "f": NameKind.PREVIOUS, "n": NameKind.PREVIOUS}

#: Words of office, rank and respect: a phrase without a label that has one describes the person's position.
_OFFICE = re.compile(
    r"\b(?:minister|member|chair(?:man|person|woman)|president|director|commander|governor|general|colonel|captain|chief"
    r"|head|secretary|deputy|officer|representative|ambassador|magistrate|judge|justice|rector|speaker|leader|advis[oe]r"
    r"|manager|employee|official|warden|senator|mayor|major|lieutenant|admiral|brigadier|doctor|haji|maulana|mullah"
    r"|hojjatoleslam|sheikh|shaykh|prosecutor|spokes(?:man|person|woman)|founder|treasurer|aide)\b",
    re.IGNORECASE,
)
#: Phrases that hold such words but speak of the sanction, not of the person.
_SANCTION = re.compile(
    r"(?:alt\. )?(?:additional sanctions|secondary sanctions|transactions prohibited|executive order|caatsa|ifca|gender"
    r"|fax|organization|effective date|listing date|for more information)\b"
    r"|.*\b(?:arrested|indictee|incarcerated|deceased)\b",
    re.IGNORECASE,
)
_OFFICE_LENGTH = 200


# No `lists.reading.draft.Draft`: that writes names and texts anew, keeps each name once in its strongest kind, and
# takes short forms in brackets for names. OFAC's names are kept letter for letter and as often as they are listed.
@dataclass(slots=True)
class Facts:
    """What has been said of one entity so far."""

    list_id: str
    source_id: str
    schema: Schema
    names: list[Name] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    designations: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    linked_to: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    #: Takes down the cells that could not be read.
    notes: Notes = field(default_factory=Notes)

    @classmethod
    def of_kind(cls, file: ListFile, source_id: str, words: str | None, schemas: Mapping[str, Schema]) -> Self:
        """The facts of what words in lower case stand for in ``schemas``; of other words a LegalEntity, with a note."""
        schema = schemas.get((words or "").lower())
        facts = cls(file.list_id, source_id, schema or Schema.LEGAL_ENTITY, notes=file.notes)
        file.notes.read("schema")
        if schema is None:
            facts.note("schema", words)
        return facts

    def name(self, text: str, kind: NameKind, *, weak: bool = False) -> None:
        """Add a name as the list writes it; a person's is split into its parts."""
        family, given = split_person(text) if self.schema is Schema.PERSON else (None, None)
        self.names.append(Name(text, kind, given=given, family=family, weak=weak))

    def primary(self, text: str | None) -> None:
        """Add the primary name; an entity without one is called by its id, with a note."""
        self.notes.read("names")
        if not text:
            self.note("names", "")
        self.name(text or self.source_id, NameKind.PRIMARY)

    def note(self, field: Noted, text: str | None) -> None:
        """Note a cell that could not be read; the entity is kept without what it says."""
        self.notes.unread(field, self.source_id, text or "")

    def country(self, text: str | None) -> None:
        """Add the country of a nationality, a flag or an address; words that are none stay words."""
        found = read_countries(text)
        if not found.countries or text == "None Identified":
            return
        self.notes.read("countries")
        if found.unread:
            self.note("countries", text)
        self.countries += found.countries

    def birth(self, text: str) -> None:
        """Add dates of birth; words that are none are kept as a remark."""
        found = read_dates(text)
        self.notes.read("birth_dates")
        if found.unread:
            self.note("birth_dates", text)
            self.remarks.append(f"DOB {text}")
        self.birth_dates += found.dates

    def title(self, text: str | None) -> None:
        """Add the offices of the title field, which are joined by semicolons."""
        self.designations.extend(part.strip() for part in (text or "").split(";") if part.strip())

    def address(self, parts: tuple[str | None, ...], country: str | None) -> None:
        """Add an address. Its country says where an organisation is at home, but nothing of a person's nationality."""
        if country and self.schema not in (Schema.PERSON, Schema.VESSEL, Schema.AIRCRAFT):
            self.country(country)
        if words := ", ".join(part for part in (*parts, country) if part):
            self.addresses.append(words)

    def vessel(self, kind: str | None, tonnage: str | None, gross: str | None) -> None:
        """Add what is said of a vessel that has no field of its own."""
        for label, value in (("Vessel Type", kind), ("Tonnage", tonnage), ("Gross Registered Tonnage", gross)):
            if value:
                self.remarks.append(f"{label} {value}")

    def phrase(self, text: str) -> None:
        """Take in one phrase of the remarks; what nothing is known for is kept as it stands."""
        if quoted := _QUOTED.fullmatch(text):
            if name := quoted[2].strip():
                self.name(name, _NAME_KINDS[quoted[1]], weak=True)
        elif found := _PREFIXED.fullmatch(text):
            self._prefixed(text, found)
        elif (identifier := to_identifier(text, self.schema)) is not None:
            self.identifiers.append(identifier)
        elif self.schema is Schema.PERSON and _is_office(text):
            self.designations.append(text)
        else:
            self.remarks.append(text)

    def _prefixed(self, text: str, found: re.Match[str]) -> None:
        rest = found["rest"].strip()
        if found["dob"]:
            self.birth(rest)
        elif found["pob"]:
            self.birth_places.append(rest)
        elif found["nation"] or found["flag"]:
            self.country(rest)
        elif found["linked"]:
            self.linked_to.append(rest)
        elif found["title"]:
            self.designations.append(rest)
        else:
            if self.schema is Schema.LEGAL_ENTITY:
                self.schema = TARGET_TYPES.get(rest.lower(), self.schema)
            self.remarks.append(text)

    def entity(self) -> Entity:
        """The finished entity. Names are kept as often as the list has them; everything else once."""
        return Entity(
            list_id=self.list_id,
            source_id=self.source_id,
            schema=self.schema,
            names=tuple(self.names),
            countries=tuple(dict.fromkeys(self.countries)),
            birth_dates=tuple(dict.fromkeys(self.birth_dates)),
            birth_places=tuple(dict.fromkeys(self.birth_places)),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            programs=tuple(dict.fromkeys(self.programs)),
            designations=tuple(dict.fromkeys(self.designations)),
            addresses=tuple(dict.fromkeys(self.addresses)),
            linked_to=tuple(dict.fromkeys(self.linked_to)),
            remarks="; ".join(dict.fromkeys(self.remarks)) or None,
        )


def _is_office(text: str) -> bool:
    return len(text) <= _OFFICE_LENGTH and bool(_OFFICE.search(text)) and not _SANCTION.match(text)
