from __future__ import annotations

import pytest

from watchlist.matching.evidence.article import ReadArticle
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.collect import collect_candidates
from watchlist.matching.evidence.evaluate import ceiling, score
from watchlist.matching.evidence.score import RULES
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.search.chains import Chains
from watchlist.matching.search.reader import WordReader
from watchlist.matching.search.strips import Strips
from watchlist.model import Article

_TEXT = (
    "Kremlin spokesman Dmitry Peskov spoke of Iran Air. The tanker Horizon (IMO 9074729) was seen near Bandar Abbas;"
    " Hezbollah militants, Kim Jong Un and Peskov said nothing. A new day for Bank of Kunlun Tower."
)


@pytest.fixture(scope="module")
def candidates(index: CompiledIndex) -> list[Candidate]:
    reader = WordReader(index)
    chains = Chains(Strips(index, reader, lambda strip, entity, alignment: True))
    found = collect_candidates(ReadArticle(Article("a", "", _TEXT), reader), chains, index, None)
    return [c for same in found.values() for c in same]


def test_a_score_is_the_sum_of_its_parts(candidates: list[Candidate]) -> None:
    assert len({c.entity.id for c in candidates}) > 4
    weights = {rule.feature.__name__: rule.weight for rule in RULES}
    for c in candidates:
        scored = score(c)
        assert scored is not None
        value, parts = scored
        assert all(part.weight == weights[part.feature] for part in parts)
        total = sum(part.score * part.weight for part in parts)
        assert value == pytest.approx(min(1.0, max(0.0, total)), abs=0.01)


def test_what_spares_asking_changes_no_score(candidates: list[Candidate]) -> None:
    for c in candidates:
        whole = score(c)
        assert whole is not None
        assert score(c, least=whole[0] - 0.001) == whole
        assert score(c, least=whole[0] + 0.01) is None or whole[0] == 1.0


def test_no_article_makes_more_of_a_match_than_its_ceiling(candidates: list[Candidate]) -> None:
    for c in candidates:
        whole = score(c)
        assert whole is not None
        if not (c.identifier or c.other_names):
            assert whole[0] <= ceiling(c) + 0.001
