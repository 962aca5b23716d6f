"""The user behind a request, as a parameter of whatever answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from watchlist.model import User, UserRole
from watchlist.web.security.refusals import NotLoggedInError
from watchlist.web.security.visitor import Visitor


def visitor_of(request: Request) -> Visitor:
    """Who a request is from, and how that is known."""
    visitor: Visitor = request.state.visitor
    return visitor


def user_of(request: Request) -> User:
    """Who asks; raises NotLoggedInError where nobody is logged in."""
    user = visitor_of(request).user
    if user is None:
        raise NotLoggedInError
    return user


def _with(needed: UserRole) -> Callable[[Request], Awaitable[User]]:
    # Asynchronous, for a function that waits for nothing needs no thread.
    async def checked(request: Request) -> User:
        user = user_of(request)
        if not user.role.may(needed):
            raise HTTPException(403, f"this needs the role {needed}; {user.name} has {user.role}")
        return user

    return checked


#: Parameters of whatever answers: who asks, with at least this role.
Reader = Annotated[User, Depends(_with(UserRole.READ))]
Judge = Annotated[User, Depends(_with(UserRole.JUDGE))]
Admin = Annotated[User, Depends(_with(UserRole.ADMIN))]
