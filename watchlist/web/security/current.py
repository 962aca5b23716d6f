"""The user behind a request, as a parameter of whatever answers it."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from watchlist.model import User, UserRole


def user_of(request: Request) -> User:
    """Who asks: without accounts, whoever is logged in on this machine."""
    return User(getpass.getuser(), UserRole.ADMIN)


def _with(needed: UserRole) -> Callable[[User], User]:
    def checked(user: Annotated[User, Depends(user_of)]) -> User:
        if not user.role.may(needed):
            raise HTTPException(403, f"this needs the role {needed}; {user.name} has {user.role}")
        return user

    return checked


#: Parameters of whatever answers: who asks, with at least this role.
Reader = Annotated[User, Depends(_with(UserRole.READ))]
Judge = Annotated[User, Depends(_with(UserRole.JUDGE))]
Admin = Annotated[User, Depends(_with(UserRole.ADMIN))]
