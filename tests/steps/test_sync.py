"""Syncing a list from a loopback server and from files: the last good state serves until a better one is stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from watchlist.config import FetchConfig
from watchlist.errors import ListError, ListFetchError, ListParseError, NotFoundError, SnapshotRejectedError, UsageError
from watchlist.lists.forms import published_lists
from watchlist.lists.schedule import RETRY_AFTER, is_due, next_check
from watchlist.model import ListChange, ListDeclaration, NameOrigin
from watchlist.steps.health.faults import list_faults
from watchlist.steps.sync import SyncOptions, sync_list
from watchlist.storage.store import Store, open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPTIONS = SyncOptions(FetchConfig(list_deadline=60))
SDN = "us_ofac_sdn"
FIVE = [(str(n), f"GREY GULL LINES {n}") for n in range(5)]

SdnList = Callable[..., str]


@pytest.fixture
def store(sqlite_database: str) -> Any:
    with closing(open_store(sqlite_database)) as opened:
        yield opened


@pytest.fixture
def mirrored(store: Store, web: Any, sdn_list: SdnList) -> Store:
    """A store whose SDN list comes from the loopback server, where it has an ETag."""
    url = web.put("/sdn.xml", sdn_list(*FIVE), etag='"v1"')
    store.declare_lists([ListDeclaration(SDN, "SDN", url)], NOW)
    return store


def sync(store: Store, now: datetime = NOW, **changes: Any) -> ListChange | None:
    return sync_list(store, SDN, replace(OPTIONS, **changes), now)


def names(store: Store) -> set[str]:
    return {entity.caption for entity in store.live_entities(SDN)}


def statuses(web: Any) -> list[int]:
    return [status for _, status in web.answered]


class TestDownload:
    def test_a_good_list_is_taken_in(self, mirrored: Store) -> None:
        change = sync(mirrored)
        assert change is not None
        assert (change.added, change.entity_count) == (5, 5)
        found = mirrored.watched_list(SDN)
        assert found.snapshot is not None
        assert (found.snapshot.published_at, found.snapshot.entity_count) == (datetime(2026, 3, 1, tzinfo=UTC), 5)
        assert (found.last_checked_at, found.last_changed_at, found.last_error) == (NOW, NOW, None)

    def test_one_that_has_not_changed_is_not_fetched_again(self, mirrored: Store, web: Any) -> None:
        sync(mirrored)
        before = mirrored.revisions()
        assert sync(mirrored, NOW + HOUR) is None
        assert statuses(web) == [200, 304]
        assert mirrored.revisions() == before
        assert mirrored.watched_list(SDN).last_checked_at == NOW + HOUR

    def test_the_same_content_without_validators_changes_nothing(
        self, mirrored: Store, web: Any, sdn_list: SdnList
    ) -> None:
        web.put("/sdn.xml", sdn_list(*FIVE))
        sync(mirrored)
        before = mirrored.revisions()
        assert sync(mirrored, NOW + HOUR) is None
        assert statuses(web) == [200, 200]
        assert mirrored.revisions() == before

    def test_a_change_is_taken_in(self, mirrored: Store, web: Any, sdn_list: SdnList) -> None:
        sync(mirrored)
        web.put("/sdn.xml", sdn_list(("0", "GREY GULL HOLDING"), *FIVE[1:], ("9", "NEW GULL")), etag='"v2"')
        change = sync(mirrored, NOW + HOUR)
        assert change is not None
        assert (change.added, change.changed, change.removed, change.unchanged) == (1, 1, 0, 4)
        assert "GREY GULL HOLDING" in names(mirrored)

    @pytest.mark.parametrize(
        ("body", "error", "words"),
        [
            ("<!doctype html><title>Sorry</title>", ListParseError, "HTML page"),
            ("", ListParseError, "is empty"),
            ("\ufeff<sdnList><sdnEntry>", ListParseError, "sdn.xml"),
            ("1,2,3\n4,5,6\n", ListParseError, "expected OFAC"),
        ],
    )
    def test_a_damaged_one_is_refused_and_the_last_good_one_stays(
        self, mirrored: Store, web: Any, body: str, error: type[Exception], words: str
    ) -> None:
        sync(mirrored)
        before = mirrored.revisions(), names(mirrored), mirrored.watched_list(SDN).snapshot
        web.put("/sdn.xml", body, etag='"bad"')
        with pytest.raises(error, match=words) as failed:
            sync(mirrored, NOW + HOUR)
        found = mirrored.watched_list(SDN)
        assert (mirrored.revisions(), names(mirrored), found.snapshot) == before
        assert (found.last_error, found.last_error_at) == (str(failed.value), NOW + HOUR)

    def test_one_that_breaks_off_is_refused_and_the_last_good_one_stays(
        self, mirrored: Store, web: Any, sdn_list: SdnList
    ) -> None:
        sync(mirrored)
        web.put("/sdn.xml", sdn_list(*FIVE, ("6", "NEW GULL"))[:-40])
        with pytest.raises(ListParseError):
            sync(mirrored, NOW + HOUR)
        assert len(names(mirrored)) == 5

    def test_one_cut_between_two_entities_is_refused_until_it_is_accepted(
        self, mirrored: Store, web: Any, sdn_list: SdnList
    ) -> None:
        many = [(str(n), f"GULL {n}") for n in range(20)]
        web.put("/sdn.xml", sdn_list(*many), etag='"v1"')
        sync(mirrored)
        web.put("/sdn.xml", sdn_list(*many[:-2]), etag='"v2"')
        with pytest.raises(SnapshotRejectedError, match="the last 2 entities of the file before"):
            sync(mirrored, NOW + HOUR)
        web.put("/sdn.xml", sdn_list(*many[2:]), etag='"v3"')
        assert sync(mirrored, NOW + HOUR).removed == 2

    def test_one_that_shrank_is_refused_until_it_is_accepted(
        self, mirrored: Store, web: Any, sdn_list: SdnList
    ) -> None:
        sync(mirrored)
        web.put("/sdn.xml", sdn_list(*FIVE[:3]), etag='"v2"')
        for _ in range(2):
            # Refused again: the validators of the refused copy were not kept.
            with pytest.raises(SnapshotRejectedError, match="shrank from 5 to 3 entities"):
                sync(mirrored, NOW + HOUR)
        assert len(names(mirrored)) == 5
        assert statuses(web) == [200, 200, 200]
        change = sync(mirrored, NOW + HOUR, accept=True)
        assert change is not None
        assert change.removed == 2
        assert mirrored.watched_list(SDN).last_error is None

    def test_one_that_declares_another_count_is_refused(self, mirrored: Store, web: Any, sdn_list: SdnList) -> None:
        web.put("/sdn.xml", sdn_list(*FIVE, declared=6))
        with pytest.raises(ListError, match=r"declares 6 entities,? but"):
            sync(mirrored)
        assert names(mirrored) == set()

    def test_a_server_that_fails_is_noted_and_its_next_good_answer_clears_it(
        self, mirrored: Store, web: Any, sdn_list: SdnList
    ) -> None:
        sync(mirrored)
        web.put("/sdn.xml", "gone", status=404)
        with pytest.raises(ListFetchError, match="404"):
            sync(mirrored, NOW + HOUR)
        assert "404" in (mirrored.watched_list(SDN).last_error or "")
        web.put("/sdn.xml", sdn_list(*FIVE), etag='"v1"')
        assert sync(mirrored, NOW + 2 * HOUR) is None
        assert mirrored.watched_list(SDN).last_error is None
        assert len(names(mirrored)) == 5

    def test_a_list_from_the_authority_itself_must_have_its_usual_size(
        self, store: Store, web: Any, sdn_list: SdnList, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = web.put("/SDN.XML", sdn_list(*FIVE))
        monkeypatch.setitem(published_lists(), SDN, replace(published_lists()[SDN], files=(url,)))
        with pytest.raises(SnapshotRejectedError, match="expected at least 10,000"):
            sync(store)
        assert store.watched_list(SDN).last_error is not None

    def test_a_list_in_several_files_is_taken_whole_when_one_of_them_changed(
        self, store: Store, web: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        end = "\x1a\r\n"
        row = '{},"{}",-0- ,"IFSR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
        web.put("/sdn.csv", row.format(1, "GREY GULL") + end, etag='"s1"')
        web.put("/alt.csv", '1,11,"aka","GULL ONE",-0- \r\n' + end, etag='"a1"')
        urls = tuple(web.url + path for path in ("/sdn.csv", "/alt.csv"))
        monkeypatch.setitem(published_lists(), SDN, replace(published_lists()[SDN], files=urls, minimum_entities=1))
        assert sync(store) is not None
        assert sync(store, NOW + HOUR) is None
        web.put("/alt.csv", '1,11,"aka","GULL ONE",-0- \r\n1,12,"aka","GULL TWO",-0- \r\n' + end, etag='"a2"')
        change = sync(store, NOW + 2 * HOUR)
        assert change is not None
        assert change.changed == 1
        assert [name.text for name in store.entity(f"{SDN}:1").names] == ["GREY GULL", "GULL ONE", "GULL TWO"]

    def test_large_files_behind_an_index_are_fetched_only_when_the_index_changed(
        self, store: Store, web: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entities = (Path(__file__).parents[1] / "lists" / "data" / "entities.ftm.json").read_bytes()
        index = {"version": "20260301-x", "resources": [{"name": "entities.ftm.json"}]}
        urls = (web.put("/index.json", json.dumps(index)), web.put("/entities.ftm.json", entities))
        published = replace(published_lists()["opensanctions"], files=urls, minimum_entities=1)
        monkeypatch.setitem(published_lists(), "opensanctions", published)

        def go(now: datetime) -> ListChange | None:
            return sync_list(store, "opensanctions", SyncOptions(FetchConfig()), now)

        assert go(NOW) is not None
        assert store.watched_list("opensanctions").snapshot.version == "20260301-x"
        assert go(NOW + HOUR) is None
        web.put("/index.json", json.dumps({**index, "version": "20260302-x"}))
        assert go(NOW + 2 * HOUR) is None
        paths = [path for path, _ in web.answered]
        assert paths == ["/index.json", "/entities.ftm.json", "/index.json", "/index.json", "/entities.ftm.json"]


class TestFile:
    @pytest.fixture
    def file(self, tmp_path: Path, sdn_list: SdnList) -> Path:
        path = tmp_path / "SDN.XML"
        path.write_text(sdn_list(*FIVE, published="01/02/2025"))
        return path

    def test_a_list_known_by_name_is_added_on_the_way_and_not_refreshed(self, store: Store, file: Path) -> None:
        change = sync(store, source=file)
        assert change is not None
        assert change.added == 5
        found = store.watched_list(SDN)
        assert (found.title, found.refresh) == (published_lists()[SDN].title, False)
        assert not is_due(found, HOUR, NOW + 99 * HOUR)

    def test_the_same_file_again_changes_nothing(self, store: Store, file: Path) -> None:
        sync(store, source=file)
        before = store.revisions()
        assert sync(store, NOW + HOUR, source=file) is None
        assert store.revisions() == before

    def test_a_damaged_file_leaves_the_last_good_list(self, store: Store, file: Path) -> None:
        sync(store, source=file)
        file.write_bytes(file.read_bytes()[:300])
        with pytest.raises(ListParseError):
            sync(store, NOW + HOUR, source=file)
        assert len(names(store)) == 5
        assert store.watched_list(SDN).last_error is not None

    def test_the_download_after_a_file_comes_whole(
        self, mirrored: Store, web: Any, file: Path, sdn_list: SdnList
    ) -> None:
        """The server's validators are of what it sent before, not of the file's content."""
        sync(mirrored)
        file.write_text(sdn_list(*FIVE[:4], ("8", "OLD GULL")))
        sync(mirrored, NOW + HOUR, source=file)
        assert "OLD GULL" in names(mirrored)
        assert sync(mirrored, NOW + 2 * HOUR) is not None
        assert statuses(web) == [200, 200]
        assert names(mirrored) == {name for _, name in FIVE}

    def test_an_own_list_is_not_synced(self, store: Store, file: Path) -> None:
        store.add_list(ListDeclaration("own", "Own", None, refresh=False, own=True))
        with pytest.raises(UsageError, match="entities import own FILE"):
            sync_list(store, "own", replace(OPTIONS, source=file), NOW)

    def test_a_list_not_known_by_name_is_named_with_those_that_are(self, store: Store) -> None:
        with pytest.raises(NotFoundError, match=r"no list 'us_ofac'; known by name are .*us_ofac_cons, us_ofac_sdn"):
            sync_list(store, "us_ofac", OPTIONS, NOW)
        assert store.watched_lists() == ()


class TestGoingBack:
    """A mirror that lags behind or goes back and forth: the newer state is held, and told."""

    OLD, NEW = (*FIVE, ("8", "DELISTED GULL")), (*FIVE, ("9", "NEW GULL"))

    def test_an_older_file_never_replaces_a_newer_one_unless_it_is_accepted(
        self, mirrored: Store, web: Any, sdn_list: SdnList
    ) -> None:
        web.put("/sdn.xml", sdn_list(*self.NEW, published="03/01/2026"))
        sync(mirrored)
        web.put("/sdn.xml", sdn_list(*self.OLD, published="11/15/2025"))
        with pytest.raises(SnapshotRejectedError, match="it is of 2025-11-15, older than the one that is held"):
            sync(mirrored, NOW + HOUR)
        assert "NEW GULL" in names(mirrored)
        change = sync(mirrored, NOW + 2 * HOUR, accept=True)
        assert change is not None
        assert "DELISTED GULL" in names(mirrored)
        assert mirrored.watched_list(SDN).last_error is None

    def test_nor_does_one_that_is_given_by_hand(
        self, mirrored: Store, web: Any, sdn_list: SdnList, tmp_path: Path
    ) -> None:
        web.put("/sdn.xml", sdn_list(*self.NEW))
        sync(mirrored)
        (tmp_path / "old.xml").write_text(sdn_list(*self.OLD, published="11/15/2025"))
        with pytest.raises(SnapshotRejectedError, match="--accept takes it all the same"):
            sync(mirrored, NOW + HOUR, source=tmp_path / "old.xml")
        assert sync(mirrored, NOW + HOUR, source=tmp_path / "old.xml", accept=True) is not None

    @pytest.mark.parametrize("dated", [True, False])
    def test_a_mirror_that_flaps_is_held_at_the_newer_state_and_told_once(
        self, mirrored: Store, web: Any, sdn_list: SdnList, dated: bool
    ) -> None:
        old = sdn_list(*self.OLD, published="02/28/2026" if dated else "03/01/2026")
        new = sdn_list(*self.NEW, published="03/01/2026")
        told: list[bool] = []
        for hours, content in enumerate((old, new, old, new, old, new, new)):
            web.put("/sdn.xml", content)
            now = NOW + hours * HOUR
            with suppress(SnapshotRejectedError):
                sync(mirrored, now)
            faults = list(list_faults(mirrored.watched_lists(), timedelta(days=3), now))
            told.append(any(fault.lasting for fault in faults))
            assert ("NEW GULL" in names(mirrored)) == (hours > 0)
        # From the first time on, also after checks that went well: it is one fault that lasts.
        assert told == [False, False, True, True, True, True, True]
        found = mirrored.watched_list(SDN)
        assert found.last_error is not None
        assert "the newer one stays in force" in found.last_error
        assert found.last_good_at == found.last_checked_at == NOW + 6 * HOUR
        assert not is_due(found, 4 * HOUR, NOW + 7 * HOUR), "a good check is not repeated in minutes"
        # A day after the last time the list is well again.
        sync(mirrored, NOW + 40 * HOUR)
        assert mirrored.watched_list(SDN).last_error is None

    def test_a_newer_file_is_taken_while_a_mirror_flaps(self, mirrored: Store, web: Any, sdn_list: SdnList) -> None:
        for hours, (content, published) in enumerate(
            ((self.NEW, "03/01/2026"), (self.OLD, "02/01/2026"), ((*self.NEW, ("10", "NEWEST GULL")), "03/02/2026"))
        ):
            web.put("/sdn.xml", sdn_list(*content, published=published))
            with suppress(SnapshotRejectedError):
                sync(mirrored, NOW + hours * HOUR)
        assert "NEWEST GULL" in names(mirrored)


def test_a_file_of_the_other_list_of_the_authority_is_refused_until_it_is_accepted(
    mirrored: Store, web: Any, sdn_list: SdnList
) -> None:
    entries = [(str(n), f"GULL {n}") for n in range(30)]
    web.put("/sdn.xml", sdn_list(*entries).replace("IFSR", "UKRAINE-EO13662"))
    with pytest.raises(SnapshotRejectedError, match="its programs are those of OFAC's consolidated"):
        sync(mirrored)
    assert mirrored.watched_list(SDN).entity_count == 0
    assert sync(mirrored, accept=True) is not None


def test_names_in_a_false_encoding_are_refused(mirrored: Store, web: Any, sdn_list: SdnList) -> None:
    entries = [(str(n), f"ГРЕЙ ГАЛЛ {n}") for n in range(5)]
    web.put("/sdn.xml", sdn_list(*entries).replace('version="1.0"', 'version="1.0" encoding="iso-8859-1"'))
    with pytest.raises(SnapshotRejectedError, match="5 of 5 names that are not plain ASCII are garbled"):
        sync(mirrored)
    web.put("/sdn.xml", sdn_list(*entries))
    assert sync(mirrored, NOW + HOUR) is not None


def test_names_the_press_uses_come_with_a_sync(mirrored: Store, web: Any, sdn_list: SdnList) -> None:
    web.put("/sdn.xml", sdn_list(*FIVE, ("47664", "ANSARALLAH")))
    sync(mirrored)
    press = {name.text for name in mirrored.entity(f"{SDN}:47664").names if name.origin is NameOrigin.PRESS}
    assert "Houthis" in press
    before = mirrored.revisions()
    sync(mirrored, NOW + HOUR)
    assert mirrored.revisions() == before


class TestDue:
    def test_never_checked_is_due(self, mirrored: Store) -> None:
        assert is_due(mirrored.watched_list(SDN), HOUR, NOW)

    def test_checked_is_due_after_the_interval(self, mirrored: Store) -> None:
        sync(mirrored)
        found = mirrored.watched_list(SDN)
        assert not is_due(found, HOUR, NOW + 0.89 * HOUR)
        assert is_due(found, HOUR, NOW + HOUR)

    def test_failed_is_due_sooner(self, mirrored: Store) -> None:
        mirrored.record_list_error(SDN, "down", NOW)
        found = mirrored.watched_list(SDN)
        assert not is_due(found, HOUR, NOW + 0.89 * RETRY_AFTER)
        assert is_due(found, HOUR, NOW + RETRY_AFTER)
        assert is_due(found, timedelta(minutes=1), NOW + timedelta(minutes=1))

    def test_failing_for_long_it_is_tried_less_often_but_never_less_than_a_good_one(self, mirrored: Store) -> None:
        sync(mirrored)
        waits = []
        for hours in (4, 8, 16, 99):
            mirrored.record_list_error(SDN, "down", NOW + hours * HOUR)
            due = next_check(mirrored.watched_list(SDN), 4 * HOUR)
            assert due is not None
            waits.append(due - NOW - hours * HOUR)
        assert waits == sorted(waits)
        assert waits[0] <= RETRY_AFTER
        assert waits[1] > RETRY_AFTER
        assert waits[-1] <= 4 * HOUR

    def test_a_list_may_have_an_interval_of_its_own(self, mirrored: Store) -> None:
        sync(mirrored)
        url = mirrored.watched_list(SDN).url
        mirrored.declare_lists([ListDeclaration(SDN, "SDN", url, every=86400.0)], NOW)
        found = mirrored.watched_list(SDN)
        assert not is_due(found, HOUR, NOW + 20 * HOUR)
        assert is_due(found, HOUR, NOW + 24 * HOUR)

    def test_one_that_is_never_synced_has_no_next_check(self, mirrored: Store) -> None:
        assert next_check(mirrored.watched_list(SDN), HOUR) is None
        sync(mirrored)
        mirrored.switch_list(SDN, on=False, now=NOW)
        assert next_check(mirrored.watched_list(SDN), HOUR) is None

    def test_switched_off_is_never_due(self, mirrored: Store) -> None:
        mirrored.switch_list(SDN, on=False, now=NOW)
        assert not is_due(mirrored.watched_list(SDN), HOUR, NOW + 99 * HOUR)

    def test_one_checked_in_the_future_was_checked_under_a_wrong_clock(self, mirrored: Store) -> None:
        sync(mirrored, NOW + timedelta(days=900))
        assert is_due(mirrored.watched_list(SDN), HOUR, NOW)


class TestPressNames:
    UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-01T00:00:00Z"><INDIVIDUALS>
<INDIVIDUAL><DATAID>7000001</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>JOSEPH</FIRST_NAME><SECOND_NAME>KONY</SECOND_NAME>
<UN_LIST_TYPE>CAR</UN_LIST_TYPE><REFERENCE_NUMBER>CFi.909</REFERENCE_NUMBER><LISTED_ON>2016-03-07</LISTED_ON>
<NATIONALITY><VALUE>Uganda</VALUE></NATIONALITY>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>{year}</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>
</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"""

    @pytest.mark.parametrize(("year", "known"), [(1961, True), (1988, False)])
    def test_they_reach_the_same_person_on_another_list(
        self, store: Store, tmp_path: Path, year: int, known: bool
    ) -> None:
        path = tmp_path / "un.xml"
        path.write_text(self.UN.format(year=year))
        sync_list(store, "un_sc_sanctions", replace(OPTIONS, source=path, accept=True), NOW)
        (listed,) = store.live_entities("un_sc_sanctions")
        of_press = [name.text for name in listed.names if name.origin is NameOrigin.PRESS]
        assert ("约瑟夫·科尼" in of_press) is known
        # A sync without a change leaves them as they are.
        sync_list(store, "un_sc_sanctions", replace(OPTIONS, source=path), NOW + HOUR)
        assert [name.text for name in store.entity(listed.id).names if name.origin is NameOrigin.PRESS] == of_press
