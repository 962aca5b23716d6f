"""What holds on every page: foreign text stays text, nothing is fetched from elsewhere, links out say nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, ViewportSize

from tests.web.conftest import Served, serving
from tests.web.pages.conftest import giving
from watchlist.app import App, make_app
from watchlist.delivery.transports import full_config
from watchlist.model import FeedFetchIntent, ListDeclaration, Silence, Suppression
from watchlist.steps.asked.listed.imports import ImportOptions, import_entities

#: Breaks out of a text, an attribute, an address, a script and a style; hides and turns what stands around it.
HOSTILE = "\"'><script>alert(1)</script><img src=//evil.example/x onerror=alert(1)>{{7*7}}\u202edrow\u200b\u2066"
_FILE = (
    "id,schema,name,aliases,programs,addresses,designations,remarks,url,identifiers\n"
    '"x/<b>?#%2f",Person,"{0}","{0} II","{0}","{0}","{0}","{0}","javascript:alert(1)//{0}","other:{0}"\n'
).format(HOSTILE.replace('"', '""'))

PATHS = (
    "/subjects?q=script",
    "/subjects/hostile:x/%3Cb%3E%3F%23%252f",
    "/lists",
    "/lists/hostile",
    "/lists/hostile/changes?since=7d",
    "/lists/hostile/entities",
    "/lists/hostile/new",
    "/lists/hostile/entities/x/%3Cb%3E%3F%23%252f",
    "/lists/hostile/import",
    "/feeds",
    "/feeds/1",
    "/screen",
    "/report?since=",
    "/status",
    "/status/faults?past=30d",
    "/status/deliveries",
    "/status/channels",
    "/status/suppressions?all=true",
    "/status/suppressions/1",
    "/status/silences?all=true",
    "/status/silences/1",
)


@pytest.fixture(scope="module")
def hostile(worked: Callable[[], str]) -> Iterator[Served]:
    """A site in which every name, title and reason is an attack."""
    parts = make_app(full_config()(database=worked()), declares=False, creates=False)
    with closing(parts.store), serving(parts) as site:
        _attack(parts)
        yield site


def _attack(parts: App) -> None:
    store, now = parts.store, parts.clock()
    store.add_list(ListDeclaration("hostile", HOSTILE, None, refresh=False, own=True))
    import_entities(store, "hostile", BytesIO(_FILE.encode()), ImportOptions(), now)
    feed = store.add_feed("https://feed.example/?token=secret-of-ours&x=%22%3E%3Cscript%3E", HOSTILE)
    store.set_feed(str(feed.id), {"folder": HOSTILE})
    at = now - timedelta(days=3)
    store.record_fetch(FeedFetchIntent(feed.id, at, at, error=f"answered {HOSTILE}"))
    (entity,) = store.live_entities("hostile")
    store.suppress(Suppression(entity.id, now, None, HOSTILE, by=HOSTILE))
    store.add_silence(Silence(entity.id, None, now, now + timedelta(days=1), HOSTILE, HOSTILE))


@pytest.mark.parametrize("path", PATHS)
def test_foreign_text_stays_text(hostile: Served, path: str) -> None:
    reply = hostile.client.get(path)
    assert reply.status_code == 200, reply.text[-500:]
    require_harmless(reply.text)


def require_harmless(page: str) -> None:
    """Fail for anything on a page that could run, fetch or look other than we wrote it."""
    tree = html.document_fromstring(page)
    # What is changed in a field is the text as it is.
    shown = "".join(tree.xpath("//text()[not(ancestor::textarea)] | //@*[name()!='value']"))
    assert "\u202e" not in shown
    assert "\u2066" not in shown
    assert "secret-of-ours" not in page
    assert {each.get("src", "").split("?")[0].rpartition("/")[0] for each in tree.iter("script")} <= {"/static"}
    assert all(not each.text for each in tree.iter("script"))
    assert not tree.xpath("//img | //iframe | //object | //embed | //style | //base | //meta[@http-equiv]")
    assert not tree.xpath("//@style")
    assert not [name for each in tree.iter() for name in each.attrib if name.lower().startswith("on")]
    for link in tree.xpath("//a[@href]"):
        target = link.get("href")
        if not target.startswith(("/", "#", "?")):
            assert target.startswith(("https://", "http://")), target
            assert link.get("rel") == "noopener noreferrer", target
        assert not target.startswith("//")
    for form in tree.iter("form"):
        assert (form.get("action") or "/").startswith("/")
        assert form.get("method") != "post" or form.xpath('.//input[@name="csrf"]')


def test_what_is_typed_comes_back_as_text(hostile: Served) -> None:
    for path, name in (
        ("/subjects", "q"),
        ("/report", "since"),
        ("/status/faults", "past"),
        ("/status/silences", "of"),
    ):
        reply = hostile.client.get(path, params={name: HOSTILE[:40]})
        assert reply.status_code in (200, 400)
        require_harmless(reply.text)
    for path in (
        f"/lists/{HOSTILE}",
        f"/subjects/{HOSTILE}",
        f"/feeds/{HOSTILE}",
        f"/status/channels/{HOSTILE}/preview",
    ):
        reply = hostile.client.get(path)
        assert reply.status_code == 404
        require_harmless(reply.text)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lists/hostile/pause", 405),
        ("/feeds/add", 404),
        ("/lists/hostile/import/take", 405),
        ("/subjects/suppress", 404),
    ],
)
def test_nothing_is_changed_by_opening_an_address(hostile: Served, path: str, status: int) -> None:
    assert hostile.client.get(path).status_code == status


#: What may be another on a narrow page in the dark; the rest is found out once. The plain suite looks at a share
#: of the pages in each of these ways.
_WIDE = {"rules": {"target-size": {"enabled": True}}}
_NARROW = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}}


@pytest.mark.parametrize(
    ("width", "theme", "rules", "paths"),
    [
        pytest.param(390, "dark", _NARROW, PATHS[::3], id="dark, a third"),
        pytest.param(1280, "light", _WIDE, PATHS[1::3], id="light, another third", marks=pytest.mark.thorough),
        pytest.param(390, "dark", _NARROW, PATHS, id="dark", marks=pytest.mark.thorough),
        pytest.param(1280, "light", _WIDE, PATHS, id="light", marks=pytest.mark.thorough),
    ],
)
def test_axe_finds_nothing_and_nothing_runs(
    hostile: Served,
    browser: Browser,
    width: int,
    theme: Literal["dark", "light"],
    rules: dict[str, Any],
    paths: tuple[str, ...],
) -> None:
    found: list[str] = []
    # Half faded in, a notice has less contrast than it has.
    window: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=window, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    page.on("dialog", lambda dialog: found.append(f"a dialog: {dialog.message}"))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: found.append(asked.url) if not asked.url.startswith(hostile.url) else None)
    for path in paths:
        page.goto(hostile.url + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path}: wider than {width}")
        for each in Axe().run(page, options=rules).response["violations"]:
            found += [f"{path}: {each['id']}: {node['html'][:160]}" for node in each["nodes"]]
    context.close()
    assert found == []


def test_a_page_shows_by_itself_what_came_of_a_check(hostile: Served, browser: Browser) -> None:
    with giving(b"id,schema,name\nq-1,Company,QUAY & CO\n") as server:
        hostile.parts.store.add_list(ListDeclaration("quay", "Quay", server.url))
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{hostile.url}/lists/quay")
        page.click("text=Check now")
        # Nobody loads it anew.
        page.wait_for_selector("text=quay: 1 entities, 1 names", timeout=60_000)
        page.wait_for_selector("dd:text-is('generic csv')", timeout=60_000)
        context.close()
