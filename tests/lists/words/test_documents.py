from __future__ import annotations

import pytest

from watchlist.lists.words.documents import Document, read_document


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("54401-2288025-9 (Pakistani)", Document("54401-2288025-9", "pk")),
        ("G827 (Tunisian). Issued on 1 June 1996. Expired on 31 May 2001", Document("G827", "tn")),
        ("284158, expires 21 Aug 2005 (Iraq)", Document("284158", "iq")),
        ("Saudi Arabian passport no. K142736 issued 14 Jul. 2011 in Jeddah)", Document("K142736", "sa")),
        ("973406 (Yemeni national identification card, issued on 03/07/1996)", Document("973406", "ye")),
        ("DRC passport OP 0024910 (valid 21/03/2016)", Document("OP 0024910", "cd")),
        ("LIBYAN PASSPORT No.B/001897", Document("B/001897", "ly")),
        ("Ration card no. 1729765", Document("1729765", None, "Ration card no")),
        ("Italian Fiscal Code MRR LYI 55A15 Z226K", Document("MRR LYI 55A15 Z226K", "it")),
        ("US Social Security no 548-91-5411", Document("548-91-5411", "us")),
        ("K 123 456", Document("K 123 456")),
    ],
)
def test_a_document_is_its_number_and_whose_it_is(text: str, found: Document) -> None:
    assert read_document(text) == found


@pytest.mark.parametrize("text", ["", "Uganda Passport.", "two passports", "passport number unknown"])
def test_words_without_a_number_are_no_document(text: str) -> None:
    assert read_document(text) is None
