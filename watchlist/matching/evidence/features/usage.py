"""How the text uses the words: as a name, or as a place, a title of a work, a common noun."""

from __future__ import annotations

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.craft import is_craft
from watchlist.matching.evidence.features.finding import Finding
from watchlist.matching.language.known.gazetteer import is_well_known_place
from watchlist.matching.language.known.lexicon import ORDINARY
from watchlist.model import Schema


def used_as_place(c: Candidate) -> Finding:
    """The text speaks of it as of a place: ``in X``, ``the port of X``, ``X province``."""
    if c.schema is Schema.PERSON or not c.alignment.matches:
        return None
    before, after = c.before(), c.after()
    first = c.first
    kinds_of_place, at_a_place = c.article.group("kind_of_place"), c.article.group("at_a_place")
    last = max(c.alignment.matches, key=lambda m: m.word.start).word.meaning.form
    if not c.alignment.is_whole and last in kinds_of_place and len(c.alignment.strong) > 1:
        return 1.0, f"'{last}' ends it"
    if len(c.alignment.strong) != 1 and not is_well_known_place(c.alignment.running):
        return None
    if after is not None and after.meaning.form.rstrip("s") in kinds_of_place:
        return 1.0, f"'{after.meaning.form}' stands after it"
    if before is not None and (before.meaning.form in at_a_place or (before.meaning.form == "at" and is_craft(c))):
        return table.PREPOSITION_BEFORE, f"'{before.meaning.form}' stands before it"
    if before is not None and before.meaning.form == "of" and first > 1:
        kind = c.words[first - 2].meaning.form
        return (1.0, f"'{kind} of' stands before it") if kind.rstrip("s") in kinds_of_place else None
    return None


def title_of_a_work(c: Candidate) -> Finding:
    """The single word is the title of a work or its maker: ``the X series``, ``the film X``."""
    if len(c.alignment.matches) != 1 or c.schema is Schema.PERSON:
        return None
    for word, side in ((c.after(), "after"), (c.before(), "before")):
        if word is not None and word.meaning.form in c.article.group("kind_of_work"):
            return 1.0, f"'{word.meaning.form}' stands {side} it"
    return None


def written_small(c: Candidate) -> Finding:
    """The article also writes the word without a capital, as a common noun."""
    forms = [match.word.meaning.form for match in c.alignment.strong]
    if c.surface in c.article.reader.pack.group("small_name"):
        return None
    if len(forms) == 1 and forms[0].isalpha() and c.article.writes_small(forms[0]):
        return 1.0, f"'{forms[0]}' stands in the article in lower case"
    return None


def sentence_start(c: Candidate) -> Finding:
    """A single ordinary word at the start of a sentence, or amid capitals, has its capital for nothing."""
    if len(c.alignment.matches) != 1 or not c.alignment.matches[0].word.meaning.flags & ORDINARY:
        return None
    if c.begins_sentence() or c.capitals_mean_nothing():
        return 1.0, "its capital says nothing here"
    return None
