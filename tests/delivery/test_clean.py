from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.delivery.clean import fill, listing, one_line, quote_parts, shorten, web_link
from watchlist.model import Quote

ANY_TEXT = st.text(st.characters())


@given(ANY_TEXT, st.integers(2, 60))
def test_one_line_is_one_bounded_line_that_can_be_encoded(text: str, limit: int) -> None:
    line = one_line(text, limit)
    line.encode("utf-8")
    assert len(line) <= limit
    assert line == line.strip()
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_quote_parts_are_bounded_and_keep_the_mention(before: str, mention: str, after: str) -> None:
    quote = Quote(before + mention + after, len(before), len(before) + len(mention))
    shown = quote_parts(quote, around=20)
    assert len(shown[0]) <= 21
    assert shown[1] == one_line(mention, 200)
    assert len(shown[2]) <= 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        (" two\r\nlines\tand\u00a0more ", "two lines and more"),
        ("soft\u00adhyphen zero\u200bwidth \u202eturned\u202c \ufeffmark", "softhyphen zerowidth turned mark"),
        ("می\u200cرود", "می\u200cرود"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\x1b[2Jclear", "[2Jclear"),
    ],
)
def test_hidden_and_control_characters_are_taken_out(text: str, expected: str) -> None:
    assert one_line(text) == expected


def test_text_is_cut_at_a_word_where_there_is_one() -> None:
    assert shorten("one two three four", 12) == "one two…"
    assert shorten("真主黨真主黨真主黨", 5) == "真主黨真…"
    assert shorten("fits", 4) == "fits"


def test_quote_is_cut_at_words_around_the_mention() -> None:
    text = "alpha beta gamma MENTION delta epsilon zeta"
    start = text.index("MENTION")
    assert quote_parts(Quote(text, start, start + 7), 16) == ("…beta gamma ", "MENTION", " delta epsilon…")


def test_long_listing_says_how_many_more() -> None:
    assert listing(("a", "b")) == "a, b"
    assert listing([str(number) for number in range(10)], limit=3) == "0, 1, 2 and 7 more"


@pytest.mark.parametrize(
    ("url", "sound"),
    [
        ("https://news.example/a?b=c#d", True),
        ("HTTP://news.example", True),
        ("https://пример.example/путь", True),
        ("ftp://news.example/", False),
        ("javascript:alert(1)", False),
        ("//news.example/", False),
        ("https://news.example/\n", False),
        ("https://news.example/\u202e", False),
        ("https://" + "a" * 3000, False),
        (None, False),
    ],
)
def test_only_sound_web_addresses_are_links(url: str | None, sound: bool) -> None:
    assert (web_link(url) == url) is (sound or url is None)


def test_filling_breaks_no_word() -> None:
    address = "https://news.example/" + "a-b/" * 40
    assert address in fill(f"see {address} for more", "  ").split()
