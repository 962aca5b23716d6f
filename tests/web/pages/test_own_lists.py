"""Lists of the user's: entities put on, changed, taken off; files compared, taken in, undone."""

from __future__ import annotations

import httpx
import pytest
from lxml import html

from tests.web.pages.conftest import Reader, said

_FILE = b'id,name,aliases\ns-1,GREY HARBOUR SHIPPING CO.,Grey Lines\ns-9,"=1+1 <script>alert(1)</script> Ltd",\n'


def test_an_entity_is_put_on_a_list_changed_and_taken_off(reader: Reader) -> None:
    reader.done("/lists", "/lists/create", id="mine")
    told = reader.done(
        "/lists/mine/new",
        "/lists/mine/new",
        name="<b>NORTH</b>; Quay & Co",
        schema="Company",
        aliases="Норт Кей\nweak:NQ; C",
        countries="Malta\nir",
        identifiers="imo:9074729",
    )
    assert "<b>NORTH</b>; Quay & Co is on mine" in told
    for part in ("Норт Кей", "weak alias", "NQ; C", "mt, ir", "9074729"):
        assert part in told
    path = "/lists/mine/entities/b-north-b-quay-co"
    # Sent as it came, it says the same.
    reader.done(path, path)
    assert reader.site.parts.store.entity("mine:b-north-b-quay-co").names[2].text == "NQ; C"
    assert "Quay & Sons is changed" in reader.done(path, path, name="Quay & Sons", aliases="")
    assert len(reader.site.parts.store.entity("mine:b-north-b-quay-co").names) == 1
    told = reader.done(path, "/lists/mine/take-off")
    assert "Quay & Sons is off mine" in told


def test_who_changes_what_somebody_else_changed_is_told(reader: Reader) -> None:
    path = "/lists/own/entities/s-3"
    reply = reader.send(path, path, name="LAKESIDE FRONT", seen="2001-01-01T00:00:00+00:00")
    assert reply.status_code == 409
    assert "it was changed since" in said(reply)


def test_a_file_is_compared_before_it_is_taken_and_can_be_undone(reader: Reader) -> None:
    path = "/lists/own/import"
    files = {"file": ('<img src="x">.csv', _FILE, "text/csv")}
    reply = reader.send(path, path, files, replace="true")
    assert reply.status_code == 200
    shown = said(reply)
    assert "1 added, 1 changed, 4 removed" in shown
    assert "-Grey Harbour Lines" in shown
    assert "<script>alert" not in reply.text
    # Nothing is changed until somebody says so.
    assert "own:s-9" not in {each.id for each in reader.site.parts.store.live_entities("own")}
    taken = _take(reader, reply.text)
    assert taken.status_code == 303
    assert "is taken in: 1 added, 1 changed, 4 removed" in reader.text(taken.headers["location"])
    # The same word is good for once.
    assert _take(reader, reply.text).status_code == 404
    told = reader.done("/lists/own", "/lists/own/undo")
    assert "is undone" in told
    assert len(list(reader.site.parts.store.live_entities("own"))) == 5


def test_a_file_that_was_compared_with_another_state_is_not_taken(reader: Reader) -> None:
    path = "/lists/own/import"
    reply = reader.send(path, path, {"file": ("x.csv", _FILE, "text/csv")})
    reader.done("/subjects/own:s-4", "/subjects/name", name="Hawk of the Morning")
    refused = _take(reader, reply.text)
    assert refused.status_code == 409
    assert "compare it again" in said(refused)
    reader.done("/subjects/own:s-4", "/subjects/unname")


def test_bad_rows_refuse_a_file_or_are_left_out(reader: Reader) -> None:
    path = "/lists/own/import"
    bad = b"id,name,schema\nx-1,Good One,Person\nx-2,,Person\nx-3,Odd One,Planet\n"
    refused = reader.send(path, path, {"file": ("bad.csv", bad, "text/csv")})
    assert refused.status_code == 400
    assert "line 3" in said(refused)
    shown = reader.send(path, path, {"file": ("bad.csv", bad, "text/csv")}, skip_bad="true")
    assert "2 rows would be left out" in said(shown)


def test_a_file_that_says_nothing_new_is_not_offered(reader: Reader) -> None:
    exported = reader.site.client.get("/lists/own/export.csv")
    assert exported.headers["content-type"].startswith("text/csv")
    reply = reader.send("/lists/own/import", "/lists/own/import", {"file": ("own.csv", exported.content, "text/csv")})
    assert "The list says all of that already" in said(reply)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00n\x00a", "no column name"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        (b"nothing,of,ours\n1,2,3\n", "name"),
        (b'id,name\nx-1,"never closed', ""),
        (b"id,name\nx-1," + b"y" * 200_000 + b"\n", ""),
    ],
)
def test_what_is_no_file_of_a_list_says_why(reader: Reader, content: bytes, told: str) -> None:
    reply = reader.send("/lists/own/import", "/lists/own/import", {"file": ("x.csv", content, "text/csv")})
    assert (reply.status_code, told in said(reply)) == (400, True), said(reply)


@pytest.mark.parametrize(
    ("filled", "status", "told"),
    [
        ({"name": ""}, 400, "needs a name"),
        ({"name": "x", "schema": "Planet"}, 400, "no kind of entity"),
        ({"name": "Some One", "source_id": "s-1"}, 409, "is there already"),
        ({"name": "Some One", "birth_dates": "yesterday"}, 400, "expected a birth date"),
        ({"name": "Some One", "identifiers": "no colon"}, 400, "no colon"),
        ({"name": "\u202e\u200b"}, 400, ""),
        ({"name": "Some One", "countries": "Nowhere\x00land"}, 400, ""),
    ],
)
def test_what_can_be_no_entity_says_why(reader: Reader, filled: dict[str, str], status: int, told: str) -> None:
    reply = reader.send("/lists/own/new", "/lists/own/new", **filled)
    assert (reply.status_code, told in said(reply)) == (status, True), said(reply)


def _take(reader: Reader, page: str) -> httpx.Response:
    (form,) = [each for each in html.document_fromstring(page).forms if each.get("action", "").endswith("/take")]
    return reader.site.client.post(form.get("action"), data=dict(form.fields))
