"""From a value of the model to the shape of its JSON."""

from __future__ import annotations

from dataclasses import fields
from types import GenericAlias
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model


class Exactly(BaseModel):
    """A shape that has all of its fields and no others."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def derived(name: str, of: type[Any], *, without: tuple[str, ...] = (), **more: Any) -> type[Exactly]:
    """The shape of a dataclass's JSON, every field there, some left out and ``more`` of them beside it."""
    hints = get_type_hints(of)
    kept = {each.name: hints[each.name] for each in fields(of) if each.name not in without}
    # Under another name, where the base has its own of this.
    found = {f"{key}_" if hasattr(BaseModel, key) else key: (kind, Field(alias=key)) for key, kind in kept.items()}
    found |= {key: (kind, Field()) for key, kind in more.items()}
    words = (of.__doc__ or "").splitlines()[0]
    wanted: dict[str, Any] = dict(found)
    return create_model(name, __base__=Exactly, __doc__=words, **wanted)


def many(of: type[Exactly]) -> GenericAlias:
    """The shape of a listing of these."""
    return GenericAlias(list, (of,))
