from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from watchlist.errors import ListParseError
from watchlist.lists.recognise import read_list

Writer = Callable[[dict[str, bytes]], Path]
SDN = "us_ofac_sdn"


def count(list_id: str, path: Path) -> tuple[str, int]:
    parsed = read_list(list_id, path)
    return parsed.form, sum(1 for _ in parsed.entities())


def test_a_set_is_read_whatever_the_case_and_packing(folder: Writer, ofac_set: dict[str, bytes]) -> None:
    mixed = {"SDN.CSV.gz": ofac_set["sdn.csv"], "Alt.csv": ofac_set["alt.csv"], "ADD.CSV": ofac_set["add.csv"]}
    assert count(SDN, folder(mixed)) == ("ofac_csv", 6)


def test_a_zipped_set_equals_the_folder(folder: Writer, archive: Writer, ofac_set: dict[str, bytes]) -> None:
    zipped = read_list(SDN, archive({f"export/{name.upper()}": content for name, content in ofac_set.items()}))
    loose = read_list(SDN, folder(ofac_set))
    assert list(zipped.entities()) == list(loose.entities())
    assert zipped.sha256 == loose.sha256


def test_a_primary_file_alone_has_no_aliases(tmp_path: Path, ofac_set: dict[str, bytes]) -> None:
    path = tmp_path / "sdn.csv.gz"
    path.write_bytes(gzip.compress(ofac_set["sdn.csv"]))
    names = [name.text for entity in read_list(SDN, path).entities() for name in entity.names]
    assert "GHS" in names
    assert "GREY HARBOR LINES" not in names


def test_a_primary_file_finds_its_siblings(folder: Writer, ofac_set: dict[str, bytes]) -> None:
    parsed = read_list(SDN, folder(ofac_set) / "sdn.csv")
    assert "GREY HARBOR LINES" in [name.text for entity in parsed.entities() for name in entity.names]


def test_a_folder_without_aliases_is_refused(folder: Writer, ofac_set: dict[str, bytes]) -> None:
    del ofac_set["alt.csv"]
    with pytest.raises(ListParseError, match=r"no ALT\.CSV: add it, or give the file itself"):
        read_list(SDN, folder(ofac_set))


def test_a_primary_file_under_another_name_is_recognised(tmp_path: Path, ofac_set: dict[str, bytes]) -> None:
    path = tmp_path / "download.bin"
    path.write_bytes(ofac_set["sdn.csv"])
    assert count(SDN, path) == ("ofac_csv", 6)


@pytest.mark.parametrize("packed", [False, True])
def test_the_xml_is_recognised_under_any_name(tmp_path: Path, sdn_xml: str, packed: bool) -> None:
    path = tmp_path / "list"
    path.write_bytes(gzip.compress(sdn_xml.encode()) if packed else sdn_xml.encode())
    assert count(SDN, path) == ("ofac_xml", 3)


def test_the_xml_is_read_out_of_a_zip(archive: Writer, sdn_xml: str) -> None:
    assert count(SDN, archive({"SDN.XML": sdn_xml.encode()})) == ("ofac_xml", 3)


def test_the_generic_form_is_recognised(tmp_path: Path, generic: str) -> None:
    path = tmp_path / "mine.csv.gz"
    path.write_bytes(gzip.compress(generic.encode()))
    assert count("mine", path) == ("generic_csv", 2)


def test_the_digest_is_of_the_content_not_of_the_packing(tmp_path: Path, sdn_xml: str) -> None:
    plain, packed = tmp_path / "SDN.XML", tmp_path / "SDN.XML.gz"
    plain.write_text(sdn_xml)
    packed.write_bytes(gzip.compress(sdn_xml.encode()))
    assert read_list(SDN, plain).sha256 == read_list(SDN, packed).sha256
    plain.write_text(sdn_xml.replace("EVENING", "MORNING"))
    assert read_list(SDN, plain).sha256 != read_list(SDN, packed).sha256


def test_entities_can_be_read_more_than_once(tmp_path: Path, generic: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(generic, encoding="utf-8")
    parsed = read_list("mine", path)
    assert list(parsed.entities()) == list(parsed.entities())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \r\n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (gzip.compress(b""), "is empty"),
        (b"<!DOCTYPE html>\n<html><body>503</body></html>", "HTML page"),
        (b"\n <HTML><head><title>Access Denied</title></head></HTML>", "HTML page"),
        ("id,name\n1,A\n".encode("utf-16"), "UTF-16"),
        ("id,name\n1,A\n".encode("utf-16-le"), "binary"),
        (b"%PDF-1.7\n\x00\x01", "binary"),
        (b"%PDF-1.7\nabc", "expected OFAC's CSV set"),
        (b'{"error": "not found"}', "expected OFAC's CSV set"),
        (
            b"<?xml version='1.0'?><CONSOLIDATED_LIST/>",
            "is the UN's consolidated XML, which us_ofac_sdn is not published in",
        ),
        (b"<?xml version='1.0'?><rss/>", "root element 'rss'; expected OFAC's CSV set, SDN.XML"),
        (b"<?xml version='1.0'?><sdnList", "root element None|damaged"),
        (b"<a></b>", "damaged XML"),
        (b'101,11,"aka","GREY HARBOR LINES",-0- \r\n\x1a\r\n', "looks like OFAC's ALT file"),
        (b'105,"more text"\r\n\x1a\r\n', "looks like OFAC's COMMENTS file"),
        (b"name|id\nA|1\n", "expected OFAC's CSV set"),
        (b"only words\n", "found 'only words'"),
        (gzip.compress(b"id,name\n" + os.urandom(4000))[:900], "cut off before its end"),
        (b"\x1f\x8b" + b"garbage" * 9, "cannot be read"),
        (b"PK\x03\x04 not really", "zip archive is damaged"),
    ],
)
def test_what_is_no_list_is_refused_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(ListParseError, match=message):
        list(read_list(SDN, path).entities())


def test_a_cut_gzip_is_refused(tmp_path: Path, ofac_set: dict[str, bytes]) -> None:
    path = tmp_path / "sdn.csv.gz"
    path.write_bytes(gzip.compress(ofac_set["sdn.csv"])[:-9])
    with pytest.raises(ListParseError, match="cut off before its end"):
        read_list(SDN, path)


def test_a_file_that_inflates_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchlist.lists.reading.files.MAX_BYTES", 5_000_000)
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(b"id,name\n" + b"1,A\n" * 2_000_000))
    with pytest.raises(ListParseError, match="more than 5,000,000 bytes after decompression"):
        read_list(SDN, path)


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"id,name\n1," + b"A" * 1_100_000)
    with pytest.raises(ListParseError, match="line 2: the line is longer than"):
        list(read_list(SDN, path).entities())


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(ListParseError, match=r"nowhere\.csv: no such file or folder"):
        read_list(SDN, tmp_path / "nowhere.csv")


def test_a_path_that_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ListParseError, match="expected a file or a folder"):
        read_list(SDN, tmp_path / "pipe")


def test_a_folder_without_a_list_says_what_is_wanted(folder: Writer) -> None:
    with pytest.raises(ListParseError, match=r"none of SDN\.CSV"):
        read_list(SDN, folder({"a.txt": b"a", "b.txt": b"b"}))


def test_an_empty_folder_and_an_empty_zip_are_refused(folder: Writer, archive: Writer) -> None:
    with pytest.raises(ListParseError, match="holds no files"):
        read_list(SDN, folder({}))
    with pytest.raises(ListParseError, match="holds no files"):
        read_list(SDN, archive({}))


def test_the_set_of_another_list_is_refused(tmp_path: Path, ofac_set: dict[str, bytes]) -> None:
    path = tmp_path / "cons_prim.csv"
    path.write_bytes(ofac_set["sdn.csv"])
    with pytest.raises(ListParseError, match=r"is a file of us_ofac_cons; expected SDN\.CSV"):
        read_list(SDN, path)


def test_the_same_file_twice_in_a_folder_is_refused(folder: Writer, ofac_set: dict[str, bytes]) -> None:
    with pytest.raises(ListParseError, match=r"alt\.csv is there more than once"):
        read_list(SDN, folder({**ofac_set, "alt.csv.gz": ofac_set["alt.csv"]}))
