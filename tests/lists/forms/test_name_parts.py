"""Scripts and structured parts of names, as each authority gives them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from watchlist.model import Entity, Name

Load = Callable[[str, bytes], list[Entity]]
Official = Callable[[str], bytes]


def named(entities: list[Entity], text: str) -> Name:
    return next(name for entity in entities for name in entity.names if name.text == text)


@pytest.mark.parametrize(
    ("list_id", "file", "text", "script", "parts"),
    [
        (
            "us_ofac_sdn",
            "sdn_advanced.xml",
            "MARROW, Ilya Petrovich",
            "Latn",
            (("family", "MARROW"), ("given", "Ilya"), ("patronymic", "Petrovich")),
        ),
        ("us_ofac_sdn", "sdn_advanced.xml", "МАРРОУ Илья", "Cyrl", ()),
        ("us_ofac_sdn", "sdn_advanced.xml", "马罗", "Hani", ()),
        ("us_ofac_sdn", "sdn_advanced.xml", "THE TIDE", "Latn", (("nickname", "THE TIDE"),)),
        (
            "ch_seco_sanctions",
            "seco.xml",
            "Marrow Ilya Petrovich",
            "Latn",
            (("family", "Marrow"), ("given", "Ilya"), ("father", "Petrovich")),
        ),
        ("ch_seco_sanctions", "seco.xml", "المد", "Arab", ()),
    ],
)
def test_an_authority_that_types_the_parts(
    load: Load, official: Official, list_id: str, file: str, text: str, script: str, parts: tuple[tuple[str, str], ...]
) -> None:
    name = named(load(list_id, official(file)), text)
    assert (name.script, name.parts) == (script, parts)


def test_the_order_is_kept_where_only_that_is_known(load: Load, official: Official) -> None:
    text = official("un.xml").decode()
    person = next(entity for entity in load("un_sc_sanctions", text.encode()) if len(entity.names[0].parts) > 2)
    kinds = [kind for kind, _ in person.names[0].parts]
    assert kinds == ["first", "second", "third", "fourth"][: len(kinds)]
    assert " ".join(words for _, words in person.names[0].parts) == person.caption


def test_given_and_family_alone_need_no_parts(load: Load, official: Official) -> None:
    for list_id, file in (("eu_fsf", "eu.xml"), ("gb_fcdo_sanctions", "uk.csv")):
        for entity in load(list_id, official(file)):
            for name in entity.names:
                kinds = [kind for kind, _ in name.parts]
                assert not kinds or len(kinds) > 2 or set(kinds) - {"given", "family"} or len(set(kinds)) < len(kinds)


def test_several_given_names_are_parts(load: Load, official: Official) -> None:
    content = official("uk.csv").replace(b"Name 6,Name 1,Name 2", b"NAME 6,name_1,Name  2")
    found = load("gb_fcdo_sanctions", content)
    assert found == load("gb_fcdo_sanctions", official("uk.csv"))
    parts = {name.parts for entity in found for name in entity.names if name.parts}
    assert all([kind for kind, _ in each][-1] == "family" and len(each) > 2 for each in parts)


def test_a_script_is_told_from_the_letters_where_the_list_says_none(load: Load, official: Official) -> None:
    found = load("opensanctions", official("targets.simple.csv"))
    assert named(found, "Марроу Илья").script == "Cyrl"
    assert named(found, "Harbor Lines").script == "Latn"


def test_targets_of_years_with_other_columns(load: Load) -> None:
    content = b"id,schema,name,aliases,birth_date,countries,identifiers,sanctions,dataset,last_seen,first_seen\n"
    content += b'NK-1,Company,GREY GULL,,,ru,,"A;B",eu_fsf,2021-09-26,2021-09-26\n'
    (old,) = load("opensanctions", content)
    (new,) = load(
        "opensanctions", b"first_seen,dataset,birth_date,name,schema,id,risks\nx,eu_fsf,,GREY GULL,Company,NK-1,y\n"
    )
    assert (old.caption, old.programs, new.caption, new.programs) == ("GREY GULL", ("A", "B"), "GREY GULL", ("eu_fsf",))
