"""The report of a period: as the command writes it, to be read, printed and kept."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from lxml import html
from playwright.sync_api import Browser

from tests.web.pages.conftest import Reader
from watchlist.alerts.period import Row
from watchlist.report.charts import bars


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


@pytest.mark.parametrize(
    "name",
    [
        "www.theguardian.com",
        "UKRAINE-EO13662-WMD-MONITORING-COMMITTEE",
        "wwwwwwwwwwwwwwwwwwwwwwwwwwww.example",
        "全国制裁名单与执法新闻监测总站每日快讯",
        "وكالة الأنباء الرسمية لأخبار العقوبات والرقابة",
        "Ведомости о санкционных списках и надзоре",
    ],
)
def test_the_names_of_a_chart_stand_within_it(browser: Browser, name: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 400})
    page.set_content(bars([Row(name, (1, 2, 0, 3)), Row("low", (0, 0, 0, 0))], "By source"))
    left, right = page.evaluate("(({x, width}) => [x, x + width])(document.querySelector('text').getBBox())")
    page.close()
    # Neither out of the drawing nor into the bars, and not cut to next to nothing.
    assert left >= 0
    assert right <= 180
    assert right - left > 90
