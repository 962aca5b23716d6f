"""What is compared of two entries."""

from __future__ import annotations

import pytest

from watchlist.model import Entity, Name, NameKind, Schema
from watchlist.subjects.likeness import kind_of, spelling, strong_names


@pytest.mark.parametrize("other", ["Ilya MARROW", "marrow, ilya", "Márrow  Ilya"])
def test_case_accents_punctuation_and_order_are_no_part_of_a_spelling(other: str) -> None:
    assert spelling(other) == spelling("MARROW, Ilya")


def test_on_one_list_two_scripts_are_two_spellings() -> None:
    assert spelling("Дмитрий Песков") != spelling("Peskov Dmitriy")


def test_companies_and_organisations_are_one_kind_and_nothing_else_is() -> None:
    kinds = {schema: kind_of(schema) for schema in Schema}
    assert kinds[Schema.COMPANY] == kinds[Schema.ORGANIZATION] == kinds[Schema.LEGAL_ENTITY]
    assert len(set(kinds.values())) == len(Schema) - 2


def test_weak_and_former_names_do_not_count() -> None:
    names = tuple(Name(kind.value, kind) for kind in NameKind)
    entity = Entity("mine", "1", Schema.PERSON, names)
    assert [name.kind for name in strong_names(entity)] == [NameKind.PRIMARY, NameKind.ALIAS]
