"""Subjects: searched, shown, and what people decide of one."""

from __future__ import annotations

import pytest

from tests.web.pages.conftest import Reader, said, words
from watchlist.model import AlertFilter


def test_search_finds_by_any_name_and_tolerates_misspelling(reader: Reader) -> None:
    assert "MARROW, Ilya Petrovich" in reader.text("/subjects?q=%D0%9C%D0%B0%D1%80%D1%80%D0%BE%D0%B2")
    assert "GREY HARBOUR SHIPPING CO." in reader.text("/subjects?q=gray+harbour+shipping")
    assert "Nobody is listed under a name like “zzqq”" in reader.text("/subjects?q=zzqq")
    assert "Nobody is listed" not in reader.text("/subjects")


def test_a_card_has_names_by_kind_and_script_facts_and_alerts(reader: Reader) -> None:
    page = reader.page("/subjects/own:s-2")
    told = words(page)
    for part in ("alias Cyrl", "Илья Марров", "alias Arab", "ايليا ماروف", "ON-HOLD, CREDIT", "1955-01-15", "64572"):
        assert part in told
    assert page.xpath('//bdi[text()="ايليا ماروف"]')
    (chart,) = page.xpath("//svg[@role='img']")
    assert chart.findtext("title") == "Alerts over time"
    assert chart.findtext("desc")
    # The day below a column is before the alerts that it stands for.
    assert "Each column is a week, from the Monday below it" in told
    count = sum(int(cell.text) for cell in page.xpath("//details//table//tbody/tr/td[1]"))
    assert count == len(page.xpath("//section[h2[@id='alerts']]/div[last()]//tbody/tr")) == 3


def test_a_subject_of_several_lists_is_one_card(reader: Reader) -> None:
    reader.done("/lists", "/lists/create", id="press_list", title="Press <i>list</i>")
    reader.done("/lists/press_list/new", "/lists/press_list/new", name="MARROW, Ilya P.", source_id="p-1")
    assert "are one" in reader.done("/subjects/own:s-2", "/subjects/join", other="press_list:p-1")
    page = reader.page("/subjects/own:s-2")
    assert [words(each) for each in page.xpath("//section[contains(@class,'listing')]/h3")] == [
        "Of our own",
        "Press <i>list</i>",
    ]
    assert "are two" in reader.done("/subjects/own:s-2", "/subjects/split", other="press_list:p-1")
    assert len(reader.page("/subjects/own:s-2").xpath("//section[contains(@class,'listing')]")) == 1


def test_suppressing_and_taking_it_back(reader: Reader) -> None:
    told = reader.done("/subjects/own:s-5", "/subjects/suppress", until="90d", why="a <b>namesake</b>")
    assert "TARKHOV, Dmitri opens no alerts from now on" in told
    assert "a <b>namesake</b>" in told
    assert "opens alerts again" in reader.done("/subjects/own:s-5", "/subjects/unsuppress")
    assert reader.send("/subjects/own:s-5", "/subjects/suppress", until="2001-01-01").status_code == 400


def test_a_name_of_ones_own_is_given_and_taken_away(reader: Reader) -> None:
    told = reader.done("/subjects/own:s-4", "/subjects/name", name="  Morning\u00adHawk ")
    assert "is now also matched as" in told
    page = reader.page("/subjects/own:s-4")
    # What is taken away is the name as it was given, though the page shows nothing that cannot be seen.
    assert page.xpath("//form[@action='/subjects/unname']//input[@name='name']/@value") == ["Morning\u00adHawk"]
    assert page.xpath("//bdi[text()='MorningHawk']")
    assert "is matched as that already" in reader.done("/subjects/own:s-4", "/subjects/name", name="Osprey dawn")
    assert "no longer matched" in reader.done("/subjects/own:s-4", "/subjects/unname")
    assert "yours" not in reader.text("/subjects/own:s-4")


def test_a_note_stands_with_its_subject_and_at_every_alert_of_it(reader: Reader) -> None:
    told = reader.done("/subjects/own:s-1", "/subjects/note", text="See the file.\nSecond line & <more>")
    assert "See the file. Second line & <more>" in told
    (alert, *_) = reader.site.parts.store.find_alert_ids(AlertFilter(entity_id="own:s-1"))
    assert "See the file. Second line & <more>" in reader.text(f"/alerts/{alert}")


@pytest.mark.parametrize(
    ("action", "filled", "status", "told"),
    [
        ("/subjects/suppress", {"until": "soon"}, 400, "'soon' is no time"),
        ("/subjects/suppress", {"why": "x" * 30_000}, 400, "at most"),
        ("/subjects/name", {"name": "   "}, 400, "a name needs letters"),
        ("/subjects/name", {"name": "…"}, 400, "letter"),
        ("/subjects/note", {"text": " "}, 400, "a note needs words"),
        ("/subjects/note", {"text": "x" * 6_000}, 400, "5,000"),
        ("/subjects/join", {"other": "own:s-1"}, 400, "two different entities"),
        ("/subjects/join", {"other": "own:nobody"}, 404, "no entity 'own:nobody'"),
        ("/subjects/split", {"other": "../../etc"}, 404, "no entity"),
    ],
)
def test_what_cannot_be_done_says_why(
    reader: Reader, action: str, filled: dict[str, str], status: int, told: str
) -> None:
    reply = reader.send("/subjects/own:s-1", action, **filled)
    assert (reply.status_code, told in said(reply)) == (status, True), said(reply)


def test_what_is_not_there_is_not_found(reader: Reader) -> None:
    for path in ("/subjects/own:nobody", "/subjects/", "/subjects/%3Cscript%3E", "/subjects/own:%00"):
        reader.page(path, 404)
    reply = reader.site.client.post("/subjects/unsuppress", data={"id": "own:s-1"})
    assert reply.status_code in (403, 404)
