from __future__ import annotations

import io

import pytest

from watchlist.errors import ListParseError
from watchlist.lists.press import press_names, press_subjects, read_press_names, read_press_subjects
from watchlist.model import Entity, Identifier, Name, NameKind, NameOrigin, Schema

HEADER = "list,id,caption,name,lang\n"


def read(text: str) -> dict[str, dict[str, tuple[Name, ...]]]:
    return read_press_names(io.BytesIO(text.encode()))


def test_names_come_by_list_and_entity() -> None:
    found = read(HEADER + "mine,7,QUAY LINES,Quay men,en\nother,7,X,Y,\nmine,7,QUAY LINES,Quayers,\nother,7,X,Y,\n")
    assert found == {
        "mine": {
            "7": (
                Name("Quay men", NameKind.ALIAS, lang="en", origin=NameOrigin.PRESS),
                Name("Quayers", NameKind.ALIAS, origin=NameOrigin.PRESS),
            )
        },
        "other": {"7": (Name("Y", NameKind.ALIAS, origin=NameOrigin.PRESS),)},
    }


@pytest.mark.parametrize(
    "text", ["", "id,name\n", HEADER + "mine,7,QUAY LINES\n", HEADER + "mine,7,A,,\n", HEADER + 'm,"']
)
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(ListParseError, match="press names"):
        read(text)


def test_the_packaged_file_knows_ansarallah_as_the_press_does() -> None:
    assert "Houthis" in [name.text for name in press_names("us_ofac_sdn")["47664"]]
    assert press_names("no_such_list") == {}


SUBJECTS = "list,id,schema,names,birth_dates,countries,identifiers\n"


def test_subjects_come_with_what_tells_them_apart() -> None:
    row = '"mine",7,Person,"MARROW, Ilya;MAROU, Ilia",1955-01-15;1956,ru;by,passport=A=12\n'
    assert read_press_subjects(io.BytesIO((SUBJECTS + row).encode())) == (
        Entity(
            "mine",
            "7",
            Schema.PERSON,
            (Name("MARROW, Ilya"), Name("MAROU, Ilia", NameKind.ALIAS)),
            countries=("ru", "by"),
            birth_dates=("1955-01-15", "1956"),
            identifiers=(Identifier("passport", "A=12"),),
        ),
    )


@pytest.mark.parametrize(
    "text", ["", "id,name\n", SUBJECTS + "m,7,Person,,,,\n", SUBJECTS + "m,7,Man,A,,,\n", SUBJECTS + 'm,"']
)
def test_damaged_subjects_are_refused(text: str) -> None:
    with pytest.raises(ListParseError, match="press subjects"):
        read_press_subjects(io.BytesIO(text.encode()))


def test_every_packaged_subject_has_press_names() -> None:
    subjects = press_subjects()
    assert len(subjects) > 200
    names = {list_id: press_names(list_id) for list_id in {subject.list_id for subject in subjects}}
    for subject in subjects:
        assert names[subject.list_id][subject.source_id], subject.caption
