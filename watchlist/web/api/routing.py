"""What the routes of the API share: where they stand, who may ask, and what they answer when they do not."""

from __future__ import annotations

from enum import Enum
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from watchlist.web.api.answers import PROBLEM

PREFIX = "/api/v1"
#: Values of a page of a listing: usually, and at most.
USUAL, MOST = 50, 500


class ProblemShape(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["no alert '999'; 'watchlist alerts' shows them"])
    errors: list[dict[str, str]] | None = Field(None, description="Of a request that is not valid: where, and what.")
    judgements: list[dict[str, Any]] | None = Field(
        None, description="Of alerts that were judged meanwhile: their last judgements."
    )


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses, for the description of a route."""
    schema = {"$ref": "#/components/schemas/ProblemShape"}
    return {
        int(status): {"description": HTTPStatus(status).phrase, "content": {PROBLEM: {"schema": schema}}}
        for status in statuses
    }


def room(tag: str) -> APIRouter:
    """A router for routes of one kind."""
    tags: list[str | Enum] = [tag]
    return APIRouter(prefix=PREFIX, tags=tags, responses=problems(401, 403, 422, 503))


Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many.")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
EntityPath = Annotated[str, Path(max_length=400, description="``LIST:ID``.")]
ListPath = Annotated[str, Path(max_length=64, description="The id of a list.")]
