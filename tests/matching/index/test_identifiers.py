from __future__ import annotations

import pytest

from watchlist.matching.index.identifiers import find_identifiers, normal_form


@pytest.mark.parametrize(
    ("kind", "value", "normal"),
    [
        ("imo", "IMO 9074729", "imo:9074729"),
        ("imo", "9074728", None),
        ("mmsi", "273 123 456", "mmsi:273123456"),
        ("mmsi", "973123456", None),
        ("lei", "5493001KJTIIGC8Y1R12", "lei:5493001KJTIIGC8Y1R12"),
        ("lei", "5493001KJTIIGC8Y1R13", None),
        ("bic", "DEUTDEFFXXX", "bic:DEUTDEFF"),
        ("bic", "DEUT1EFF", None),
        ("tail_number", "EP-MNP", "tail_number:EPMNP"),
        ("crypto", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "crypto:1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        ("crypto", "1BoatSLRHtKNngkdXEeobR76b53LETtpyU", None),
        ("crypto", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "crypto:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        ("crypto", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", None),
        ("crypto", "0xDE0B295669A9FD93D5F28D9EC85E40F4CB697BAE", "crypto:0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae"),
        ("passport", "A1234567", None),
    ],
)
def test_an_identifier_is_kept_only_with_right_check_digits(kind: str, value: str, normal: str | None) -> None:
    assert normal_form(kind, value) == normal


def test_identifiers_are_found_where_they_stand() -> None:
    text = "The tanker (IMO: 9074729, MMSI 273123456) and the jet EP-MNP; pay to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT."
    assert [(i.kind, text[i.start : i.end]) for i in find_identifiers(text)] == [
        ("imo", "9074729"),
        ("mmsi", "273123456"),
        ("tail_number", "EP-MNP"),
        ("crypto", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
    ]


def test_a_number_with_a_wrong_check_digit_is_no_identifier() -> None:
    assert find_identifiers("IMO 9074728 and 1BoatSLRHtKNngkdXEeobR76b53LETtpyU") == []
