"""What an entity is listed for: the countries and the words of its sanctions programs' subjects."""

from __future__ import annotations

from functools import lru_cache

from watchlist.matching.language.known.lexicon import lexicon
from watchlist.matching.language.spelling import words_of

#: A program's prefix of up to this length is a code, not a word.
_LONGEST_CODE = 4


@lru_cache(maxsize=1 << 12)
def known_programs(names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Countries and words of the subject of these sanctions programs."""
    countries: set[str] = set()
    words: set[str] = set()
    titles = [(name.upper(), words_of(name)) for name in names]
    for known in lexicon().programs:
        # OFAC's are codes (IRAN-EO13846); those of others are codes too, or say it in words (Ukraine (Sovereignty)).
        word = known.prefix.lower() if len(known.prefix) > _LONGEST_CODE else ""
        if any(_is_coded(title, known.prefix) or word in forms for title, forms in titles):
            countries |= known.countries
            words |= known.words
    for form in {form for _, forms in titles for form in forms}:
        if codes := lexicon().countries.get(form):
            countries |= codes
            words.add(form)
    return frozenset(countries), frozenset(words)


def _is_coded(title: str, prefix: str) -> bool:
    """Whether a program's title begins with this code or these words, and not with a longer word: SDNTK is no SDN."""
    return title.startswith(prefix) and not title[len(prefix) : len(prefix) + 1].isalpha()


@lru_cache(maxsize=1 << 12)
def subject_of(
    programs: tuple[str, ...], countries: tuple[str, ...]
) -> tuple[frozenset[str], set[str], tuple[tuple[str, bytes], ...]]:
    """Countries, words that speak of a country, and other words, as they stand among letters, of an entity's case."""
    codes, words = known_programs(programs)
    places = {word for word in words if word in lexicon().countries}
    return codes.union(countries), places, tuple((word, f" {word} ".encode()) for word in sorted(words - places))
