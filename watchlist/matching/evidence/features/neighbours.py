"""The words right before and after a name: whether they belong to the same, longer one."""

from __future__ import annotations

from watchlist.matching import table
from watchlist.matching.evidence.aliases import has_in_one_name
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.craft import is_craft, is_kind
from watchlist.matching.evidence.features.finding import Finding
from watchlist.matching.evidence.features.people import commonness, family_only, is_family_name_of_all
from watchlist.matching.language.known.lexicon import (
    FAMILY_NAME,
    GENERIC,
    GIVEN_NAME,
    LEGAL_FORM,
    ORDINARY,
    PARTICLE,
    PLACE,
    TITLE,
)
from watchlist.matching.language.known.name_frequency import given_name
from watchlist.matching.language.latin import is_noun
from watchlist.matching.language.name_words import (
    ARABIC_ARTICLES,
    BINDING,
    BYNAME_WORDS,
    OFTEN_DROPPED,
    PATRONYMIC,
    is_abd,
)
from watchlist.matching.language.packs.load import ENGLISH
from watchlist.matching.language.spelling import symbol
from watchlist.matching.language.words import Meaning, Word
from watchlist.model import Schema

#: Signs that are not seen and stand beside a space.
_UNSEEN = "\u200b\u200c\u200d\u2060"


def longer_name(c: Candidate) -> Finding:
    """A capitalised neighbour seems to belong to the same, longer name."""
    worst, detail = 0.0, ""
    if not c.alignment.matches:
        return None
    if (bound := _bound(c)) is not None:
        return 1.0, f"'{bound.meaning.form}' joins it to a longer name"
    for neighbour, is_left in ((c.before(), True), (c.after(), False)):
        if neighbour is None:
            continue
        score = _belongs(c, neighbour, is_left)
        if score > worst:
            worst, detail = score, f"'{neighbour.meaning.form}' stands {'before' if is_left else 'after'} it"
    return (worst, detail) if worst else None


def _bound(c: Candidate) -> Word | None:
    """A small word that binds another name to this one, and is not the listed name's: Abu [X], [X Y] al-Z."""
    before, after = c.before(), c.following()[:2]
    if before is not None and before.meaning.form not in {*c.alignment.forms, *(p.form for p in c.alignment.missing)}:
        cut = c.schema is not Schema.PERSON and not c.alignment.is_whole and len(c.alignment.strong) == 1
        binds = BYNAME_WORDS | ARABIC_ARTICLES if cut and before.meaning.capital else BYNAME_WORDS
        if before.meaning.form in binds:
            return before
    if c.schema is not Schema.PERSON or len(after) < 2 or not c.alignment.matches:
        return None
    small = after[0].meaning.form in BINDING and not after[0].meaning.capital
    binding = small and after[0].gap.strip(_UNSEEN) == " "
    last = max(c.alignment.matches, key=lambda m: m.word.start).part.form
    # A given name ends it: the family name is still to come.
    open_end = (given_name(last) or 0.0) >= table.NAME_OF_SOME
    lost = any(after[1].meaning.form == part.form for part in c.alignment.missing)
    if binding and open_end and after[1].meaning.capital and not lost:
        return after[1]
    return None


def _belongs(c: Candidate, neighbour: Word, is_left: bool) -> float:
    meaning = neighbour.meaning
    if not meaning.has_case or meaning.other_script is not c.alignment.in_other_script:
        return 0.0
    if meaning.capital and is_noun(meaning.form, meaning.flags, c.article.reader.pack):
        return 0.0
    if is_left and meaning.capital and _is_given_name_of_any(c, meaning):
        return 0.0
    hyphen = (c.words[c.first].gap if is_left else neighbour.gap).strip(_UNSEEN) in ("-", "\u2011")
    if hyphen and not is_left and not meaning.capital:
        # Another script has its own way of writing names with hyphens: Ким Чен-ун.
        return 0.0 if meaning.other_script or meaning.form.endswith(c.article.endings_of_adjectives) else 1.0
    if is_left and c.schema is Schema.PERSON and meaning.capital and _may_be_a_name(meaning):
        # Before given and family name it is a title: Sheikh X Y.
        return table.TITLE_OR_NAME if family_only(c) or _is_one_given_name(c) else table.OFTEN_LEFT_OUT
    if not meaning.capital or meaning.flags & (TITLE | PARTICLE) or len(meaning.form) < 2 or is_abd(meaning.form):
        return 0.0
    if is_left and is_craft(c) and is_kind(c, neighbour):
        return 0.0
    if hyphen and (meaning.flags & PLACE or c.schema is not Schema.PERSON):
        return table.HYPHEN_TO_A_THING
    if is_left and c.schema is Schema.PERSON and not family_only(c) and not _is_one_given_name(c):
        if meaning.flags & (ORDINARY | PLACE) or _is_whose(c) or PATRONYMIC.search(meaning.form):
            return 0.0
        return table.OFTEN_LEFT_OUT if meaning.symbol == symbol(OFTEN_DROPPED) else table.NO_PART_OF_A_PERSONS
    if is_left and c.begins_sentence(c.first - 1) and meaning.flags & ORDINARY:
        return 0.0
    if is_left and meaning.flags & PLACE:
        return table.PLACE_BEFORE
    if is_left and c.article.reader.pack.code != ENGLISH and c.begins_sentence(c.first - 1):
        # Of other languages the tables have the more frequent words only, and few of them in all cases.
        return table.NAME_AT_A_START if meaning.flags & (GIVEN_NAME | FAMILY_NAME) else table.WORD_AT_A_START
    if not is_left and c.article.reader.pack.inflects and meaning.flags & _of_another(c):
        # Where endings say who does what to whom, any word may follow any.
        return 0.0
    if is_left and meaning.flags & ORDINARY and c.of_a_group():
        return table.WORD_BEFORE_A_GROUP
    if meaning.flags & LEGAL_FORM or any(meaning.form in part.form.split() for part in c.alignment.missing):
        return 0.0
    if c.capitals_mean_nothing() and meaning.flags & ORDINARY:
        return table.WORD_AMID_CAPITALS
    if (not is_left or c.schema is not Schema.PERSON) and has_in_one_name(c, meaning):
        return 0.0
    return table.BEHIND_A_NAME_IN_FULL if not is_left and _goes_on_with(c, meaning) else 1.0


def _goes_on_with(c: Candidate, behind: Meaning) -> bool:
    """Whether the word behind a name in full is one more of the same's: a person's further family name, a body's kind.

    Three names of which few have all are hardly another person's; nor is another body called by three words of which
    nobody knows one, and a kind.
    """
    if not c.alignment.is_whole or len(c.alignment.strong) <= table.NAMES_THAT_AGREE:
        return False
    if c.schema is Schema.PERSON:
        return commonness(c) is None
    return c.alignment.is_of_unheard_words and bool(behind.flags & GENERIC)


def _of_another(c: Candidate) -> int:
    """What a word behind a name is known as that is no part of it: a place behind a person, somebody behind a body."""
    return PLACE if c.schema is Schema.PERSON else 0 if is_craft(c) else GIVEN_NAME


def _is_whose(c: Candidate) -> bool:
    """Whether the word before a name is whose title stands before that, in a case of its own: ``title [of] X, Y``."""
    if not c.article.reader.pack.inflects or c.first < 2:
        return False
    neighbour, title = c.words[c.first - 1], c.words[c.first - 2].meaning
    return neighbour.gap == " " and bool(title.flags & TITLE) and not neighbour.meaning.flags & GIVEN_NAME


def _may_be_a_name(meaning: Meaning) -> bool:
    """Whether what looks like a title is as often a given name: Sultan."""
    return bool(meaning.flags & TITLE and meaning.flags & GIVEN_NAME) and not meaning.flags & ORDINARY


def _is_given_name_of_any(c: Candidate, meaning: Meaning) -> bool:
    """Whether it stands before a family name of which any bearer is meant; known as one where no kind is listed."""
    if not is_family_name_of_all(c) or meaning.flags & (ORDINARY | PLACE):
        return False
    return c.schema is Schema.PERSON or (c.schema is Schema.LEGAL_ENTITY and bool(meaning.flags & GIVEN_NAME))


def _is_one_given_name(c: Candidate) -> bool:
    """Whether the two words found are one name by sense: ``Abdul Jabbar``, servant of the Mighty."""
    matches = c.alignment.matches
    return len(matches) == 2 and any(is_abd(match.word.meaning.form) for match in matches)
