from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.feeds.reading.charset import decode

XML = '<?xml version="1.0"{}?><t>{}</t>'


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "content_type"),
    [
        ("Übersee", "utf-8", None, None),
        ("Übersee", "utf-8", "iso-8859-1", None),
        ("Übersee", "utf-8", None, "text/xml; charset=ISO-8859-1"),
        ("Übersee", "utf-8", "utf-8", "text/xml"),
        ("Übersee", "iso-8859-1", None, 'text/xml; charset="iso-8859-1"'),
        ("Übersee", "iso-8859-1", "iso-8859-1", "text/xml"),
        ("Übersee", "iso-8859-1", "iso-8859-1", "text/xml; charset=utf-8"),
        ("Übersee", "iso-8859-1", None, None),
        ("“Quoted”", "windows-1252", "iso-8859-1", None),
        ("Иран Эйр", "windows-1251", "windows-1251", None),
        ("Иран Эйр", "koi8-r", None, "application/xml; charset=KOI8-R"),
        ("伊朗", "gb18030", "gb2312", None),
        ("日本", "shift_jis", "Shift_JIS", None),
        ("日本", "iso-2022-jp", "iso-2022-jp", None),
        ("إيران", "windows-1256", "windows-1256", None),
        ("Übersee", "utf-16-le", "utf-16", None),
        ("Übersee", "utf-16-be", None, "text/xml; charset=utf-8"),
        ("Übersee", "iso-8859-1", "no-such-charset", None),
        ("Übersee", "iso-8859-1", "hex", "text/xml; charset=zip"),
    ],
)
def test_finds_the_encoding(text, encoding, declared, content_type):
    document = XML.format(f' encoding="{declared}"' if declared else "", text)

    assert decode(document.encode(encoding), content_type) == document


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_goes_before_all_claims(encoding):
    document = XML.format(' encoding="iso-8859-1"', "Übersee")

    assert decode(document.encode(encoding), "text/xml; charset=koi8-r") == document


def test_a_few_broken_bytes_do_not_change_the_encoding():
    assert decode("Übersee, Öl, ".encode() + b"\xfcber", None) == "Übersee, Öl, über"
    # Cut in the middle of a character, which nobody could tell.
    assert decode("Übersee, Öl, …".encode()[:-1] + b" z", None) == "Übersee, Öl, \ufffd z"


def test_a_feed_put_together_of_two_encodings_reads_as_either():
    body = "<item>Übersee “Öl”</item>".encode() + "<item>“Öl”</item>".encode("windows-1252")
    assert decode(body, "text/xml; charset=utf-8") == "<item>Übersee “Öl”</item><item>“Öl”</item>"


def test_a_mainframe_may_write_feeds():
    document = XML.format(' encoding="cp500"', "Übersee")
    assert decode(document.encode("cp500"), None) == document


def test_reads_the_meta_of_a_page():
    page = '<html><head><meta charset="windows-1251"></head><body>Иран'

    assert decode(page.encode("windows-1251"), "text/html") == page


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Министерство финансов объявило о новых санкциях против авиакомпании. " * 3, "windows-1251"),
        ("Министерство финансов объявило о новых санкциях против авиакомпании. " * 3, "koi8-r"),
        ("أعلنت وزارة الخزانة عقوبات جديدة على شركة الطيران الإيرانية يوم الاثنين. " * 3, "windows-1256"),
        ("Ανακοινώθηκαν νέες κυρώσεις κατά της αεροπορικής εταιρείας του Ιράν. " * 3, "windows-1253"),
    ],
)
def test_finds_an_encoding_of_which_nothing_is_said(words, encoding):
    assert decode(XML.format("", words).encode(encoding), None) == XML.format("", words)


def test_words_of_another_encoding_within_utf8_are_read_as_such():
    body = "Überall in Österreich: ".encode() * 3 + "Übersee ".encode("windows-1252") * 10
    assert decode(body, None) == "Überall in Österreich: " * 3 + "Übersee " * 10


@given(st.binary(max_size=100), st.none() | st.text(max_size=30))
def test_never_raises(body, content_type):
    decode(body, content_type)


#: A sentence or two of news, by the encodings that were common where its language is written.
SENTENCES = {
    "政府は月曜日、制裁対象となったタンカーが港で拘束されたと発表した。": ("euc_jp", "shift_jis", "iso2022_jp"),
    "정부는 월요일 제재 대상 유조선이 항구에서 억류됐다고 발표했다.": ("euc_kr", "iso2022_kr"),
    "政府周一宣布，一艘受制裁的油轮在港口被扣押。外交部发言人在记者会上表示，将采取必要措施。": ("gb2312", "gb18030"),
    "政府週一宣布，一艘受制裁的油輪在港口被扣押。外交部發言人在記者會上表示。": ("big5",),
    "Правительство сообщило в понедельник, что танкер задержан в порту.": ("koi8-r", "windows-1251", "iso-8859-5"),
    "أعلنت الحكومة يوم الاثنين احتجاز ناقلة نفط خاضعة للعقوبات في الميناء.": ("windows-1256",),
    "Η κυβέρνηση ανακοίνωσε τη Δευτέρα ότι το δεξαμενόπλοιο κρατείται.": ("windows-1253",),
    "הממשלה הודיעה ביום שני כי מכלית הוחזקה בנמל.": ("windows-1255",),
    "Hükümet pazartesi günü yaptırım uygulanan tankerin limanda tutulduğunu açıkladı.": ("windows-1254",),
    "Vláda v pondělí oznámila, že tanker byl zadržen v přístavu, řekl mluvčí novinářům.": ("windows-1250",),
    "Rząd ogłosił w poniedziałek, że tankowiec został zatrzymany, źródła mówią.": ("iso-8859-2",),
    "Le gouvernement a annoncé lundi que le pétrolier a été arraisonné à la frontière.": ("windows-1252",),
}
NEWS = "<rss><channel><title>News</title><item><title>{0}</title><link>https://x.example/1</link>{0}</item></channel></rss>"
PAIRS = [(sentence, encoding) for sentence, encodings in SENTENCES.items() for encoding in encodings]


@pytest.mark.parametrize(("sentence", "encoding"), PAIRS, ids=[encoding for _, encoding in PAIRS])
def test_a_short_feed_of_which_nobody_says_how_it_is_written(sentence, encoding):
    text = NEWS.format(sentence)
    assert decode(text.encode(encoding), None) == text


@pytest.mark.parametrize(
    "encoding", ["euc_jp", "shift_jis", "euc_kr", "gb2312", "koi8-r", "windows-1251", "windows-1256"]
)
def test_a_claim_of_western_european_is_not_believed_of_other_scripts(encoding):
    text = NEWS.format(next(sentence for sentence, encodings in SENTENCES.items() if encoding in encodings))
    assert decode(text.encode(encoding), "text/xml; charset=iso-8859-1") == text


def test_it_is_believed_of_latin_letters():
    text = NEWS.format(
        "Le gouvernement a annoncé lundi que le pétrolier a été arraisonné à la frontière, déclaré périmé."
    )
    assert decode(text.encode("windows-1252"), "text/xml; charset=iso-8859-1") == text


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Minister oświadczył, że zbiornikowiec został zatrzymany", "windows-1250"),
        ("A tartályhajót őrizetbe vették a kikötőben", "windows-1250"),
        ("Türkiye limanda tankeri alıkoydu, bakan açıkladı", "windows-1254"),
        ("Ārlietu ministrs paziņoja, ka tankkuģis aizturēts", "windows-1257"),
        ("Танкер задержан", "windows-1251"),
        ("Танкер задержан", "koi8-r"),
        ("Le pétrolier a été arraisonné", "windows-1252"),
        ("Außenminister erklärte in München für längere Zeit", "windows-1252"),
        ("“It’s over”, said O’Neil – “that’s it”", "windows-1252"),
        ("Cafés in Zürich", "windows-1252"),
    ],
)
def test_one_line_that_nobody_says_how_it_is_written(words, encoding):
    text = f"<rss><channel><item><title>{words}</title></item></channel></rss>"
    assert decode(text.encode(encoding), None) == text
