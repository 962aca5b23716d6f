"""What else the words of a name are: words of the language, places, names that others bear."""

from __future__ import annotations

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.craft import is_craft
from watchlist.matching.evidence.features.finding import Finding, quoted
from watchlist.matching.language.known.gazetteer import is_well_known_place
from watchlist.matching.language.known.lexicon import FAMILY_NAME, GIVEN_NAME, PLACE, PROPER, lexicon
from watchlist.matching.language.known.name_frequency import family_name, given_name
from watchlist.matching.language.roles import Role
from watchlist.model import NameOrigin, Schema


def ordinary_word(c: Candidate) -> Finding:
    """The single word of the match is an ordinary word of the language, a title or a place."""
    if _is_chosen_elsewhere(c):
        return None
    common = c.alignment.commonness
    if len(common) == 1 and c.alignment.has_legal_form:
        return common[0] * table.WITH_ITS_LEGAL_FORM, f"{quoted(c)} is also used as a word"
    return (common[0], f"{quoted(c)} is also used as a word") if len(common) == 1 and common[0] else None


def ordinary_words(c: Candidate) -> Finding:
    """Every word of a longer match is an ordinary word; capitals in running text make a name of them all the same."""
    share = c.alignment.commonness_together
    if not share or _is_chosen_elsewhere(c):
        return None
    if _is_made_a_name(c):
        share *= table.CAPITALS_THAT_MEAN_A_NAME
    return share, f"{quoted(c)} are also used as words"


def _is_made_a_name(c: Candidate) -> bool:
    """Whether capitals in running text make a name of the words, all of which are there."""
    return c.alignment.may_be_proper and not c.begins_sentence() and not c.capitals_mean_nothing()


def legal_form_lost(c: Candidate) -> Finding:
    """Of a company's name only ordinary words and places, or a personal name, is there, without the legal form."""
    if not c.alignment.legal_form_lost or c.schema is Schema.PERSON or c.alignment.in_other_script:
        return None
    if len(c.alignment.strong) == 1:
        if c.alignment.is_one_stem and not c.alignment.commonness and not c.begins_sentence():
            # With a capital of its own it is a name, whatever its ending.
            return None
        return 1.0, f"{quoted(c)} without a legal form"
    share = 1 / (len(c.alignment.strong) - 1)
    if _is_made_a_name(c) and all(m.part.symbol == m.word.meaning.symbol for m in c.alignment.strong):
        share *= table.CAPITALS_THAT_MEAN_A_NAME
    near = c.alignment.as_firm or c.near_words() & lexicon().topics["firm"]
    return (table.FIRM_NEAR * share if near else share), f"{quoted(c)} without a legal form"


def known_otherwise(c: Candidate) -> Finding:
    """The words are also a place, or the single word a common personal name or a proper noun known from books."""
    strong = c.alignment.strong
    if c.schema is Schema.PERSON:
        # A byname of one word that others are called by, or that names something else: George, Muslim.
        byname = len(strong) == 1 and not c.alignment.missing and c.name.origin is NameOrigin.AUTHORITY
        known = byname and strong[0].word.meaning.flags & (GIVEN_NAME | FAMILY_NAME | PROPER | PLACE)
        return (table.A_PERSONAL_NAME, "also another name") if known and c.alignment.roles == {Role.PERSONAL} else None
    if c.alignment.has_legal_form:
        return None
    cut_to_a_place = not c.alignment.is_whole and is_well_known_place(c.alignment.running)
    if len(strong) != 1:
        if cut_to_a_place or c.alignment.running in lexicon().place_names:
            return table.A_PLACE, "also a place"
        return (table.A_PERSONAL_NAME, "also a person's name") if _is_a_persons_name(c) else None
    flags = strong[0].word.meaning.flags
    if strong[0].word.meaning.other_script and (given_name(strong[0].part.form) or 0.0) >= table.NAME_OF_SOME:
        flags |= GIVEN_NAME
    if flags & PLACE or cut_to_a_place:
        # Half of all ships are called after one, and the text says what it means: no_context, used_as_place.
        return table.A_PLACE_AS_MANY_CRAFT if is_craft(c) else table.A_PLACE, "also a place"
    if flags & (GIVEN_NAME | FAMILY_NAME):
        return table.A_PERSONAL_NAME, "also a personal name"
    if flags & PROPER and not c.of_a_group() and c.name.origin is not NameOrigin.PRESS:
        return table.A_PROPER_NOUN, "also another proper noun"
    return None


def _is_a_persons_name(c: Candidate) -> bool:
    """Whether a ship is called after somebody, by a given and a family name: Heydar Aliyev."""
    if not is_craft(c) or len(c.alignment.strong) != 2:
        return False
    given, family = (m.part.form for m in c.alignment.strong)
    shares = given_name(given) or 0.0, family_name(family) or 0.0
    return min(shares) >= table.A_NAME_OF_ITS_OWN


def _is_chosen_elsewhere(c: Candidate) -> bool:
    """Whether the press of another language is known to mean the entity by these words.

    The tables of its pack have many a name that the news is full of, and do not tell it from a word.
    """
    known = lexicon().flags
    return c.chosen and not any(known.get(m.word.meaning.form, 0) & ~PROPER for m in c.alignment.strong)
