"""What the measurements count: halves, listings, cases read from a page, tenths of a score. No trial data is needed."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.asked import Asked, half_of
from benchmarks.calibration import Judged, tenths
from benchmarks.labelled import Screened, found_in, listings_of, shares
from benchmarks.own_names import written
from benchmarks.page_text import compared, made_pages, mean, overlap, pages_of
from benchmarks.reported import outcomes
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Entity, Mention, Name, Schema

_LISTED = (
    Entity("own", "1", Schema.COMPANY, (Name("KAVERON SHIPPING LINES"),), countries=("ir",)),
    Entity("own", "2", Schema.PERSON, (Name("VORONTSEV, Gleb"),), countries=("ru",)),
)
_TEXT = "Kaveron Shipping Lines of Iran sold a ship to Gleb Vorontsev of Russia."


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_index(_LISTED, {"own": "1"}), MatchingConfig())


@dataclass(frozen=True, slots=True)
class _OfASubject:
    """A mention as a later engine may give it: with the ids of all listings of its subject."""

    entity_id: str
    listings: tuple[str, ...]
    score: float = 0.9


class _Subjects(Engine):
    def screen(self, article: Article, **_: object) -> tuple[Mention, ...]:
        return (_OfASubject("own:1", ("own:1", "other:7")),)


def test_a_mention_counts_for_every_listing_of_its_subject(engine: Engine) -> None:
    found = found_in(engine, Article("a", "", _TEXT))
    assert set(found) == {"1", "2"}
    assert listings_of(found["1"]) == ("own:1",)
    subjects = _Subjects(compile_index(_LISTED, {"own": "1"}), MatchingConfig())
    assert set(found_in(subjects, Article("a", "", _TEXT))) == {"1", "7"}


def test_halves_follow_from_the_id_alone() -> None:
    ids = [f"a{n}" for n in range(400)]
    assert 150 < sum(half_of(id) == "even" for id in ids) < 250
    assert [half_of(id) for id in ("r24", "r38")] == [half_of(id) for id in ("r24", "r38")]


def test_errors_of_the_half_that_is_not_read_are_shown_on_request_only() -> None:
    assert [Asked(errors=3).errors_of(half) for half in ("even", "odd")] == [3, 0]
    assert Asked(errors=3, half="odd").errors_of("odd") == 3


def test_what_no_label_speaks_of_is_neither_right_nor_wrong(engine: Engine) -> None:
    found = {("a", key): mention for key, mention in found_in(engine, Article("a", "", _TEXT)).items()}
    result = Screened(found, {("a", "1"): "yes", ("a", "3"): "yes"}, {})
    figures = result.figures(frozenset(mention.band for mention in found.values()))
    assert (figures.right, figures.wrong, figures.missed, figures.unjudged) == (1, 0, 1, 1)
    assert sum(result.kept(half).figures(frozenset()).missed for half in ("even", "odd")) == 2


def test_a_page_of_cases_is_read_as_it_is() -> None:
    page = """# Cases

## one-kind: 2 failing

Said by somebody → not a case.

```csv
id,schema,name,aliases,programs,countries
k,Company,KAVERON SHIPPING LINES,,IRAN,ir
v,Person,"VORONTSEV, Gleb",,RUSSIA-EO14024,ru
```

- “Kaveron Shipping Lines of Iran sold a ship.” → k: alert, v: none|review (got none)
- (guard) “The tide was low.” (no name) → none; “Rain fell.” → k: none or review (got none “Rain”)
- (guard) “Gleb Vorontsev left Russia.” → none

## match: pairs

- `watchlist match "Gleb Vorontsev" "VORONTSEV, Gleb" --schema Person` → one (got 0.14)

## prose

Nothing to be run here.
"""
    tried, idle = outcomes(page)
    assert idle == ["prose"]
    assert [(each.kind, each.guard, each.right) for each in tried] == [
        ("one-kind", False, True),
        ("one-kind", False, True),
        ("one-kind", True, True),
        ("one-kind", True, True),
        ("one-kind", True, False),
        ("match", False, True),
    ]


def test_predicted_and_observed_by_tenths() -> None:
    rows = [("a", 0.72, True), ("b", 0.78, False), ("c", 1.0, True), ("d", 0.96, True)]
    low, high = tenths(Judged("mentions", *row) for row in rows)
    assert (low.least, low.count, low.predicted, low.observed) == (0.7, 2, 0.75, 0.5)
    assert (high.least, high.count, high.observed) == (0.9, 2, 1.0)


@pytest.mark.parametrize(
    ("name", "schema", "text"),
    [
        ("VORONTSEV, Gleb Arkadyevich", Schema.PERSON, "Gleb Arkadyevich Vorontsev"),
        ("AL-TIKRITANI, Rafi abd-al-Latif", Schema.PERSON, "Rafi abd-al-Latif Al-Tikritani"),
        ("33RD BRIGADE OF KULMIYE", Schema.ORGANIZATION, "33rd Brigade Of Kulmiye"),
        ("Kaveron Trading LLC", Schema.COMPANY, "Kaveron Trading LLC"),
        ("ДЕД, Мороз", Schema.PERSON, "Мороз Дед"),
    ],
)
def test_a_listed_name_as_a_reporter_writes_it(name: str, schema: Schema, text: str) -> None:
    assert written(name, schema) == text


def test_shares_count_what_is_found_and_what_alerts() -> None:
    assert shares(["alert", "review", "none", "none"]) == "alert 0.250  with review 0.500  of 4"


def test_texts_are_compared_by_runs_of_four_words() -> None:
    assert overlap("one two three four five", "one two three four five").f1 == 1.0
    found = overlap("one two three four five", "One, two: three four six seven eight")
    assert (found.precision, found.recall) == (1 / 2, 1 / 4)
    assert [overlap(*texts).f1 for texts in (("", ""), ("", "a b"), ("a b", ""), ("a b", "a b"))] == [
        1.0,
        0.0,
        0.0,
        1.0,
    ]


def test_pages_are_read_as_public_sets_keep_them(tmp_path: Path) -> None:
    page, text = next((each.source, each.text) for each in made_pages())
    public, beside = tmp_path / "public", tmp_path / "beside"
    (public / "html").mkdir(parents=True)
    beside.mkdir()
    (public / "ground-truth.json").write_text(json.dumps({"a": {"articleBody": text}, "gone": {"articleBody": "x"}}))
    (public / "html/a.html.gz").write_bytes(gzip.compress(page.encode()))
    (beside / "b.html").write_text(page)
    (beside / "b.txt").write_text(text)
    assert [(each.name, each.source, each.text) for each in pages_of(public)] == [("a", page, text)]
    assert [(each.name, each.source, each.text) for each in pages_of(beside)] == [("b", page, text)]
    with pytest.raises(FileNotFoundError):
        list(pages_of(tmp_path))


def test_of_pages_made_for_it_more_is_read_than_by_the_library_and_of_none_less() -> None:
    found = compared(page for number, page in enumerate(made_pages()) if number % 3 == 0)
    ours, theirs = (mean([each[reader] for each in found.values()]) for reader in ("watchlist", "trafilatura"))
    assert ours.f1 > theirs.f1
    assert ours.f1 > 0.97
    assert [name for name, each in found.items() if each["watchlist"].f1 < each["trafilatura"].f1 - 0.02] == []
