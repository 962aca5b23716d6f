"""The report of a period: as the command writes it, to be read, printed and kept."""

from __future__ import annotations

import csv
from io import StringIO

from lxml import html

from tests.web.pages.conftest import Reader


def test_the_report_has_charts_with_words_and_the_same_in_tables(reader: Reader) -> None:
    reply = reader.site.client.get("/report?since=90d")
    page = html.document_fromstring(reply.text)
    charts = page.xpath("//div[contains(@class,'report')]//svg")
    assert len(charts) == len(page.xpath("//div[contains(@class,'report')]//section[h2]//table")) >= 5
    for chart in charts:
        assert chart.get("role") == "img"
        labels = chart.get("aria-labelledby").split()
        assert [page.get_element_by_id(each).tag for each in labels] == ["title", "desc"]
    assert "7 alerts" in reply.text or "alerts." in reply.text
    assert not page.xpath("//@style")


def test_a_period_is_chosen_and_kept_by_what_is_exported(reader: Reader) -> None:
    page = reader.page("/report?since=2020-01-01&until=2020-02-01")
    assert "0 alerts." in page.text_content()
    (link,) = page.xpath("//a[starts-with(@href,'/report/alerts.csv')]/@href")
    rows = list(csv.reader(StringIO(reader.site.client.get(link).content.decode("utf-8-sig"))))
    assert len(rows) == 1
    everything = reader.site.client.get("/report/alerts.csv?since=")
    found = list(csv.DictReader(StringIO(everything.content.decode("utf-8-sig"))))
    assert "<script>alert(1)</script> & a trial" in {each["title"] for each in found}
    figures = reader.site.client.get("/report/figures.json?since=").json()
    assert figures["total"]["alerts"] == len(found)
    assert reader.site.client.get("/report/figures.csv?since=").headers["content-type"].startswith("text/csv")


def test_a_period_that_cannot_be_says_why(reader: Reader) -> None:
    for query in ("since=soon", "since=1d&until=2d", "since=99999999999d", "until=2020-13-01", "since=" + "9" * 50):
        for path in ("/report", "/report/alerts.csv", "/report/figures.json"):
            reader.page(f"{path}?{query}", 400)
