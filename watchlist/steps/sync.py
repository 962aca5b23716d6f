"""AUTHORITY FILE -> ENTITY: lists that are due, each through download or file, reading and guard to the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from watchlist.config import Config, FetchConfig
from watchlist.errors import DatabaseAwayError, ListError, NotFoundError, UsageError
from watchlist.feeds.workers import do_nothing, work_off
from watchlist.http.pace import HostQueue, Pace, host_of
from watchlist.lists.contents import Contents
from watchlist.lists.download import DownloadOptions
from watchlist.lists.fetch import FetchedList, Held, fetch_list, keep_copy
from watchlist.lists.folder import download_folder
from watchlist.lists.forms import published_lists
from watchlist.lists.forms.opensanctions import dataset
from watchlist.lists.guard import SnapshotCounts, check
from watchlist.lists.press import press_names, press_subjects
from watchlist.lists.reading.parsed import READING, ParsedList
from watchlist.lists.recency import Arrival, check_order, is_flapping
from watchlist.lists.recognise import read_list
from watchlist.lists.schedule import is_due
from watchlist.log import Log
from watchlist.model import ColumnMap, IntakeOptions, ListChange, ListDeclaration, NameOrigin, Snapshot, WatchedList
from watchlist.ports import GroupStore, SyncStore
from watchlist.steps.health.one_cause import host_in, note_answer
from watchlist.steps.parts import Parts, RunReport
from watchlist.subjects.known import group_with_known, same_subjects
from watchlist.text.masked import without_logins

if TYPE_CHECKING:
    from watchlist.matching.naming import NamesAsMatched

_log = Log(__name__)

#: Fetches a list into a folder; gives what was fetched.
_Fetcher = Callable[[Path], FetchedList | None]
_Fetched = Callable[[], FetchedList | None]
#: Lists that are fetched at the same time; of one host one at a time.
_AT_ONCE = 4
_ONE_BY_ONE = Pace(1, 0.0)


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """How one sync is done."""

    fetch: FetchConfig
    #: A file or folder to read in place of a download.
    source: Path | None = None
    #: Take the snapshot although the guard would refuse it.
    accept: bool = False
    #: How far back stored articles are screened for what is new; None looks at none.
    look_back: timedelta | None = None
    #: The channels that are told when the list has changed.
    announce_to: tuple[str, ...] = ()
    #: Where copies are kept that deltas go on from; None fetches every file whole.
    copies: Path | None = None
    #: Gives what was fetched already, or raises what went wrong; None fetches it.
    fetched: _Fetched | None = None
    #: How the tables of lists are read that are in no form of their own.
    columns: Mapping[str, ColumnMap] = field(default_factory=dict)

    @classmethod
    def scheduled(cls, config: Config, channels: Iterable[str], copies: Path) -> Self:
        """A download as the configuration has it, with these channels and this folder for copies."""
        return cls(
            config.fetch,
            copies=copies,
            columns={each.id: ColumnMap(each.columns, each.encoding) for each in config.lists if each.columns},
            look_back=look_back_of(config),
            announce_to=tuple(channels) if config.alerts.list_changes else (),
        )


def look_back_of(config: Config) -> timedelta:
    """How far back stored articles are screened for what is new on a list."""
    return timedelta(seconds=config.alerts.look_back)


def sync_lists(parts: Parts, report: RunReport, idle: Callable[[], None] = do_nothing) -> None:
    """AUTHORITY FILE -> ENTITY, for the lists that are due.

    They are fetched side by side, and each is taken in when it is there, so that a slow server holds up no other list;
    where none comes for a moment ``idle`` is called.
    """
    interval = timedelta(seconds=parts.config.schedule.lists)
    options = SyncOptions.scheduled(parts.config, parts.transports, parts.index_dir)
    store: SyncStore = parts.store
    due = [each for each in store.watched_lists() if is_due(each, interval, parts.clock())]
    line = HostQueue((_job(store, each, options) for each in due), lambda host: _ONE_BY_ONE)
    for watched, stack, fetch in work_off(line, _fetch, threads=min(len(due), _AT_ONCE), stop=parts.stop, idle=idle):
        with stack:
            _sync_noted(parts, report, watched, replace(options, fetched=fetch))


def _job(store: SyncStore, watched: WatchedList, options: SyncOptions) -> tuple[str, tuple[WatchedList, _Fetcher]]:
    """A list with what fetches it, behind the host that is asked."""
    try:
        return host_of(_addresses(watched)[0]), (watched, _fetcher(store, watched, options))
    except DatabaseAwayError:
        raise
    except Exception as error:
        # Told with the list, as what goes wrong later.
        return watched.id, (watched, partial(_raise, error))


def _fetch(_host: str, job: tuple[WatchedList, _Fetcher]) -> tuple[WatchedList, ExitStack, _Fetched]:
    """Fetch a list into a folder that lasts until the stack is closed; an error is raised when it is taken in."""
    watched, fetch = job
    stack = ExitStack()
    try:
        found = fetch(stack.enter_context(download_folder()))
    except Exception as error:
        return watched, stack, partial(_raise, error)
    return watched, stack, lambda: found


def _raise(error: Exception, _folder: Path | None = None) -> FetchedList | None:
    raise error


def _sync_noted(parts: Parts, report: RunReport, watched: WatchedList, options: SyncOptions) -> None:
    store: SyncStore = parts.store
    report.counts["lists_synced"] += 1
    try:
        change = sync_list(store, watched.id, options, parts.clock())
    except ListError as error:
        line = f"list {without_logins(str(error))}"
        report.errors.append(line)
        note_answer(report, host_in(str(error), watched.id), str(error), line)
    except DatabaseAwayError:
        # Of no list's making.
        raise
    except Exception as error:
        # Also a fault of this program, or a value the database refuses.
        _log.exception("list could not be synced", list=watched.id)
        message = f"internal error, please report it: {type(error).__name__}: {error}"
        store.record_list_error(watched.id, message, parts.clock())
        report.errors.append(f"list {watched.id}: {message}")
    else:
        report.counts["lists_changed"] += change is not None
        note_answer(report, watched.id, None)


def sync_list(store: SyncStore, list_id: str, options: SyncOptions, now: datetime) -> ListChange | None:
    """Bring one list up to date; None when nothing has changed since the last time.

    A list that is known by name is added on the way. Raises ListError, after noting it with the list, when it could
    not be fetched, read or accepted: then the last good snapshot stays in force.
    """
    watched = _watched(store, list_id, refresh=options.source is None)
    try:
        change = _sync(store, watched, options, now)
    except ListError as error:
        store.record_list_error(list_id, without_logins(str(error)), now)
        raise
    _set_press_names(store, list_id, options, now, changed=change is not None)
    if change is not None:
        regroup(store)
    return change


def _set_press_names(store: SyncStore, list_id: str, options: SyncOptions, now: datetime, *, changed: bool) -> None:
    """Give a list's entities the names that the press has for them: by their ids, or as subjects that others list."""
    given = press_names(list_id)
    if not given and changed:
        subjects = press_subjects()
        same = same_subjects(subjects, store.live_entities(list_id), _naming())
        of_press = {
            f"{described_by}:{id}": names
            for described_by in {each.list_id for each in subjects}
            for id, names in press_names(described_by).items()
        }
        given = {source_id: of_press[id] for source_id, id in same.items() if id in of_press}
    if given or changed:
        store.set_names(list_id, given, NameOrigin.PRESS, now, options.look_back)


def regroup(store: GroupStore) -> None:
    """Work out anew which entities of several lists are one."""
    if sum(each.entity_count > 0 for each in store.watched_lists() if each.undeclared_at is None) < 2:
        store.replace_groups(())
        return
    store.replace_groups(group_with_known(store.live_entities(), press_subjects(), _naming(), store.group_decisions()))


def _naming() -> NamesAsMatched:
    # Here, because what reads names takes longer to import than a list without change to check.
    from watchlist.matching.naming import NamesAsMatched

    return NamesAsMatched(_names_of_press_subjects())


@cache
def _names_of_press_subjects() -> NamesAsMatched:
    """They are compared with each list that has changed."""
    from watchlist.matching.naming import NamesAsMatched

    found = NamesAsMatched()
    for subject in press_subjects():
        for name in subject.names:
            found.read(name, subject.schema)
    return found


def _watched(store: SyncStore, list_id: str, *, refresh: bool) -> WatchedList:
    try:
        watched = store.watched_list(list_id)
        known = watched.undeclared_at is None
    except NotFoundError:
        known = False
    if not known:
        published = published_lists().get(list_id)
        if published is None:
            names = ", ".join(sorted(published_lists()))
            raise NotFoundError(
                "list", list_id, f"known by name are {names}; 'watchlist lists create {list_id}' makes one of your own"
            )
        store.add_list(ListDeclaration(list_id, published.title, None, refresh=refresh))
        return store.watched_list(list_id)
    if watched.own:
        raise UsageError(f"{list_id} is a list of your own: 'watchlist entities import {list_id} FILE' fills it")
    return watched


def _sync(store: SyncStore, watched: WatchedList, options: SyncOptions, now: datetime) -> ListChange | None:
    if options.source is not None:
        change = _take_in(store, watched, options.source, options, now)
        # What the list holds is no longer what the server's validators are of: the next download must come whole.
        store.record_checked(watched.id, now, {})
        return change
    if options.fetched is not None:
        return _take_fetched(store, watched, options.fetched(), options, now)
    with download_folder() as folder:
        return _take_fetched(store, watched, _fetcher(store, watched, options)(folder), options, now)


def _fetcher(store: SyncStore, watched: WatchedList, options: SyncOptions) -> _Fetcher:
    """What fetches a list into a folder, with all that it has to know of the store."""
    # A copy that was refused, or never stored, must come whole.
    up_to_date = watched.snapshot is not None and watched.snapshot.reading >= READING
    fit = watched.entity_count and not watched.last_error and up_to_date
    known = store.validators(watched.id) if fit else {}
    version = watched.snapshot.version if watched.snapshot is not None and watched.entity_count else None
    held = Held(known, version, options.copies if not watched.last_error else None)
    limits = DownloadOptions.from_config(options.fetch)
    return partial(fetch_list, watched.id, _addresses(watched), held, limits)


def _take_fetched(
    store: SyncStore, watched: WatchedList, fetched: FetchedList | None, options: SyncOptions, now: datetime
) -> ListChange | None:
    change = None
    if fetched is not None:
        change = _take_in(store, watched, fetched.source, options, now)
        present = store.watched_list(watched.id).snapshot
        if options.copies is not None and present is not None:
            keep_copy(watched.id, present.version, fetched, options.copies)
    validators = fetched.validators if fetched is not None else None
    store.record_checked(watched.id, now, validators, keep_error=is_flapping(watched, now) and not options.accept)
    return change


def _is_read_already(watched: WatchedList, sha256: str) -> bool:
    """Whether the list holds what this file says, as far as the readers of today understand it."""
    present = watched.snapshot
    same = present is not None and present.sha256 == sha256 and present.reading >= READING
    return same and watched.entity_count > 0


def _addresses(watched: WatchedList) -> tuple[str, ...]:
    if watched.url and watched.url.endswith(f"/{dataset.NAME}"):
        return (watched.url, urljoin(watched.url, "entities.ftm.json"))
    if watched.url:
        return (watched.url,)
    return published_lists()[watched.id].files


def _take_in(
    store: SyncStore, watched: WatchedList, source: Path, options: SyncOptions, now: datetime
) -> ListChange | None:
    parsed = read_list(watched.id, source, accept=options.accept, columns=options.columns.get(watched.id))
    if _is_read_already(watched, parsed.sha256):
        return None
    if not options.accept:
        _check_order(store, watched, parsed, options, now)
    downloaded_officially = options.source is None and watched.url is None
    known = published_lists().get(watched.id)
    published = known if downloaded_officially else None
    contents = Contents(known)

    def accept(change: ListChange) -> Snapshot:
        counts = SnapshotCounts(
            list_id=watched.id,
            entities=change.entity_count,
            names=change.name_count,
            declared=parsed.declared_count,
            form=parsed.form,
            filled=dict(change.filled),
            added=change.added,
            gone=change.gone,
            cells=parsed.notes.counts(),
        )
        if not options.accept:
            contents.check(watched.id)
            check(watched.snapshot, counts, published)
        return Snapshot(
            list_id=watched.id,
            version=parsed.version or parsed.sha256[:12],
            published_at=parsed.published_at,
            fetched_at=now,
            sha256=parsed.sha256,
            entity_count=change.entity_count,
            name_count=change.name_count,
            form=parsed.form,
            filled=change.filled,
            tail=change.tail,
            cells=parsed.notes.counts(),
            reading=READING,
        )

    change = store.apply_entities(
        watched.id,
        contents.watch(parsed.entities()),
        now,
        accept,
        IntakeOptions(look_back=options.look_back, announce_to=options.announce_to, ids_by_authority=True),
    )
    for doubt in parsed.doubts:
        _log.warning("taken although it is doubtful", list=watched.id, doubt=doubt)
    return replace(change, doubts=tuple(parsed.doubts))


def _check_order(
    store: SyncStore, watched: WatchedList, parsed: ParsedList, options: SyncOptions, now: datetime
) -> None:
    held = watched.snapshot if watched.entity_count else None
    by_hand = options.source is not None
    arrival = Arrival(watched.id, parsed.form, parsed.sha256, parsed.published_at, by_hand=by_hand)
    # After a file that was given by hand the server may well say what it said before.
    compared = by_hand or bool(store.validators(watched.id))
    check_order(held, arrival, store.former_snapshot(watched.id, parsed.sha256) if compared else None, now)
