"""Dates as newsrooms of other languages write them, put into English words and Western digits.

Months are known by their names in full, in the forms that stand in dates, and by beginnings of these of three letters
or more that no other month has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_ENGLISH: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: From January to December; forms of one month are parted by strokes.
_NAMES: Final = (
    # German, French, Spanish, Portuguese, Italian, Dutch.
    "januar|jänner februar märz april mai juni juli august september oktober november dezember",
    "janvier février|fevrier mars avril mai juin juillet|juil août|aout septembre octobre novembre décembre|decembre",
    "enero|ene febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre|dic",
    "janeiro fevereiro março|marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart|mrt april mei juni juli augustus september oktober november december",
    # Swedish, Danish, Norwegian.
    (
        "januari|januar februari|februar mars|marts april maj|mai juni juli augusti|august september oktober november "
        "december|desember"
    ),
    # Polish, Czech, Slovene.
    (
        "stycznia|styczeń lutego|luty marca|marzec kwietnia|kwiecień maja|maj czerwca|czerwiec lipca|lipiec "
        "sierpnia|sierpień września|wrzesień października|październik listopada|listopad grudnia|grudzień"
    ),
    (
        "ledna|leden února|únor března|březen dubna|duben května|květen června|červen července|červenec srpna|srpen "
        "září října|říjen listopadu|listopad prosince|prosinec"
    ),
    (
        "januarja februarja marca|marec aprila maja junija|junij julija|julij avgusta|avgust septembra oktobra "
        "novembra decembra"
    ),
    # Turkish.
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    # Russian, Ukrainian, Bulgarian.
    (
        "января|январь февраля|февраль марта|март апреля|апрель мая|май июня|июнь июля|июль августа|август "
        "сентября|сентябрь октября|октябрь ноября|ноябрь декабря|декабрь"
    ),
    (
        "січня|січень лютого|лютий березня|березень квітня|квітень травня|травень червня|червень липня|липень "
        "серпня|серпень вересня|вересень жовтня|жовтень листопада|листопад грудня|грудень"
    ),
    "януари февруари март април май юни юли август септември октомври ноември декември",
    # Arabic as in Egypt and the Maghreb, and as in Iraq and the Levant; Persian.
    (
        "يناير|جانفي فبراير|فيفري مارس أبريل|ابريل|إبريل|أفريل مايو|ماي يونيو|يونيه|جوان يوليو|يوليه|جويلية "
        "أغسطس|اغسطس|أوت سبتمبر أكتوبر|اكتوبر نوفمبر ديسمبر"
    ),
    (
        "كانون_الثاني شباط آذار|اذار نيسان أيار|ايار حزيران تموز آب|اب أيلول|ايلول تشرين_الأول|تشرين_الاول "
        "تشرين_الثاني كانون_الأول|كانون_الاول"
    ),
    "ژانویه فوریه مارس آوریل مه|می ژوئن ژوئیه|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر",
    # Hebrew, Greek.
    "ינואר פברואר מרץ|מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    (
        "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου|μαϊου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου "
        "δεκεμβρίου"
    ),
)
#: Words that say nothing: "de", "of the year", "at", "o'clock"; and days of the week where they stand behind the year.
_NOTHING: Final = frozenset(
    [
        "de",
        "del",
        "di",
        "do",
        "da",
        "a",
        "à",
        "às",
        "alle",
        "las",
        "ore",
        "um",
        "uhr",
        "den",
        "der",
        "le",
        "г",
        "года",
        "год",
        "р",
        "року",
        "saat",
        "h",
        "в",
        "о",
        "об",
        "klo",
        "kl",
        "ساعت",
        "الساعة",
        "pazartesi",
        "salı",
        "çarşamba",
        "perşembe",
        "cuma",
        "cumartesi",
        "pazar",
    ]
)
_WORD: Final = re.compile(r"[^\W\d_]{1,20}(?:['’][^\W\d_]{1,5})?\.?")
#: The full stop of "2. November".
_ORDINAL: Final = re.compile(r"(?<=\d)\.(?=\s)")
#: Year, month and day by the signs behind them, as in Chinese, Japanese and Korean.
_SIGNED: Final = re.compile(r"(\d{4})\s{0,3}[年년]\s{0,3}(\d{1,2})\s{0,3}[月월]\s{0,3}(\d{1,2})\s{0,3}[日일号]")
_AT: Final = re.compile(r"(\d{1,2})\s{0,2}[时時点點시]\s{0,2}(\d{1,2})\s{0,2}[分분]")
_WEEKDAY: Final = re.compile(
    r"[（(]?(?:星期|週|周)?[一二三四五六日天月火水木金土](?:曜日?)?[)）]|星期[一二三四五六日天]|[월화수목금토일]요일"
)


def in_english(text: str) -> str:
    """The date with the months in English, digits Western, and words left out that say nothing; else as it is."""
    text = "".join(map(_digit, text)).translate(_MARKS)
    for words, month in _OF_TWO_WORDS.items():
        text = text.replace(words, month)
    if (found := _SIGNED.search(text)) is not None:
        rest = _AT.sub(r"\1:\2", _WEEKDAY.sub(" ", text[found.end() :]))
        return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2} {' '.join(rest.split())}".strip()
    words = _WORD.sub(_translated, _ORDINAL.sub("", text)).replace(" ,", ",")
    return " ".join(words.split()).replace(" ,", ",").strip(" ,")


def _translated(found: re.Match[str]) -> str:
    word = found[0].rstrip(".").casefold()
    if word in _NOTHING:
        return " "
    return _MONTHS.get(word, found[0])


def _digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def _forms() -> Iterator[tuple[str, str]]:
    for names in _NAMES:
        for english, forms in zip(_ENGLISH, names.split(), strict=True):
            for form in forms.split("|"):
                yield form.replace("_", " ").casefold(), english


def _with_beginnings() -> dict[str, str]:
    """Months by their names and by what begins no other's."""
    whole = {form: english for form, english in _forms() if " " not in form}
    begun: dict[str, set[str]] = {}
    for form, english in whole.items():
        for end in range(3, len(form)):
            begun.setdefault(form[:end], set()).add(english)
    return {begin: min(months) for begin, months in begun.items() if len(months) == 1} | whole


_MONTHS: Final = _with_beginnings()
_OF_TWO_WORDS: Final = {form: english for form, english in _forms() if " " in form}
_MARKS: Final = str.maketrans({"،": ",", "：": ":", "\u200f": "", "\u200e": "", "\u202b": "", "\u202c": "", "۔": "."})
