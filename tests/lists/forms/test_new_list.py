"""A list is one folder: what docs/adding-a-list.md walks through is found, recognised and synced by being there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchlist.config import FetchConfig
from watchlist.errors import ListParseError
from watchlist.lists import forms
from watchlist.lists.forms import all_forms, expected, published_lists
from watchlist.lists.recognise import read_list
from watchlist.model import NameKind, Schema
from watchlist.steps.sync import SyncOptions, sync_list
from watchlist.storage.store import open_store

PAGE = Path(__file__).parents[3] / "docs" / "adding-a-list.md"
#: The page's list under an id that no real one has: whoever adds Japan's as shown breaks nothing here.
LIST, FORM, ROOM = "zz_page_sanctions", "zz_page_csv", "zz_page"


def block(heading: str, language: str) -> str:
    """The first block of code of this language behind a heading of the page."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^#+ .*{re.escape(heading)}.*?^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[1].replace("jp_mof_sanctions", LIST).replace("jp_mof_csv", FORM)


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(block("Adding a list", "csv"), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the page, beside those of the authorities."""
    room = tmp_path / "more" / ROOM
    room.mkdir(parents=True)
    for name in ("__init__.py", "csv.py"):
        (room / name).write_text(block(f"`forms/jp/{name}`", "python"), encoding="utf-8")
    monkeypatch.setattr(forms, "__path__", [*forms.__path__, str(room.parent)])
    _forget()
    yield room
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    published_lists.cache_clear()
    all_forms.cache_clear()
    for name in [name for name in sys.modules if name.startswith(f"watchlist.lists.forms.{ROOM}")]:
        del sys.modules[name]
    if hasattr(forms, ROOM):
        delattr(forms, ROOM)


@pytest.mark.usefixtures("folder")
def test_a_folder_is_all_that_a_new_list_needs(csv_file: Path) -> None:
    assert published_lists()[LIST].authority == "Ministry of Finance Japan"
    parsed = read_list(LIST, csv_file)
    person, body = parsed.entities()
    assert parsed.form == FORM
    assert (person.source_id, person.schema, person.listed_on) == ("1", Schema.PERSON, "2022-03-01")
    assert [name.text for name in person.names] == [
        *("MARROW Ilya Petrovich", "イリヤ・マロウ", "Ilia Marrov", "MARROV Elias"),
    ]
    assert (person.birth_dates, person.countries) == (("1955-01-15", "1956"), ("ru",))
    assert person.programs == ("ロシア連邦",)
    assert (body.schema, body.countries, body.birth_dates) == (Schema.LEGAL_ENTITY, ("ir",), ())
    assert ("GHS", NameKind.ACRONYM) in [(name.text, name.kind) for name in body.names]
    assert body.url == "https://www.mof.example/sanctions/"


@pytest.mark.usefixtures("folder")
def test_it_is_read_in_its_old_encoding_too(csv_file: Path) -> None:
    plain = [entity.names for entity in read_list(LIST, csv_file).entities()]
    csv_file.write_bytes(csv_file.read_text(encoding="utf-8").encode("cp932"))
    parsed = read_list(LIST, csv_file)
    assert (parsed.form, [entity.names for entity in parsed.entities()]) == (FORM, plain)


@pytest.mark.usefixtures("folder")
def test_it_is_synced_by_its_name(csv_file: Path, sqlite_database: str) -> None:
    with closing(open_store(sqlite_database)) as store:
        change = sync_list(
            store, LIST, SyncOptions(FetchConfig(), source=csv_file), datetime(2026, 3, 1, 12, tzinfo=UTC)
        )
        assert change is not None
        assert change.added == 2
        assert store.watched_list(LIST).title == "Japanese economic sanctions list (MOF)"
        assert store.entity(f"{LIST}:1").caption == "MARROW Ilya Petrovich"


@pytest.mark.usefixtures("folder")
def test_what_is_not_as_it_should_be_is_told_like_in_any_other(csv_file: Path) -> None:
    whole = csv_file.read_text(encoding="utf-8")
    for old, new, message in (
        (",区分,", ",種別,", "the header has no column 区分"),
        (",,イラン", ",イラン", "line 3: .*expected 8 cells as in the header, found 7"),
    ):
        csv_file.write_text(whole.replace(old, new), encoding="utf-8")
        with pytest.raises(ListParseError, match=message):
            list(read_list(LIST, csv_file).entities())
    for old, new, field in (("2,団体", "2,船舶", "schema"), ("2,団体", ",団体", "reference")):
        csv_file.write_text(whole.replace(old, new), encoding="utf-8")
        parsed = read_list(LIST, csv_file)
        assert len(list(parsed.entities())) == 2
        assert [(cell.field, cell.unread) for cell in parsed.notes.counts()] == [(field, 1)]
    csv_file.write_text(whole, encoding="utf-8")
    with pytest.raises(ListParseError, match="is Japan's CSV, which eu_fsf is not published in; expected the EU's"):
        read_list("eu_fsf", csv_file)
    assert expected(LIST).startswith("expected Japan's CSV, OpenSanctions' targets.simple.csv, ")


def test_without_its_folder_nothing_is_known_of_it(csv_file: Path) -> None:
    assert LIST not in published_lists()
    with pytest.raises(ListParseError, match="found '番号,区分"):
        read_list(LIST, csv_file)
