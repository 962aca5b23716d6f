"""The day of an analyst, in a browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Served
from tests.web.pages.triage.conftest import WIDTHS, NewPage
from watchlist.model import Act, Action, AlertFilter, AlertStatus


def rows(page: Page) -> list[str]:
    """The alerts of the inbox, in order."""
    return [str(each.get_attribute("data-alert")) for each in page.locator(".alert-row").all()]


def statuses(site: Served) -> dict[str, int]:
    return {status.value: n for status, n in site.parts.store.alert_counts().items()}


@pytest.mark.parametrize("width", [pytest.param(WIDTHS[0], marks=pytest.mark.thorough), WIDTHS[1]])
def test_all_alerts_are_judged_without_touching_the_mouse(fresh: Served, new_page: NewPage, width: int) -> None:
    page = new_page(width)
    page.goto(fresh.url)
    waiting = rows(page)
    assert len(waiting) == 7

    # From row to row and back, and the reason of one.
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".is-here")).to_have_attribute("data-alert", waiting[0])
    page.keyboard.press("w")
    page.keyboard.type("a namesake")
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    expect(page.locator("[data-told]")).to_contain_text(f"Alert {waiting[0]} dismissed")
    # One is where one was: at the alert that took its place.
    expect(page.locator(".is-here")).to_have_attribute("data-alert", waiting[1])
    assert fresh.parts.store.alert(int(waiting[0])).judgements[-1].why == "a namesake"

    # It was the wrong one.
    page.keyboard.press("z")
    expect(page.locator("[data-told]")).to_contain_text("undone")
    assert statuses(fresh) == {"open": 7}

    # Two at a stroke.
    page.keyboard.press("j")
    for _ in range(2):
        page.keyboard.press("x")
        page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("[data-told]")).to_contain_text("escalated")
    assert statuses(fresh) == {"open": 5, "escalated": 2}

    # The rest on their own pages, one after the other.
    page.keyboard.press("k")
    while left := statuses(fresh).get("open", 0):
        if "/alerts/" not in page.url:
            page.keyboard.press("j")
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(r"/alerts/\d+"))
        here = page.url
        page.keyboard.press("y")
        page.wait_for_url(lambda url, here=here: url != here)
        expect(page.locator("[data-told]")).to_contain_text("confirmed")
        assert statuses(fresh).get("open", 0) == left - 1
    assert statuses(fresh) == {"closed": 5, "escalated": 2}


def test_forty_keys_typed_ahead_are_all_taken(fresh: Served, new_page: NewPage) -> None:
    page = new_page()
    page.goto(fresh.url)
    page.keyboard.press("j")
    for _ in range(7):
        page.keyboard.press("u")
    expect(page.locator(".empty")).to_be_visible()
    assert statuses(fresh) == {"closed": 7}


def test_an_article_stands_in_its_script_with_every_mention_marked(served: Served, new_page: NewPage) -> None:
    store = served.parts.store
    number = next(each.alert.id for each in store.find_alerts(AlertFilter()) if each.article_title == "محاكمة")
    page = new_page()
    page.goto(f"{served.url}/alerts/{number}")
    article = page.locator(".article")
    expect(page.locator("[data-key=y] kbd")).to_be_visible()
    assert article.evaluate("node => getComputedStyle(node).direction") == "rtl"
    expect(article.locator("mark")).to_have_text("ايليا ماروف")
    # Of another article in which two are named, the other one is told apart.
    minister = next(
        each.alert.id for each in store.find_alerts(AlertFilter()) if each.mention.caption.startswith("TARK")
    )
    page.goto(f"{served.url}/alerts/{minister}")
    expect(article.locator("mark")).to_have_text(["Dmitri Tarkhov"])
    expect(article.locator(".other")).to_have_text("Ilya Petrovich Marrow")


def test_script_in_titles_and_names_is_text(served: Served, new_page: NewPage) -> None:
    page = new_page()
    page.goto(served.url)
    expect(page.locator(".headline", has_text="<script>alert(1)</script> & a trial")).to_have_count(1)
    lakeside = page.locator(".alert-link", has_text="LAKESIDE FRONT")
    lakeside.click()
    expect(page.locator(".listings")).to_contain_text("<b>Lakeside</b> Front & Sons")


def test_times_are_in_the_zone_of_the_reader(served: Served, new_page: NewPage) -> None:
    page = new_page(zone="Asia/Tokyo")
    page.goto(served.url)
    first = page.locator("time").first
    by_script = first.text_content()
    expect(page.locator("[data-zone]")).to_have_text("Asia/Tokyo")
    page.reload()
    # Now from the server, and the same.
    assert "Asia/Tokyo" in served.client.get("/", headers={"Cookie": "zone=Asia%2FTokyo"}).text
    assert first.text_content() == by_script


def test_new_alerts_are_told_and_nothing_jumps(fresh: Served, new_page: NewPage) -> None:
    store = fresh.parts.store
    newest = store.newest_alert()
    store.judge([newest], Act(Action.DISMISS, "bob"), fresh.parts.clock())
    page = new_page()
    page.goto(fresh.url)
    before = rows(page)
    notice = page.locator("[data-new]")
    expect(notice).to_be_hidden()
    # As if it had come just now.
    page.evaluate(
        "n => { const each = document.querySelector('[data-new]'); each.dataset.new = `/inbox/new?beyond=${n}`; }",
        newest - 1,
    )
    store.judge([newest], Act(Action.REOPEN, "bob"), fresh.parts.clock())
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice).to_contain_text("1 new")
    expect(page.locator("[data-open-count]")).to_have_text("7")
    assert rows(page) == before
    notice.get_by_role("link").click()
    assert len(rows(page)) == 7


def test_two_people_at_one_alert(fresh: Served, new_page: NewPage) -> None:
    store = fresh.parts.store
    page = new_page()
    page.goto(fresh.url)
    first = rows(page)[0]
    page.goto(f"{fresh.url}/alerts/{first}")
    store.judge([int(first)], Act(Action.CONFIRM, "bob", "his passport"), fresh.parts.clock())
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Judged meanwhile")
    expect(page.locator(".card")).to_contain_text("bob confirmed: his passport")
    assert store.alert(int(first)).judgements[-1].by == "bob"
    page.get_by_role("button", name="Do it all the same").click()
    expect(page.locator("[data-told]")).to_contain_text("dismissed")
    assert [each.action for each in store.alert(int(first)).judgements] == [Action.CONFIRM, Action.DISMISS]


@pytest.mark.thorough
def test_two_people_judge_the_same_alert_at_once(fresh: Served, new_page: NewPage) -> None:
    """Both have it on their screens; whoever is second is shown the first's judgement, and nothing is lost."""
    store, (ann, bob) = fresh.parts.store, (new_page(), new_page(390))
    ann.goto(fresh.url)
    number = rows(ann)[-1]
    for page in (ann, bob):
        page.goto(f"{fresh.url}/alerts/{number}")
    ann.keyboard.press("y")
    expect(ann.locator("[data-told]")).to_contain_text("confirmed")
    bob.locator("#why").fill("a namesake")
    bob.get_by_role("button", name="Dismiss").first.click()
    expect(bob.locator("h1")).to_have_text("Judged meanwhile")
    expect(bob.locator(".card")).to_contain_text("confirmed")
    # What the second wrote is still there.
    expect(bob.locator("main")).to_contain_text("a namesake")
    assert [each.action for each in store.alert(int(number)).judgements] == [Action.CONFIRM]
    bob.get_by_role("link", name="Leave it as it stands").click()
    expect(bob.locator("h1")).not_to_have_text("Judged meanwhile")
    assert [each.action for each in store.alert(int(number)).judgements] == [Action.CONFIRM]


@pytest.mark.parametrize("script", [True, False])
def test_a_narrow_screen_is_for_the_alerts_until_one_is_marked(
    served: Served, new_page: NewPage, *, script: bool
) -> None:
    page = new_page(390, script=script)
    page.goto(served.url)
    bar, box = page.locator(".judge-bar"), page.get_by_role("checkbox", name=re.compile("^Mark")).last
    first = page.locator(".alert-row").first.bounding_box()
    assert first is not None
    assert first["y"] < 600
    assert (bar.bounding_box() or {"height": 99})["height"] <= 1
    # However far down that one is: what can be done with it is in sight.
    box.check()
    expect(page.get_by_role("button", name="Dismiss")).to_be_in_viewport(ratio=1)
    box.uncheck()
    assert (bar.bounding_box() or {"height": 99})["height"] <= 1
    if script:
        page.keyboard.press("w")
        page.keyboard.type("a namesake")
        page.keyboard.press("Enter")
        # What the next judgement carries is not out of sight.
        expect(page.get_by_label("Why")).to_be_in_viewport(ratio=1)
        expect(page.get_by_label("Why")).to_have_value("a namesake")


@pytest.mark.parametrize("width", [WIDTHS[0], pytest.param(WIDTHS[1], marks=pytest.mark.thorough)])
def test_everything_is_read_and_judged_without_script(fresh: Served, new_page: NewPage, width: int) -> None:
    page = new_page(width, script=False)
    page.goto(fresh.url)
    page.get_by_label("Search articles and names").fill("osprey")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".alert-row")).to_have_count(1)
    page.locator(".alert-link").click()
    # No key does anything without script, and none is told of.
    expect(page.get_by_role("button", name="Confirm")).to_be_visible()
    expect(page.locator("kbd:visible")).to_have_count(0)
    page.get_by_label("Why").fill("another ship")
    page.get_by_role("button", name="Show what it would have held back").click()
    expect(page.locator("h1")).to_contain_text("held back")
    expect(page.locator("main")).to_contain_text("the subject’s only alert")
    # What was sought and written is kept, and the form's token stands in no address.
    assert dict(parse_qsl(urlsplit(page.url).query)) == {
        "text": "osprey",
        "sort": "severity",
        "scope": "surface",
        "why": "another ship",
    }
    expect(page.get_by_label("Why")).to_have_value("another ship")
    page.get_by_role("button", name="Dismiss it so").click()
    expect(page.locator("[data-told]")).to_contain_text("dismissed")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("[data-told]")).to_contain_text("undone")
    page.get_by_role("link", name="Inbox").first.click()
    boxes = page.get_by_role("checkbox", name=re.compile("^Mark"))
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Escalate").click()
    assert statuses(fresh)[AlertStatus.ESCALATED] == 2
