"""How much longer does a text take over the API than in the engine, and what do eight at once do to each other?

    python -m benchmarks.api [--data FOLDER]

A database holds the trial list. The server is a process of its own; texts are headlines of the trial data, some to a
text. All figures are ratios within one run, those of `/match` milliseconds. A new text, as most are that a server gets,
costs the engine several times as much as one whose words it has read: both are told, and what the very text costs that
was asked before, which the server answers from memory. Before the new ones, server and engine have read so many others;
what a request costs beside the engine is told in milliseconds.

Wanted: 1.3 of the engine's own time, for a text of the size of an article or a batch; no slow tail with eight at once.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from statistics import median, quantiles
from threading import local
from typing import Any
from urllib.parse import urlsplit

from benchmarks.trial import arguments, database, headlines, needed_folder
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article
from watchlist.steps.index import load_index

#: Headlines, with their leads, of a text, and texts.
_HEADLINES, _TEXTS = 12, 120
#: Texts that server and engine read before new ones are timed.
_BEFORE = 600
_AT_ONCE = 8
_QUERIES = 50


def main() -> None:
    """Print the figures."""
    shared = needed_folder(arguments(__doc__).parse_args().data)
    chance = random.Random(16)
    told = headlines(shared)
    all_of_them = [
        " ".join(f"{each.title}. {each.text}" for each in told[at : at + _HEADLINES])
        for at in range(0, len(told), _HEADLINES)
    ]
    texts, more = all_of_them[:_TEXTS], chance.sample(all_of_them[_TEXTS:], _BEFORE + _TEXTS)
    with database(shared) as trial:
        trial.sync()
        index = load_index(trial.store, trial.folder / "bench.index").index
        with _serving(trial.url) as client:
            _new_ones(client, index, more)
            _one_by_one(client, index, texts)
            _at_once(client, texts)
            _match(client, [_query(index, chance) for _ in range(_QUERIES)])


def _query(index: CompiledIndex, chance: random.Random) -> dict[str, object]:
    entity = index.entity(chance.randrange(index.entity_count))
    return {"schema": "LegalEntity", "properties": {"name": [chance.choice(entity.names).text]}}


@contextmanager
def _serving(url: str) -> Iterator[_Client]:
    command = [sys.executable, "-m", "watchlist", "--database", url, "serve", "--port", "0"]
    environment = {"WATCHLIST_LOGGING__LEVEL": "info", "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            told = process.stderr
            line = next(each for each in told if "address=" in each) if told is not None else ""
            address = line.partition("address=")[2].split()[0]
            with closing(_Client(address)) as client:
                yield client
        finally:
            process.terminate()


def _new_ones(client: _Client, index: CompiledIndex, texts: Sequence[str]) -> None:
    engine = Engine(index, MatchingConfig())
    client.wait_ready()
    asked, screened = list[float](), list[float]()
    for number, text in enumerate(texts):
        article = Article(str(number), "", text)
        # One warms the other's memory: each is the first as often.
        if number % 2:
            asked.append(_took(_screen, client, text))
        screened.append(_took(engine.screen, article))
        if not number % 2:
            asked.append(_took(_screen, client, text))
    asked, screened = asked[_BEFORE:], screened[_BEFORE:]
    beside = median(one - other for one, other in zip(asked, screened, strict=True)) * 1000
    print(f"a new text over the API, of the engine's own time          {sum(asked) / sum(screened):5.2f}")
    print(f"  in ms: the engine {sum(screened) / len(screened) * 1000:.1f}, the API {beside:.1f} more (median)")


def _one_by_one(client: _Client, index: CompiledIndex, texts: Sequence[str]) -> None:
    engine = Engine(index, MatchingConfig())
    own = [Article("1", "", text) for text in texts]
    large = " ".join(texts[:60])[:200_000]
    # Once over all of them for the words.
    for article in own:
        engine.screen(article)
    _screen(client, large)
    for text in texts:
        _screen(client, text)
    shares, again = [], []
    for turn in range(3):
        # In turn, so that a busy machine slows both.
        asked = sum(_took(_screen, client, text) for text in _told_anew(texts, turn))
        screened = sum(_took(engine.screen, article) for article in own)
        shares.append(asked / screened)
        again.append(sum(_took(_screen, client, text) for text in texts) / screened)
    size = sum(map(len, texts)) / len(texts) / 1000
    print(f"a text of {size:.1f} KB over the API, of the engine's own time     {min(shares):5.2f}")
    print(f"the very text that was asked before, of the engine's time   {min(again):5.2f}")
    shares = []
    for turn in range(3, 6):
        batch = {"texts": [{"text": text} for text in _told_anew(texts, turn)]}
        shares.append(_took(_ask, client, "/api/v1/screen", batch) / sum(_took(engine.screen, each) for each in own))
    print(f"{len(texts)} such texts in one request, of the engine's own time    {min(shares):5.2f}")
    of_large = Article("2", "", large)
    share = min(_took(_screen, client, f"{large} {turn}") / _took(engine.screen, of_large) for turn in range(3))
    print(f"a text of {len(large) / 1000:.0f} KB over the API, of the engine's own time   {share:5.2f}")


def _told_anew(texts: Sequence[str], turn: int) -> list[str]:
    """The same words in texts that were never asked for, which are not answered from memory."""
    return [f"{text} {turn}" for text in texts]


def _at_once(client: _Client, texts: Sequence[str]) -> None:
    alone = [_took(_screen, client, text) for text in _told_anew(texts, 6)]
    page_alone = [_took(client.get, "/api/v1/alerts?limit=10") for _ in range(20)]
    with ThreadPoolExecutor(_AT_ONCE + 1) as pool:
        began = time.perf_counter()
        three_times = [text for turn in (7, 8, 9) for text in _told_anew(texts, turn)]
        asked = [pool.submit(_took, _screen, client, text) for text in three_times]
        page = [_took(client.get, "/api/v1/alerts?limit=10") for _ in range(20)]
        took = [each.result() for each in asked]
        all_of_them = time.perf_counter() - began
    tail = quantiles(took, n=100)[98]
    print(f"{_AT_ONCE} at once: all of them, of the time one after another   {all_of_them / (3 * sum(alone)):5.2f}")
    print(f"{_AT_ONCE} at once: the slowest of a hundred, of the median        {tail / median(took):5.2f}")
    print(f"a listing of alerts meanwhile, of its time alone       {median(page) / median(page_alone):5.2f}")
    alone_ms, meanwhile = median(page_alone) * 1000, median(page) * 1000
    print(f"  in ms: alone {alone_ms:.0f}, meanwhile {meanwhile:.0f}, at most {max(page) * 1000:.0f}")


def _match(client: _Client, queries: Sequence[dict[str, object]]) -> None:
    body = {"queries": {str(n): query for n, query in enumerate(queries)}}
    for what in ("first", "again"):
        took = _took(_ask, client, "/match/default", body)
        print(f"/match, {len(queries)} queries, {what}: {took / len(queries) * 1000:.1f} ms a query")


class _Client:
    """Asks the server, with a connection for each thread; costs less than a library would, which is no cost of ours."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._kept = local()
        self._made: list[HTTPConnection] = []

    def get(self, path: str) -> bytes:
        return self._answer("GET", path)

    def post(self, path: str, body: object) -> bytes:
        return self._answer("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def wait_ready(self) -> None:
        """Have the processes that screen started, and wait a while for them."""
        for _ in range(50):
            _screen(self, "A spokesman said on Monday that nobody was there.")
            time.sleep(0.1)

    def close(self) -> None:
        for each in self._made:
            each.close()

    def _answer(self, method: str, path: str, *sent: Any) -> bytes:
        if not hasattr(self._kept, "connection"):
            self._kept.connection = HTTPConnection(self._host, timeout=300)
            self._made.append(self._kept.connection)
        connection: HTTPConnection = self._kept.connection
        connection.request(method, path, *sent)
        reply = connection.getresponse()
        body = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"{reply.status} {body!r}")
        return body


def _screen(client: _Client, text: str) -> object:
    return _ask(client, "/api/v1/screen", {"text": text})


def _ask(client: _Client, path: str, body: object) -> object:
    return client.post(path, body)


def _took(work: Callable[..., object], *given: object) -> float:
    began = time.perf_counter()
    work(*given)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
