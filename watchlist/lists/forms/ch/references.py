"""What SECO's targets refer to by number: programs, places, other targets. They stand apart, so are gathered first."""

from __future__ import annotations

from dataclasses import dataclass, field

from watchlist.lists.forms.ch import names
from watchlist.lists.reading.entries import below_root
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, attribute, child_text, elements, local_name
from watchlist.lists.words.countries import known_country

TARGET = "target"
#: What else stands right below the root.
OTHERS = ("place", "sanctions-program")

#: Town, area, country in words, and the country's code.
Place = tuple[str, str, str, str]


@dataclass(slots=True)
class SecoReferences:
    """What targets refer to, each by its number."""

    programs: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    #: The primary names of targets.
    names: dict[str, str] = field(default_factory=dict)

    def place(self, element: Element) -> Place:
        """Where an address or a birth is: its own words, and those of the place it refers to."""
        own = _place(element)
        there = self.places.get(attribute(element, "place-id") or "", ("", "", "", ""))
        town, area, country, code = (mine or theirs for mine, theirs in zip(own, there, strict=True))
        return town, area, country, code


def gather(file: ListFile) -> SecoReferences:
    """Read everything that targets refer to; raises ListParseError for damaged XML."""
    known = SecoReferences()
    for element in elements(file, TARGET, *OTHERS):
        # Deeper ones are copies inside a target's history.
        if not below_root(element):
            continue
        number = attribute(element, "ssid") or ""
        match local_name(element):
            case "target":
                name = names.primary(element)
                known.names.update({number: name} if name else {})
            case "place":
                known.places[number] = _place(element)
            case _:
                key = _english(element, "program-key") or _english(element, "program-name")
                sets = element.iterchildren("{*}sanctions-set")
                known.programs.update({attribute(each, "ssid") or "": key for each in sets} if key else {})
    return known


def _english(element: Element, name: str) -> str | None:
    found = {attribute(each, "lang"): " ".join(each.itertext()) for each in element.iterchildren(f"{{*}}{name}")}
    words = found.get("eng") or next(iter(found.values()), "")
    return " ".join(words.split()) or None


def _place(element: Element) -> tuple[str, str, str, str]:
    country = next(element.iterchildren("{*}country"), None)
    code = "" if country is None else attribute(country, "iso-code") or ""
    words = "" if country is None else " ".join(country.itertext())
    return child_text(element, "location") or "", child_text(element, "area") or "", words, known_country(code) or ""
