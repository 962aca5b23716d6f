"""Lists: how they stand; official ones added, checked, paused, read from files."""

from __future__ import annotations

import pytest

from tests.web.conftest import OWN
from tests.web.pages.conftest import Reader, giving, said

#: Half of it is gone.
_HALF = "\n".join(OWN.splitlines()[:3]) + "\n"


def test_all_lists_and_one(reader: Reader) -> None:
    assert "Of our own" in reader.text("/lists")
    told = reader.text("/lists/own")
    for part in ("entities 5", "weak alias 1", "Cyrl 1", "imo 2"):
        assert part in told
    reader.page("/lists/nobodys", 404)
    reader.page("/lists/OWN", 404)


def test_a_list_added_by_its_address_is_fetched_while_the_page_is_there(reader: Reader) -> None:
    with giving(OWN.encode()) as server:
        told = reader.done("/lists", "/lists/add", id="harbour", title="<b>Harbour</b> list", url=server.url)
        assert "harbour is added" in told
        done = reader.awaited("/lists/harbour")
        assert "harbour: 5 entities, 11 names (5 added, 0 changed, 0 removed)" in done
        assert "<b>Harbour</b> list" in reader.text("/lists/harbour")
        reader.send("/lists/harbour", "/lists/harbour/check")
        assert "harbour: unchanged, 5 entities" in reader.awaited("/lists/harbour")
        # The guard's answer, and what stays in force.
        server.document = _HALF.encode()
        reader.send("/lists/harbour", "/lists/harbour/check")
        refused = reader.awaited("/lists/harbour")
        assert "snapshot refused" in refused
        assert "5 entities of the last good snapshot stay in force" in refused
        assert "fault" in reader.text("/lists/harbour")


def test_a_list_is_read_from_a_file_and_the_guard_answers(reader: Reader) -> None:
    with giving(OWN.encode()) as server:
        reader.done("/lists", "/lists/add", id="quay", url=server.url)
        reader.awaited("/lists/quay")
    path, action = "/lists/quay", "/lists/quay/file"
    files = {"file": ("../../../etc/<quay>.csv", _HALF.encode(), "text/csv")}
    assert reader.send(path, action, files).status_code == 303
    assert "snapshot refused" in reader.awaited(path)
    assert reader.send(path, action, files, accept="true").status_code == 303
    assert "quay: 2 entities" in reader.awaited(path)
    assert reader.send(path, action, {"file": ("x.csv", b"", "text/csv")}).status_code == 400
    reader.send(path, action, {"file": ("x.html", b"<html>an error page</html>", "text/html")}, accept="true")
    assert "HTML page" in reader.awaited(path)
    changes = reader.text("/lists/quay/changes")
    assert "removed" in changes
    assert "quay:s-3" in changes


def test_pause_and_resume(reader: Reader) -> None:
    reader.done("/lists", "/lists/create", id="paused_one")
    path = "/lists/paused_one"
    assert "paused_one is off" in reader.done(path, f"{path}/pause")
    assert "paused_one is on" in reader.done(path, f"{path}/resume")
    assert reader.site.client.post(f"{path}/check", data=_token(reader, path)).status_code == 409


def test_a_list_is_taken_away_only_by_its_id(reader: Reader) -> None:
    reader.done("/lists", "/lists/create", id="short_lived")
    path = "/lists/short_lived"
    assert reader.send(path, f"{path}/remove", sure="yes").status_code == 400
    assert "Removed short_lived with 0 entities" in reader.done(path, f"{path}/remove", sure="short_lived")
    reader.page(path, 404)


@pytest.mark.parametrize(
    ("action", "filled", "status", "told"),
    [
        ("/lists/create", {"id": "own"}, 409, "there is a list 'own' already"),
        ("/lists/create", {"id": "../x"}, 400, "is no list id"),
        ("/lists/create", {"id": ""}, 400, ""),
        ("/lists/create", {"id": "us_ofac_sdn"}, 400, "is an official list"),
        ("/lists/add", {"id": "x_list", "url": "file:///etc/passwd"}, 400, "is no address"),
        ("/lists/add", {"id": "x_list", "url": "javascript:alert(1)"}, 400, "is no address"),
        ("/lists/add", {"id": "own", "url": "https://lists.example/x"}, 409, "already"),
        ("/lists/add", {"known": "nobodys_list"}, 400, "not known by name"),
    ],
)
def test_what_cannot_be_added_says_why(
    reader: Reader, action: str, filled: dict[str, str], status: int, told: str
) -> None:
    reply = reader.send("/lists", action, **filled)
    assert (reply.status_code, told in said(reply)) == (status, True), said(reply)


def test_changes_since_a_time_and_between_snapshots(reader: Reader) -> None:
    assert "Nothing changed" in reader.text("/lists/own/changes?since=2001-01-01&from=")  # by hand, no snapshot
    reader.page("/lists/own/changes?since=soon", 400)
    reader.page("/lists/own/changes?from=7", 404)
    reader.page("/lists/own/changes?since=7d&from=7", 400)
    assert "5 of 5" in reader.text("/lists/own/entities") or "1 to 5 of 5" in reader.text("/lists/own/entities")
    reader.page("/lists/own/entities?from=-1", 400)


def _token(reader: Reader, path: str) -> dict[str, str]:
    (value, *_) = reader.page(path).xpath('//input[@name="csrf"]/@value')
    return {"csrf": value}
