"""The addresses that clients of yente ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import Entity, WatchedList
from watchlist.steps.asked.alike.facts import DOCS, WEIGHTS
from watchlist.steps.asked.alike.scored import Alike, AlikeWanted
from watchlist.steps.asked.search import search_entities
from watchlist.web.api.answers import answer
from watchlist.web.api.ftm.entities import ftm_entity, scored_entity
from watchlist.web.api.ftm.queries import described, may_be
from watchlist.web.api.ftm.shapes import (
    AlgorithmsAnswer,
    CatalogAnswer,
    FtmEntity,
    MatchAnswer,
    MatchAsked,
    SearchAnswer,
)
from watchlist.web.api.routing import problems
from watchlist.web.api.shapes.sought import MOST_FOUND, MatchSought, SubjectsSought
from watchlist.web.security.current import Reader
from watchlist.web.site import Site, TheSite

router = APIRouter(tags=["FollowTheMoney"], responses=problems(400, 401, 403, 404, 422, 503))

#: The data set of all lists.
_ALL = "default"
#: How scores are made, and what clients may call that.
_OWN = "watchlist"
_ALGORITHMS = (_OWN, "best", "logic-v1", "logic-v2", "name-based", "name-qualified", "regression-v1")

Dataset = Annotated[str, Path(max_length=64, description="The id of a list, or ``default`` for all.")]


@router.post("/match/{dataset}", response_model=MatchAnswer)
def match(
    site: TheSite,
    account: Reader,
    dataset: Dataset,
    asked: MatchAsked,
    sought: Annotated[MatchSought, Query()],
) -> Response:
    """Find the listed subjects that may be one with each of the entities described."""
    _refuse_algorithm(sought.algorithm)
    if not asked.queries:
        raise UsageError("there are no queries")
    lists = _lists(site, [dataset, *sought.include_dataset]) - set(sought.exclude_dataset)
    excluded = set(sought.exclude_entity_ids)
    # What cannot be read is told before anything is looked for.
    read = [(key, described(key, each), may_be(each.schema_)) for key, each in asked.queries.items()]
    found: dict[str, tuple[int, list[Alike]]] = {}
    for key, entity, kinds in read:
        left = frozenset(kind for kind in kinds if kind.value not in sought.exclude_schema)

        def counts(listed: Entity, left: frozenset[str] = left) -> bool:
            return listed.list_id in lists and listed.schema in left and listed.id not in excluded

        # Each has a turn of its own: others come between those of a batch.
        with site.screening.likeness() as likeness:
            found[key] = likeness.find(
                entity, AlikeWanted(counts, sought.limit, min(sought.cutoff, sought.threshold), asked.weights)
            )
    full = _in_full(site, (alike for _, matches in found.values() for alike in matches))
    responses = {
        key: {
            "status": 200,
            "results": [scored_entity(each, full, sought.threshold) for each in matches],
            "total": {"value": total, "relation": "eq"},
            "query": asked.queries[key].model_dump(by_alias=True),
        }
        for key, (total, matches) in found.items()
    }
    headers = {"x-batch-size": str(len(responses))}
    return answer({"responses": responses, "matcher": _matcher(), "limit": sought.limit}, headers=headers)


@router.get("/search/{dataset}", response_model=SearchAnswer)
def search(
    site: TheSite,
    account: Reader,
    dataset: Dataset,
    sought: Annotated[SubjectsSought, Query()],
) -> Response:
    """Listed subjects by words of their names, the nearest first."""
    lists, kinds = (
        _lists(site, [dataset, *sought.include_dataset]) - set(sought.exclude_dataset),
        may_be(sought.schema_),
    )
    found = [
        each
        for each in search_entities(site.parts.store, sought.q, MOST_FOUND)
        if each.list_id in lists
        and each.schema in kinds
        and (not sought.countries or set(sought.countries) & set(each.countries))
    ]
    results = [_subject(site, each) for each in found[sought.offset : sought.offset + sought.limit]]
    total = {"value": len(found), "relation": "eq" if len(found) < MOST_FOUND else "gte"}
    return answer({"results": results, "facets": {}, "total": total, "limit": sought.limit, "offset": sought.offset})


@router.get("/entities/{entity_id:path}", response_model=FtmEntity)
def show_entity(site: TheSite, account: Reader, entity_id: Annotated[str, Path(max_length=400)]) -> Response:
    """A listed subject, by the id of any of its entries."""
    return answer(_subject(site, site.parts.store.entity(entity_id)))


@router.get("/catalog", response_model=CatalogAnswer)
def catalog(site: TheSite, account: Reader) -> Response:
    """The data sets: a list is one, and ``default`` is all of them."""
    index, found = site.screening.index(), [each for each in site.parts.store.watched_lists() if each.enabled]
    outdated = [each.id for each in found if each.snapshot and index.snapshots.get(each.id) != each.snapshot.version]
    everything = {
        "name": _ALL,
        "title": "All lists",
        "load": True,
        "version": "",
        "children": [each.id for each in found],
        "entity_count": index.entity_count,
        "index_current": not outdated,
    }
    return answer(
        {
            "datasets": [everything, *(_dataset(each, is_current=each.id not in outdated) for each in found)],
            "current": [each.id for each in found if each.id not in outdated],
            "outdated": outdated,
            "index_stale": bool(outdated),
        }
    )


@router.get("/algorithms", response_model=AlgorithmsAnswer)
def algorithms(site: TheSite, account: Reader) -> Response:
    """How scores are made."""
    own = {"name": _OWN, "description": "Names by their words, then births, countries and numbers.", "docs": _matcher()}
    return answer({"algorithms": [own], "default": _OWN, "best": _OWN})


def _lists(site: Site, datasets: Iterable[str]) -> frozenset[str]:
    known = [each.id for each in site.parts.store.watched_lists() if each.enabled]
    found: set[str] = set()
    for dataset in datasets:
        if dataset != _ALL and dataset not in known:
            raise NotFoundError("dataset", dataset, f"there are {_ALL}, {', '.join(known)}")
        found.update(known if dataset == _ALL else [dataset])
    return frozenset(found)


def _in_full(site: Site, found: Iterable[Alike]) -> dict[str, Entity]:
    """All that lists say of what was found."""
    ids = {each.id for alike in found for each in alike.subject.listings}
    return {each.id: each for each in site.parts.store.entities_of(sorted(ids))}


def _subject(site: Site, entity: Entity) -> dict[str, Any]:
    store = site.parts.store
    others = [each for _, each in store.group(entity.id) if each.id != entity.id]
    entries = [entity, *others]
    return ftm_entity(entries, min(each.id for each in entries), store.standing(entity.id))


def _dataset(each: WatchedList, *, is_current: bool) -> dict[str, Any]:
    return {
        "name": each.id,
        "title": each.title,
        "url": each.url,
        "load": True,
        "version": each.snapshot.version if each.snapshot else "",
        "children": [],
        "entity_count": each.entity_count,
        "updated_at": each.last_changed_at,
        "index_current": is_current,
    }


def _matcher() -> dict[str, Any]:
    return {name: {"description": DOCS[name], "coefficient": weight} for name, weight in WEIGHTS.items()}


def _refuse_algorithm(algorithm: str) -> None:
    if algorithm not in _ALGORITHMS:
        raise UsageError(f"there is no algorithm {algorithm!r}: leave it out, or say {_OWN}")
