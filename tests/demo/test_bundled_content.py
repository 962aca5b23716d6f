"""The files that ship with the program: starter list, sample feed, press names, default configuration.

Which sample article is to alert for which starter entity stands in ``expected.csv`` beside this file, one pair a row:

- sample-01 names Dmitry Peskov and Sergey Lavrov without their patronymics, sample-04 Igor Sechin and, in the
  possessive, Rosneft; sample-08 names Abdel Fattah al-Burhan.
- sample-02 spells HIZBALLAH as "Hezbollah", in the possessive; sample-03 calls ANSARALLAH "the Houthis"; sample-05
  writes "Nicolás Maduro".
- sample-06 names two tankers with their IMO numbers, sample-07 two airlines.
- sample-09 (the words fortune and horizon, which are vessels' names), sample-10 (a footballer who shares a listed
  family name), sample-11 ("Iran Air Force") and sample-12 (nothing) are to raise nothing.
"""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

import watchlist
from watchlist.config import default_config
from watchlist.delivery.transports import full_config
from watchlist.lists.forms import published_lists
from watchlist.model import Schema

PACKAGE = Path(watchlist.__file__).parent
DEMO = PACKAGE / "demo" / "data"
PRESS_NAMES = PACKAGE / "lists" / "data" / "press_names.csv"
COLUMNS = ["id", "schema", "name", "aliases", "programs", "countries", "birth_dates", "identifiers"]
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
TRAPS = {"sample-09", "sample-10", "sample-11", "sample-12"}


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, each as long as its header."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def cell(text: str) -> list[str]:
    return text.split(";") if text else []


def articles(name: str) -> dict[str, dict[str, str]]:
    """The articles of a sample feed by guid, in the feed's order."""
    found = [{child.tag: child.text or "" for child in each} for each in ET.parse(DEMO / name).iter("item")]
    assert len({each["guid"] for each in found}) == len(found)
    return {each["guid"]: each for each in found}


@pytest.fixture(scope="module")
def starter() -> list[dict[str, str]]:
    return table(DEMO / "starter.csv")


def test_the_starter_list_has_the_import_columns_and_about_sixty_rows(starter: list[dict[str, str]]) -> None:
    assert list(starter[0]) == COLUMNS
    assert 55 <= len(starter) <= 70


def test_starter_ids_are_the_authoritys_and_unique(starter: list[dict[str, str]]) -> None:
    ids = [row["id"] for row in starter]
    assert all(re.fullmatch(r"[1-9]\d{1,5}", each) for each in ids)
    assert len(set(ids)) == len(ids)


def test_starter_schemas_are_known_and_each_main_kind_is_well_represented(starter: list[dict[str, str]]) -> None:
    counts = Counter(Schema(row["schema"]) for row in starter)
    for schema in (Schema.PERSON, Schema.ORGANIZATION, Schema.COMPANY, Schema.VESSEL):
        assert counts[schema] >= 8, schema
    assert counts[Schema.AIRCRAFT] >= 1


def test_starter_persons_are_written_family_name_first(starter: list[dict[str, str]]) -> None:
    for row in starter:
        if row["schema"] == Schema.PERSON:
            assert re.fullmatch(r"[A-Z' -]+, \S.*", row["name"]), row["name"]


def test_starter_cells_hold_no_empty_or_repeated_values(starter: list[dict[str, str]]) -> None:
    for row in starter:
        for column in ("aliases", "programs", "countries", "birth_dates", "identifiers"):
            values = cell(row[column])
            assert all(value and value == value.strip() for value in values), (row["name"], column)
            assert len(set(values)) == len(values), (row["name"], column)
        assert row["programs"], row["name"]
        assert row["name"] not in cell(row["aliases"])


def test_starter_countries_and_birth_dates_are_codes_and_dates(starter: list[dict[str, str]]) -> None:
    for row in starter:
        assert all(re.fullmatch(r"[a-z]{2}", each) for each in cell(row["countries"])), row["name"]
        for each in cell(row["birth_dates"]):
            date.fromisoformat(each if len(each) == 10 else f"{each}-01-01")
        assert not row["birth_dates"] or row["schema"] == Schema.PERSON


def test_starter_identifiers_are_kind_and_value_and_imo_numbers_add_up(starter: list[dict[str, str]]) -> None:
    kinds = {"imo", "mmsi", "call_sign", "tail_number", "msn", "bic", "lei", "national_id", "tax_id", "registration"}
    for row in starter:
        identifiers = [each.partition(":") for each in cell(row["identifiers"])]
        assert all(kind in kinds and value for kind, _, value in identifiers), row["name"]
        for kind, _, value in identifiers:
            if kind == "imo":
                weighted = sum(int(digit) * weight for digit, weight in zip(value[:6], range(7, 1, -1), strict=True))
                assert len(value) == 7, row["name"]
                assert weighted % 10 == int(value[6]), row["name"]
        assert row["schema"] != Schema.VESSEL or any(kind == "imo" for kind, _, _ in identifiers), row["name"]


def test_the_starter_list_says_that_it_replaces_no_synced_list() -> None:
    text = (DEMO / "README.md").read_text(encoding="utf-8")
    assert "no substitute for a synced list" in text
    assert "2026-08-20" in text


@pytest.mark.parametrize("name", ["feed.xml", "feed_again.xml"])
def test_the_sample_feed_is_plainly_a_sample_in_valid_rss(name: str) -> None:
    root = ET.parse(DEMO / name).getroot()
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert "Sample feed" in root.findtext("channel/title", "")
    assert root.findtext("channel/description")
    found = articles(name)
    assert 8 <= len(found) <= 12
    for each in found.values():
        assert each["title"]
        assert each["description"]
        assert each[CONTENT]
        assert each["link"].startswith("https://news.example/")
        published = parsedate_to_datetime(each["pubDate"])
        assert datetime(2026, 1, 1, tzinfo=UTC) <= published < datetime(2027, 1, 1, tzinfo=UTC)
    assert len({each["link"] for each in found.values()}) == len(found)


def test_the_second_pull_only_reorders_and_rewords_one_sentence() -> None:
    first, second = articles("feed.xml"), articles("feed_again.xml")
    assert list(first) != list(second)
    assert set(first) == set(second)
    changed = [guid for guid in first if first[guid] != second[guid]]
    assert len(changed) == 1
    before, after = first[changed[0]], second[changed[0]]
    assert {key for key in before if before[key] != after[key]} == {CONTENT}
    new_words = set(re.findall(r"\w+", after[CONTENT])) - set(re.findall(r"\w+", before[CONTENT]))
    assert not any(word[0].isupper() for word in new_words), "a reworded sentence must bring no new name"


def test_expected_alerts_are_of_known_articles_and_entities(starter: list[dict[str, str]]) -> None:
    expected = table(Path(__file__).with_name("expected.csv"))
    pairs = {(row["guid"], row["id"]) for row in expected}
    assert len(pairs) == len(expected)
    assert {entity for _, entity in pairs} <= {row["id"] for row in starter}
    assert {guid for guid, _ in pairs} == set(articles("feed.xml")) - TRAPS


def test_trap_articles_hold_what_they_are_to_trap(starter: list[dict[str, str]]) -> None:
    found = articles("feed.xml")
    names = {name for row in starter for name in (row["name"], *cell(row["aliases"]))}
    assert {"FORTUNE", "HORIZON", "IRAN AIR"} <= names
    assert found["sample-09"]["title"].startswith("Fortune ")
    assert "small fortune" in found["sample-09"][CONTENT]
    assert "horizon" in found["sample-09"][CONTENT]
    assert "Anouk Maduro" in found["sample-10"][CONTENT]
    assert "Iran Air Force" in found["sample-11"][CONTENT]


def test_press_names_are_well_formed_and_unambiguous() -> None:
    rows = table(PRESS_NAMES)
    assert list(rows[0]) == ["list", "id", "caption", "name", "lang"]
    assert 1_000 <= len(rows) <= 4_000
    assert {row["list"] for row in rows} == {"us_ofac_sdn"}
    assert all(re.fullmatch(r"[1-9]\d*", row["id"]) and re.fullmatch(r"[a-z]{2}", row["lang"]) for row in rows)
    assert all(row["name"] == row["name"].strip() for row in rows)
    # A Chinese or Korean name can be two signs.
    assert all(len(row["name"]) >= (3 if row["lang"] not in ("zh", "ko") else 2) for row in rows)
    # The same word may be its name in two languages, and is nobody else's.
    assert len({(row["name"].casefold(), row["lang"]) for row in rows}) == len(rows)
    assert len({(row["name"].casefold(), row["id"]) for row in rows}) == len({row["name"].casefold() for row in rows})
    assert len({(row["id"], row["caption"]) for row in rows}) == len({row["id"] for row in rows})
    assert ("47664", "Houthis") in {(row["id"], row["name"]) for row in rows}


def test_press_names_and_the_starter_list_call_an_entity_the_same(starter: list[dict[str, str]]) -> None:
    captions = {row["id"]: row["caption"] for row in table(PRESS_NAMES)}
    assert all(captions.get(row["id"], row["name"]) == row["name"] for row in starter)


def keys(model: type[BaseModel]) -> set[str]:
    """The names of all settings under ``model``."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        found.add(name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found |= keys(field.annotation)
    return found


def test_the_shipped_configuration_shows_every_setting_with_its_default() -> None:
    text = default_config().read_text(encoding="utf-8")
    every = full_config()
    shipped, defaults = every(**yaml.safe_load(text)), every()
    for section in set(every.model_fields) - {"lists", "feeds"}:
        assert getattr(shipped, section) == getattr(defaults, section), section
    missing = {key for key in keys(every) if not re.search(rf"^[\s#]*(?:- )?{key}:", text, re.MULTILINE)}
    assert not missing


def test_the_shipped_configuration_declares_the_big_lists_and_a_good_set_of_feeds() -> None:
    shipped = full_config()(**yaml.safe_load(default_config().read_text(encoding="utf-8")))
    on = [each.id for each in shipped.lists if each.enabled]
    assert on == ["us_ofac_sdn", "us_ofac_cons", "un_sc_sanctions", "eu_fsf", "gb_fcdo_sanctions"]
    assert {each.id for each in shipped.lists} <= published_lists().keys()
    # Those in English are on; those in the languages of the field are there to be switched on.
    assert 25 <= sum(feed.enabled for feed in shipped.feeds) <= 40 < len(shipped.feeds)
    assert all(each.url.startswith("https://") and each.title for each in shipped.feeds)
    assert len({each.title for each in shipped.feeds}) == len(shipped.feeds)
