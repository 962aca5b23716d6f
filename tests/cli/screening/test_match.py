"""``watchlist match``."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


def test_two_spellings_of_a_name(cli: Call) -> None:
    found = cli("match", "Dmitry Peskov", "PESKOV, Dmitriy Sergeevich", bare=True)
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines()[0].endswith("  the same")
    shown = cli("match", "Dmitry Peskov", "PESKOV, Dmitriy Sergeevich", "--json", bare=True).json()
    assert (shown["name1"], shown["name2"], shown["schema"], shown["predicted"]) == (
        *("Dmitry Peskov", "PESKOV, Dmitriy Sergeevich"),
        *(None, True),
    )
    assert 0.5 < shown["score"] <= 1
    assert shown["features"]
    assert all(set(part) == {"feature", "score", "weight", "detail", "label"} for part in shown["features"])


def test_two_names_that_differ(cli: Call) -> None:
    found = cli("match", "Grey Harbour Shipping", "Quiet Lantern Company", "--schema", "Company", bare=True)
    assert (found.code, found.out.splitlines()[0].split("  ")[1]) == (0, "not the same")
    shown = cli("match", "Grey Harbour Shipping", "Quiet Lantern Company", "--schema", "Company", "--json", bare=True)
    assert (shown.json()["predicted"], shown.json()["schema"]) == (False, "Company")


def test_needs_no_database_and_no_configuration(cli: Call, folder: Path) -> None:
    assert cli("match", "A Name", "Another Name", bare=True).code == 0
    assert list(folder.iterdir()) == []


def test_a_file_of_pairs_comes_back_with_two_columns_more(cli: Call, folder: Path) -> None:
    rows = [
        ["p1", "Dmitry Peskov", "PESKOV, Dmitriy Sergeevich", "Person"],
        ["p2", "Grey Harbour, Ltd", "Quiet Lantern", ""],
        ["p3", "Дмитрий Песков", "Dmitry Peskov", "Person"],
    ]
    with (folder / "pairs.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["case", "name1", "name2", "schema"], *rows])
    found = cli("match", "--pairs", "pairs.csv", bare=True)
    assert (found.code, found.err) == (0, "")
    reader = csv.DictReader(io.StringIO(found.out))
    assert reader.fieldnames == ["case", "name1", "name2", "schema", "score", "predicted"]
    read = list(reader)
    assert [[row["case"], row["name1"], row["name2"], row["schema"]] for row in read] == rows
    assert [row["predicted"] for row in read] == ["true", "false", "true"]
    for row in read:
        alone = cli(
            "match", row["name1"], row["name2"], *(("--schema", row["schema"]) if row["schema"] else ()), "--json"
        )
        assert f"{alone.json()['score']:.4f}" == row["score"]


def test_a_byte_order_mark_and_no_schema_column_are_fine(cli: Call, folder: Path) -> None:
    (folder / "pairs.csv").write_bytes(b"\xef\xbb\xbfname1,name2\r\nAnna Gull,GULL Anna\r\n")
    found = cli("match", "--pairs", "pairs.csv", bare=True)
    assert found.out.splitlines()[0] == "name1,name2,score,predicted"
    assert found.out.splitlines()[1].endswith(",true")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give two names"),
        (("Only one",), "give two names"),
        (("A", "B", "--pairs", "pairs.csv"), "give two names or --pairs FILE, not both"),
        (("--pairs", "nowhere.csv"), "nowhere.csv: No such file"),
        (("--pairs", "columns.csv"), "the header must have name1 and name2; it has left, right"),
        (("--pairs", "empty.csv"), "the header must have name1 and name2; it has nothing"),
        (("--pairs", "schema.csv"), "line 2: 'Ship' is no schema: use Person, Organization"),
        (("--pairs", "latin.csv"), "is no CSV in UTF-8"),
    ],
)
def test_what_cannot_be_compared_says_why(cli: Call, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    (folder / "columns.csv").write_text("left,right\na,b\n")
    (folder / "empty.csv").write_text("")
    (folder / "schema.csv").write_text("name1,name2,schema\na,b,Ship\n")
    (folder / "latin.csv").write_bytes(b"name1,name2\nCaf\xe9,b\n")
    found = cli("match", *arguments, bare=True)
    assert found.code == 2
    assert said in found.err
    assert len(found.err.splitlines()) == 1
