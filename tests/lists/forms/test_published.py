from __future__ import annotations

import subprocess
import sys

import pytest

from watchlist.lists.forms import all_forms, entity_url, published_lists


@pytest.mark.parametrize("list_id", published_lists())
def test_every_list_is_complete(list_id: str) -> None:
    published = published_lists()[list_id]
    assert published.id == list_id
    assert published.title
    assert published.authority
    assert published.minimum_entities > 0
    assert published.files
    assert all(url.startswith("https://") for url in (published.homepage, *published.files))
    assert any(list_id in form.lists or not form.lists for form in all_forms())


def test_only_a_known_list_has_pages_of_its_entities() -> None:
    assert entity_url("us_ofac_cons", "9639") == "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=9639"
    assert entity_url("un_sc_sanctions", "1") == published_lists()["un_sc_sanctions"].homepage
    assert entity_url("mine", "9639") is None


def test_no_two_forms_have_one_id_or_label_or_place() -> None:
    for values in zip(*((form.id, form.label, form.rank) for form in all_forms()), strict=True):
        assert len(set(values)) == len(values)


def test_a_form_is_published_in_lists_that_are_known() -> None:
    assert {list_id for form in all_forms() for list_id in form.lists} <= published_lists().keys()


def test_what_lists_there_are_is_known_without_their_readers() -> None:
    code = (
        "import sys; from watchlist.lists.forms import published_lists; published_lists();"
        "print([m for m in sys.modules if m.startswith('lxml') or m.startswith('watchlist.lists.reading')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
