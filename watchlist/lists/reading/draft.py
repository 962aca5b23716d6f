"""Collects what a list says of one entity until it is complete."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from watchlist.lists.reading.files import ListFile
from watchlist.lists.words.countries import known_country
from watchlist.lists.words.un_references import un_references
from watchlist.model import Entity, Identifier, Name, NameKind, Schema

#: The detail of an identifier of kind ``other`` that is the reference of a UN listing (``QDi.001``). The UN, the EU,
#: the UK, Switzerland and Australia state it: one entity on several lists is known by it.
UN_REFERENCE = "UN reference"

#: A short form in brackets behind the name: ``FORCES OF EXAMPLE (FOE)``.
_ACRONYM = re.compile(r"(?P<name>.*\S)\s*\((?P<short>[A-Z][A-Z0-9&./-]{1,11})\)", re.DOTALL)
_LETTERED = re.compile(r"(?:^|[\s;,])\(?[a-z1-9]\)(?:\s*-\s*\(?[a-z1-9]\))?[\s.]*")
#: What stands behind a country without changing it; ``(citizenship revoked)`` does change it.
_SINCE = re.compile(r"\s*(?:\((?!.*(?:revok|withdr|former|previous|until))[^()]*\)|citizenship)$", re.IGNORECASE)
#: Which of two kinds a name keeps that an entity has twice: the one listed first here.
_STRENGTH = (NameKind.PRIMARY, NameKind.ALIAS, NameKind.PREVIOUS, NameKind.ACRONYM, NameKind.WEAK_ALIAS)


def clean(text: str | None) -> str:
    """The words with runs of white space as one space and without what Excel writes for a carriage return."""
    return " ".join((text or "").replace("_x000D_", " ").replace("\u200b", "").split())


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

    def name(self, name: Name) -> None:
        """Add a name. Of a body's ``NAME (NB)`` the name and its short form are added by themselves as well."""
        text = clean(name.text)
        if not text:
            return
        given, family = clean(name.given) or None, clean(name.family) or None
        self.names.append(replace(name, text=text, given=given, family=family))
        if self.schema is not Schema.PERSON and (found := _ACRONYM.fullmatch(text)):
            kind = NameKind.ALIAS if name.kind is NameKind.PRIMARY else name.kind
            self.names += [Name(found["name"], kind, name.lang), Name(found["short"], NameKind.ACRONYM, name.lang)]

    def country(self, *texts: str | None) -> None:
        """Add countries by name or code."""
        for words in filter(None, map(clean, texts)):
            self.countries.append(known_country(words) or known_country(_SINCE.sub("", words)) or words)

    def address(self, *lines: str | None, country: str | None = None, code: str | None = None) -> None:
        """Add an address, the country in words and, where the list has it, as a code.

        Its country says where a body is at home, but nothing of a person's nationality.
        """
        if self.schema not in (Schema.PERSON, Schema.VESSEL, Schema.AIRCRAFT):
            self.country(code or country)
        words = (clean(line).strip(" ,") for line in (*lines, country))
        self.addresses.append(", ".join(dict.fromkeys(word for word in words if word)))

    def birth_place(self, *lines: str | None) -> None:
        """Add a place of birth from town to country."""
        words = (clean(line).strip(" ,") for line in lines)
        self.birth_places.append(", ".join(dict.fromkeys(word for word in words if word)))

    def identifier(self, kind: str, value: str | None, detail: str | None = None) -> None:
        """Add an identifier where there is a value."""
        if words := clean(value):
            self.identifiers.append(Identifier(kind, words, clean(detail) or None))

    def un_references(self, text: str) -> None:
        """Add the UN's references that a field or a remark gives."""
        for reference in un_references(text):
            self.identifier("other", reference, UN_REFERENCE)

    def entity(self) -> Entity:
        """The finished entity, everything once; raises ListParseError when it has no name."""
        names = _distinct(self.names)
        if not names:
            raise self.file.broken(f"entity {self.source_id} has no name", self.line)
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


def _distinct(names: list[Name]) -> tuple[Name, ...]:
    """Each text once, in the strongest kind it was given, the primary name first."""
    strongest: dict[str, Name] = {}
    for name in names:
        known = strongest.get(name.text)
        if known is None or _STRENGTH.index(name.kind) < _STRENGTH.index(known.kind):
            strongest[name.text] = name
    found = list(strongest.values())
    if not found:
        return ()
    # A second primary name (another spelling of it) is as good as an alias; without any, the first strong name stands.
    first = min(found, key=lambda name: _STRENGTH.index(name.kind))
    return (
        replace(first, kind=NameKind.PRIMARY),
        *(
            replace(name, kind=NameKind.ALIAS) if name.kind is NameKind.PRIMARY else name
            for name in found
            if name is not first
        ),
    )
