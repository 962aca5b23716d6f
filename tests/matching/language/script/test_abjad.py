from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.matching.language.script.abjad import claimed_share, frame, frames, share, shares
from watchlist.matching.language.script.normalise import fold, native
from watchlist.matching.table import TOLD_AT_LEAST, TOLD_IN_A_TEXT

SAME = [
    ("حسين", "Hussein"), ("حسين", "Hossein"), ("حسن", "Hassan"), ("محمود", "Mahmoud"), ("عباس", "Abbas"),
    ("قاسم", "Qassem"), ("خامنئي", "Khamenei"), ("موسى", "Musa"), ("שלום", "Shalom"), ("إبراهيم", "Ibrahim"),
    ("پوتین", "Putin"), ("چاوز", "Chavez"), ("گوتیرش", "Guterres"), ("קדאפי", "Qaddafi"), ("زرداری", "Zardari"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "name"), SAME)
def test_a_word_without_vowels_tells_the_name(word: str, name: str) -> None:
    assert share(native(word), fold(name.lower())) >= TOLD_IN_A_TEXT


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("حسن", "Hossein"), ("وزارة", "Vaziri"), ("الخزانة", "Hossein"), ("سلاح", "Sahloul"), ("ملك", "Malinka"),
        ("לתמונה", "Lithiumion"), ("abc", "abc"), ("حسن", ""),
    ],
)  # fmt: skip
def test_a_word_with_other_consonants_does_not(word: str, name: str) -> None:
    assert share(native(word), fold(name.lower())) < TOLD_IN_A_TEXT


def test_a_letter_may_sound_otherwise_where_somebody_says_that_both_are_one() -> None:
    word, sound = native("نورمبرغ"), fold("lurmberg")
    assert share(word, sound) == 0.0
    assert claimed_share(word, sound) >= TOLD_AT_LEAST > claimed_share(word, fold("leonardo"))


@pytest.mark.parametrize(("word", "name"), SAME)
def test_the_frames_of_a_word_find_the_names_it_may_be(word: str, name: str) -> None:
    assert frame(fold(name.lower())) in list(frames(native(word)))


def test_what_is_longer_than_any_name_is_read_in_no_time() -> None:
    assert share("ا" * 10_000, "a" * 10_000) == 0.0
    assert list(frames("ب" * 10_000)) == ["p"] or len(list(frames("ب" * 10_000))) < 100


@given(
    st.sampled_from([native(word) for word, _ in SAME]),
    st.lists(
        st.sampled_from([fold(name.lower()) for _, name in SAME]).flatmap(
            lambda name: st.tuples(
                st.integers(0, len(name)), st.text("aeiouhsmnrkdbt", max_size=3), st.integers(0, len(name))
            ).map(lambda cut: name[: cut[0]] + cut[1] + name[cut[2] :])
        ),
        max_size=12,
    ),
)
def test_of_many_sounds_at_once_a_word_tells_what_it_tells_of_each(word: str, sounds: list[str]) -> None:
    told = {sound: share(word, sound) for sound in sounds}
    wanted = {sound: found for sound, found in told.items() if found >= TOLD_IN_A_TEXT}
    assert shares(word, sounds, TOLD_IN_A_TEXT) == pytest.approx(wanted)
    assert shares(word, sorted(sounds), TOLD_IN_A_TEXT) == pytest.approx(wanted)
