"""The language that an article is read in; the sentences are made up."""

from __future__ import annotations

import pytest

from watchlist.matching.language.packs.detect import language_of

SENTENCES = {
    "en": "The minister said on Tuesday that the new measures would be announced within weeks",
    "de": "Der Minister erklärte am Dienstag, dass die neuen Maßnahmen noch nicht beschlossen sind",
    "fr": "Le ministre a déclaré mardi que les nouvelles mesures ne sont pas encore décidées",
    "es": "El ministro dijo el martes que las nuevas medidas todavía no han sido aprobadas",
    "it": "Il ministro ha detto martedì che le nuove misure non sono ancora state decise",
    "pt": "O ministro disse na terça-feira que as novas medidas ainda não foram aprovadas",
    "nl": "De minister zei dinsdag dat de nieuwe maatregelen nog niet zijn goedgekeurd door het kabinet",
    "pl": "Minister powiedział we wtorek, że nowe środki nie zostały jeszcze przyjęte przez rząd",
    "cs": "Ministr v úterý řekl, že nová opatření ještě nebyla schválena a že se o nich bude jednat",
    "sk": "Minister v utorok povedal, že nové opatrenia ešte neboli schválené a že sa o nich bude rokovať",
    "sl": "Minister je v torek dejal, da novi ukrepi še niso bili sprejeti in da bodo o njih še razpravljali",
    "hr": "Ministar je u utorak rekao da nove mjere još nisu donesene i da će o njima raspravljati vlada",
    "tr": "Bakan salı günü yaptığı açıklamada yeni önlemlerin henüz kabul edilmediğini ve görüşüleceğini söyledi",
    "ru": "Министр заявил во вторник, что новые меры ещё не приняты и что они будут обсуждаться",
    "uk": "Міністр заявив у вівторок, що нові заходи ще не ухвалені і що їх будуть обговорювати",
    "bg": "Министърът заяви във вторник, че новите мерки още не са приети и че те ще бъдат обсъдени",
    "el": "Ο υπουργός δήλωσε την Τρίτη ότι τα νέα μέτρα δεν έχουν ακόμη εγκριθεί",
    "hy": "Նախարարը երեքշաբթի ասաց, որ նոր միջոցները դեռ չեն հաստատվել",
    "ka": "მინისტრმა სამშაბათს განაცხადა, რომ ახალი ზომები ჯერ არ დამტკიცებულა",
    "ar": "قال الوزير يوم الثلاثاء إن الإجراءات الجديدة لم تعتمد بعد",
    "fa": "وزیر روز سه‌شنبه گفت که اقدامات جدید هنوز تصویب نشده است",
    "he": "השר אמר ביום שלישי כי הצעדים החדשים טרם אושרו",
    "zh": "部长星期二表示新措施尚未获得批准",
    "ja": "大臣は火曜日に新しい措置はまだ承認されていないと述べた",
    "ko": "장관은 화요일 새로운 조치가 아직 승인되지 않았다고 말했다",
    "hi": "मंत्री ने मंगलवार को कहा कि नए उपाय अभी तक मंजूर नहीं हुए हैं",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_the_language_of_a_sentence(code: str) -> None:
    assert language_of("", SENTENCES[code]) == code
    assert language_of(SENTENCES[code], "") == code


def test_a_name_in_another_script_makes_no_other_language() -> None:
    assert language_of("", SENTENCES["en"] + " (Владимир Путин, فلاديمير بوتين)") == "en"
    assert language_of("", SENTENCES["ru"] + " (Rosneft, Gazprombank)") == "ru"


@pytest.mark.parametrize("text", ["", " ", "123 456", "…", "አ", "\U0001f600"])
def test_english_where_nothing_tells(text: str) -> None:
    assert language_of("", text) == "en"


def test_a_headline_of_names_is_no_other_language() -> None:
    assert language_of("Motiejus Jakštys: Uber, Zig", "") in ("en", "cs", "sl", "hr", "sk")
    assert language_of("Rosneft, Gazprombank", "") == "en"
