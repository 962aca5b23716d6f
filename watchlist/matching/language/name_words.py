"""Words inside names that are no name by themselves, and how they are joined to the name they belong to.

Articles and other small words are the particles of the lexicon.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Words that bring in a father's name: one that the list does not have makes it another person.
FATHER_WORDS: Final = frozenset({"bin", "ibn", "ben", "bint"})
#: Child and father in one name.
CHILD_AND_FATHER: Final = re.compile(r"(\w+)\W+(?:bin|ibn|ben|bint)\W+(\w+)", re.IGNORECASE)
#: First halves of bynames (``Abu Islam``): the second half alone names nobody.
BYNAME_WORDS: Final = frozenset({"abu", "abou", "aboo", "umm", "um", "ibn", "bin", "ben"})
#: First halves of names of two words, which say little without the second.
HALF_NAMES: Final = frozenset({"abd", "abdul", "abdel", "abdol", "abu", "abou"})
SAINT_WORDS: Final = frozenset({"san", "santa", "santo", "saint", "sao"})
#: The one first name that newspapers leave out where others follow.
OFTEN_DROPPED: Final = "muhammad"
#: Endings of patronymics, as Russian, Ukrainian, Belarusian and Turkic names have them in Latin letters.
PATRONYMIC: Final = re.compile(
    r"(?:[aeio]v[iy]t?ch|[eiy][iy]ch|[aeioy]vna|(?<=\w{4})[ao]una|ichna|oglu|ogly|qizi|kyzy)$"
)
#: The same as German, French, Scandinavian and other hands write them too.
PATRONYMIC_OF_ANY: Final = re.compile(
    r"(?:[iyj]?[aeioy]?[vw](?:[iy]?(?:t?s?ch|tj|c|cs|cz)|n[ay])|[eiyo][iyj]?(?:t?s?ch|tj)|(?:ich|yc|ic)n[ay]|[ao]?un[ay])$"
)
#: Small words before a family name, and before a word that follows one, as alternatives of an expression.
BEFORE_FAMILY_NAME: Final = "[Aa]l|[Ee]l|bin|ibn|de|van|von"
ARABIC_ARTICLE: Final = "[Aa]l"
#: The same article as it stands before a family name, in small letters.
ARABIC_ARTICLES: Final = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "at", "az", "an"})
#: How it is written before letters that it sounds like, which it is joined to: ad-Din, ash-Sham. Without the hyphen
#: many of these are other words: legal forms (AD, AS), prepositions.
ASSIMILATED_ARTICLE: Final = re.compile(r"(?<![^\W_])a([dnrtz]|dh|sh|s|th)(?=[-\u2010\u2011]\1)", re.IGNORECASE)
PLAIN_ARTICLE: Final = "al"
#: Small words after a name that another name of the same person follows.
BINDING: Final = ARABIC_ARTICLES | FATHER_WORDS
#: Words of function that may stand inside a name but neither begin nor end one.
FUNCTION_WORDS: Final = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "a", "an", "at", "as", "und", "y", "e", "de", "du"}
)
#: Small words that end a person's name; another small word at its end is the family's: Sergey Ten.
ENDS_OF_NAMES: Final = frozenset({"jr", "sr"})
#: Words that tell a body from another that is called the same but for the opposite of this word.
TELLING_APART: Final = frozenset(
    {"new", "old", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "upper", "lower"}
    | {"great", "greater", "little", "lesser", "inner", "outer", "red", "white", "black", "blue", "green", "golden"}
)
#: Words cut short, after which a point ends no sentence.
SHORTENED: Final = frozenset(
    {
        "co",
        "corp",
        "inc",
        "ltd",
        "bros",
        "mfg",
        "intl",
        "dept",
        "no",
        "st",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "gen",
        "col",
    }
    | {"capt", "lt", "maj", "sgt", "adm", "gov", "sen", "rep", "rev", "hon", "ing", "lic", "im", "eng", "mt", "ft"}
)
#: Words at the head of a body's name by which an authority says that it does not recognise it, or that others call it
#: so; and words before the name of a person in whose honour a plant or an institute is called.
UNRECOGNISED: Final = (("so", "called"), ("self", "proclaimed"), ("self", "styled"), ("self", "declared"))
IN_HONOUR: Final = (("named", "after"), ("named", "for"), ("imeni",), ("im",))
#: ``S/O`` and its like in Indian and Malaysian names: son of, daughter of, wife of.
CHILD_OF: Final = re.compile(r"\b(?:[sdwSDW]/[oO]|[aA]/[lLpP]|(?:son|daughter|wife) of)(?!\w)", re.IGNORECASE)
#: Words before a number that say no more than that it is one: Repair Plant No. 560.
BEFORE_A_NUMBER: Final = frozenset({"no", "nr", "num"})
#: Words between two names, unless the listed name has them.
CONJUNCTIONS: Final = frozenset({"and", "und", "et", "y", "or"})

_ABD = re.compile(r"^(?:abd[aeiou]?[lrsdznt]?|abdel|abdul|abdol)$")
_JOINED_ABD = re.compile(r"^abd(?:[aeou]l|[aeiou](?=([rsztdn])\1)|[aeou][rsdznt](?=[rsztdn])|i(?=ra|ka|sa|aziz))")


def is_abd(form: str) -> bool:
    """Whether the word is ``Abdul`` in any spelling: half of Abdul Karim, written apart or left out at will."""
    return _ABD.match(form) is not None


@lru_cache(maxsize=1 << 16)
def without_abd(form: str) -> str:
    """A name joined to ``Abdul`` without it (``abdulmalik`` is ``malik``), other words as they are."""
    found = _JOINED_ABD.match(form)
    if found is None or len(form) - found.end() < 4:
        return form
    rest = form[found.end() :]
    return rest[1:] if len(rest) > 4 and rest[0] == rest[1] else rest
