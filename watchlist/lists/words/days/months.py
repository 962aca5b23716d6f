"""Names of months, whole or short, in the languages that the lists are written in."""

from __future__ import annotations

import unicodedata

#: The twelve names in one language after the other, separated by semicolons.
_NAMES = """
january february march april may june july august september october november december;
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre;
januar februar marz april mai juni juli august september oktober november dezember;
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre;
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
"""
#: A name may be cut down to this many letters.
_SHORTEST = 3
_OTHERS = {"sept": 9, "maerz": 3}


def _short_forms() -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for language in _NAMES.split(";"):
        for number, name in enumerate(language.split(), start=1):
            for length in range(_SHORTEST, len(name) + 1):
                found.setdefault(name[:length], set()).add(number)
    # What is short for two months ("jui", "mar" is not) is short for none.
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1} | _OTHERS


_MONTHS = _short_forms()


def month_of(word: str, *, misspelt: bool = False) -> int | None:
    """The number of a month by its name or the beginning of it, in any case, with or without accents; else None.

    ``misspelt`` takes also a word of which only the first letters are right, where the place shows it to be a month
    (``29-Aprl-1967``).
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    found = _MONTHS.get(plain)
    if found is None and misspelt and len(plain) > _SHORTEST:
        found = _MONTHS.get(plain[:_SHORTEST])
    return found
