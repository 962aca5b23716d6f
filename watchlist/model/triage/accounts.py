"""Accounts of those who use the page and the API, and what is kept of their coming in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from unicodedata import normalize

from watchlist.model.triage.users import User, UserRole

#: Letters and digits of any script, and a few signs: nothing that could end a line, a header or a column.
_NAME = re.compile(r"\w(?:[\w.@+-]{0,62}\w)?")


@dataclass(frozen=True, slots=True)
class UserAccount:
    """Somebody who may use the page, by a name that stands in every judgement."""

    id: int
    name: str
    role: UserRole
    created_at: datetime
    #: From then on it lets nobody in.
    disabled_at: datetime | None = None
    has_password: bool = True

    @property
    def user(self) -> User:
        """Who that is to whatever answers."""
        return User(self.name, self.role)


@dataclass(frozen=True, slots=True)
class AccountCounts:
    """How many accounts there are, how many of them let somebody in, and how many of those are of admins."""

    known: int = 0
    opened: int = 0
    admins: int = 0

    @classmethod
    def of(cls, accounts: Sequence[UserAccount]) -> AccountCounts:
        """Count them."""
        opened = [each for each in accounts if each.disabled_at is None]
        return cls(len(accounts), len(opened), sum(each.role is UserRole.ADMIN for each in opened))


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a program is let in by; the token itself is kept nowhere."""

    id: int
    account: str
    #: What it is for, in its owner's words.
    name: str
    #: Its first characters.
    start: str
    created_at: datetime
    expires_at: datetime | None = None
    #: To the hour; None where it never was.
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class AccessKind(StrEnum):
    """What happened to an account, or at its door."""

    ADDED = "added"
    ROLE = "role"
    PASSWORD = "password"  # noqa: S105  (no password, but that it changed)
    DISABLED = "disabled"
    ENABLED = "enabled"
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    LOG_IN = "log_in"
    LOG_OUT = "log_out"
    REFUSED = "refused"
    THROTTLED = "throttled"
    TOKEN_REFUSED = "token_refused"  # noqa: S105
    LINK_USED = "link_used"


@dataclass(frozen=True, slots=True)
class AccessEvent:
    """One line of the record of accounts; it is never changed."""

    at: datetime
    kind: AccessKind
    #: Whose account it is about, as it is called or as somebody wrote it.
    name: str | None = None
    #: Who did it, where that is somebody else.
    by: str | None = None
    #: From which address of the network.
    address: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within so many seconds."""

    tries: int
    seconds: float


@dataclass(frozen=True, slots=True)
class UsedLink:
    """What was done by a link of a mail."""

    alert_id: int
    action: str
    by: str
    at: datetime


def account_name(text: str) -> str | None:
    """The name of an account as it is written; None where the text can be none."""
    name = normalize("NFC", text)
    return name if _NAME.fullmatch(name) else None


def folded_name(text: str) -> str:
    """The form by which the name of an account is looked up."""
    return normalize("NFC", text).casefold()


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a program was answered under a key of its own."""

    #: The hash of what was asked.
    request: str
    #: None as long as it is being answered.
    status: int | None
    content_type: str
    body: bytes
