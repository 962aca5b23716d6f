"""Packs from their folders, good ones and broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchlist.errors import MatchingError
from watchlist.matching.language.known.lexicon import FAMILY_NAME, GIVEN_NAME, ORDINARY
from watchlist.matching.language.packs.load import default_of, everyday_words, known_packs, pack, read_pack, read_words
from watchlist.matching.language.packs.pack import Capitals
from watchlist.matching.language.words import meanings


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_every_pack_can_be_read() -> None:
    assert {"en", "ru", "ar", "zh", "de"} <= set(known_packs())
    for code in known_packs():
        found = pack(code)
        assert found.code == code
        assert found.name
        assert default_of(found.script) is not None or found.script == "other"
        everyday_words(code)


def test_a_script_has_one_default() -> None:
    assert (default_of("cyrillic"), default_of("latin"), default_of("arabic")) == ("ru", "en", "ar")
    assert default_of("runic") is None


def test_a_pack_from_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    write(folder, "pack.txt", "name: Made up  # a comment\nscript: latin\ncapitals: nouns\napostrophe: ending\n")
    write(folder, "endings.txt", "# note\nem = -\nowi = - a\n\n")
    write(folder, "places.txt", "ru: Rusko ruský\n")
    write(folder, "countries.txt", "cz: Česko\n")
    write(folder, "groups.txt", "private_role: učitel\nprivate_role: herec\n")
    write(folder, "generic.txt", "bank: Banka banky\n")
    write(folder, "matters.txt", "oil: ropa ropy\n")
    write(folder, "prefixes.txt", "l' dell'\n")
    write(folder, "words.tsv", "# note\no\t45\tslovo dům\ngf\t40\tNovák\n")
    write(folder, "common.txt", "ale\n")
    found = read_pack(folder)
    assert (found.name, found.capitals) == ("Made up", Capitals.NOUNS)
    assert found.endings == (("owi", ("", "a")), ("em", ("",)))
    assert found.places == {"rusko": {"ru"}, "rusky": {"ru"}, "cesko": {"cz"}}
    assert found.group("private_role") == {"ucitel", "herec"}
    assert found.group("none such") == frozenset()
    assert found.generic == {"banka": ("bank",), "banky": ("bank",)}
    assert found.matters == {"ropa": ("oil",), "ropy": ("oil",)}
    assert found.elisions == {"l", "dell"}
    assert found.parts_endings
    words = read_words(folder)
    assert (words["slovo"].flags, words["slovo"].zipf) == (ORDINARY, 45)
    assert words["ale"].flags == ORDINARY


def test_flags_of_the_tables_are_those_of_the_lexicon(tmp_path: Path) -> None:
    write(tmp_path / "xx", "words.tsv", "gf\t40\tnovak\n")
    assert read_words(tmp_path / "xx")["novak"].flags == GIVEN_NAME | FAMILY_NAME


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("pack.txt", "script: latin\n", "name"),
        ("pack.txt", "name: X\nscript: latin\ncapitals: sometimes\n", "capitals"),
        ("endings.txt", "owi\n", "ending = instead"),
        ("places.txt", "Rusko\n", "key: words"),
        ("groups.txt", "\x00\n", "key: words"),
    ],
)
def test_a_broken_file_says_where_it_is_broken(tmp_path: Path, name: str, text: str, said: str) -> None:
    write(tmp_path / "xx", "pack.txt", "name: X\nscript: latin\n")
    write(tmp_path / "xx", name, text)
    with pytest.raises(MatchingError, match=said) as error:
        read_pack(tmp_path / "xx")
    assert name in str(error.value)


@pytest.mark.parametrize("row", ["o 45 word", "x\t45\tword", "o\tmany\tword"])
def test_a_broken_row_of_words_is_named(tmp_path: Path, row: str) -> None:
    write(tmp_path / "xx", "words.tsv", f"{row}\n")
    with pytest.raises(MatchingError, match=r"words\.tsv"):
        read_words(tmp_path / "xx")


def test_an_unknown_language_names_those_that_there_are() -> None:
    with pytest.raises(MatchingError, match=r"'tlh'.*en"):
        pack("tlh")


def test_bytes_that_are_no_utf8_are_told(tmp_path: Path) -> None:
    write(tmp_path / "xx", "pack.txt", "name: X\nscript: latin\n")
    (tmp_path / "xx" / "titles.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MatchingError, match=r"titles\.txt"):
        read_pack(tmp_path / "xx")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ar", "موسكو بموسكو أنقرة واشنطن"),
        ("bg", "Москва Техеран Дамаск"),
        ("cs", "Moskvě Ankaře"),
        ("el", "Μόσχα Κίεβο"),
        ("fa", "مسکو آنکارا"),
        ("he", "במוסקבה וושינגטון"),
        ("hr", "Moskvi Ankari"),
        ("hu", "Moszkvában"),
        ("pl", "Moskwie Kijowie"),
        ("ru", "Москве Анкаре Вашингтоне"),
        ("sk", "Moskve Ankare"),
        ("sl", "Moskvi Ankari"),
        ("tr", "Moskova'da Ankara'da"),
        ("uk", "Москві Києві Тегерані Вашингтоні"),
    ],
)
def test_capitals_are_known_where_newspapers_begin_with_them(code: str, words: str) -> None:
    assert [word for word in words.split() if not meanings(code)(word).country] == []


def test_a_point_of_the_compass_is_no_country() -> None:
    assert meanings("he")("צפון").country == ""
