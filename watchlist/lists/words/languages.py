"""Languages, as the authorities name them, to ISO 639-1 codes."""

from __future__ import annotations

#: ISO 639-1 code, the three-letter codes (ISO 639-2 and 639-3) and the English names, separated by semicolons.
_LANGUAGES = """
am amh amharic; ar ara arabic; az aze azerbaijani; be bel belarusian; bg bul bulgarian; bn ben bengali; bs bos
bosnian; cs ces cze czech; da dan danish; de deu ger german; el ell gre greek; en eng english; es spa spanish; et est
estonian; fa fas per prs farsi persian dari; fi fin finnish; fr fra fre french; ga gle irish; he heb hebrew; hi hin
hindi; hr hrv croatian; hu hun hungarian; hy hye arm armenian; id ind indonesian; it ita italian; ja jpn japanese; ka
kat geo georgian; kk kaz kazakh; ko kor korean; ku kur kurdish; ky kir kyrgyz; lt lit lithuanian; lv lav latvian; mk
mkd mac macedonian; ms msa may malay; mt mlt maltese; my mya bur burmese; nl nld dut dutch; no nor norwegian; pl pol
polish; ps pus pashto; pt por portuguese; ro ron rum romanian; ru rus russian; sk slk slo slovak; sl slv slovenian; so
som somali; sq sqi alb albanian; sr srp serbian; sv swe swedish; sw swa swahili; tg tgk tajik; th tha thai; ti tir
tigrinya; tk tuk turkmen; tr tur turkish; uk ukr ukrainian; ur urd urdu; uz uzb uzbek; vi vie vietnamese; zh zho chi
chinese mandarin cantonese
"""

_CODES = {
    word: words[0] for words in (entry.split() for entry in _LANGUAGES.replace("\n", " ").split(";")) for word in words
}
#: Names of languages that lists misspell.
_CODES |= {"belarussian": "be", "byelorussian": "be", "ukranian": "uk", "fársí": "fa"}
#: Scripts that write only one language on these lists.
_SCRIPTS = {
    word: code
    for code, word in (
        *(("ko", "hangul"), ("he", "hebrew"), ("el", "greek"), ("ka", "georgian"), ("hy", "armenian"), ("th", "thai")),
        *(("ja", "japanese"), ("my", "burmese"), ("am", "ethiopic"), ("zh", "chinese"), ("zh", "han")),
    )
}


def to_lang(text: str | None, script: str | None = None) -> str | None:
    """The code of a language's name or code in any case, else of the only language that the script writes, else None.

    A qualifier is left out: ``Chinese (Traditional)`` is ``zh``. Cyrillic and Arabic script write many languages.
    """
    for words, known in ((text, _CODES), (script, _SCRIPTS)):
        plain = (words or "").lower().replace("(", " ").replace("-", " ").replace("_", " ").split()
        if plain and plain[0] in known:
            return known[plain[0]]
    return None
