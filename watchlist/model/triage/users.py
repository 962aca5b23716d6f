"""Who is at work on the page, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UserRole(StrEnum):
    """What a user may do; each may do what those before it may."""

    READ = "read"
    JUDGE = "judge"
    ADMIN = "admin"

    def may(self, needed: UserRole) -> bool:
        """Whether what needs a role is open to this one."""
        order = list(UserRole)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who reads or judges; the name stands in every judgement."""

    name: str
    role: UserRole
