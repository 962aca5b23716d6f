"""The client library of yente pointed at us, by its own examples with invented names."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from tests.web.conftest import Served


class _Theirs:
    """The library, imported by the first test: it makes a class for each schema, which takes seconds."""

    def __getattr__(self, name: str) -> Any:
        # Whoever collects tests asks everything in a module for names of pytest's.
        if name.startswith(("_", "pytest")):
            raise AttributeError(name)
        return getattr(import_module("yente_client"), name)


yente = _Theirs()

# What it asks, and what it is answered, the tests of `/match` hold without it.
pytestmark = pytest.mark.thorough


@pytest.fixture
def client(served: Served) -> Iterator[Any]:
    with yente.Client(base_url=served.url, app_name="ScreeningTest") as made:
        yield made


def test_a_person_by_name_and_year_of_birth(client: Any) -> None:
    hits = client.match(
        yente.Person(firstName="Ilia", lastName="Marrov", birthDate="1955"), datasets=["default"], threshold=0.7
    )
    assert hits.top is not None
    assert (hits.top.caption, hits.top.id, hits.top.match) == ("MARROW, Ilya Petrovich", "own:s-2", True)
    assert hits.top.schema_ == "Person"
    assert hits.top.datasets == ["own"]
    assert "1955-01-15" in hits.top.properties["birthDate"]
    assert set(hits.top.contributing_explanations) == {"name", "birth_date"}
    assert [each.id for each in hits.matches] == ["own:s-2"]
    assert (hits.total.value, hits.limit) == (1, 5)


def test_another_birth_or_country_is_told_against_it(client: Any) -> None:
    asked = {"firstName": "Ilya", "lastName": "Marrov"}
    right = client.match(yente.Person(**asked, birthDate="1955-01-15", nationality="ru"))
    wrong = client.match(yente.Person(**asked, birthDate="1991-03-02", nationality="br"), cutoff=0.1)
    assert right.top is not None
    assert wrong.top is not None
    assert right.top.match
    assert not wrong.top.match
    assert {"birth_date_conflict", "country_mismatch"} <= set(wrong.top.explanations)
    # Who weighs otherwise gets another score.
    weighed = client.match(yente.Person(**asked, birthDate="1991"), weights={"birth_date_conflict": 0.0})
    assert weighed.top is not None
    assert weighed.top.match


def test_a_company_by_another_spelling_and_a_ship_by_its_number(client: Any) -> None:
    company = client.match(yente.Company(name="Gray Harbour Shipping Company", jurisdiction="Iran"), algorithm="best")
    assert company.top is not None
    assert company.top.id == "own:s-1"
    assert company.top.schema_ == "Company"
    ship = client.match(yente.Vessel(name="Some New Name", imoNumber="IMO 9187629"))
    assert ship.top is not None
    assert (ship.top.id, ship.top.match) == ("own:s-4", True)
    assert ship.top.properties["imoNumber"] == ["9187629"]


def test_names_in_other_scripts(client: Any) -> None:
    for name in ("Илья Марров", "ايليا ماروف"):
        hits = client.match(yente.Person(name=name))
        assert hits.top is not None
        assert hits.top.id == "own:s-2"


def test_who_is_not_listed_is_not_found(client: Any) -> None:
    for person in (yente.Person(name="Bella Hadley"), yente.Person(name="Grey Harbour"), yente.Person(name="Ilya")):
        assert not client.match(person).matches


def test_filters(client: Any) -> None:
    person = yente.Person(name="Ilya Petrovich Marrow")
    assert client.match(person, datasets=["own"]).top is not None
    assert client.match(person, exclude_entities=["own:s-2"]).top is None
    assert client.match(person, exclude_datasets=["own"]).top is None
    assert client.match(person, exclude_schemata=["Person"]).top is None
    with pytest.raises(yente.exceptions.NotFoundError, match="no dataset 'none'"):
        client.match(person, datasets=["none"])
    with pytest.raises(yente.exceptions.BadRequestError, match="no algorithm"):
        client.match(person, algorithm="alchemy")
    with pytest.raises(yente.exceptions.BadRequestError, match="neither a name nor a number"):
        client.match(yente.Person(birthDate="1955"))


def test_many_at_a_time(client: Any) -> None:
    asked = [(str(n), yente.Person(name="Dmitry Tarkhov" if n % 2 else "Nobody Atall")) for n in range(12)]
    found = dict(client.match_iter(asked, workers=4))
    assert len(found) == 12
    assert {key for key, hits in found.items() if hits.matches} == {str(n) for n in range(1, 12, 2)}


def test_the_other_addresses(client: Any) -> None:
    found = client.search("marrow", datasets=["default"], schema="Person")
    assert [each.id for each in found.results] == ["own:s-2"]
    entity = client.fetch("own:s-2")
    assert entity.properties["alias"]
    assert entity.first_seen is not None
    assert {each.name for each in client.datasets().datasets if each.load} >= {"default", "own"}
    assert client.algorithms().default == "watchlist"
    assert client.healthz().status
    assert client.readyz().status == "ready"
    with pytest.raises(yente.exceptions.NotFoundError):
        client.fetch("own:nobody")
