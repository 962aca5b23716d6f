from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.index.compile import compile_index
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.matching.search.chains import Chains
from watchlist.matching.search.finder import Finder
from watchlist.matching.search.reader import WordReader
from watchlist.matching.table import CHAIN_GAP
from watchlist.model import Entity, Name, NameKind, Schema


def chains_of(index: CompiledIndex) -> Chains:
    return Chains(Finder(index, WordReader(index)))


def found(chains: Chains, text: str) -> list[tuple[str, str]]:
    """What was found: the words as they stand in the text, and the listed name."""
    stretches, _ = chains.read(text)
    return [
        (text[start + alignment.start : start + alignment.end], alignment.name.name.text)
        for start, aligned in stretches
        for _, alignment in aligned
    ]


def surfaces(chains: Chains, text: str) -> list[str]:
    return [surface for surface, _ in found(chains, text)]


def test_a_chain_says_the_same_when_it_comes_again_elsewhere(index: CompiledIndex) -> None:
    chains = chains_of(index)
    first, later = "Dmitry Peskov spoke to Congress", "Then, one day later, Dmitry Peskov spoke to Congress"
    assert found(chains, first) == found(chains, later)
    assert "Dmitry Peskov" in surfaces(chains, first)


def test_two_words_of_a_name_belong_together_only_within_reach_of_each_other(index: CompiledIndex) -> None:
    chains = chains_of(index)
    assert "Kim Jong" in " ".join(surfaces(chains, "Kim Jong Un"))
    assert not surfaces(chains, f"Jong {'x' * (CHAIN_GAP + 1)} Kim")


def test_given_names_that_point_to_nobody_belong_to_the_name(index: CompiledIndex) -> None:
    text = "the late Ahmad Reza Ghavami"
    stretches, _ = chains_of(index).read(text)
    assert not stretches or text[min(start for start, _ in stretches) :].startswith("Ahmad")


def test_a_text_of_one_endless_chain_is_read_in_full(index: CompiledIndex) -> None:
    assert "Dmitry Peskov" in surfaces(chains_of(index), "Zzyx " * 100_000 + "Dmitry Peskov")


def test_words_that_speak_of_a_country_come_with_the_chains(index: CompiledIndex) -> None:
    chains = chains_of(index)
    text = "In Tehran, the Russian envoy met nobody. A turkey was served."
    assert chains.read(text)[1] == {"tehran", "russian"} == chains.read(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "Zubrovka oil company said so.",
        "Zubrovka, said so.",
        "Zubrovka of 7 seas, Zubrovka 7 and Zubrovka.",
        "the Zubrovka",
        "Zubrovka-led, Zubrovka’s oil, Zubrovka  oil",
    ],
)
def test_what_follows_a_remembered_chain_is_read_as_if_it_came_first(text: str) -> None:
    listed = [
        Entity("x", str(at), Schema.COMPANY, (Name(name, NameKind.PRIMARY),))
        for at, name in enumerate(("ZUBROVKA OIL COMPANY", "ZUBROVKA 7"))
    ]
    index = compile_index(listed, {})
    used = chains_of(index)
    for other in ("Zubrovka", "Zubrovka oil", "Zubrovka 7", "a Zubrovka, too"):
        used.read(other)
    assert found(used, text) == found(chains_of(index), text) != []


def test_a_name_that_begins_with_a_rare_sign_is_read_from_it() -> None:
    index = compile_index([Entity("x", "1", Schema.PERSON, (Name("𠮷野一郎", NameKind.PRIMARY),))], {})
    assert surfaces(chains_of(index), f"{'x' * 50}，𠮷野一郎は語った") == ["𠮷野一郎"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("我们昨天在这里看到了很多人，", "弗拉基米尔·普京"),
        ("그들은 어제 이곳에서 많은 사람들을 보았다. ", "블라디미르 푸틴"),
    ],
)
def test_a_long_text_without_capitals_is_read_clause_by_clause(words: str, name: str) -> None:
    index = compile_index([Entity("l", "1", Schema.PERSON, (Name(name, NameKind.PRIMARY),))], {})
    chains = chains_of(index)
    assert surfaces(chains, f"{words * 40}{name}. {words * 40}") == [name]
    first, second = name[:5], name[5:].lstrip(" ·")
    assert not surfaces(chains, f"{words * 40}{first}。{second}。{words * 40}")
    # What was found in a clause is found wherever it comes again.
    assert surfaces(chains, f"{words * 40}{name}. {words}{name}. {words * 40}") == [name, name]


_AROUND = st.lists(
    st.sampled_from(["the", "of", "Zzyx", "Zzyx's", "12", "and", "\u2014", "\u4eac", "in"]), max_size=3
).map(" ".join)


@given(_AROUND, st.sampled_from(["F.S.B.", "F. S. B.", "FSB"]), _AROUND)
def test_letters_with_points_are_one_word_wherever_they_stand(before: str, letters: str, behind: str) -> None:
    index = compile_index([Entity("l", "1", Schema.ORGANIZATION, (Name("FSB", NameKind.PRIMARY),))], {})
    there = surfaces(chains_of(index), f"{before} {letters} {behind}")
    assert [surface.rstrip(".") for surface in there] == [letters.rstrip(".")]
