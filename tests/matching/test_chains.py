from __future__ import annotations

from watchlist.matching.chains import PAIR_GAP, Chains
from watchlist.matching.index import Index
from watchlist.matching.tokens import Reader


def opened(chains: Chains, text: str) -> list[str]:
    """The words that open a name, as they stand in the text."""
    return [text[at + opening.start : at + opening.end] for at, opening in chains.openings(text)]


def test_a_chain_says_the_same_when_it_comes_again_elsewhere(index: Index) -> None:
    chains = Chains(Reader(index))
    first, later = "Dmitry Peskov spoke to Congress", "Then, one day later, Dmitry Peskov spoke to Congress"
    assert opened(chains, first) == opened(chains, later)
    assert "Dmitry" in opened(chains, first)


def test_two_words_of_a_name_open_it_only_within_reach_of_each_other(index: Index) -> None:
    chains = Chains(Reader(index))
    assert "Jong" in opened(chains, "Jong Kim")
    assert opened(chains, f"Jong {'x' * (PAIR_GAP - 2)} Kim")[:1] == ["Jong"]
    assert "Jong" not in opened(chains, f"Jong {'x' * PAIR_GAP} Kim")


def test_given_names_that_point_to_nobody_belong_to_the_name(index: Index) -> None:
    text = "the late Ahmad Reza Ghavami"
    starts = [at + opening.first for at, opening in Chains(Reader(index)).openings(text)]
    assert text[min(starts) :].startswith("Ahmad")


def test_a_text_of_one_endless_chain_is_read_in_full(index: Index) -> None:
    text = "Zzyx " * 100_000 + "Dmitry Peskov"
    assert "Dmitry" in opened(Chains(Reader(index)), text)
