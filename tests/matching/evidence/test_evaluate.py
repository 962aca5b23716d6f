from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from watchlist.matching.search.strips import Strips

from tests.matching.conftest import entity
from watchlist.matching.evidence.article import ReadArticle
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.collect import collect_candidates
from watchlist.matching.evidence.evaluate import score, score_from
from watchlist.matching.evidence.score import RULES
from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.search.chains import Chains
from watchlist.matching.search.reader import WordReader
from watchlist.model import Article, Schema

_TEXT = (
    "Kremlin spokesman Dmitry Peskov spoke of Iran Air. The tanker Horizon (IMO 9074729) was seen near Bandar Abbas;"
    " Hezbollah militants, Kim Jong Un and Peskov said nothing. A new day for Bank of Kunlun Tower."
)
_WORDS = (
    *("Dmitry Peskov", "Peskov", "D. S. Peskov", "Iran Air", "the tanker Horizon", "Horizon", "horizon", "IMO 9074729"),
    *("Hezbollah", "PARTY OF GOD", "Kim Jong Un", "Rosneft", "Bank of Kunlun", "Tower", "a new day", "al-Zawahiri"),
    *("militants", "in", "port of", "series", "President", "Iran", "Moscow", "ships", "sanctions", ".", ",", "\n"),
)


def _candidates(index: CompiledIndex, article: Article) -> list[Candidate]:
    reader = WordReader(index)
    found = collect_candidates(ReadArticle(article, reader), Chains(Strips(index, reader)), index, None)
    return [c for same in found.values() for c in same]


def test_a_score_is_the_sum_of_its_parts(index: CompiledIndex) -> None:
    candidates = _candidates(index, Article("a", "", _TEXT))
    assert len({c.entity.id for c in candidates}) > 4
    weights = {rule.name: rule.weight for rule in RULES}
    for c in candidates:
        value, parts = score(c)
        assert all(part.weight == weights[part.feature] for part in parts)
        total = sum(part.score * part.weight for part in parts)
        assert value == pytest.approx(min(1.0, max(0.0, total)), abs=0.01)


@given(st.lists(st.sampled_from(_WORDS), max_size=24), st.lists(st.sampled_from(_WORDS), max_size=6), st.floats(0, 1))
def test_the_order_of_asking_changes_no_score(
    index: CompiledIndex, words: list[str], title: list[str], least: float
) -> None:
    for c in _candidates(index, Article("a", " ".join(title), " ".join(words))):
        for trusted in (False, True):
            whole = score(c, trusted=trusted)
            assert score_from(c, whole[0], trusted=trusted) == whole
            assert score_from(c, least, trusted=trusted) == (whole if whole[0] >= least else None)


@given(st.lists(st.sampled_from(_WORDS), max_size=24))
def test_a_finding_lies_between_nothing_and_all(index: CompiledIndex, words: list[str]) -> None:
    for c in _candidates(index, Article("a", "", " ".join(words))):
        assert all(0.0 <= part.score <= 1.0 for part in score(c)[1])


def test_another_name_of_the_entity_counts_however_weak_the_first() -> None:
    broker = entity("mtx", Schema.COMPANY, "MATRIX LLC", "OPERATION ZERO", programs=("CYBER2",))
    text = "The exploit broker Operation Zero, registered as Matrix LLC, offered millions for flaws in phones."
    candidates = _candidates(compile_index([broker], {"own": "1"}), Article("a", "", text))
    assert max(score(c)[0] for c in candidates) > 0.8
