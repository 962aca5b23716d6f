"""Which version the tables of this program have."""

from __future__ import annotations

from typing import Final

#: The revision these tables are of; a test holds it to the newest script in ``migrations/versions``.
EXPECTED: Final = "0024"
