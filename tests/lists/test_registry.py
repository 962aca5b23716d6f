from __future__ import annotations

import pytest

from watchlist.lists.registry import AUTHORITIES, entity_url


@pytest.mark.parametrize("list_id", AUTHORITIES)
def test_every_authority_is_complete(list_id: str) -> None:
    authority = AUTHORITIES[list_id]
    assert authority.id == list_id
    assert authority.title
    assert authority.authority
    assert authority.minimum_entities > 0
    assert authority.files
    assert all(url.startswith("https://") for url in (authority.homepage, *authority.files))


def test_only_a_known_list_has_pages_of_its_entities() -> None:
    assert entity_url("us_ofac_cons", "9639") == "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=9639"
    assert entity_url("mine", "9639") is None
