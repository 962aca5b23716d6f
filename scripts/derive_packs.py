"""Derive the tables of language packs: everyday words, months and weekdays, countries, and what tells languages.

    python scripts/derive_packs.py [--names FOLDER] CODE...       # of these packs, all of them if none is named

Needs wordfreq (data CC BY-SA 4.0), simplemma (MIT), Babel (CLDR, Unicode licence) and this package. Writes into the
folders of the packs under watchlist/matching/language/packs:

- ``words.tsv``: words of at least FLOOR (Zipf value, log10 of occurrences in a milliard words) in wordfreq. A word is
  ordinary (``o``) if the dictionary of simplemma has it, where it has the language, and neither that (by a capital,
  where only names have one) nor English books know it as a proper noun alone; in other scripts, unless the word or one
  that it may be a form of is in the table of names. It is a given (``g``) or a family name (``f``) if the table of
  names has it. Words that are neither, which are mostly names of persons and places that the news is full of, are left
  out. Of scripts without capitals, where a word may be both, FOLDER has names that people have in that script
  (``arabic.tsv.gz``, ``hebrew.tsv.gz``, from Wikidata by Merhav and Ash, COLING 2018, CC0): a word is a name as well if
  many enough have it for how common it is, and a name only if very many have it; without FOLDER the words of such
  scripts stay as they are.
- ``calendar.txt`` and ``countries.txt``: from CLDR.
- ``frequent.tsv``, one for all: the most frequent words of each language and its letters.
"""

from __future__ import annotations

import argparse
import gzip
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import simplemma
import wordfreq
from babel import Locale, UnknownLocaleError
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from watchlist.matching.language.known.lexicon import GENERIC, ORDINARY, PROPER, lexicon
from watchlist.matching.language.known.name_frequency import commonness
from watchlist.matching.language.packs.inflection import stems
from watchlist.matching.language.packs.load import heading_of, known_packs, pack
from watchlist.matching.language.packs.pack import Capitals
from watchlist.matching.language.script.normalise import clean, native
from watchlist.matching.language.script.scripts import LATIN, script_of

PACKS = Path(__file__).parents[1] / "watchlist/matching/language/packs"
FLOOR = 3.5
#: The same of scripts without vowels, where many an everyday word could be a name by its consonants.
FLOOR_WITHOUT_VOWELS = 3.1
#: The Zipf value up to which one who has a word as a name makes a name of it, and of nothing else; ten times as many
#: must have it for each two thirds more. So many always do.
A_NAME_TOO, A_NAME_ONLY = 4.5, 3.8
MORE_FOR_EACH = 1.5
ALWAYS_A_NAME = 100
#: What family names have before them or not.
ARTICLE = "ال"
NAMES_OF_SCRIPT = {"arabic": "arabic.tsv.gz", "hebrew": "hebrew.tsv.gz"}
#: The share of people with a name from which a word is known as one.
NAME_OF_SOME = 2e-6
#: The Zipf value from which a word that may be a name is a word all the same.
SURELY_A_WORD = 5.3
#: How many words and how rare letters tell a language.
FREQUENT = 300
RARE_LETTER = 2e-5
#: Languages that wordfreq has under another name.
OTHER_CODE = {"hr": "sh", "sr": "sh", "bs": "sh"}
#: And simplemma.
OTHER_DICTIONARY = {"hr": "hbs", "sr": "hbs", "bs": "hbs"}
BY = "by scripts/derive_packs.py."
WORDFREQ = f"# Derived from wordfreq (https://github.com/rspeer/wordfreq), data CC BY-SA 4.0, {BY}"
WIKIDATA = "# Which of them are names: from Wikidata by Merhav and Ash (COLING 2018), CC0."
CLDR = f"# Derived from CLDR (https://cldr.unicode.org), Unicode licence, {BY}"


def frequencies(code: str) -> dict[str, float]:
    """Word to its Zipf value, the most frequent first; empty where wordfreq does not have the language."""
    asked = OTHER_CODE.get(code, code)
    if asked not in wordfreq.available_languages("best"):
        return {}
    found: dict[str, float] = {}
    for group, words in enumerate(wordfreq.get_frequency_list(asked, "best")):
        for word in words:
            # The groups are hundredths of a power of ten below certainty.
            found[word] = 9 - group / 100
    return found


def is_letter(sign: str) -> bool:
    """Whether a sign is a letter, or a vowel that is written as a mark at one."""
    return unicodedata.category(sign)[0] in "LM"


def is_ordinary(word: str, code: str) -> bool:
    """Whether a word is one of the language, and no proper noun."""
    flags, form = lexicon().flags.get(clean(word), 0), clean(word)
    spelled = lexicon().spelling_class.get(form)
    plain = ORDINARY | GENERIC
    if not flags & plain and (flags & PROPER or spelled is not None):
        return False
    dictionary = OTHER_DICTIONARY.get(code, code)
    if dictionary not in SUPPORTED_LANGUAGES:
        return True
    if not simplemma.is_known(word, dictionary):
        return False
    names_only = heading_of(code).get("capitals", Capitals.NAMES) == Capitals.NAMES
    return not (names_only and simplemma.lemmatize(word, dictionary)[:1].isupper())


def kinds_without_vowels(word: str, zipf: float, code: str, bearers: int) -> str:
    """The kinds of a word of a script without vowels, which so many have as a name."""
    ordinary = code not in SUPPORTED_LANGUAGES or any(simplemma.is_known(each, code) for each in bare(word, code))
    if bearers >= min(10 ** (MORE_FOR_EACH * (zipf - A_NAME_TOO)), ALWAYS_A_NAME) and bearers:
        only = bearers >= 10 ** (MORE_FOR_EACH * (zipf - A_NAME_ONLY))
        return "og" if ordinary and not only else "g"
    return "o" if ordinary else ""


def bare(word: str, code: str) -> Iterator[str]:
    """A word as it is written, and without what may be written together with it."""
    yield word
    for prefix in (PACKS / code / "prefixes.txt").read_text(encoding="utf-8").split("\n")[-2].split():
        cut, _, instead = prefix.partition("=")
        if word.startswith(cut) and len(word) - len(cut) > 2:
            yield instead + word[len(cut) :]


def bearers_of_names(script: str, folder: Path) -> Counter[str]:
    """How often names have a word, in its own script."""
    found: Counter[str] = Counter()
    with gzip.open(folder / NAMES_OF_SCRIPT[script], "rt", encoding="utf-8") as lines:
        for line in lines:
            _, word, count = line.rstrip("\n").split("\t")
            found[native(word.replace(" ", ""))] += int(count)
    return found


def kinds(word: str, zipf: float, code: str) -> str:
    """What a word is, as the packs' tables say it: ordinary, a given name, a family name; empty for a proper noun."""
    latin = heading_of(code)["script"] == LATIN
    known_words = code in SUPPORTED_LANGUAGES
    lemma = (simplemma.lemmatize(word, code),) if known_words else ()
    forms = () if latin else (*stems(native(word), pack(code)), *lemma)
    names = [commonness(clean(form)) for form in {word, *forms}]
    may_be_name = any(name.given is not None or name.family is not None for name in names)
    surely = latin or not may_be_name or zipf >= SURELY_A_WORD or not pack(code).inflects
    found = "o" if surely and is_ordinary(word, code) else ""
    if any((name.given or 0) >= NAME_OF_SOME for name in names):
        found += "g"
    if any((name.family or 0) >= NAME_OF_SOME for name in names):
        found += "f"
    return found


def write(path: Path, source: str, lines: Iterable[str]) -> None:
    path.write_text("\n".join((source, *lines)) + "\n", encoding="utf-8")


def derive_words(code: str, names: Path | None) -> None:
    script = heading_of(code)["script"]
    without_vowels = script in NAMES_OF_SCRIPT
    if without_vowels and names is None:
        return
    bearers = bearers_of_names(script, names) if without_vowels and names is not None else Counter[str]()
    floor = FLOOR_WITHOUT_VOWELS if without_vowels else FLOOR
    rows: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    seen = set()
    for word, zipf in frequencies(code).items():
        form = native(word)
        letters = len(form) >= 2 and script_of(form[0]) == script and all(map(is_letter, form))
        if zipf < floor or form in seen or not letters:
            continue
        seen.add(form)
        named = max(bearers[form], bearers[form.removeprefix(ARTICLE)])
        of = kinds_without_vowels(word, zipf, code, named) if without_vowels else kinds(word, zipf, code)
        if of:
            rows[of, int(10 * zipf)][form] = None
    if rows:
        source = f"{WORDFREQ}\n{WIKIDATA}" if without_vowels else WORDFREQ
        lines = (f"{of}\t{zipf}\t{' '.join(words)}" for (of, zipf), words in sorted(rows.items()))
        write(PACKS / code / "words.tsv", source, lines)


def derive_from_cldr(code: str) -> None:
    try:
        locale = Locale.parse(code)
    except UnknownLocaleError:
        return
    calendar: dict[str, None] = {}
    for names in (locale.months, locale.days):
        for context in ("format", "stand-alone"):
            for name in names[context]["wide"].values():
                if name.isalpha():
                    calendar[name.lower()] = None
    write(PACKS / code / "calendar.txt", CLDR, [" ".join(calendar)])
    countries = [
        f"{territory.lower()}: {name}"
        for territory, name in sorted(locale.territories.items())
        if len(territory) == 2 and territory.isalpha() and " " not in name and "-" not in name and name.isalpha()
    ]
    write(PACKS / code / "countries.txt", CLDR, countries)


def derive_frequent() -> None:
    lines = []
    for code in known_packs():
        found = frequencies(code)
        if not found:
            continue
        script = heading_of(code)["script"]
        shares: defaultdict[str, float] = defaultdict(float)
        for word, zipf in found.items():
            for letter in word:
                if letter.isalpha() and script_of(letter) == script:
                    shares[letter] += 10**zipf
        total = sum(shares.values())
        lines.append(f"{code}\t-\t{''.join(sorted(c for c, share in shares.items() if share > RARE_LETTER * total))}")
        rows: defaultdict[int, list[str]] = defaultdict(list)
        often = [word for word in found if word[0].isalpha() and script_of(word[0]) == script][:FREQUENT]
        for word in often:
            rows[int(10 * found[word])].append(word)
        lines += [f"{code}\t{zipf}\t{' '.join(words)}" for zipf, words in sorted(rows.items(), reverse=True)]
    write(PACKS / "frequent.tsv", WORDFREQ, lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("codes", nargs="*")
    parser.add_argument("--names", type=Path)
    asked = parser.parse_args()
    for code in asked.codes or known_packs():
        if code != "en":
            derive_words(code, asked.names)
            derive_from_cldr(code)
    derive_frequent()


if __name__ == "__main__":
    main()
