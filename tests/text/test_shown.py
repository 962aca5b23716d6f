from __future__ import annotations

import json

import pytest

from watchlist.text.shown import escaped, harmless, without_hidden

HIDDEN = [0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0x2063, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0]
TAGS = [0xE0001, 0xE0020, 0xE007F, 0xE0100]
TURNING = [0x202A, 0x202B, 0x202D, 0x202E, 0x2066, 0x2067, 0x2069]


@pytest.mark.parametrize("number", [*HIDDEN, *TAGS, 0x200C, 0x200D], ids=hex)
def test_what_shows_nothing_is_left_out(number: int) -> None:
    assert harmless(f"Kav{chr(number)}eron") == "Kaveron"


@pytest.mark.parametrize("number", [*TURNING, 0x1B, 0x9B, 0x7F, 0xD800, 0x2028], ids=hex)
def test_what_steers_is_replaced_by_a_sign(number: int) -> None:
    assert harmless(f"Kav{chr(number)}eron") == "Kav\ufffderon"


@pytest.mark.parametrize("word", ["می\u200cخواهد", "نمی\u200cشود", "क्\u200dष", "श्री\u200cराम"])
def test_joiners_stay_where_a_script_needs_them(word: str) -> None:
    assert harmless(word) == word


@pytest.mark.parametrize("word", ["می\u200c", "\u200cمی", "A\u200cمی", "می\u200d\u200d\u200dA"])
def test_and_nowhere_else(word: str) -> None:
    assert "\u200c" not in harmless(word)
    assert "\u200d" not in harmless(word)


@pytest.mark.parametrize("mark", ["\u0301", "\u0335", "\u20dd", "\u0489", "\u064e", "\u0e49"])
def test_piles_of_marks_are_taken_down(mark: str) -> None:
    assert harmless("Z" + mark * 300 + "a") == "Z" + mark * 4 + "a"


@pytest.mark.parametrize("word", ["Trần Đại Quang", "Tra\u0302\u0300n", "שָׁלוֹם", "مُحَمَّدٌ", "ผู้ใหญ่", "Č", "ё", "がっこう"])
def test_words_stay_as_they_are(word: str) -> None:
    assert harmless(word) == word == without_hidden(word)


@pytest.mark.parametrize("number", [*HIDDEN, *TAGS, *TURNING, 0x1B, 0x200C], ids=hex)
def test_json_has_them_as_escapes_that_read_back(number: int) -> None:
    text = f"Kav{chr(number)}eron"
    written = escaped(json.dumps({"name": text}, ensure_ascii=False))
    assert chr(number) not in written
    assert json.loads(written) == {"name": text}
    piled = json.dumps("a" + "\u0301" * 50, ensure_ascii=False)
    assert json.loads(escaped(piled)) == "a" + "\u0301" * 50
    assert escaped(piled).count("\u0301") == 4
