"""A table of alerts has as many as people look through; programs get all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Call = Callable[..., Any]


def test_a_long_table_is_cut_and_says_so(cli: Call, alerted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cli("alerts")
    assert (len(whole.rows()), whole.err) == (1, "")
    monkeypatch.setattr("watchlist.cli.alerts.listing._SHOWN", 0)
    cut = cli("alerts")
    assert (cut.code, cut.rows()) == (0, [])
    assert cut.err == "The first 0 are shown: --limit shows more, --csv and --json all.\n"
    assert (len(cli("alerts", "--limit", "5").rows()), cli("alerts", "--limit", "5").err) == (1, "")
    assert len(cli("alerts", "--json").json()) == 1
    assert len(cli("alerts", "--csv").out.splitlines()) == 2
