"""OpenSanctions' delta files: what changed in a dataset from one version to the next, put into the copy that is held.

``index.json`` gives a ``delta_url``. There ``versions`` has, by version, the address of a file of JSON lines, each with
``op`` (``ADD``, ``MOD``, ``DEL``) and ``entity``, against the version before; see https://www.opensanctions.org/faq/80/.
What they make is read like the full file, so a delta saves the download and changes nothing else. One that does not fit
is an error, upon which the full file is fetched.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from watchlist.lists.forms.opensanctions.dataset import read_record, stated
from watchlist.lists.reading.files import ListFile, text_lines
from watchlist.lists.reading.streams.json_lines import Record, record, records
from watchlist.lists.reading.streams.spool import Spool, spool

_OPS = ("ADD", "MOD", "DEL")


@dataclass(frozen=True, slots=True)
class Release:
    """What an index says of the version it is of."""

    version: str
    delta_url: str
    #: Entities of every kind in the whole file; None where the index does not say.
    entity_count: int | None = None


def release_of(index: ListFile, url: str) -> Release | None:
    """The release that an index fetched from ``url`` is of; None when it has no deltas at the same place.

    Raises ListParseError for a damaged index.
    """
    found = read_record(index)
    version, delta_url, count = stated(found, "version"), stated(found, "delta_url"), found.get("entity_count")
    if version is None or delta_url is None:
        return None
    address = urljoin(url, delta_url)
    if not _beside(url, address):
        return None
    return Release(version, address, count if isinstance(count, int) and not isinstance(count, bool) else None)


def steps(deltas: ListFile, held: str, release: Release) -> tuple[str, ...] | None:
    """The addresses of the deltas that lead from the version held to the release, in order; None when none do.

    A version without changes has no delta, so the held one need not be among them; but it must not be older than the
    oldest, and not newer than the release. Raises ListParseError for a damaged index of deltas.
    """
    versions = read_record(deltas).get("versions")
    if not isinstance(versions, Mapping) or not all(isinstance(url, str) for url in versions.values()):
        raise deltas.broken("expected an object with an address for each of its versions")
    if not versions or not min(versions) <= held < release.version:
        return None
    found = {version: urljoin(release.delta_url, versions[version]) for version in sorted(versions)}
    if not all(_beside(release.delta_url, url) for url in found.values()):
        return None
    return tuple(url for version, url in found.items() if held < version <= release.version)


def patch(held: ListFile, deltas: Iterable[ListFile], into: Path, release: Release) -> None:
    """Write the file that the deltas, in order, make of the one held.

    Raises ListParseError when one of them does not fit (it adds what is there, or changes what is not), or when the
    outcome has another number of entities than the index says.
    """
    count = 0
    with spool(held) as changes, into.open("w", encoding="utf-8", newline="\n") as out:
        for file in deltas:
            for line, found in records(file):
                changes.add(*_change(file, line, found))
        for entity in _patched(held, changes):
            out.write(entity + "\n")
            count += 1
    if release.entity_count is not None and count != release.entity_count:
        raise held.broken(
            f"with its deltas has {count:,} entities, but version {release.version} has {release.entity_count:,}"
        )


def keep(content: ListFile, into: Path) -> None:
    """Keep a copy of a file, compressed, from which deltas can go on."""
    partial = into.with_name(into.name + ".part")
    with content.opened() as stream, gzip.open(partial, "wb", compresslevel=3) as out:
        while chunk := stream.read(1 << 20):
            out.write(chunk)
    partial.replace(into)


def _beside(url: str, other: str) -> bool:
    one, two = urlsplit(url), urlsplit(other)
    return (one.scheme, one.netloc) == (two.scheme, two.netloc)


def _change(file: ListFile, line: int, found: Record) -> tuple[str, tuple[str, str, str]]:
    op, entity = found.get("op"), found.get("entity")
    if op not in _OPS or not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
        raise file.broken("expected an op (ADD, MOD or DEL) and an entity with its id", line)
    where = f"{file.label}, line {line}"
    return entity["id"], (op, "" if op == "DEL" else json.dumps(entity, ensure_ascii=False), where)


def _patched(held: ListFile, changes: Spool) -> Iterator[str]:
    """The lines of the outcome: those held, changed in their places, then those added."""
    touched = set(changes.all_keys())
    with held.opened() as stream:
        for number, line in enumerate(text_lines(held.list_id, stream, held.label), start=1):
            if not (raw := line.strip()):
                continue
            id = record(held, raw, number).get("id")
            if id not in touched:
                yield raw
                continue
            touched.discard(id)
            if outcome := _outcome(held, id, raw, changes):
                yield outcome
    for id in changes.all_keys():
        if id in touched and (outcome := _outcome(held, id, None, changes)):
            yield outcome


def _outcome(held: ListFile, id: str, present: str | None, changes: Spool) -> str | None:
    """What becomes of one entity; None when it is gone."""
    for op, entity, where in changes.values(id):
        if (op == "ADD") != (present is None):
            does = "adds" if op == "ADD" else "changes"
            raise held.broken(f"does not fit the delta, which {does} {id!r} ({where})")
        present = entity or None
    return present
