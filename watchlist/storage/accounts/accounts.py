"""Accounts: they are added, changed and disabled, and never taken away: their names stand in judgements."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from watchlist.errors import NotFoundError, UsageError
from watchlist.model import AccessEvent, AccessKind, UserAccount, UserRole, account_name, folded_name
from watchlist.storage.accounts.access_log import note_event
from watchlist.storage.database.rows import AnyRow, Rows
from watchlist.storage.database.tables import accounts, sessions

_RULE = "a name has letters, digits and . _ @ + - in it, 64 at most, and begins and ends with a letter or a digit"


class AccountRows(Rows):
    """The accounts."""

    def has_accounts(self) -> bool:
        """Whether there is any account, disabled ones too."""
        with self._reading() as connection:
            return connection.execute(select(accounts.c.id).limit(1)).first() is not None

    def accounts(self) -> tuple[UserAccount, ...]:
        """All accounts, by name."""
        with self._reading() as connection:
            return tuple(map(account_from_row, connection.execute(select(accounts).order_by(accounts.c.folded))))

    def account(self, name: str) -> UserAccount:
        """The account of a name; raises NotFoundError when there is none."""
        with self._reading() as connection:
            return account_from_row(_row_of(connection, name))

    def known_account(self, name: str) -> tuple[UserAccount, str | None] | None:
        """The account of a name with the hash of its password; None when there is none."""
        with self._reading() as connection:
            row = connection.execute(select(accounts).where(accounts.c.folded == folded_name(name))).first()
        return None if row is None else (account_from_row(row), row.password)

    def add_account(self, name: str, role: UserRole, password: str | None, by: str, now: datetime) -> UserAccount:
        """Add an account, with the hash of its password; raises UsageError for a name that is taken or can be none."""
        plain = account_name(name)
        if plain is None:
            raise UsageError(f"{name!a} can be no name: {_RULE}")
        with self._writing() as connection:
            same = select(accounts.c.name).where(accounts.c.folded == folded_name(plain))
            if (taken := connection.execute(same).scalar()) is not None:
                raise UsageError(
                    f"there is an account {taken!r} already: 'watchlist users passwd' or 'enable' changes it"
                )
            values = {"name": plain, "folded": folded_name(plain), "role": role, "password": password}
            connection.execute(insert(accounts).values(created_at=now, **values))
            note_event(connection, AccessEvent(now, AccessKind.ADDED, plain, by, detail=f"role {role}"))
            return account_from_row(_row_of(connection, plain))

    def set_password(self, name: str, password: str, by: str, now: datetime) -> UserAccount:
        """Give an account another password, by its hash, and end its sessions."""
        with self._writing() as connection:
            row = _row_of(connection, name)
            connection.execute(update(accounts).where(accounts.c.id == row.id).values(password=password))
            connection.execute(delete(sessions).where(sessions.c.account_id == row.id))
            note_event(connection, AccessEvent(now, AccessKind.PASSWORD, row.name, by))
            return account_from_row(_row_of(connection, name))

    def rehash_password(self, account_id: int, password: str) -> None:
        """Keep another hash of the same password."""
        with self._writing() as connection:
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(password=password))

    def set_role(self, name: str, role: UserRole, by: str, now: datetime, *, last_too: bool = False) -> UserAccount:
        """Give an account another role; raises UsageError where no admin would be left, unless ``last_too``."""
        with self._writing() as connection:
            row = _row_of(connection, name)
            if role is not UserRole.ADMIN and not last_too:
                _refuse_last(connection, row)
            connection.execute(update(accounts).where(accounts.c.id == row.id).values(role=role))
            note_event(connection, AccessEvent(now, AccessKind.ROLE, row.name, by, detail=f"{row.role} -> {role}"))
            return account_from_row(_row_of(connection, name))

    def disable_account(self, name: str, by: str, now: datetime, *, last_too: bool = False) -> UserAccount:
        """Let nobody in by an account any more, and end its sessions.

        Raises UsageError where no admin would be left, unless ``last_too``.
        """
        with self._writing() as connection:
            row = _row_of(connection, name)
            if not last_too:
                _refuse_last(connection, row)
            if row.disabled_at is None:
                connection.execute(update(accounts).where(accounts.c.id == row.id).values(disabled_at=now))
                connection.execute(delete(sessions).where(sessions.c.account_id == row.id))
                note_event(connection, AccessEvent(now, AccessKind.DISABLED, row.name, by))
            return account_from_row(_row_of(connection, name))

    def enable_account(self, name: str, by: str, now: datetime) -> UserAccount:
        """Let somebody in again by an account that was disabled; its tokens count again too."""
        with self._writing() as connection:
            row = _row_of(connection, name)
            if row.disabled_at is not None:
                connection.execute(update(accounts).where(accounts.c.id == row.id).values(disabled_at=None))
                note_event(connection, AccessEvent(now, AccessKind.ENABLED, row.name, by))
            return account_from_row(_row_of(connection, name))


def _row_of(connection: Connection, name: str) -> AnyRow:
    """The row of an account, held where the transaction writes; raises NotFoundError when there is none."""
    wanted = select(accounts).where(accounts.c.folded == folded_name(name))
    if connection.get_execution_options().get("writing", False):
        wanted = wanted.with_for_update()
    row = connection.execute(wanted).first()
    if row is None:
        raise NotFoundError("account", name, "'watchlist users' shows them")
    return row


def _refuse_last(connection: Connection, row: AnyRow) -> None:
    admins = select(accounts.c.id).where(accounts.c.role == UserRole.ADMIN, accounts.c.disabled_at.is_(None))
    if set(connection.execute(admins.with_for_update()).scalars()) == {row.id}:
        raise UsageError(f"{row.name} is the only admin: nobody could change anything on the page any more")


def account_from_row(row: AnyRow) -> UserAccount:
    """An account as stored; the row holds the columns of `accounts`."""
    return UserAccount(
        id=row.id,
        name=row.name,
        role=UserRole(row.role),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        has_password=row.password is not None,
    )
