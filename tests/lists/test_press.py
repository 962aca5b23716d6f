from __future__ import annotations

import io

import pytest

from watchlist.errors import ListParseError
from watchlist.lists.press import press_names, read_press_names
from watchlist.model import Name, NameKind, NameOrigin

HEADER = "list,id,caption,name,lang\n"


def read(text: str) -> dict[str, tuple[Name, ...]]:
    return read_press_names("mine", io.BytesIO(text.encode()))


def test_names_of_the_asked_list_come_by_entity() -> None:
    found = read(HEADER + "mine,7,QUAY LINES,Quay men,en\nother,7,X,Y,\nmine,7,QUAY LINES,Quayers,\n")
    assert found == {
        "7": (
            Name("Quay men", NameKind.ALIAS, lang="en", origin=NameOrigin.PRESS),
            Name("Quayers", NameKind.ALIAS, origin=NameOrigin.PRESS),
        )
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
