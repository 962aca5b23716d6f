"""Articles in and texts screened, one by one, in batches and as they come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import httpx
import pytest

from tests.web.api.conftest import Ask, Printed
from tests.web.conftest import Served

ND = {"content-type": "application/x-ndjson"}
TEXT = "In court stood Ilya Petrovich Marrow, 71. Grey Harbour Shipping Co. was not there."


def test_articles_come_in_and_the_same_change_nothing(ask: Ask, served: Served) -> None:
    article = {"id": "in-1", "title": "Rain", "text": "It will rain.", "url": "https://news.example/in-1"}
    first = ask("POST", "/api/v1/articles", article, status=200).json()
    assert (first["accepted"], first["new"], first["refused"]) == (1, 1, 0)
    again = ask("POST", "/api/v1/articles?feed=wire", [article, {"title": 5}, "x", {"text": ""}], status=200).json()
    assert (again["accepted"], again["new"], again["refused"]) == (1, 0, 3)
    assert again["results"][0] == first["results"][0]
    assert [each["error"] for each in again["results"][1:]] == [
        '"title" must be a string',
        'is no object with "title" and "text"',
        "has neither title nor text",
    ]
    assert any(each.title == "wire" for each in served.parts.store.watched_feeds())
    ask("POST", "/api/v1/articles", content=b"{", headers={"content-type": "application/json"}, status=400)
    ask("POST", "/api/v1/articles", content=b"a=b", headers={"content-type": "text/csv"}, status=400)


@pytest.mark.parametrize(
    "name", ["wire", "wire/", "/", "wire 2/sport?x=1#y", "7e3", "2026", "Wörld  desk", "a..b/../c", "%41"]
)
def test_a_feed_that_articles_made_is_shown_under_all_its_names(ask: Ask, served: Served, name: str) -> None:
    article = {"id": "of-a-feed", "title": "Rain", "text": f"It will rain on {name}."}
    ask("POST", f"/api/v1/articles?{urlencode({'feed': name})}", article, status=200)
    (feed,) = [each for each in ask("GET", "/api/v1/feeds").json() if each["title"] == name]
    for key in (str(feed["id"]), feed["url"], feed["title"]):
        told = ask("GET", f"/api/v1/feeds/{quote(key, safe='')}", status=200).json()
        assert told["id"] == feed["id"], key
        assert told["article_count"] >= 1
    # Not the client of the module: a page would have it known as a browser.
    assert httpx.get(f"{served.url}/feeds/{feed['id']}", trust_env=False).status_code == 200


def test_lines_are_taken_as_they_come_and_bad_ones_stop_no_other(served: Served) -> None:
    def body() -> Iterator[bytes]:
        for n in range(250):
            line = json.dumps({"id": f"s-{n}", "title": f"News {n}", "text": "It rained."}).encode()
            yield (b"{broken" if n == 7 else line) + b"\n\n"

    reply = served.client.post("/api/v1/articles", content=body(), headers=ND)
    assert reply.status_code == 200
    *each, sums = map(json.loads, reply.text.splitlines())
    assert sums == {"accepted": 249, "new": 249, "refused": 1}
    assert [line["line"] for line in each] == list(range(1, 500, 2))
    assert [line["line"] for line in each if line["error"]] == [15]
    assert len({line["id"] for line in each}) == 250


def test_a_text_is_screened_as_by_the_command(ask: Ask, served: Served, printed: Printed) -> None:
    told = printed("screen", "-", "--jsonl", stdin=json.dumps({"id": "1", "text": TEXT}).encode())
    reply = ask("POST", "/api/v1/screen", {"text": TEXT}, status=200)
    assert reply.json() == [json.loads(line) for line in told.splitlines()]
    assert {each["entity"] for each in reply.json()} == {"own:s-1", "own:s-2"}
    as_lines = served.client.post("/api/v1/screen?jsonl=true", json={"text": TEXT})
    assert [json.loads(line) for line in as_lines.text.splitlines()] == reply.json()


def test_a_batch_of_texts(ask: Ask) -> None:
    texts = [{"id": "a", "title": TEXT}, {"text": "Nothing."}, {"text": TEXT}]
    found = ask("POST", "/api/v1/screen", {"texts": texts, "lists": ["own"]}, status=200).json()
    assert {each["article"] for each in found} == {"a", "3"}
    assert "no list 'none'" in ask("POST", "/api/v1/screen", {"text": TEXT, "lists": ["none"]}, status=400).text
    ask("POST", "/api/v1/screen", {"text": TEXT, "texts": texts}, status=400)


@pytest.mark.parametrize(("size", "status"), [(999_000, 200), (1_100_000, 400), (9_000_000, 413)])
def test_a_text_has_a_million_characters_at_most(ask: Ask, size: int, status: int) -> None:
    ask("POST", "/api/v1/screen", {"text": f"{TEXT} " + "word " * (size // 5)}, status=status)
