"""Every authority's list through what its folder says of it, from a loopback server that behaves as its own does."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from watchlist.config import FetchConfig
from watchlist.errors import ListFetchError, ListParseError
from watchlist.lists.download import DownloadOptions
from watchlist.lists.forms import published_lists
from watchlist.lists.forms.us_csl import SOURCE_OF
from watchlist.steps.sync import SyncOptions, sync_list
from watchlist.storage.store import Store, open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DATA = Path(__file__).parent / "data"


def _alike(list_id: str) -> str:
    """What a list is got and read like: many are parts of one file, or come through one publisher."""
    if list_id.startswith("us_csl_"):
        return "us_csl"
    if list_id != "opensanctions" and published_lists()[list_id].files[-1].endswith(".ftm.json"):
        return "through OpenSanctions"
    return list_id


def _lists() -> Iterator[Any]:
    """Every list; of those that are alike the plain suite takes one."""
    taken = set()
    for list_id in published_lists():
        yield pytest.param(list_id, marks=pytest.mark.thorough) if _alike(list_id) in taken else list_id
        taken.add(_alike(list_id))


@cache
def workbook() -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees"])
    book.active.append([101, "GREY GULL", "Entity", "Primary Name", "Autonomous"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def screening_list() -> bytes:
    """The US Consolidated Screening List with an entry of each source."""
    header = (DATA / "csl.csv").read_text(encoding="utf-8").splitlines()[0]
    rows = (f"{code},A List ({code}) - Department,,,,GREY GULL {code}" + "," * 23 for code in SOURCE_OF.values())
    return "\n".join((header, *rows, "")).encode()


def content_of(list_id: str) -> bytes:
    """A small list in the form that is downloaded."""
    files = {
        "us_ofac_sdn": "sdn_enhanced.xml",
        "us_ofac_cons": "sdn_enhanced.xml",
        "un_sc_sanctions": "un.xml",
        "eu_fsf": "eu.xml",
        "gb_fcdo_sanctions": "uk.csv",
        "gb_hmt_sanctions": "conlist.csv",
        "ch_seco_sanctions": "seco.xml",
        "ca_dfatd_sema_sanctions": "sema.xml",
        "worldbank_debarred": "worldbank.json",
    }
    if published_lists()[list_id].files[-1].endswith(".ftm.json"):
        return (DATA / "entities.ftm.json").read_bytes().replace(b"xx_lake", list_id.encode())
    if list_id.startswith(("us_trade_csl", "us_csl_")):
        return screening_list()
    if list_id == "us_ofac_cons":
        return (DATA / files[list_id]).read_bytes().replace(b">SDN List<", b">Consolidated List<")
    return workbook() if list_id == "au_dfat_sanctions" else (DATA / files[list_id]).read_bytes()


class Authority(BaseHTTPRequestHandler):
    """The manners of the authorities' servers: a redirect to an address that works once, no HEAD, slow or packed."""

    server: Any

    def do_HEAD(self) -> None:
        self.send_error(404)

    def do_GET(self) -> None:
        with suppress(ConnectionError):
            self._answer()
        self.close_connection = True

    def _answer(self) -> None:
        path = urlsplit(self.path)
        self.server.asked.append((self.path, dict(self.headers)))
        if self.server.failures:
            status = self.server.failures.pop(0)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if path.path == "/signed":
            if path.query not in self.server.signatures:
                self.send_error(403, "Signature expired")
                return
            self.server.signatures.remove(path.query)
            self._send(self.server.bodies[path.query.partition("|")[2]])
            return
        body = self.server.bodies.get(self.path)
        if body is None:
            self.send_error(404)
        elif self.server.signs:
            signature = f"{len(self.server.asked)}|{self.path}"
            self.server.signatures.add(signature)
            self.send_response(302)
            self.send_header("Location", f"/signed?{signature}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(body)

    def _send(self, body: bytes) -> None:
        etag = f'"{hashlib.md5(body).hexdigest()}"'
        if self.server.tags and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        if self.server.tags:
            self.send_header("ETag", etag)
        if self.server.packs:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        half = len(body) // 2
        self.wfile.write(body[:half])
        self.wfile.flush()
        self.server.pause()
        self.wfile.write(body[half:])

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def store(sqlite_database: str) -> Iterator[Store]:
    with closing(open_store(sqlite_database)) as opened:
        yield opened


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The server; the addresses of all lists lead to it, and its minimum counts are those of small lists."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Authority) as http:
        server: Any = http
        server.daemon_threads = True
        server.asked, server.failures, server.signatures, server.bodies = [], [], set(), {}
        server.signs = server.packs = server.tags = False
        server.pause = lambda: None
        base = f"http://127.0.0.1:{http.server_address[1]}"
        for list_id, published in list(published_lists().items()):
            files = tuple(
                base + url.partition("://")[2].partition("/")[1] + url.partition("://")[2].partition("/")[2]
                for url in published.files
            )
            monkeypatch.setitem(published_lists(), list_id, replace(published, files=files, minimum_entities=1))
            for url in files:
                content = content_of(list_id)
                is_index = url.endswith("/index.json")
                server.bodies[url.removeprefix(base)] = index(content, "20260301000000-aaa") if is_index else content
        server.index_path = published_lists()["opensanctions"].files[0].removeprefix(base)
        monkeypatch.setattr(
            DownloadOptions,
            "from_config",
            classmethod(
                lambda cls, fetch: cls(fetch.user_agent, fetch.list_deadline, fetch.list_max_bytes, backoff=0.01)
            ),
        )
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        http.shutdown()
        thread.join()


def index(content: bytes, version: str, **changes: object) -> bytes:
    checksum = hashlib.sha1(content).hexdigest()
    head = {"version": version, "updated_at": "2026-03-01T00:00:00"}
    return json.dumps({**head, "resources": [{"name": "entities.ftm.json", "checksum": checksum}], **changes}).encode()


def sync(store: Store, list_id: str, now: datetime = NOW, copies: Path | None = None) -> Any:
    return sync_list(store, list_id, SyncOptions(FetchConfig(list_deadline=60), copies=copies), now)


@pytest.mark.parametrize("list_id", list(_lists()))
class TestEveryAuthority:
    @pytest.mark.thorough
    def test_a_redirect_to_a_signed_address_is_followed_and_forgotten(
        self, store: Store, served: Any, list_id: str
    ) -> None:
        served.signs = True
        assert sync(store, list_id).added > 0
        assert set(store.validators(list_id)) == set(published_lists()[list_id].files)
        # The old signature is of no use any more: only whoever asks at the front door again gets the file.
        assert sync(store, list_id, NOW + HOUR) is None
        assert not any("/signed" in url for url in store.validators(list_id))

    def test_what_has_not_changed_is_not_sent_again(self, store: Store, served: Any, list_id: str) -> None:
        served.tags = True
        sync(store, list_id)
        before = store.revisions()
        assert sync(store, list_id, NOW + HOUR) is None
        assert served.asked[-1][1]["If-None-Match"].startswith('"')
        assert store.revisions() == before

    @pytest.mark.thorough
    def test_busy_at_first_it_is_asked_again_and_packed_in_transit_it_is_the_same(
        self, store: Store, served: Any, list_id: str
    ) -> None:
        served.failures = [500, 503]
        assert sync(store, list_id).added > 0
        served.packs = True
        assert sync(store, list_id, NOW + HOUR) is None

    def test_one_that_is_down_or_sends_an_error_page_leaves_the_last_good_list(
        self, store: Store, served: Any, list_id: str
    ) -> None:
        sync(store, list_id)
        held = store.watched_list(list_id)
        served.failures = [500] * 3
        with pytest.raises(ListFetchError, match="the server answered 500"):
            sync(store, list_id, NOW + HOUR)
        served.failures.clear()
        for path in served.bodies:
            served.bodies[path] = b"<!DOCTYPE html><html><title>Service unavailable</title></html>"
        with pytest.raises(ListParseError) as refused:
            sync(store, list_id, NOW + 2 * HOUR)
        found = store.watched_list(list_id)
        assert (found.snapshot, found.entity_count, found.last_good_at) == (held.snapshot, held.entity_count, NOW)
        assert found.last_error == str(refused.value)

    def test_its_minimum_count_holds(
        self, store: Store, served: Any, list_id: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(published_lists(), list_id, replace(published_lists()[list_id], minimum_entities=999))
        with pytest.raises(Exception, match="expected at least 999"):
            sync(store, list_id)


def test_a_slow_answer_is_waited_for_until_the_deadline(store: Store, served: Any) -> None:
    never = Event()
    served.pause = lambda: never.wait(0.3)
    assert sync(store, "eu_fsf").added > 0
    served.pause = lambda: never.wait(3)
    options = SyncOptions(FetchConfig(list_deadline=0.5))
    served.bodies[next(path for path in served.bodies if "xmlFullSanctionsList" in path)] += b" "
    with pytest.raises(ListFetchError, match="not done within"):
        sync_list(store, "eu_fsf", options, NOW + HOUR)


def test_a_file_that_comes_in_a_zip(store: Store, served: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("SDN_ENHANCED.XML", content_of("us_ofac_sdn"))
    for path in served.bodies:
        if path.endswith("SDN_ENHANCED.XML"):
            served.bodies[path] = packed.getvalue()
    assert sync(store, "us_ofac_sdn").added == 3


def ftm(*entities: tuple[str, str]) -> bytes:
    return b"".join(line(id, name) + b"\n" for id, name in entities)


def line(id: str, name: str) -> bytes:
    found = {"id": id, "schema": "Company", "caption": name, "target": True, "properties": {"name": [name]}}
    return json.dumps(found).encode()


def delta(*ops: tuple[str, str, str]) -> bytes:
    return b"".join(
        json.dumps({"op": op, "entity": {"id": id} if op == "DEL" else json.loads(line(id, name))}).encode() + b"\n"
        for op, id, name in ops
    )


FIRST, SECOND, THIRD = "20260301000000-aaa", "20260302000000-bbb", "20260303000000-ccc"
OLD = (("a", "GREY GULL"), ("b", "QUIET WIRE"), ("c", "NORTH QUAY"), ("d", "EAST QUAY"), ("e", "WEST QUAY"))
NEW = (("a", "GREY GULL"), ("b", "QUIET WIRE HOLDING"), ("d", "EAST QUAY"), ("e", "WEST QUAY"), ("f", "ORVANTO"))
STEPS = (
    delta(("MOD", "b", "QUIET WIRE GROUP"), ("ADD", "x", "PASSING")),
    delta(("MOD", "b", "QUIET WIRE HOLDING"), ("DEL", "x", ""), ("DEL", "c", ""), ("ADD", "f", "ORVANTO")),
)


class TestDeltas:
    """OpenSanctions, with a version that is held and two that came since."""

    @pytest.fixture
    def publish(self, served: Any) -> Callable[..., None]:
        folder = served.index_path.rpartition("/")[0]
        base = f"http://127.0.0.1:{served.server_address[1]}"

        def put(
            version: str, entities: tuple[tuple[str, str], ...], steps: dict[str, bytes], **changes: object
        ) -> None:
            content = ftm(*entities)
            changes = {"delta_url": f"{base}/delta.json", "entity_count": len(entities), **changes}
            served.bodies[served.index_path] = index(content, version, **changes)
            served.bodies[f"{folder}/entities.ftm.json"] = content
            served.bodies["/delta.json"] = json.dumps({"versions": {v: f"/deltas/{v}.json" for v in steps}}).encode()
            served.bodies |= {f"/deltas/{version}.json": body for version, body in steps.items()}

        return put

    def asked(self, served: Any) -> list[str]:
        return [path.rpartition("/")[2] for path, _ in served.asked]

    def captions(self, store: Store) -> dict[str, str]:
        return {each.source_id: each.caption for each in store.live_entities("opensanctions")}

    def test_only_the_changes_are_fetched(self, store: Store, served: Any, publish: Any, tmp_path: Path) -> None:
        publish(FIRST, OLD, {})
        sync(store, "opensanctions", copies=tmp_path)
        served.asked.clear()
        publish(THIRD, NEW, {FIRST: b"", SECOND: STEPS[0], THIRD: STEPS[1]})
        change = sync(store, "opensanctions", NOW + HOUR, copies=tmp_path)
        assert self.asked(served) == ["index.json", "delta.json", f"{SECOND}.json", f"{THIRD}.json"]
        assert (change.added, change.changed, change.removed) == (1, 1, 1)
        assert self.captions(store) == dict(NEW)
        snapshot = store.watched_list("opensanctions").snapshot
        assert snapshot is not None
        assert snapshot.version == THIRD
        # The next one goes on from there.
        served.asked.clear()
        publish("20260304000000-ddd", OLD[:1] + NEW[1:], {FIRST: b"", "20260304000000-ddd": b""})
        sync(store, "opensanctions", NOW + 2 * HOUR, copies=tmp_path)
        assert "entities.ftm.json" not in self.asked(served)
        assert len(list(tmp_path.glob("opensanctions@*"))) == 1

    @pytest.mark.parametrize(
        ("steps", "changes"),
        [
            # The version held is older than the oldest delta.
            ({SECOND: STEPS[0], THIRD: STEPS[1]}, {}),
            ({}, {}),
            # They do not fit.
            ({FIRST: b"", THIRD: delta(("MOD", "nobody", "X"))}, {}),
            ({FIRST: b"", THIRD: delta(("DEL", "nobody", ""))}, {}),
            ({FIRST: b"", THIRD: delta(("ADD", "a", "GREY GULL"))}, {}),
            # Another number than the index says.
            ({FIRST: b"", SECOND: STEPS[0], THIRD: STEPS[1]}, {"entity_count": 77}),
            # Damaged.
            ({FIRST: b"", THIRD: STEPS[1][:50]}, {}),
            ({FIRST: b"", THIRD: b'{"op": "SWAP", "entity": {"id": "a"}}'}, {}),
            ({FIRST: b"", THIRD: b"<!doctype html>"}, {}),
            # Somewhere else, where nobody asked us to go.
            ({FIRST: b"", THIRD: STEPS[1]}, {"delta_url": "http://elsewhere.example/delta.json"}),
            ({FIRST: b"", THIRD: STEPS[1]}, {"delta_url": None}),
        ],
    )
    def test_deltas_that_do_not_lead_there_leave_it_to_the_full_file(
        self, store: Store, served: Any, publish: Any, tmp_path: Path, steps: dict[str, bytes], changes: dict[str, Any]
    ) -> None:
        publish(FIRST, OLD, {})
        sync(store, "opensanctions", copies=tmp_path)
        publish(THIRD, NEW, steps, **changes)
        served.asked.clear()
        sync(store, "opensanctions", NOW + HOUR, copies=tmp_path)
        assert self.asked(served)[-1] == "entities.ftm.json"
        assert self.captions(store) == dict(NEW)

    def test_a_delta_that_is_not_there_or_an_index_that_is_damaged(
        self, store: Store, served: Any, publish: Any, tmp_path: Path
    ) -> None:
        publish(FIRST, OLD, {})
        sync(store, "opensanctions", copies=tmp_path)
        publish(THIRD, NEW, {FIRST: b"", THIRD: STEPS[1]})
        del served.bodies[f"/deltas/{THIRD}.json"]
        sync(store, "opensanctions", NOW + HOUR, copies=tmp_path)
        assert self.captions(store) == dict(NEW)

    def test_a_copy_that_is_gone_or_damaged_leaves_it_to_the_full_file(
        self, store: Store, served: Any, publish: Any, tmp_path: Path
    ) -> None:
        publish(FIRST, OLD, {})
        sync(store, "opensanctions", copies=tmp_path)
        (copy,) = tmp_path.glob("opensanctions@*")
        copy.write_bytes(copy.read_bytes()[:40])
        publish(THIRD, NEW, {FIRST: b"", SECOND: STEPS[0], THIRD: STEPS[1]})
        sync(store, "opensanctions", NOW + HOUR, copies=tmp_path)
        assert self.captions(store) == dict(NEW)

    def test_the_full_file_must_have_its_checksum(
        self, store: Store, served: Any, publish: Any, tmp_path: Path
    ) -> None:
        publish(FIRST, OLD, {})
        served.bodies[served.index_path.rpartition("/")[0] + "/entities.ftm.json"] += line("z", "SLIPPED IN") + b"\n"
        with pytest.raises(ListParseError, match="checksum"):
            sync(store, "opensanctions", copies=tmp_path)
