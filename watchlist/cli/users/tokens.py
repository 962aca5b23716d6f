"""``watchlist users token``, ``tokens`` and ``revoke``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import Column, print_json, print_table, when
from watchlist.cli.shared.persons import who
from watchlist.cli.users.asked import UserName
from watchlist.errors import UsageError
from watchlist.model import AccessToken
from watchlist.steps.asked.times import parse_until

_LONGEST_NAME = 100


def token(
    context: typer.Context,
    account_name: UserName,
    name: Annotated[str, typer.Option(help="What it is for.", metavar="X")] = "program",
    expires: Annotated[
        str | None, typer.Option(help="Until when: 90d, 2027-01-31; else for good.", metavar="T")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token, with which a program is let in.

    It is shown this once: what is kept is a hash. A program sends it as 'Authorization: Bearer TOKEN'.
    """
    from watchlist.app import now
    from watchlist.web.security.secrets import START, known_by, new_token

    at = now()
    until = parse_until(expires, at)
    plain = " ".join(name.split())
    if not plain or len(plain) > _LONGEST_NAME or not plain.isprintable():
        raise UsageError(f"--name says what it is for, in {_LONGEST_NAME} characters at most")
    secret = new_token()
    with invocation(context).store() as store:
        account = store.account(account_name)
        if account.disabled_at is not None:
            raise UsageError(f"{account.name} is disabled: 'watchlist users enable {account.name}' opens the account")
        kept = AccessToken(0, account.name, plain, secret[:START], at, until)
        number = store.add_token(account, kept, known_by(secret), who())
    if as_json:
        print_json({"id": number, "account": account.name, "name": plain, "token": secret, "expires_at": until})
        return
    typer.echo(f"Token {number} of {account.name}, good {_until(until)}; it is shown this once:", err=True)
    typer.echo(secret)


def list_tokens(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Of this account alone.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the tokens of programs.

    With when each was last used; those that count no more too.
    """
    from watchlist.app import now

    with invocation(context).store() as store:
        if name is not None:
            store.account(name)
        found = store.access_tokens(name)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    columns = (
        Column("id"),
        Column("account"),
        Column("for", words=True),
        Column("begins", spare=2),
        Column("made", spare=3),
        Column("last used", spare=1),
        Column("state"),
    )
    at = now()
    rows = [
        (str(each.id), each.account, each.name, each.start, when(each.created_at), when(each.used_at), _state(each, at))
        for each in found
    ]
    print_table(columns, rows, none="No tokens: 'watchlist users token NAME' makes one.")


def revoke(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="The number of the token.")],
) -> None:
    """Have a token count no more, from the next request on."""
    from watchlist.app import now

    with invocation(context).store() as store:
        found = store.revoke_token(number, who(), now())
    typer.echo(f"Revoked token {number} of {found.account} ({found.name}).")


def _state(token: AccessToken, at: datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at is not None and token.expires_at <= at:
        return "expired"
    return "good" if token.expires_at is None else _until(token.expires_at)


def _until(moment: datetime | None) -> str:
    return "for good" if moment is None else f"until {when(moment)}"
