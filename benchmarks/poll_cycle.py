"""How long does one cycle over 2,000 feeds take, and one in which nothing is new?

    python -m benchmarks.poll_cycle [--feeds 2000] [--hosts 250] [--spacing 0.5]

Fetch, read and store, at the pace that hosts allow. The server is a process of its own on loopback addresses
(127.1.x.y), each of them a host. It notes when each was asked, and says afterwards whether any was asked faster, or
more at a time, than allowed; then this ends with exit code 1. The second cycle is conditional. Times are wall clock.

Wanted: 22 s and 5 s, on the machine that README.md speaks of; the pace always.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import multiprocessing
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from benchmarks.measure import own_peak
from watchlist.config import FetchConfig
from watchlist.feeds.poll import PollOptions, poll_all
from watchlist.http.pace import Pace
from watchlist.model import FeedForFetch
from watchlist.storage.store import Store, open_store

PER_HOST = 2


def document(number: int) -> str:
    """A feed of twenty entries of its own."""
    items = "".join(
        f"<item><title>Port of Marrow {number}-{n}: two ships detained</title>"
        f"<link>https://news.example/{number}/{n}</link><guid>{number}-{n}</guid>"
        f"<description>{'The harbour office said on Monday that papers were missing. ' * 6}</description></item>"
        for n in range(20)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {number}</title>{items}</channel></rss>'


def serve(addresses: list[str], told: Connection) -> None:
    """Serve until told to stop, then say when each address was asked and how many requests it had at a time."""
    asked: dict[str, list[float]] = defaultdict(list)
    running: dict[str, int] = defaultdict(int)
    most: dict[str, int] = defaultdict(int)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("sockname")[0]
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        asked[address].append(time.monotonic())
        running[address] += 1
        most[address] = max(most[address], running[address])
        await asyncio.sleep(0.02)
        number = int(head.split(" ", 2)[1].strip("/"))
        if "if-none-match" in head.lower():
            writer.write(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            body = document(number).encode()
            line = f'HTTP/1.1 200 OK\r\nETag: "{number}"\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n'
            writer.write(line.encode() + body)
        running[address] -= 1
        await writer.drain()
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, addresses, 0, backlog=200)
        told.send({sock.getsockname()[0]: sock.getsockname()[1] for sock in server.sockets})
        await asyncio.get_running_loop().run_in_executor(None, told.recv)
        gaps = [later - earlier for times in asked.values() for earlier, later in itertools.pairwise(times)]
        told.send((min(gaps, default=0.0), max(most.values())))

    asyncio.run(main())


def cycle(store: Store, options: PollOptions) -> tuple[float, int, int]:
    """Seconds, articles and errors of one cycle."""
    started = time.perf_counter()
    feeds = [FeedForFetch(f.id, f.url, f.etag, f.last_modified, f.failures) for f in store.watched_feeds()]
    articles = errors = 0
    for intent in poll_all(feeds, lambda: datetime.now(UTC), options):
        articles += store.record_fetch(intent)
        errors += intent.error is not None
    return time.perf_counter() - started, articles, errors


def main() -> int:
    """Measure and print; 1 where a host was asked too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=250)
    parser.add_argument("--spacing", type=float, default=0.5)
    options = parser.parse_args()
    addresses = [f"127.1.{n // 250}.{n % 250 + 1}" for n in range(options.hosts)]
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(addresses, theirs), daemon=True)
    server.start()
    ports = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db")
        for number in range(options.feeds):
            address = addresses[number % options.hosts]
            store.add_feed(f"http://{address}:{ports[address]}/{number}", None)
        pace = Pace(PER_HOST, options.spacing)
        polling = PollOptions(fetch=FetchConfig(concurrency=16), pace=lambda host: pace)
        print(
            f"{options.feeds:,} feeds on {options.hosts} hosts, {PER_HOST} at a time, {options.spacing} s between two"
        )
        for name in ("first cycle", "second cycle, nothing new"):
            seconds, articles, errors = cycle(store, polling)
            print(f"  {name:28s} {seconds:6.1f} s  {articles:6,} articles  {errors} errors  peak {own_peak():.0f} MB")
        store.close()
    ours.send("stop")
    gap, most = ours.recv()
    print(f"  least time between two requests to a host {gap:.2f} s; most at a time {most}")
    return 0 if gap >= options.spacing * 0.98 and most <= PER_HOST else 1


if __name__ == "__main__":
    sys.exit(main())
