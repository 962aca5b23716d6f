"""Features as in features.py: how the text uses the words, as a name or for something else."""

from __future__ import annotations

from watchlist.matching.evidence.finding import Finding
from watchlist.matching.evidence.reading import Candidate
from watchlist.matching.language.lexicon import ORDINARY
from watchlist.matching.language.parts import STRONG_ROLES
from watchlist.matching.search.align import HYPHENS
from watchlist.model import Schema

_AT_A_PLACE = frozenset({"in", "near", "around", "outside", "across", "off", "throughout", "toward", "towards", "into"})
_KIND_OF_PLACE = frozenset(
    {"city", "town", "village", "province", "district", "region", "port", "island", "area", "airport", "state"}
    | {"county", "governorate", "suburb", "river", "coast", "bay", "strait", "prefecture", "mountain", "desert"}
    | {"capital", "neighbourhood", "neighborhood", "street", "university", "stadium"}
)
_KIND_OF_WORK = frozenset(
    {"game", "games", "videogame", "series", "sequel", "sequels", "prequel", "spinoff", "spin", "remake", "franchise"}
    | {"film", "films", "movie", "movies", "sitcom", "musical", "trilogy", "saga", "novel", "novels", "comic", "comics"}
    | {"album", "albums", "song", "songs", "soundtrack", "opera", "operas", "symphony", "trailer", "episode"}
)


def is_craft(c: Candidate) -> bool:
    """Whether the entity is a ship or an aircraft."""
    return c.schema in (Schema.VESSEL, Schema.AIRCRAFT)


def used_as_place(c: Candidate) -> Finding:
    """The text speaks of it as of a place: ``in X``, ``the port of X``, ``X province``."""
    if len(c.alignment.matches) != 1 or c.schema is Schema.PERSON:
        return None
    before, after = c.before(), c.after()
    first = c.first
    if after is not None and after.meaning.form in _KIND_OF_PLACE:
        return 1.0, f"'{after.meaning.form}' stands after it"
    if before is not None and (before.meaning.form in _AT_A_PLACE or (before.meaning.form == "at" and is_craft(c))):
        return 0.7, f"'{before.meaning.form}' stands before it"
    if before is not None and before.meaning.form == "of" and first > 1:
        kind = c.words[first - 2].meaning.form
        return (1.0, f"'{kind} of' stands before it") if kind.rstrip("s") in _KIND_OF_PLACE else None
    return None


def title_of_a_work(c: Candidate) -> Finding:
    """The single word is the title of a work or its maker: ``the X series``, ``the film X``."""
    if len(c.alignment.matches) != 1 or c.schema is Schema.PERSON:
        return None
    for word, side in ((c.after(), "after"), (c.before(), "before")):
        if word is not None and word.meaning.form in _KIND_OF_WORK:
            return 1.0, f"'{word.meaning.form}' stands {side} it"
    return None


def written_small(c: Candidate) -> Finding:
    """The article also writes the word without a capital, as a common noun."""
    strong = c.alignment.strong
    if len(strong) == 1 and c.reading.writes_small(strong[0].word.meaning.form):
        return 1.0, f"'{strong[0].word.meaning.form}' stands in the article in lower case"
    return None


def sentence_start(c: Candidate) -> Finding:
    """A single ordinary word at the start of a sentence, or amid capitals, has its capital for nothing."""
    if len(c.alignment.matches) != 1 or not c.alignment.matches[0].word.meaning.flags & ORDINARY:
        return None
    if c.begins_sentence() or c.capitals_mean_nothing():
        return 1.0, "its capital says nothing here"
    return None


def lower_case(c: Candidate) -> Finding:
    """A word that carries the name is written without a capital, unlike in the list."""
    small = [m for m in c.alignment.matches if m.part.role in STRONG_ROLES and not m.word.meaning.capital]
    small = [m for m in small if f" {m.part.form}" not in c.name.text and m.word.gap not in HYPHENS]
    return (len(small) / len(c.alignment.matches), f"'{small[0].word.meaning.form}' has no capital") if small else None
