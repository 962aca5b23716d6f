"""``watchlist languages``, and what ``screen --explain`` says of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Call = Callable[..., Any]


def test_every_language_has_a_line(cli: Call) -> None:
    found = cli("languages", bare=True)
    assert (found.code, found.err) == (0, "")
    head, *rows, last = found.out.splitlines()
    assert head.split("\t")[:4] == ["code", "language", "script", "words"]
    known = {row.split("\t")[0]: row.split("\t") for row in rows}
    assert known["ru"][1:3] == ["Russian", "cyrillic"]
    assert int(known["ru"][3]) > 1000
    assert last.startswith(f"{len(rows)} languages.")


def test_languages_as_json(cli: Call) -> None:
    shown = {row["code"]: row for row in cli("languages", "--json", bare=True).json()}
    assert shown["ar"]["default"] is True
    assert shown["fa"]["default"] is False
    assert shown["de"]["capitals"] == "nouns"
    assert set(shown["en"]) == {
        *("code", "name", "script", "capitals", "default", "everyday_words", "endings", "prefixes", "spellings"),
        *("titles", "generic_words", "places", "groups"),
    }
