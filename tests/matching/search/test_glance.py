"""The first look at a text spares most a closer one: it may lose no name that the closer one takes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.matching.conftest import ENTITIES
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.matching.search.finder import Finder, Found
from watchlist.matching.search.reader import WordReader

_INDEX = compile_index(ENTITIES, {"own": "1"})
_WORDS = sorted({word for each in ENTITIES for name in each.names for word in name.text.replace(",", " ").split()})
_LINKS = (" ", " ", " ", "-", ", ", " of the ", " and ", "\n", " (", ". ", " al-", " 12 ")


class _Closer(Finder):
    """Looks closely at every text."""

    def _glance(self, text: str) -> frozenset[str] | None:
        return None


_WORTHWHILE = Engine(_INDEX, MatchingConfig())._worthwhile
_QUICK = Finder(_INDEX, WordReader(_INDEX), _WORTHWHILE)
_CLOSE = _Closer(_INDEX, WordReader(_INDEX), _WORTHWHILE)


def _written(word: str, how: int) -> str:
    return (word, word.title(), word.capitalize(), word.lower(), word[:-1] + word[-1:] * 2)[how]


_STRETCH = st.lists(
    st.tuples(st.sampled_from(_WORDS), st.integers(0, 4), st.sampled_from(_LINKS)), min_size=1, max_size=6
).map(lambda rows: "".join(_written(word, how) + link for word, how, link in rows))


def _aligned(found: Found) -> set[tuple[int, int, int]]:
    return {(entity, alignment.start, alignment.end) for entity, alignment in found.aligned}


@settings(max_examples=examples(60))
@given(_STRETCH)
def test_the_first_look_loses_no_name_that_a_closer_one_takes(text: str) -> None:
    assert _aligned(_QUICK.find(text)) == _aligned(_CLOSE.find(text))
