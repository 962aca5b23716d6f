"""What the commands are given: the name of an account, and a password that nobody sees."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from watchlist.errors import UsageError

UserName = Annotated[str, typer.Argument(metavar="NAME", help="The name of the account.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input, without asking.")
]


def new_password(name: str, *, from_input: bool) -> str:
    """Ask for a password, or read it, and give what is kept of it.

    Raises UsageError for one that is too easily guessed, and where there is nobody to ask.
    """
    if find_spec("argon2") is None:
        raise UsageError("passwords need the extra: pip install 'watchlist[web]'")
    from watchlist.web.security.passwords import hashed, refuse_weak

    if from_input or not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise UsageError("there is no password on standard input")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    refuse_weak(name, password)
    return hashed(password)
