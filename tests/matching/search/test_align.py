from __future__ import annotations

import pytest

from watchlist.matching.index.compile import compile_index
from watchlist.matching.search.align import align
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.reader import WordReader
from watchlist.model import Entity, Name, NameKind, Schema


def aligned(listed: str, schema: Schema, text: str, anchor: int = 0) -> Alignment | None:
    index = compile_index([Entity("x", "1", schema, (Name(listed, NameKind.PRIMARY),))], {})
    return align(index.name(0), WordReader(index).words(text, 0, len(text)), anchor)


@pytest.mark.parametrize(
    ("listed", "text", "score"),
    [
        ("PESKOV, Dmitriy Sergeevich", "Dmitriy Sergeevich Peskov", 1.0),
        ("PESKOV, Dmitriy Sergeevich", "Dmitriy Peskov", 0.97),
        ("MADURO MOROS, Nicolas", "Nicolas Maduro", 0.98),
        ("PESKOV, Dmitriy Sergeevich", "Peskov", 0.58),
        ("KIM, Jong Un", "Kim Jong", 0.27),
    ],
)
def test_a_persons_name_needs_its_given_and_family_name(listed: str, text: str, score: float) -> None:
    found = aligned(listed, Schema.PERSON, text)
    assert found is not None
    assert found.score == pytest.approx(score, abs=0.005)


@pytest.mark.parametrize(
    ("listed", "text", "least", "most"),
    [
        ("ROSNEFT OIL COMPANY LTD", "Rosneft Oil Company", 0.95, 1.0),
        ("ROSNEFT OIL COMPANY LTD", "Rosneft", 0.8, 1.0),
        ("BANK OF KUNLUN", "Kunlun", 0.5, 1.0),
        ("GOLDEN HORIZON TRADING", "Golden Trading", 0.0, 0.45),
        ("GOLDEN HORIZON 7", "Golden Horizon", 0.0, 0.65),
    ],
)
def test_a_things_name_needs_the_words_that_make_it_this_one(listed: str, text: str, least: float, most: float) -> None:
    found = aligned(listed, Schema.COMPANY, text)
    assert least <= (found.score if found else 0.0) <= most


def test_what_ends_a_sentence_ends_a_name() -> None:
    found = aligned("PESKOV, Dmitriy", Schema.PERSON, "Dmitriy. Peskov")
    assert found is not None
    assert (found.start, found.end) == (0, 7)


def test_a_weak_alias_must_be_there_in_full() -> None:
    index = compile_index([Entity("x", "1", Schema.PERSON, (Name("Black Wolf", NameKind.ALIAS, weak=True),))], {})
    assert align(index.name(0), WordReader(index).words("Wolf", 0, 4), 0) is None
