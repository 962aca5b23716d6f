"""What a file of FollowTheMoney entities says of one of them in other lines: sanctions, links, documents, wallets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from watchlist.lists.forms.opensanctions.facts import SCHEMAS
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.streams.json_lines import Record, strings
from watchlist.lists.reading.streams.spool import Spool
from watchlist.lists.words.dates import iso_date

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


@dataclass(frozen=True, slots=True)
class EntityLine:
    """One line of the file."""

    file: ListFile
    number: int
    found: Record

    @property
    def id(self) -> str:
        """The entity's id; raises ListParseError when there is none."""
        source_id = self.found.get("id")
        if not isinstance(source_id, str) or not source_id.strip():
            raise self.file.broken("the id is missing", self.number)
        return source_id

    def all(self, *names: str) -> list[str]:
        """The values of properties, one after the other."""
        properties = self.found.get("properties")
        if not isinstance(properties, dict):
            raise self.file.broken("expected an object as properties", self.number)
        return [value for name in names for value in strings(self.file, properties, name, self.number)]


class Gathered:
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


def gather(gathered: Spool, line: EntityLine) -> None:
    """Put by what a line says, of its own entity or of others."""
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
        gathered.add(line.id, ["caption", _caption(line)])


def _gather_sanction(gathered: Spool, line: EntityLine) -> None:
    facts = [["program", each] for each in line.all("programId") or line.all("program")]
    facts += [["listed", day] for each in line.all("listingDate") or line.all("startDate") if (day := iso_date(each))]
    facts += [["url", each] for each in line.all("sourceUrl")[:1]]
    facts += [["reference", each] for each in line.all("authorityId")[:1]]
    for entity_id in line.all("entity"):
        for fact in facts:
            gathered.add(entity_id, fact)


def _gather_held(gathered: Spool, line: EntityLine, schema: str) -> None:
    value, detail = _HELD[schema]
    kind = "crypto" if schema == "CryptoWallet" else "passport" if schema == "Passport" else "other"
    if schema == "Identification" and any("passport" in words.lower() for words in line.all("type")):
        kind = "passport"
    label = next(iter(line.all("type")), None) if kind == "other" else next(iter(line.all(detail)), None)
    for holder in line.all("holder"):
        for each in line.all(value):
            gathered.add(holder, ["identifier", [kind, each, label]])


def _caption(line: EntityLine) -> str:
    stated = line.found.get("caption")
    names = line.all("name")
    # OpenSanctions picks the caption among the names; where it is none of them it is the id.
    return stated if isinstance(stated, str) and (stated in names or not names) else next(iter(names), "")
