"""The commands of ``watchlist users``."""

from __future__ import annotations

from typing import Annotated

import typer

from watchlist.cli.shared.confirm import confirm
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.persons import who
from watchlist.cli.users import show, tokens
from watchlist.cli.users.asked import FromInput, UserName, new_password
from watchlist.errors import UsageError
from watchlist.model import UserAccount, UserRole

app = noun("Who may use the page and the API: accounts, roles, tokens.")
app.command("log")(show.log)
app.command("token")(tokens.token)
app.command("tokens")(tokens.list_tokens)
app.command("revoke")(tokens.revoke)

Role = Annotated[UserRole, typer.Option(help="What they may: read, judge as well, or change everything.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking, even to the only admin.")]


@app.callback(invoke_without_command=True)
def users(context: typer.Context, as_json: AsJson = False) -> None:
    """Who may use the page and the API: accounts, roles, tokens."""
    if context.invoked_subcommand is None:
        show.list_users(context, as_json)


app.command("list")(show.list_users)


@app.command("add")
def add(
    context: typer.Context,
    name: UserName,
    role: Role = UserRole.JUDGE,
    from_input: FromInput = False,
    no_password: Annotated[
        bool,
        typer.Option("--no-password", help="For a program with tokens, or where a proxy says who it is."),
    ] = False,
) -> None:
    """Make an account; its name stands in every judgement.

    With the first one the page asks everybody to log in. The password is asked for twice, or read from standard input.
    """
    from watchlist.app import now

    if no_password and from_input:
        raise UsageError("--no-password and --password-stdin exclude each other")
    with invocation(context).store(creates=True) as store:
        password = None if no_password else new_password(name, from_input=from_input)
        account = store.add_account(name, role, password, who(), now())
    typer.echo(f"Added {account.name}, who may {_MAY[account.role]}.")


@app.command("passwd")
def passwd(context: typer.Context, name: UserName, from_input: FromInput = False) -> None:
    """Give an account another password, and end its sessions.

    Tries to guess it are forgotten.
    """
    from watchlist.app import now

    with invocation(context).store() as store:
        account = store.account(name)
        password = new_password(account.name, from_input=from_input)
        store.set_password(name, password, who(), now())
        store.forgive_name(account.name)
    typer.echo(f"{account.name} has another password; whoever was logged in by the one before is no more.")


@app.command("role")
def role(
    context: typer.Context,
    name: UserName,
    to: Annotated[UserRole, typer.Argument(metavar="ROLE", help="read, judge or admin.")],
    yes: Yes = False,
) -> None:
    """Give an account another role; it holds from the next request on."""
    from watchlist.app import now

    with invocation(context).store() as store:
        last_too = yes or (to is not UserRole.ADMIN and _agreed(store.accounts(), store.account(name)))
        account = store.set_role(name, to, who(), now(), last_too=last_too)
    typer.echo(f"{account.name} may {_MAY[account.role]}.")


@app.command("disable")
def disable(context: typer.Context, name: UserName, yes: Yes = False) -> None:
    """Disable an account, with its sessions and tokens.

    It stays on record, for its name stands in judgements.
    """
    from watchlist.app import now

    with invocation(context).store() as store:
        last_too = yes or _agreed(store.accounts(), store.account(name))
        account = store.disable_account(name, who(), now(), last_too=last_too)
    typer.echo(f"{account.name} is disabled: nobody comes in by this account any more.")


@app.command("enable")
def enable(context: typer.Context, name: UserName) -> None:
    """Let somebody in again who was disabled or shut out."""
    from watchlist.app import now

    with invocation(context).store() as store:
        account = store.enable_account(name, who(), now())
        store.forgive_name(account.name)
    typer.echo(f"{account.name} may log in.")


_MAY = {
    UserRole.READ: "read",
    UserRole.JUDGE: "read and judge",
    UserRole.ADMIN: "read, judge and change everything",
}


def _agreed(accounts: tuple[UserAccount, ...], account: UserAccount) -> bool:
    """Ask before the only admin is taken away; whether there was need to."""
    admins = [each.name for each in accounts if each.role is UserRole.ADMIN and each.disabled_at is None]
    if admins != [account.name]:
        return False
    confirm(f"{account.name} is the only admin: nobody could change anything on the page any more. Go on?")
    return True
