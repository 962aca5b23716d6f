"""Tokens of programs: each is known by its hash, has its owner's role, and lasts until it expires or is revoked."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import AccessEvent, AccessKind, AccessToken, UserAccount, folded_name
from watchlist.storage.accounts.access_log import note_event
from watchlist.storage.accounts.accounts import account_from_row
from watchlist.storage.database.rows import AnyRow, Rows, insert_one
from watchlist.storage.database.tables import access_tokens, accounts

#: When a token was last used is kept to this.
USED_TO = timedelta(hours=1)


class TokenRows(Rows):
    """The tokens."""

    def add_token(self, account: UserAccount, token: AccessToken, sha256: str, by: str) -> int:
        """Keep a token of an account by its hash; return its number."""
        values = {
            "account_id": account.id,
            "name": token.name,
            "sha256": sha256,
            "start": token.start,
            "created_at": token.created_at,
            "expires_at": token.expires_at,
        }
        detail = f"{token.start}: {token.name}"
        with self._writing() as connection:
            number = insert_one(connection, insert(access_tokens).values(values))
            event = AccessEvent(token.created_at, AccessKind.TOKEN_MADE, account.name, by, detail=detail)
            note_event(connection, event)
            return number

    def access_tokens(self, name: str | None = None) -> tuple[AccessToken, ...]:
        """The tokens of all accounts or of one, those that count no more too."""
        statement = select(access_tokens, accounts.c.name.label("account")).join(accounts)
        if name is not None:
            statement = statement.where(accounts.c.folded == folded_name(name))
        with self._reading() as connection:
            return tuple(map(_from_row, connection.execute(statement.order_by(access_tokens.c.id))))

    def revoke_token(self, number: int, by: str, now: datetime) -> AccessToken:
        """Have a token count no more; raises NotFoundError when there is none, UsageError when it was revoked."""
        statement = select(access_tokens, accounts.c.name.label("account")).join(accounts)
        with self._writing() as connection:
            row = connection.execute(statement.where(access_tokens.c.id == number)).first()
            if row is None:
                raise NotFoundError("token", str(number), "'watchlist users tokens' shows them")
            if row.revoked_at is not None:
                raise UsageError(f"token {number} was revoked on {row.revoked_at:%Y-%m-%d}")
            connection.execute(update(access_tokens).where(access_tokens.c.id == number).values(revoked_at=now))
            detail = f"{row.start}: {row.name}"
            note_event(connection, AccessEvent(now, AccessKind.TOKEN_REVOKED, row.account, by, detail=detail))
            return _from_row(row)

    def token_account(self, sha256: str) -> tuple[UserAccount, AccessToken] | None:
        """Whose token has this hash, and the token, which may count no more; None when there is none."""
        statement = select(access_tokens, accounts.c.name.label("account")).join(accounts)
        with self._reading() as connection:
            row = connection.execute(statement.where(access_tokens.c.sha256 == sha256)).first()
            if row is None:
                return None
            owner = connection.execute(select(accounts).where(accounts.c.id == row.account_id)).one()
            return account_from_row(owner), _from_row(row)

    def use_token(self, number: int, now: datetime) -> None:
        """Note that a token is in use."""
        with self._writing() as connection:
            connection.execute(update(access_tokens).where(access_tokens.c.id == number).values(used_at=now))


def _from_row(row: AnyRow) -> AccessToken:
    return AccessToken(
        id=row.id,
        account=row.account,
        name=row.name,
        start=row.start,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )
