"""Finding the language of an article; the sentences are invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchlist.feeds.reading.document import Source
from watchlist.feeds.reading.language import settled_lang, settled_langs
from watchlist.feeds.sandbox.parse import parse_feed
from watchlist.feeds.sandbox.sandbox import Sandbox
from watchlist.news.entry import ParsedEntry

SENTENCES = {
    "en": "The shipping company said on Monday that it would open an office in Valletta.",
    "fr": "La compagnie maritime a annoncé lundi l'ouverture d'un bureau à La Valette.",
    "de": "Die Reederei teilte am Montag mit, sie werde ein Büro in Valletta eröffnen.",
    "es": "La naviera dijo el lunes que abriría una oficina en La Valeta.",
    "it": "La compagnia di navigazione ha detto lunedì che aprirà un ufficio a La Valletta.",
    "pt": "A companhia de navegação disse na segunda-feira que abrirá um escritório em Valeta.",
    "nl": "De rederij zei maandag dat zij een kantoor in Valletta zou openen.",
    "ru": "Судоходная компания сообщила в понедельник, что откроет офис в Валлетте.",
    "uk": "Судноплавна компанія повідомила в понеділок, що відкриє офіс у Валлетті.",
    "ar": "قالت شركة الشحن يوم الاثنين إنها ستفتح مكتبا في فاليتا",
    "fa": "شرکت کشتیرانی روز دوشنبه گفت که دفتری در والتا باز خواهد کرد",
    "zh": "该航运公司周一表示，将在瓦莱塔开设办事处，并任命新的董事长，新办事处将于六月开业。",
    "tr": "Denizcilik şirketi pazartesi günü Valletta'da bir ofis açacağını söyledi.",
    "pl": "Firma żeglugowa poinformowała w poniedziałek, że otworzy biuro w Valletcie.",
}


@pytest.mark.parametrize("lang", SENTENCES)
def test_a_sentence_tells_its_language(lang: str) -> None:
    assert settled_lang(None, "", SENTENCES[lang]) == lang


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Blue Heron",
        "1,200,000 / 3.4 % / 2026-11-02 " * 20,
        # Names alone speak no language.
        "Ayman Marrow, Boris Tidewell, Grey Harbour Shipping, Evening Gull Lines",
    ],
)
def test_what_does_not_tell_is_left_empty(words: str) -> None:
    assert settled_lang(None, "", words) is None
    assert settled_lang("fr", "", words) == "fr"


def test_a_feed_that_says_the_wrong_thing_is_contradicted_by_long_texts_only() -> None:
    german = SENTENCES["de"]
    assert settled_lang("en-us", german, "") == "en-us"
    assert settled_lang("en-us", "", german * 4) == "de"
    assert settled_lang("de-at", "", german * 4) == "de-at"


def test_entries_of_another_language_than_their_feed_states() -> None:
    def entries(*texts: str) -> list[ParsedEntry]:
        return [ParsedEntry(None, None, "", text * 4, "en", None) for text in texts]

    english, german, polish = SENTENCES["en"], SENTENCES["de"], SENTENCES["pl"]
    assert settled_langs(entries(english, english)) == ["en", "en"]
    assert settled_langs(entries(german, polish, german)) == ["de", "pl", "de"]
    assert settled_langs([]) == []


def test_neighbours_are_not_corrected() -> None:
    norwegian = "Rederiet opplyste mandag at det vil åpne et kontor i Valletta, og at skipet hadde ligget i havn. " * 3
    assert settled_lang("nb", "", norwegian) == "nb"


def test_it_is_found_where_feeds_are_read(sandbox: Sandbox) -> None:
    items = "".join(f"<item><title>{sentence}</title></item>" for sentence in SENTENCES.values())
    body = f"<rss version='2.0'><channel><title>T</title>{items}<item><title>Blue</title></item></channel></rss>"
    source = Source("https://x.example/", None, datetime(2026, 3, 1, tzinfo=UTC))
    found = parse_feed(body.encode(), source, sandbox, 20)
    assert [entry.lang for entry in found.entries] == [*SENTENCES, None]
