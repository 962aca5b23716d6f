"""Collects what a list says of one entity until it is complete."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.notes import Noted
from watchlist.lists.words.countries import known_country, read_countries, without_remark
from watchlist.lists.words.days.date_cells import read_dates
from watchlist.lists.words.document_cells import read_documents
from watchlist.lists.words.places import countries_of
from watchlist.lists.words.two_scripts import by_script
from watchlist.lists.words.un_references import un_references
from watchlist.model import Entity, Identifier, Name, NameKind, Schema

#: The detail of an identifier of kind ``other`` that is the reference of a UN listing (``QDi.001``). The UN, the EU,
#: the UK, Switzerland and Australia state it: one entity on several lists is known by it.
UN_REFERENCE = "UN reference"

#: A short form in brackets behind the name: ``FORCES OF EXAMPLE (FOE)``.
_ACRONYM = re.compile(r"(?P<name>.*\S)\s*\((?P<short>[A-Z][A-Z0-9&./-]{1,11})\)", re.DOTALL)
_LETTERED = re.compile(r"(?:^|[\s;,])\(?[a-z1-9]\)(?:\s*-\s*\(?[a-z1-9]\))?[\s.]*")
#: Cells that say that no address is known.
_NO_PLACE = frozenset({"na", "n/a", "unknown", "not known", "none", "not available"})
#: Seven digits by themselves, or behind the letters IMO.
_IMO = re.compile(r"(?<![A-Za-z0-9])(?:IMO)?(\d{7})(?!\d)", re.IGNORECASE)
#: Which of two kinds a name keeps that an entity has twice: the one listed first here, and any before a weak one.
_STRENGTH = (NameKind.PRIMARY, NameKind.ALIAS, NameKind.PREVIOUS, NameKind.ACRONYM)


def clean(text: str | None) -> str:
    """The words with runs of white space as one space and without what Excel writes for a carriage return."""
    return " ".join((text or "").replace("_x000D_", " ").replace("\u200b", "").split())


def imo_numbers(text: str) -> list[str]:
    """The IMO numbers in a text: seven digits, with or without the letters in front."""
    return list(dict.fromkeys(_IMO.findall(text)))


def name_parts(*parts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The parts of a name that have any words; none where given and family name, once each, say all that they do."""
    found = tuple((kind, words) for kind, text in parts if (words := clean(text)))
    kinds = [kind for kind, _ in found]
    return () if len(set(kinds)) == len(kinds) and {"given", "family"}.issuperset(kinds) else found


def split_lettered(text: str) -> list[str]:
    """The points of ``a) one b) two`` or ``1) one 2) two``; other words are one point."""
    words = clean(text)
    pieces = _LETTERED.split(words) if re.match(r"\(?[a1]\)", words) else [words]
    return [point for piece in pieces if (point := piece.strip(" ;,-"))]


@dataclass(slots=True)
class Draft:
    """What has been said of one entity so far; lists may hold repetitions and blanks until `entity` is asked for."""

    file: ListFile
    source_id: str
    schema: Schema
    #: Where the entity begins in its file, for messages.
    line: int | None = None
    reference: str | None = None
    listed_on: str | None = None
    url: str | None = None
    names: list[Name] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    birth_dates: list[str | None] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    designations: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    linked_to: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _taken: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of_kind(
        cls, file: ListFile, source_id: str, words: str | None, schemas: Mapping[str, Schema], line: int | None = None
    ) -> Self:
        """A draft of what words in lower case stand for in ``schemas``; of other words a LegalEntity, with a note."""
        schema = schemas.get(clean(words).lower())
        draft = cls(file, source_id, schema or Schema.LEGAL_ENTITY, line)
        file.notes.read("schema")
        if schema is None:
            draft.note("schema", words)
        return draft

    def name(self, name: Name) -> None:
        """Add a name; of one in two scripts, both names.

        Of a body's ``NAME (NB)`` the name and its short form are added by themselves as well.
        """
        text = clean(name.text)
        if not text:
            return
        first, *others = by_script(text)
        if first.text != text:
            former = first.former and name.kind is NameKind.ALIAS
            kind = NameKind.PREVIOUS if former else name.kind
            self._name(Name(first.text, kind, first.lang or name.lang, weak=name.weak))
            kind = NameKind.ALIAS if kind is NameKind.PRIMARY else kind
            for each in others:
                weak = name.weak or (self.schema is Schema.PERSON and " " not in each.text)
                self._name(Name(each.text, kind, each.lang, weak=weak))
            return
        self._name(replace(name, text=text))

    def _name(self, name: Name) -> None:
        text, given, family = name.text, clean(name.given) or None, clean(name.family) or None
        self.names.append(replace(name, given=given, family=family))
        if self.schema is not Schema.PERSON and (found := _ACRONYM.fullmatch(text)):
            kind = NameKind.ALIAS if name.kind is NameKind.PRIMARY else name.kind
            self.names += [
                Name(found["name"], kind, name.lang, weak=name.weak),
                Name(found["short"], NameKind.ACRONYM, name.lang, weak=name.weak),
            ]

    def _is_new(self, field: Noted, text: str | None) -> bool:
        """Whether a cell is not the same again: rows of one entity repeat its other cells."""
        key = (field, text or "")
        if key in self._taken:
            return False
        self._taken.add(key)
        return True

    def note(self, field: Noted, text: str | None) -> None:
        """Note a cell that could not be read; the entity is kept without what it says."""
        self.file.notes.unread(field, self.source_id, clean(text))

    def country(self, *texts: str | None) -> None:
        """Add the countries that cells hold, by name, nationals or code; words that are none stay words."""
        for text in (each for each in texts if self._is_new("countries", each)):
            found = read_countries(text)
            if found.countries:
                self.file.notes.read("countries")
            if found.unread:
                self.note("countries", text)
            self.countries += found.countries

    def births(self, *texts: str | None) -> None:
        """Add the dates of birth that cells hold."""
        for text in (each for each in texts if self._is_new("birth_dates", each)):
            found = read_dates(text)
            if found.dates or found.unread:
                self.file.notes.read("birth_dates")
            if found.unread:
                self.note("birth_dates", text)
            self.birth_dates += found.dates

    def listed(self, text: str | None) -> None:
        """Take the day of listing; of several the first."""
        found = read_dates(text)
        if found.dates or found.unread:
            self.file.notes.read("listed_on")
        days = [day for date in found.dates for day in date.split("/")[:1]]
        if found.unread and not days:
            self.note("listed_on", text)
        self.listed_on = min(days, default=self.listed_on)

    def imo(self, text: str | None, detail: str | None = None) -> None:
        """Add the IMO numbers that a cell holds, however they are labelled."""
        words = clean(text)
        if not self._is_new("identifiers", words):
            return
        numbers = imo_numbers(words)
        if numbers or any(map(str.isdigit, words)):
            self.file.notes.read("identifiers")
            if not numbers:
                self.note("identifiers", words)
        for number in numbers:
            self.identifier("imo", number, detail)

    def address(self, *lines: str | None, country: str | None = None, code: str | None = None) -> None:
        """Add an address, the country in words and, where the list has it, as a code.

        Its country says where a body is at home, but nothing of a person's nationality. Where the list has no column
        for the country, the address may end in one.
        """
        words = (clean(line).strip(" ,") for line in (*lines, country))
        address = ", ".join(dict.fromkeys(word for word in words if word))
        if self.schema not in (Schema.PERSON, Schema.VESSEL, Schema.AIRCRAFT):
            stated = clean(code or country)
            # A former address is one as well.
            self.country(known_country(without_remark(stated)) or stated)
            self.countries += () if stated else countries_of(address)
        self.addresses.append(address)

    def whereabouts(self, *texts: str) -> None:
        """Add addresses, each of them in one text; cells that only say that there is none are left out."""
        for text in texts:
            for point in split_lettered(text):
                if point.lower().strip(" .") not in _NO_PLACE:
                    self.address(point)

    def birth_place(self, *lines: str | None) -> None:
        """Add a place of birth from town to country."""
        words = (clean(line).strip(" ,") for line in lines)
        self.birth_places.append(", ".join(dict.fromkeys(word for word in words if word)))

    def identifier(self, kind: str, value: str | None, detail: str | None = None) -> None:
        """Add an identifier where there is a value."""
        if words := clean(value):
            self.identifiers.append(Identifier(kind, words, clean(detail) or None))

    def document(self, kind: str, text: str | None, country: str | None = None) -> None:
        """Add the documents that a cell describes in words, one or several.

        Country and kind are what the words say, else those given. What names another kind of document than a passport
        or a national one is of kind ``other``.
        """
        words = clean(text)
        if not words or not self._is_new("identifiers", f"{kind} {country} {words}"):
            return
        self.file.notes.read("identifiers")
        cell = read_documents(words)
        for each in cell.documents:
            found = each.document
            if found.label:
                whose = found.country or country
                self.identifier("other", found.number, f"{found.label} ({whose})" if whose else found.label)
            else:
                self.identifier(each.kind or kind, found.number, found.country or country)
        for point in cell.unread:
            self.note("identifiers", point)
            self.identifier(kind, point, country)

    def un_references(self, text: str) -> None:
        """Add the UN's references that a field or a remark gives."""
        for reference in un_references(text):
            self.identifier("other", reference, UN_REFERENCE)

    def entity(self) -> Entity:
        """The finished entity, everything once. One without a name is called by its id, with a note."""
        self.file.notes.read("names")
        names = _distinct(self.names)
        if not names:
            self.note("names", "")
            names = (Name(self.source_id),)
        return Entity(
            list_id=self.file.list_id,
            source_id=self.source_id,
            schema=self.schema,
            names=names,
            countries=_once(self.countries),
            birth_dates=_once(self.birth_dates),
            birth_places=_once(self.birth_places),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            programs=_once(self.programs),
            designations=_once(self.designations),
            addresses=_once(self.addresses),
            linked_to=_once(self.linked_to),
            listed_on=self.listed_on,
            reference=self.reference,
            remarks="; ".join(_once(self.remarks)) or None,
            url=self.url,
        )


def _once(values: list[str] | list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for value in values if (words := clean(value))))


def _strength(name: Name) -> tuple[bool, int]:
    return name.weak and name.kind is not NameKind.PRIMARY, _STRENGTH.index(name.kind)


def _distinct(names: list[Name]) -> tuple[Name, ...]:
    """Each text once, in the strongest kind it was given, the primary name first."""
    strongest: dict[str, Name] = {}
    for name in names:
        known = strongest.get(name.text)
        if known is None or _strength(name) < _strength(known):
            strongest[name.text] = name
    found = list(strongest.values())
    if not found:
        return ()
    # A second primary name (another spelling of it) is as good as an alias; without any, the first strong name stands.
    first = min(found, key=_strength)
    return (
        replace(first, kind=NameKind.PRIMARY, weak=False),
        *(
            replace(name, kind=NameKind.ALIAS) if name.kind is NameKind.PRIMARY else name
            for name in found
            if name is not first
        ),
    )
