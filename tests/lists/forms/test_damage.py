"""Damaged copies of every official form raise ListError and nothing else."""

from __future__ import annotations

import gzip
import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchlist.errors import ListError, ListParseError
from watchlist.lists.forms import all_forms, published_lists
from watchlist.lists.recognise import read_list

Official = Callable[[str], bytes]

#: The samples and the list each is published for.
SAMPLES = {
    "un.xml": "un_sc_sanctions",
    "eu.xml": "eu_fsf",
    "eu.csv": "eu_fsf",
    "uk.xml": "gb_fcdo_sanctions",
    "uk.csv": "gb_fcdo_sanctions",
    "conlist.csv": "gb_hmt_sanctions",
    "seco.xml": "ch_seco_sanctions",
    "sema.xml": "ca_dfatd_sema_sanctions",
    "sdn_advanced.xml": "us_ofac_sdn",
    "targets.simple.csv": "opensanctions",
    "entities.ftm.json": "opensanctions",
    "list.jsonl": "mine",
}
#: Forms with a row or a line for each name or entity: cut between two, nothing shows that there were more.
OPEN_ENDED = frozenset({"eu.csv", "uk.csv", "conlist.csv", "targets.simple.csv", "entities.ftm.json", "list.jsonl"})


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
    found = set()
    for name, list_id in SAMPLES.items():
        path = tmp_path / name
        path.write_bytes(official(name))
        found.add(read_list(list_id, path).form)
    assert {form.id for form in all_forms()} - found == {"ofac_csv", "ofac_xml", "generic_csv", "dfat_xlsx"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_off_anywhere_is_refused(official: Official, name: str) -> None:
    content = official(name).rstrip()
    whole = read(SAMPLES[name], official(name))
    picked = random.Random(7)
    for at in sorted(picked.sample(range(len(content)), min(60, len(content)))):
        if name in OPEN_ENDED and _may_be_whole(content[:at], name):
            with suppress(ListError):
                assert read(SAMPLES[name], content[:at]) <= whole
        else:
            with pytest.raises(ListError):
                read(SAMPLES[name], content[:at])


def _may_be_whole(content: bytes, name: str) -> bool:
    """Whether nothing in what is left of an open-ended file shows that it is not all."""
    last = content.rsplit(b"\n", 1)[-1]
    if not last or name.endswith(("json", "jsonl")):
        return not last or last.endswith(b"}")
    delimiter, header = {"eu.csv": (b";", 0), "uk.csv": (b",", 1)}.get(name, (b",", 10**6))
    lines = content.split(b"\n")
    return len(lines) > header + 1 and last.count(delimiter) >= lines[header].count(delimiter)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_cut_gzip_an_error_page_and_another_encoding_are_refused(official: Official, name: str) -> None:
    content = official(name)
    text = content.decode("cp1252" if name == "conlist.csv" else "utf-8")
    assert read(SAMPLES[name], gzip.compress(content)) == read(SAMPLES[name], content)
    for broken in (
        gzip.compress(content)[:-20],
        b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>",
        b"",
        text.encode("utf-16"),
    ):
        with pytest.raises(ListParseError):
            read(SAMPLES[name], broken)


@pytest.mark.parametrize("name", [name for name in SAMPLES if SAMPLES[name] != "mine"])
def test_the_form_of_one_authority_is_not_taken_for_another(official: Official, name: str) -> None:
    for list_id in published_lists():
        form = next(form for form in all_forms() if _is_form_of(name, form.id))
        if form.lists and list_id not in form.lists:
            with pytest.raises(ListParseError, match="is not published in"):
                read(list_id, official(name))


def _is_form_of(name: str, form: str) -> bool:
    known = {
        "conlist.csv": "uk_conlist",
        "sdn_advanced.xml": "ofac_advanced",
        "targets.simple.csv": "opensanctions_csv",
    }
    known |= {"entities.ftm.json": "ftm_json", "list.jsonl": "generic_jsonl"}
    return form == known.get(name, name.replace(".", "_"))


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
@settings(max_examples=40, deadline=None)
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
        read(SAMPLES[name], content)
