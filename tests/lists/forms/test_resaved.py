"""An official table that somebody opened and saved again is read to the same, or refused, and never to something else.

A spreadsheet changes what stands between cells, quotes, line ends, byte order mark and encoding; people put columns
beside those of the authority, in another order, and write headings in capitals.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list
from watchlist.model import Entity

#: List, encoding, what stands between cells, and on which line the header is, by file.
TABLES = {
    "eu.csv": ("eu_fsf", "utf-8", ";", 0),
    "uk.csv": ("gb_fcdo_sanctions", "utf-8", ",", 1),
    "conlist.csv": ("gb_hmt_sanctions", "cp1252", ",", 1),
    "dfat.csv": ("au_dfat_sanctions", "utf-8", ",", 0),
    "csl.csv": ("us_trade_csl", "utf-8", ",", 0),
    "worldbank.csv": ("worldbank_debarred", "cp1252", ";", 0),
    "targets.simple.csv": ("opensanctions", "utf-8", ",", 0),
}
#: Of these nothing that a spreadsheet does is refused.
WHATEVER_THE_MARK = ("dfat.csv", "csl.csv", "worldbank.csv")
CASES: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, lambda text: f" {text} ")


def read(list_id: str, path: Path) -> list[Entity]:
    return list(read_list(list_id, path).entities())


@pytest.mark.parametrize("name", TABLES)
@given(
    mark=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    case=st.sampled_from(CASES),
    order=st.randoms(use_true_random=False) | st.none(),
    beside=st.booleans(),
    mark_of_order=st.booleans(),
)
def test_a_table_that_was_saved_again_is_read_to_the_same_or_refused(
    tmp_path_factory: pytest.TempPathFactory,
    official: Callable[[str], bytes],
    name: str,
    mark: str,
    end: str,
    quoting: int,
    case: Callable[[str], str],
    order: object,
    beside: bool,
    mark_of_order: bool,
) -> None:
    list_id, encoding, delimiter, header = TABLES[name]
    path = tmp_path_factory.mktemp("saved") / name
    path.write_bytes(official(name))
    as_published = read(list_id, path)
    rows = list(csv.reader(io.StringIO(official(name).decode(encoding), newline=""), delimiter=delimiter))
    table = [list(row) for row in rows[header:] if row]
    table[0] = [case(cell) for cell in table[0]]
    if beside:
        table = [[*row, "Our note" if at == 0 else "seen"] for at, row in enumerate(table)]
    if order is not None:
        places = list(range(len(table[0])))
        order.shuffle(places)  # type: ignore[attr-defined]
        table = [[row[place] for place in places] for row in table]
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=mark, lineterminator=end, quoting=quoting).writerows([*rows[:header], *table])
    path.write_bytes((b"\xef\xbb\xbf" if mark_of_order else b"") + saved.getvalue().encode("utf-8"))
    try:
        found = read(list_id, path)
    except ListParseError:
        assert name not in WHATEVER_THE_MARK
        # Whatever the ends of lines, the byte order mark and columns beside the authority's.
        assert (mark, quoting, case, order) != (delimiter, csv.QUOTE_MINIMAL, str, None)
        return
    assert found == as_published
