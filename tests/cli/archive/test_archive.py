"""``watchlist archive``: the commands as a person calls them, from a database and without one."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from watchlist.archive.layout import mention_line

Call = Callable[..., Any]

TEXTS = (
    "The company Grey Harbour Shipping said on Monday that it would open an office in Valletta.",
    "It will rain on Tuesday, and the ferry will sail all the same.",
    "The minister met Ilya Petrovich Marrow, and later the Lakeside Front said it had not been asked.",
)


def write_articles(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(30):
            row = {
                "id": f"a-{number}",
                "title": f"Harbour news, part {number}",
                "text": TEXTS[number % 3],
                "url": f"https://news.example/{number}",
                "published_at": f"2026-0{number % 2 + 1}-03T10:00:00Z",
            }
            stream.write(json.dumps(row) + "\n")


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def archived(cli: Call, own_list: str, folder: Path, _made: Path) -> Iterator[Path]:
    """An index file and a finished run over thirty articles and a bad row, made once."""
    if not (_made / "out").exists():
        write_articles(folder / "in" / "articles.jsonl")
        with (folder / "in" / "articles.jsonl").open("a") as stream:
            stream.write("no json\n")
        assert cli("index", "build", "all.index").code == 0
        found = cli("archive", "screen", "in", "--output", "out", "--index", "all.index", "--workers", "1", bare=True)
        assert found.code == 3
        assert "1 row could not be read" in found.out
        assert "articles.jsonl: line 31: is no JSON" in found.err
        for name in ("in", "out", "all.index"):
            shutil.move(folder / name, _made / name)
    for name in ("in", "out", "all.index"):
        (folder / name).symlink_to(_made / name)
    yield folder / "out"
    for name in ("in", "out", "all.index"):
        (folder / name).unlink()


def test_it_finds_what_screen_finds_row_for_row(cli: Call, archived: Path, folder: Path) -> None:
    lines = (folder / "in" / "articles.jsonl").read_text().splitlines()[:30]
    (folder / "good.jsonl").write_text("\n".join(lines))
    screened = [json.loads(line) for line in cli("screen", "good.jsonl", "--jsonl").out.splitlines()]
    rows = ds.dataset(archived, format="parquet", partitioning="hive").to_table().to_pylist()
    written = [json.loads(json.dumps(mention_line(row))) for row in rows]
    assert sorted(written, key=json.dumps) == sorted(screened, key=json.dumps)
    assert len(written) == 30
    assert list(written[0]) == list(screened[0])
    assert {row["date"] for row in rows} == {"2026-01-03", "2026-02-03"}


def test_resume_of_a_finished_run_tells_its_summary(cli: Call, archived: Path) -> None:
    found = cli("archive", "screen", "in", "--output", "out", "--resume", "--json", bare=True)
    assert found.code == 0
    told = found.json()
    assert (told["articles"], told["aside"], told["sought"]) == (30, 1, None)
    assert told["errors"] == [
        {"place": "in/articles.jsonl: line 31", "reason": told["errors"][0]["reason"], "rows": 1},
    ]


def test_report(cli: Call, archived: Path) -> None:
    shown = cli("archive", "report", "out", bare=True)
    assert (shown.code, shown.err) == (0, "")
    lines = cli("archive", "report", "out", "--json", bare=True).json()
    assert [(each["key"], each["mentions"]) for each in lines if each["by"] == "subject"] == [
        ("suppliers:s-1", 10),
        ("suppliers:s-2", 10),
        ("suppliers:s-3", 10),
    ]
    assert [(each["key"], each["mentions"]) for each in lines if each["by"] == "source"] == [("news.example", 30)]
    assert [(each["key"], each["mentions"]) for each in lines if each["by"] == "month"] == [
        ("2026-01", 15),
        ("2026-02", 15),
    ]
    assert all(0 < each["alerts"] <= each["mentions"] for each in lines)
    rows = list(csv.DictReader(io.StringIO(cli("archive", "report", "out", "--csv", bare=True).out)))
    assert [{**row, "mentions": int(row["mentions"]), "alerts": int(row["alerts"])} for row in rows] == lines
    assert "... and 2 more" in cli("archive", "report", "out", "--limit", "1", bare=True).out


def test_load_opens_alerts_once(cli: Call, archived: Path) -> None:
    first = cli("archive", "load", "out", "--json").json()
    assert first["articles"] == 20
    assert first["alerts"] == 6
    assert first["strange"] == 0
    alerts = cli("alerts", "list", "--json").json()
    assert {each["entity_id"] for each in alerts} == {"suppliers:s-1", "suppliers:s-2", "suppliers:s-3"}
    assert all(each["note"].startswith("found in the archive out, published on 2026-0") for each in alerts)
    again = cli("archive", "load", "out", "--json").json()
    assert again == {**first, "alerts": 0}
    # What the next run screens of it has its alerts.
    cli("run", "--once")
    assert len(cli("alerts", "list", "--json").json()) == 6
    assert cli("archive", "load", "out", "--json").json()["alerts"] == 0


def test_load_into_a_database_without_the_lists_says_what_to_do(cli: Call, archived: Path, folder: Path) -> None:
    database = ("--database", f"sqlite:///{folder}/other.db")
    assert cli(*database, "lists", "create", "others", bare=True).code == 0
    found = cli(*database, "archive", "load", "out", bare=True)
    assert (found.code, found.err) == (0, "")
    counts, hint = found.out.splitlines()
    assert counts == "20 articles, 0 mentions, 0 new alerts."
    assert hint.startswith("30 mentions are of entities that this database does not have: 'watchlist lists sync'")


#: A process is enough where it is not what is tested: each reads the index, and starts in a second.
ONE = ("--workers", "1")


def test_only_what_is_new_on_a_list(cli: Call, own_list: str, folder: Path) -> None:
    write_articles(folder / "in.jsonl")
    (folder / "ids.txt").write_text("# ours\nsuppliers:s-2\n")
    found = cli("archive", "screen", "in.jsonl", "--output", "o1", *ONE, "--entities", "ids.txt", "--json").json()
    assert (found["sought"], found["entities_sought"], found["mentions"]) == ("the entities in ids.txt", 1, 10)
    found = cli("archive", "screen", "in.jsonl", "--output", "o3", *ONE, "--since-list", "1d", "--json").json()
    assert (found["sought"][:21], found["entities_sought"], found["mentions"]) == ("new or changed since ", 3, 30)
    found = cli("archive", "screen", "in.jsonl", "--output", "o2", "--since-list", "2999-01-01")
    assert (found.code, found.out) == (2, "")
    assert "nothing on the lists is new or changed since 2999-01-01" in found.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", "--output", "o"), "no such file or folder"),
        (("in.jsonl", "--output", "o", "--index", "in.jsonl"), "cannot be read"),
        (("in.jsonl", "--output", "full"), "is not empty (notes.txt)"),
        (("in.jsonl", "--output", "o", "--since-list", "7d", "--entities", "in.jsonl"), "not both"),
        (("in.jsonl", "--output", "o", "--entities", "ids.txt"), "the index has no entity 'suppliers:x'"),
        (("in.jsonl", "--output", "s3a://bucket/o"), "are for --engine spark"),
        (("in.jsonl", "--output", "o", "--master", "yarn"), "are for --engine spark"),
    ],
)
def test_what_cannot_be_screened_says_why(
    cli: Call, own_list: str, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    write_articles(folder / "in.jsonl")
    (folder / "ids.txt").write_text("suppliers:x\n")
    (folder / "full").mkdir()
    (folder / "full" / "notes.txt").write_text("mine")
    found = cli("archive", "screen", *arguments)
    assert found.code in (1, 2)
    assert said in found.err
    assert (folder / "full" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("command", ["report", "load"])
def test_what_is_no_output_of_a_run_says_so(cli: Call, folder: Path, command: str) -> None:
    (folder / "half").mkdir()
    (folder / "half" / "_run.json").write_text("{}")
    assert "holds nothing of" in cli("archive", command, "nowhere").err
    assert "--resume" in cli("archive", command, "half").err
