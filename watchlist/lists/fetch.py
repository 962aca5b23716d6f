"""Fetches one state of a list: all its files, or what changed since the state that is held."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchlist.errors import ListError, ListFetchError
from watchlist.http.exchange import Validators
from watchlist.lists.download import Downloaded, DownloadOptions, FileUnchanged, download
from watchlist.lists.forms.opensanctions import dataset
from watchlist.lists.forms.opensanctions import delta as opensanctions_delta
from watchlist.lists.reading.files import ListFile, file_at
from watchlist.log import Log

_log = Log(__name__)

#: The file of a dataset that deltas are of.
_ENTITIES = "entities.ftm.json"


@dataclass(frozen=True, slots=True)
class Held:
    """What is there of a list from the last time."""

    #: What the server said of each address: ETag, Last-Modified, SHA-256 of what it gave.
    validators: Mapping[str, list[str | None]]
    version: str | None = None
    #: Where copies are kept that deltas go on from; None keeps none.
    copies: Path | None = None


@dataclass(frozen=True, slots=True)
class FetchedList:
    """One state of a list, on disk."""

    #: The file, or the folder with all of them.
    source: Path
    validators: dict[str, list[str | None]]
    #: The file to keep a copy of, for deltas to go on from; None for lists without.
    entities: Path | None = None


def fetch_list(
    list_id: str, addresses: Sequence[str], held: Held, options: DownloadOptions, folder: Path
) -> FetchedList | None:
    """All files of a list in an empty folder; None when none of them has changed, or the index among them has not.

    Of a dataset with deltas the changes are fetched and put into the copy that is held, if they fit; else the full
    file. Raises ListFetchError.
    """
    answers: list[Downloaded | FileUnchanged] = []
    for url in addresses:
        etag, last_modified, sha256 = (*held.validators.get(url, ()), None, None, None)[:3]
        answer = download(list_id, url, Validators(etag, last_modified), options, folder)
        same = isinstance(answer, FileUnchanged) or (sha256 is not None and answer.sha256 == sha256)
        if url.endswith(f"/{dataset.NAME}"):
            if same:
                # It tells of the others, which are large.
                return None
            if isinstance(answer, Downloaded) and _patched(list_id, answer, held, options, folder):
                return FetchedList(folder, _validators([answer]), folder / _ENTITIES)
        answers.append(answer)
    if all(isinstance(answer, FileUnchanged) for answer in answers):
        return None
    files = [_whole(list_id, answer, options, folder) for answer in answers]
    source = files[0].path if len(files) == 1 else folder
    entities = folder / _ENTITIES if len(files) > 1 and (folder / _ENTITIES).exists() else None
    return FetchedList(source, _validators(files), entities)


def keep_copy(list_id: str, version: str, fetched: FetchedList, copies: Path) -> None:
    """Keep what deltas go on from, in the place of the one before; costs a full download next time where it fails."""
    if fetched.entities is None:
        return
    kept = _copy_path(list_id, version, copies)
    try:
        copies.mkdir(parents=True, exist_ok=True)
        opensanctions_delta.keep(_part(list_id, fetched.entities), kept)
        for path in copies.glob(f"{list_id}@*.ftm.json.gz"):
            if path != kept:
                path.unlink()
    except (OSError, ListError) as error:
        _log.warning("copy for deltas cannot be kept", list=list_id, path=str(kept), error=str(error))


def _patched(list_id: str, index: Downloaded, held: Held, options: DownloadOptions, folder: Path) -> bool:
    """Put the changes since the version held into its copy; False where there are none that lead on from it."""
    if held.version is None or held.copies is None:
        return False
    copy = _copy_path(list_id, held.version, held.copies)
    if not copy.exists():
        return False
    deltas = folder / ".deltas"
    deltas.mkdir()
    try:
        index_part = _part(list_id, index.path)
        release = opensanctions_delta.release_of(index_part, index.url)
        if release is None:
            return False
        listed = _get(list_id, release.delta_url, options, deltas)
        urls = opensanctions_delta.steps(listed, held.version, release)
        if urls is None:
            return False
        parts = []
        for number, url in enumerate(urls):
            step = deltas / str(number)
            step.mkdir()
            parts.append(_get(list_id, url, options, step))
        opensanctions_delta.patch(_part(list_id, copy), parts, folder / _ENTITIES, release)
        index.path.write_text(dataset.vouching_for(_ENTITIES, index_part), encoding="utf-8")
    except ListError as error:
        (folder / _ENTITIES).unlink(missing_ok=True)
        _log.warning("deltas do not fit, the full file is fetched", list=list_id, error=str(error))
        return False
    return True


def _get(list_id: str, url: str, options: DownloadOptions, folder: Path) -> ListFile:
    return _part(list_id, _whole(list_id, download(list_id, url, Validators(), options, folder), options, folder).path)


def _whole(list_id: str, answer: Downloaded | FileUnchanged, options: DownloadOptions, folder: Path) -> Downloaded:
    """The file itself, also of an address whose server said that it has not changed while another has."""
    if isinstance(answer, FileUnchanged):
        answer = download(list_id, answer.url, Validators(), options, folder)
    if isinstance(answer, FileUnchanged):
        raise ListFetchError(list_id, f"{answer.url}: answered 304 Not Modified to a plain request")
    return answer


def _validators(files: Sequence[Downloaded]) -> dict[str, list[str | None]]:
    return {each.url: [each.validators.etag, each.validators.last_modified, each.sha256] for each in files}


def _part(list_id: str, path: Path) -> ListFile:
    return file_at(list_id, path)


def _copy_path(list_id: str, version: str, copies: Path) -> Path:
    return copies / f"{list_id}@{re.sub(r'[^A-Za-z0-9._-]', '_', version)}.ftm.json.gz"
