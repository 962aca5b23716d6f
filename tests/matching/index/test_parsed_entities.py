from __future__ import annotations

from pathlib import Path

import pytest

from tests.matching.conftest import ENTITIES
from watchlist.errors import MatchingError
from watchlist.matching.index import file
from watchlist.matching.index.compile import assemble_index
from watchlist.matching.index.parse import parse_entities
from watchlist.matching.index.parsed_entities import ParsedEntities
from watchlist.matching.version import engine_version


def test_what_was_parsed_before_and_what_is_new_make_the_same_index(tmp_path: Path) -> None:
    numbered = list(enumerate(ENTITIES))
    parse_entities(numbered[:10]).save(tmp_path / "parsed")
    before = ParsedEntities.load(tmp_path / "parsed")
    assert 3 in before
    assert 12 not in before
    updated = before.updated(range(4, len(ENTITIES)), parse_entities(numbered[10:]))
    assemble_index(updated, {}).save(tmp_path / "updated")
    assemble_index(parse_entities(numbered[4:]), {}).save(tmp_path / "anew")
    assert (tmp_path / "updated").read_bytes() == (tmp_path / "anew").read_bytes()


def test_an_entity_that_nobody_parsed_is_an_error() -> None:
    with pytest.raises(KeyError):
        parse_entities(()).updated([1], parse_entities(enumerate(ENTITIES[:1])))


def test_a_file_of_other_columns_or_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "parsed"
    file.write(path, {"engine_version": engine_version()}, {"entity_print": memoryview(b"")})
    with pytest.raises(MatchingError, match="other columns"):
        ParsedEntities.load(path)
    file.write(path, {"engine_version": "other"}, {})
    with pytest.raises(MatchingError, match="engine version"):
        ParsedEntities.load(path)
