"""Derive what countries are called in other languages than English, for lists that are not the great authorities'.

    python scripts/derive_countries.py

Needs Babel (CLDR, Unicode licence) and this package. Writes ``watchlist/lists/data/countries_abroad.txt``: the code of
each country of ``countries.txt`` with its names in LANGUAGES. A name that two countries have, or that means another one
there, is left out.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from babel import Locale

from watchlist.lists.words.countries import codes, known_country, plain
from watchlist.model import script_of

LANGUAGES = (
    *("ar", "az", "be", "bg", "bn", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "hy"),
    *("id", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "nl", "nb", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr"),
    *("sv", "tr", "uk", "ur", "vi", "zh", "zh_Hant"),
)
#: Words of so few Latin letters are codes of something, with or without their accents.
SHORT = 3
TABLE = Path(__file__).parents[1] / "watchlist/lists/data/countries_abroad.txt"
HEAD = """\
# What countries are called in other languages, by their ISO 3166-1 alpha-2 codes. Derived from CLDR
# (https://cldr.unicode.org), Copyright (c) 1991-present Unicode, Inc., Unicode License v3, through Babel (BSD licence),
# by scripts/derive_countries.py.
"""


def main() -> None:
    """Write the table."""
    meant: defaultdict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if (lower := code.lower()) in codes():
                written.setdefault(plain(name), name.replace(";", ",").casefold())
                meant[plain(name)].add(lower)
    called: defaultdict[str, list[str]] = defaultdict(list)
    for words, countries in sorted(meant.items()):
        name = written[words]
        long = len(name) > SHORT or script_of(name) != "Latn"
        if len(countries) == 1 and known_country(name, abroad=False) is None and len(name) > 1 and long:
            called[countries.pop()].append(name)
    lines = (f"{code}: {'; '.join(names)}\n" for code, names in sorted(called.items()))
    TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
