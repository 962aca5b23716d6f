"""``watchlist languages``."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, console, print_json, print_table

app = noun()


@dataclass(frozen=True, slots=True)
class _LanguagePack:
    """What a pack has, in numbers."""

    code: str
    name: str
    script: str
    capitals: str
    #: Whether it reads the words of its script in articles of other scripts.
    default: bool
    everyday_words: int
    endings: int
    prefixes: int
    spellings: int
    titles: int
    generic_words: int
    places: int
    groups: int


@app.command()
def languages(as_json: AsJson = False) -> None:
    """The languages that texts are read in, and their packs.

    A number counts words or rules: everyday words, endings of cases, small words joined to the next, national
    spellings, titles, words for kinds of bodies, words for countries.
    """
    packs = _packs()
    if as_json:
        print_json([asdict(each) for each in packs])
        return
    print_table(
        (
            Column("code"),
            Column("language", words=True),
            Column("script"),
            Column("words"),
            Column("endings", spare=2),
            Column("prefixes", spare=5),
            Column("spellings", spare=4),
            Column("titles", spare=3),
            Column("kinds", spare=6),
            Column("places", spare=1),
        ),
        (
            (
                each.code,
                each.name,
                each.script,
                *map(_number, (each.everyday_words, each.endings, each.prefixes)),
                *map(_number, (each.spellings, each.titles, each.generic_words, each.places)),
            )
            for each in packs
        ),
        none="no languages: install the program again",
    )
    console().print(f"{len(packs)} languages. 'watchlist screen --explain' says which one read a text.")


def _number(count: int) -> str:
    return str(count) if count else "-"


def _packs() -> list[_LanguagePack]:
    from watchlist.matching.language.packs.load import default_of, everyday_words, known_packs, pack

    found = []
    for code in known_packs():
        read = pack(code)
        found.append(
            _LanguagePack(
                code,
                read.name,
                read.script,
                read.capitals,
                default_of(read.script) == code,
                len(everyday_words(code)),
                len(read.endings),
                len(read.prefixes),
                len(read.spellings),
                len(read.titles),
                len(read.generic),
                len(read.places),
                len(read.groups),
            )
        )
    return found
