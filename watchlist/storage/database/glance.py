"""What a database says of its lists, before anything else is loaded.

A command that screens one text needs no more of the database than which index to take; SQLAlchemy, which would tell,
takes longer to import than all the rest. SQLite is asked with the standard library.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import Final, NamedTuple
from urllib.parse import quote

from watchlist.storage.database.version import EXPECTED

_FILE: Final = re.compile(r"sqlite:///([^?]+)")
_VERSION: Final = "SELECT version_num FROM alembic_version"
_LISTS: Final = """
    SELECT id, revision, declared = 'config' AND removed_at IS NULL, enabled,
        enabled AND NOT disabled AND removed_at IS NULL
    FROM lists WHERE removed_at IS NULL OR declared = 'config' ORDER BY id
"""


class Glance(NamedTuple):
    """The lists of a database."""

    #: Each list that is switched on with its present revision, as `Store.revisions` tells them.
    revisions: tuple[tuple[str, str], ...]
    #: All lists, and whether they are switched on.
    lists: dict[str, bool]
    #: Those that the configuration declared when it was last read in, and whether it had them on.
    declared: dict[str, bool]


def glance(url: str) -> Glance | None:
    """The lists of the database at this SQLAlchemy URL; writes nothing.

    None where it must be opened in full to tell, or to tell what is wrong with it: no SQLite file, none there yet,
    tables of another version, another program in the way.
    """
    file = _FILE.fullmatch(url)
    if file is None:
        return None
    try:
        with closing(sqlite3.connect(f"file:{quote(file[1])}?mode=ro", uri=True, timeout=0)) as connection:
            if connection.execute(_VERSION).fetchall() != [(EXPECTED,)]:
                return None
            rows = connection.execute(_LISTS).fetchall()
    except sqlite3.Error:
        return None
    return Glance(
        revisions=tuple((id, revision) for id, revision, _, _, on in rows if on),
        lists={id: bool(on) for id, _, _, _, on in rows},
        declared={id: bool(enabled) for id, _, declared, enabled, _ in rows if declared},
    )
