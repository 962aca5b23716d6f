"""What a pack of a language in Latin letters other than English knows of a word."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from watchlist.matching.language.known.lexicon import (
    FAMILY_NAME,
    GENERIC,
    GIVEN_NAME,
    LEGAL_FORM,
    ORDINARY,
    PLACE,
    TITLE,
    lexicon,
)
from watchlist.matching.language.packs.inflection import inflected, latin_stems
from watchlist.matching.language.packs.load import everyday_words
from watchlist.matching.language.packs.pack import Capitals, Pack
from watchlist.matching.language.script.normalise import accented, native

#: How many letters the first and the last of several words written as one have at least.
_FIRST_OF_SEVERAL, _LAST_OF_SEVERAL = 3, 5
_CACHED = 1 << 15


class LatinWord(NamedTuple):
    """What a pack adds to what is known of a spelling."""

    flags: int = 0
    #: As `words.Meaning` has them.
    stems: tuple[str, ...] = ()
    #: The English words for what kind of body it tells; none for most.
    generic: tuple[str, ...] = ()
    country: str = ""


def read_latin(surface: str, *, capital: bool, everyday: bool, pack: Pack) -> LatinWord:
    """What a word is in its language, whatever its ending; one with a capital may be a name in another form."""
    form = native(surface)
    known = inflected(pack)
    stems: tuple[str, ...] = ()
    if capital and pack.inflects and not everyday and not _is_a_plain_noun(form, pack):
        stems = latin_stems(accented(surface), pack)
    # A given name is one in every case.
    flags = _given(stems) if len(stems) > 1 else 0
    as_written = (form, *stems)
    if not known.titles.isdisjoint(as_written):
        flags |= TITLE
    generic = next((known.generic[each] for each in as_written if each in known.generic), ())
    if generic:
        flags |= GENERIC
        stems = (*(stems or (form,)), *generic)
    codes = next((known.places[each] for each in as_written if each in known.places), frozenset[str]())
    country = lexicon().country_of.get(next(iter(codes)), "") if len(codes) == 1 else ""
    flags |= PLACE if codes else 0
    return LatinWord(flags, stems, generic, country)


def _is_a_plain_noun(form: str, pack: Pack) -> bool:
    """Whether a word has its capital as every noun has, and is known as nothing else: no name in another form."""
    own = everyday_words(pack.code).get(form) if pack.capitals is Capitals.NOUNS else None
    return own is not None and own.flags == ORDINARY


def _given(stems: tuple[str, ...]) -> int:
    flags = lexicon().flags
    given = any(flags.get(stem, 0) & GIVEN_NAME and not flags[stem] & ORDINARY for stem in stems[1:])
    return GIVEN_NAME if given and not flags.get(stems[0], 0) & ORDINARY else 0


@lru_cache(maxsize=_CACHED)
def is_noun(form: str, flags: int, pack: Pack) -> bool:
    """Whether a word with a capital is a noun where all nouns have one, and is known as no name of a person.

    Many are several nouns written as one, of which the last says what it is. ``form`` is of `normalise.clean`.
    """
    if pack.capitals is not Capitals.NOUNS or flags & LEGAL_FORM:
        return False
    if flags & (GIVEN_NAME | FAMILY_NAME):
        return False
    if flags & (ORDINARY | TITLE | GENERIC):
        return True
    words, known = everyday_words(pack.code), inflected(pack)
    for at in range(_FIRST_OF_SEVERAL, len(form) - _LAST_OF_SEVERAL + 1):
        tail = form[at:]
        own = words.get(tail)
        if tail in known.titles or tail in known.generic or (own is not None and own.flags == ORDINARY):
            return True
    return False
