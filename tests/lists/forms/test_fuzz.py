"""Damaged list files raise ListError and nothing else."""

from __future__ import annotations

import gzip
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.errors import ListError
from watchlist.lists.recognise import read_list

_edits = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["cut", "drop", "insert", "flip"]), st.binary(min_size=1, max_size=6)),
    min_size=1,
    max_size=4,
)


def damaged(content: bytes, edits: list[tuple[float, str, bytes]]) -> bytes:
    for share, how, extra in edits:
        at = int(share * len(content))
        if how == "cut":
            content = content[:at]
        elif how == "drop":
            content = content[:at] + content[at + 7 :]
        elif how == "insert":
            content = content[:at] + extra + content[at:]
        else:
            content = content[:at] + extra + content[at + len(extra) :]
    return content


def read_all(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        for file, content in files.items():
            (Path(name) / file).write_bytes(content)
        with suppress(ListError):
            for entity in read_list("us_ofac_sdn", Path(name)).entities():
                assert entity.source_id
                assert entity.caption


@settings(max_examples=examples(25), deadline=None)
@given(edits=_edits, which=st.sampled_from(["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"]))
def test_a_damaged_csv_set(whole_set: dict[str, bytes], edits: list[tuple[float, str, bytes]], which: str) -> None:
    read_all({**whole_set, which: damaged(whole_set[which], edits)})


@settings(max_examples=examples(25), deadline=None)
@given(edits=_edits)
def test_a_damaged_xml(sdn_xml: str, edits: list[tuple[float, str, bytes]]) -> None:
    read_all({"SDN.XML": damaged(sdn_xml.encode(), edits)})


@settings(max_examples=examples(25), deadline=None)
@given(edits=_edits)
def test_a_damaged_gzip(sdn_xml: str, edits: list[tuple[float, str, bytes]]) -> None:
    read_all({"SDN.XML.gz": damaged(gzip.compress(sdn_xml.encode()), edits)})


@settings(max_examples=examples(25), deadline=None)
@given(edits=_edits)
def test_a_damaged_zip(zipped_xml: bytes, edits: list[tuple[float, str, bytes]]) -> None:
    read_all({"SDN.ZIP": damaged(zipped_xml, edits)})


@settings(max_examples=examples(25), deadline=None)
@given(edits=_edits)
def test_a_damaged_generic_csv(generic: str, edits: list[tuple[float, str, bytes]]) -> None:
    read_all({"list.csv": damaged(generic.encode(), edits)})


@settings(max_examples=examples(25), deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_at_all(content: bytes) -> None:
    read_all({"SDN.XML": content})
