"""``watchlist screen``."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

SENTENCE = "The company Grey Harbour Shipping said on Monday that it would open an office in Valletta."
#: What later work relies on.
KEYS = {
    *("article", "entity", "list", "name", "matched_name", "schema", "band", "score"),
    *("surface", "field", "start", "end", "spans", "features"),
}


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_text_is_screened_and_each_mention_explained(cli: Call, own_list: str, folder: Path) -> None:
    (folder / "a.txt").write_text(f"{SENTENCE} Nothing else happened.\n", encoding="utf-8")
    found = cli("screen", "a.txt")
    assert (found.code, found.err) == (0, "")
    first, listed, quote, *reasons = found.out.splitlines()
    assert first.startswith("alert ")
    assert first.endswith("GREY HARBOUR SHIPPING CO.  (suppliers:s-1, Company)")
    assert listed.strip() == "on suppliers:s-1 (ON-HOLD)"
    assert quote.strip() == f"“{SENTENCE.replace('Grey Harbour Shipping', '[Grey Harbour Shipping]')}”"
    assert [line for line in reasons if line.startswith("  - ")]
    assert reasons[-1] == "1 mention in 1 text."


def test_explain_shows_every_part_of_the_score(cli: Call, own_list: str) -> None:
    plain = cli("screen", "-", stdin=SENTENCE.encode()).out
    shown = cli("screen", "-", "--explain", stdin=SENTENCE.encode()).out
    (mention,) = lines(cli("screen", "-", "--jsonl", stdin=SENTENCE.encode()).out)
    assert mention["features"]
    for part in mention["features"]:
        assert f"{part['label']} " in shown
        assert f"{part['score']:.3f} x {part['weight']:+.3f}  {part['detail']}" in shown
    assert len(shown.splitlines()) == len(plain.splitlines()) + len(mention["features"]) + 1
    assert shown.splitlines()[0] == "text: read as English (en)."


def test_explain_says_in_which_language_a_text_was_read(cli: Call, own_list: str) -> None:
    text = "Министр заявил во вторник, что новые меры ещё не приняты и что они будут обсуждаться."
    shown = cli("screen", "-", "--explain", stdin=text.encode()).out
    assert shown.splitlines()[0] == "text: read as Russian (ru)."


def test_jsonl_has_the_keys_others_rely_on_and_true_offsets(cli: Call, own_list: str) -> None:
    text = f"Zażółć 漢字. {SENTENCE} Later Grey Harbour Shipping sailed on."
    found = cli("screen", "-", "--jsonl", stdin=text.encode())
    assert (found.code, found.err) == (0, "")
    (mention,) = lines(found.out)
    assert set(mention) >= KEYS
    assert (mention["entity"], mention["list"], mention["schema"]) == ("suppliers:s-1", "suppliers", "Company")
    assert (mention["name"], mention["field"], mention["band"]) == ("GREY HARBOUR SHIPPING CO.", "text", "alert")
    assert 0 < mention["score"] <= 1
    assert text[mention["start"] : mention["end"]] == mention["surface"] == "Grey Harbour Shipping"
    assert [text[start:end] for _, start, end in mention["spans"]] == ["Grey Harbour Shipping"] * 2
    assert all(set(part) == {"feature", "score", "weight", "detail", "label"} for part in mention["features"])


def test_html_is_stripped_and_its_title_is_a_field_of_its_own(cli: Call, own_list: str, folder: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Grey Harbour Shipping opens an office</title>"
        "<script>var lakeside = 'Lakeside Front';</script></head>"
        "<body><p>The company said on Monday that it would <b>open</b> an office.</p></body></html>"
    )
    (folder / "a.html").write_text(page, encoding="utf-8")
    found = cli("screen", "a.html", "--jsonl")
    (mention,) = lines(found.out)
    assert (mention["entity"], mention["field"], mention["start"]) == ("suppliers:s-1", "title", 0)
    assert "in: Grey Harbour Shipping opens an office" in cli("screen", "a.html").out


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines_are_articles_also_compressed(cli: Call, own_list: str, folder: Path, packed: bool) -> None:
    articles = [
        {"id": "one", "title": "Rain expected", "text": "It will rain on Tuesday."},
        {"id": "two", "title": "An office opens", "text": SENTENCE},
        {"id": 3, "title": "", "text": "Ilya Marrov, a shipowner, met the minister in Damascus."},
    ]
    content = "".join(json.dumps(each) + "\n" for each in articles).encode()
    name = "a.jsonl.gz" if packed else "a.jsonl"
    (folder / name).write_bytes(gzip.compress(content) if packed else content)
    found = cli("screen", name, "--jsonl")
    assert [(each["article"], each["entity"]) for each in lines(found.out)] == [
        ("two", "suppliers:s-1"),
        ("3", "suppliers:s-2"),
    ]
    assert "2 mentions in 3 texts." in cli("screen", name).out


def test_json_lines_come_on_standard_input_too(cli: Call, own_list: str) -> None:
    content = json.dumps({"id": "x", "title": "", "text": SENTENCE}).encode()
    assert [each["article"] for each in lines(cli("screen", "-", "--jsonl", stdin=content).out)] == ["x"]
    assert [each["article"] for each in lines(cli("screen", "-", "--jsonl", stdin=gzip.compress(content)).out)] == ["x"]


def test_half_a_character_in_an_article_is_no_obstacle(cli: Call, own_list: str) -> None:
    content = b'{"id": "x", "title": "\\ud83d", "text": "' + SENTENCE.encode() + b' \\udea2"}'
    (mention,) = lines(cli("screen", "-", "--jsonl", stdin=content).out)
    assert mention["surface"] == "Grey Harbour Shipping"
    shown = cli("screen", "-", stdin=content)
    assert (shown.code, shown.err) == (0, "")
    assert "  in: \ufffd" in shown.out


def test_a_text_that_names_nobody(cli: Call, own_list: str) -> None:
    found = cli("screen", "-", stdin=b"It will rain on Tuesday.")
    assert (found.code, found.out, found.err) == (0, "0 mentions in 1 text.\n", "")
    assert cli("screen", "-", "--jsonl", stdin=b"").out == ""


def test_lists_limits_whose_names_are_looked_for(cli: Call, own_list: str, official: Path) -> None:
    assert cli("lists", "sync", "us_ofac_sdn", "--from", str(official)).code == 0
    text = f"{SENTENCE} Boris Tidewell, a former minister, was there.".encode()

    def of(*options: str) -> list[str]:
        return sorted(each["list"] for each in lines(cli("screen", "-", "--jsonl", *options, stdin=text).out))

    assert of() == ["suppliers", "us_ofac_sdn"]
    assert of("--lists", "suppliers") == ["suppliers"]
    assert of("--lists", "us_ofac_sdn, suppliers") == ["suppliers", "us_ofac_sdn"]
    assert cli("screen", "-", "--lists", " , ", stdin=text).code == 2
    refused = cli("screen", "-", "--lists", "nobodys", stdin=text)
    assert (refused.code, refused.out) == (2, "")
    assert "no list 'nobodys': there are suppliers, us_ofac_sdn" in refused.err


def test_a_list_that_is_off_is_not_looked_for(cli: Call, own_list: str) -> None:
    assert cli("lists", "disable", own_list).code == 0
    found = cli("screen", "-", stdin=SENTENCE.encode())
    assert found.code == 2
    assert "there are no names to look for" in found.err


def test_nothing_is_written_to_the_database(cli: Call, own_list: str) -> None:
    before = cli("status", "--json").json()
    assert cli("screen", "-", stdin=SENTENCE.encode()).code == 0
    # The compiled index is kept in a file beside it.
    assert cli("status", "--json").json() | {"index": None} == before | {"index": None}


def test_a_change_of_the_list_is_seen_at_once(cli: Call, own_list: str) -> None:
    text = b"The Quiet Lantern Company of Piraeus was named in court on Friday."
    assert cli("screen", "-", "--jsonl", stdin=text).out == ""
    added = cli("entities", "add", own_list, "Quiet Lantern Company", "--schema", "Company")
    assert added.code == 0
    assert [each["surface"] for each in lines(cli("screen", "-", "--jsonl", stdin=text).out)] == [
        "Quiet Lantern Company"
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b'{"id": 1, "text": "x"}\n{"id": 2,\n', "a.jsonl: line 2 is no JSON"),
        ("a.jsonl", b'["x"]\n', 'line 1 is no object with "id", "title" and "text"'),
        ("a.jsonl", b'{"id": 1, "text": ["x"]}\n', '"title" and "text" must be strings'),
        ("a.jsonl.gz", gzip.compress(b'{"id": 1, "text": "x"}\n' * 2000)[:60], "a.jsonl.gz: "),
        ("a.jsonl", b'{"id": 1, "text": "\xff"}\n', "line 1"),
        ("a.txt", b"Caf\xe9 au lait", "a.txt: is no UTF-8 text (byte 3)"),
    ],
    ids=["broken line", "no object", "no string", "cut off", "encoding in a line", "encoding"],
)
def test_what_cannot_be_read_is_named(
    cli: Call, own_list: str, folder: Path, name: str, content: bytes, said: str
) -> None:
    (folder / name).write_bytes(content)
    found = cli("screen", name, "--jsonl")
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert len(found.err.splitlines()) == 1


def test_a_file_that_is_not_there(cli: Call, own_list: str, folder: Path) -> None:
    missing = cli("screen", "nowhere.txt")
    assert (missing.code, missing.err) == (2, "watchlist: nowhere.txt: No such file or directory\n")
    assert cli("screen", str(folder)).err == f"watchlist: {folder}: Is a directory\n"


def test_without_names_it_says_how_to_get_some(cli: Call) -> None:
    found = cli("screen", "-", stdin=SENTENCE.encode())
    assert (found.code, found.out) == (2, "")
    assert "'watchlist lists sync us_ofac_sdn' fetches a list" in found.err
