"""One room for each authority, found by its being here: ``LISTS`` in its ``__init__``, ``FORM`` in a reader's module.

`published` and `form` are what rooms describe themselves with, `heads` how the beginning of a file is recognised. What
two authorities share belongs to `reading` and `words`; no room imports another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from watchlist.lists.forms.published import PublishedList

if TYPE_CHECKING:
    from watchlist.lists.forms.form import Form


@cache
def published_lists() -> Mapping[str, PublishedList]:
    """The lists that are known by name, by their ids. Imports no reader."""
    found = (each for room in _rooms() for each in getattr(import_module(room), "LISTS", ()))
    return {each.id: each for each in found}


@cache
def all_forms() -> tuple[Form, ...]:
    """Every form, in the order in which they are tried and named; imports every reader."""
    modules = (
        import_module(f"{room}.{module.name}")
        for room in _rooms()
        for module in iter_modules(import_module(room).__path__)
    )
    found: list[Form] = [module.FORM for module in modules if hasattr(module, "FORM")]
    return tuple(sorted(found, key=lambda form: (form.rank, form.id)))


def entity_url(list_id: str, source_id: str) -> str | None:
    """The authority's page on an entity of a known list, where it has one, else that on the list; None for others."""
    published = published_lists().get(list_id)
    return published.entity_url(source_id) if published else None


def expected(list_id: str) -> str:
    """What a file of this list may be, in words."""
    own = [form for form in all_forms() if list_id in form.lists]
    generic = [form for form in all_forms() if not form.lists]
    labels = [form.label for form in (own or [form for form in all_forms() if form.lists]) + generic]
    return f"expected {', '.join(labels[:-1])}, or {labels[-1]}"


def _rooms() -> Iterator[str]:
    for module in iter_modules(__path__):
        if module.ispkg:
            yield f"{__name__}.{module.name}"
