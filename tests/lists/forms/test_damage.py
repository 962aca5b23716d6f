"""Damaged copies of every official form raise ListError and nothing else."""

from __future__ import annotations

import gzip
import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.errors import ListError, ListParseError
from watchlist.lists.forms import all_forms, published_lists
from watchlist.lists.recognise import read_list

Official = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Sample:
    """A file in ``tests/lists/data``: the list it is published for, and its form."""

    list_id: str
    form: str
    #: Whether there is a row or a line for each name or entity: cut between two, nothing shows that there were more.
    open_ended: bool = False
    #: Of an open-ended CSV whose rows have as many delimiters as its header: the delimiter, and the header's line,
    #: counted from 0. Cut off within the last cell, nothing shows it either.
    plain_rows: tuple[bytes, int] | None = None
    encoding: str = "utf-8"


SAMPLES = {
    "un.xml": Sample("un_sc_sanctions", "un_xml"),
    "eu.xml": Sample("eu_fsf", "eu_xml"),
    "eu.csv": Sample("eu_fsf", "eu_csv", open_ended=True, plain_rows=(b";", 0)),
    "uk.xml": Sample("gb_fcdo_sanctions", "uk_xml"),
    "uk.csv": Sample("gb_fcdo_sanctions", "uk_csv", open_ended=True, plain_rows=(b",", 1)),
    "conlist.csv": Sample("gb_hmt_sanctions", "uk_conlist", open_ended=True, encoding="cp1252"),
    "conlist.xml": Sample("gb_hmt_sanctions", "uk_conlist_xml"),
    "eu_1_0.xml": Sample("eu_fsf", "eu_xml_1_0"),
    "dfat.csv": Sample("au_dfat_sanctions", "dfat_csv", open_ended=True, plain_rows=(b",", 0)),
    "csl.csv": Sample("us_trade_csl", "us_csl_csv", open_ended=True, plain_rows=(b",", 0)),
    "csl.json": Sample("us_trade_csl", "us_csl_json"),
    "worldbank.json": Sample("worldbank_debarred", "worldbank_json"),
    "worldbank.csv": Sample(
        "worldbank_debarred", "worldbank_csv", open_ended=True, plain_rows=(b";", 0), encoding="cp1252"
    ),
    "seco.xml": Sample("ch_seco_sanctions", "seco_xml"),
    "sema.xml": Sample("ca_dfatd_sema_sanctions", "sema_xml"),
    "sdn_advanced.xml": Sample("us_ofac_sdn", "ofac_advanced"),
    "sdn_enhanced.xml": Sample("us_ofac_sdn", "ofac_enhanced"),
    "targets.simple.csv": Sample("opensanctions", "opensanctions_csv", open_ended=True),
    "entities.ftm.json": Sample("opensanctions", "ftm_json", open_ended=True),
    "list.jsonl": Sample("mine", "generic_jsonl", open_ended=True),
}
#: Forms with samples and tests of their own.
ELSEWHERE = {"ofac_csv", "ofac_xml", "generic_csv", "dfat_xlsx", "uk_ods"}


def read(list_id: str, content: bytes) -> int:
    """How many entities a file has; ListError is the only way out."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "list"
        path.write_bytes(content)
        count = 0
        for entity in read_list(list_id, path).entities():
            assert entity.source_id
            assert entity.caption.strip()
            assert all(text.encode() for each in entity.names for text in (each.text,))
            count += 1
        return count


def test_every_form_but_those_with_tests_of_their_own_has_a_sample(official: Official, tmp_path: Path) -> None:
    for name, sample in SAMPLES.items():
        path = tmp_path / name
        path.write_bytes(official(name))
        assert read_list(sample.list_id, path).form == sample.form
    assert {form.id for form in all_forms()} == {*(sample.form for sample in SAMPLES.values()), *ELSEWHERE}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_off_anywhere_is_refused(official: Official, name: str) -> None:
    sample, content = SAMPLES[name], official(name).rstrip()
    whole = read(sample.list_id, official(name))
    picked = random.Random(7)
    for at in sorted(picked.sample(range(len(content)), min(60, len(content)))):
        if sample.open_ended and _may_be_whole(content[:at], sample):
            with suppress(ListError):
                assert read(sample.list_id, content[:at]) <= whole
        else:
            with pytest.raises(ListError):
                read(sample.list_id, content[:at])


def _may_be_whole(content: bytes, sample: Sample) -> bool:
    """Whether nothing in what is left of an open-ended file shows that it is not all."""
    lines = content.split(b"\n")
    if not lines[-1]:
        return True
    if sample.plain_rows is None:
        return lines[-1].endswith(b"}")
    delimiter, header = sample.plain_rows
    return len(lines) > header + 1 and lines[-1].count(delimiter) >= lines[header].count(delimiter)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_cut_gzip_an_error_page_and_another_encoding_are_refused(official: Official, name: str) -> None:
    content = official(name)
    text = content.decode(SAMPLES[name].encoding)
    assert read(SAMPLES[name].list_id, gzip.compress(content)) == read(SAMPLES[name].list_id, content)
    for broken in (
        gzip.compress(content)[:-20],
        b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>",
        b"",
        text.encode("utf-16"),
    ):
        with pytest.raises(ListParseError):
            read(SAMPLES[name].list_id, broken)


@pytest.mark.parametrize("name", [name for name in SAMPLES if SAMPLES[name].list_id != "mine"])
def test_the_form_of_one_authority_is_not_taken_for_another(official: Official, name: str) -> None:
    for list_id in published_lists():
        form = next(form for form in all_forms() if form.id == SAMPLES[name].form)
        if form.lists and list_id not in form.lists:
            with pytest.raises(ListParseError, match="is not published in"):
                read(list_id, official(name))


_edits = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["cut", "drop", "insert", "flip", "double"]),
        st.one_of(
            st.binary(min_size=1, max_size=6),
            st.sampled_from(
                [b'"', b";", b",,", b"\n", b"<", b"/>", b"&#0;", b"\\ud800", b"null", b"99999999999", b"-1"]
            ),
        ),
        st.integers(1, 200),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=examples(8), deadline=None)
@given(edits=_edits)
def test_bytes_changed_at_random(official: Official, name: str, edits: list[tuple[float, str, bytes, int]]) -> None:
    content = official(name)
    for share, how, extra, length in edits:
        at = int(share * len(content))
        match how:
            case "cut":
                content = content[:at]
            case "drop":
                content = content[:at] + content[at + length :]
            case "insert":
                content = content[:at] + extra + content[at:]
            case "flip":
                content = content[:at] + extra + content[at + len(extra) :]
            case _:
                content = content[: at + length] + content[at:]
    with suppress(ListError):
        read(SAMPLES[name].list_id, content)
