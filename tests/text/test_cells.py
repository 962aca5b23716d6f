from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.text.cells import quoted, unquoted


@pytest.mark.parametrize("cell", ["=1+1", "+41 44", "-1", "@sum", "\t=1", "\r=1", "＝1", " =1", "'=1", "''-"])
def test_what_begins_like_a_formula_is_quoted(cell: str) -> None:
    assert quoted(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "'quoted' name", "O'Hara", "3-4", "''", " a"])
def test_the_rest_stays(cell: str) -> None:
    assert quoted(cell) == cell == unquoted(cell)


@given(st.text(st.sampled_from("'=+-@ a\t\n;"), max_size=6))
def test_it_reads_back_the_same(cell: str) -> None:
    assert unquoted(quoted(cell)) == cell
