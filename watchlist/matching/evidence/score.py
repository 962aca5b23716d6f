"""The rules: what is asked of a candidate, of whom, and under which label it is told. The numbers are in `table`."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features import (
    context,
    countries,
    craft,
    middle_names,
    name,
    neighbours,
    ordinary,
    people,
    support,
    usage,
)
from watchlist.matching.evidence.features.finding import Feature
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.table import WEIGHTS
from watchlist.model import Schema

_PEOPLE = frozenset({Schema.PERSON})
_THINGS = frozenset(Schema) - _PEOPLE
_CRAFT = frozenset({Schema.VESSEL, Schema.AIRCRAFT})
#: The fields of an entity without which there is nothing to ask.
_NEEDED = ("programs", "identifiers", "designations")


def _of_one_word(a: Alignment) -> bool:
    return len(a.matches) == 1


def _of_one_strong_word(a: Alignment) -> bool:
    return len(a.strong) == 1


def _by_sound_alone(a: Alignment) -> bool:
    return a.is_one_sound


def _of_one_word_alone(a: Alignment) -> bool:
    return len(a.strong) == 1 and not a.is_a_firms_full_name


def _of_ordinary_words(a: Alignment) -> bool:
    return a.commonness_together > 0 and not a.is_a_firms_full_name


def _not_a_firms_full_name(a: Alignment) -> bool:
    return not a.is_a_firms_full_name


def _without_legal_form(a: Alignment) -> bool:
    return a.legal_form_lost


def _of_a_family_name(a: Alignment) -> bool:
    return a.family_name_only


def _with_a_word_inside(a: Alignment) -> bool:
    return bool(a.extra)


def anyhow(_: Alignment) -> bool:
    """Holds of every alignment."""
    return True


class Reads(IntEnum):
    """What a rule reads at most, the quicker to read the lower."""

    #: The alignment and the entity alone: the answer is the same in every article.
    ALIGNMENT = 0
    #: What was found out about the candidate when it was collected.
    CANDIDATE = 1
    #: What the article speaks of.
    ARTICLE = 2
    #: Words within reach.
    NEAR = 3
    #: The words before and after, one by one.
    AROUND = 4


class AsListed(NamedTuple):
    """What kind of thing a candidate is, and which of the fields that rules need its entry and its subject have."""

    schema: Schema
    entry: tuple[str, ...]
    subject: tuple[str, ...]


def described(c: Candidate) -> AsListed:
    """What the lists tell of a candidate, as far as rules ask for it."""
    entry = tuple([field for field in _NEEDED if getattr(c.entity, field)])
    subject = entry if len(c.subject.listings) == 1 else tuple([f for f in _NEEDED if getattr(c.subject, f)])
    return AsListed(c.schema, entry, subject)


class Rule(NamedTuple):
    """A question to a candidate, as it describes itself.

    Its finding lies between 0 and 1 and counts with its weight; below zero it speaks against. Other schemas than ``of``
    are not asked, nor entities of which the list says nothing in the field ``having``, nor alignments that are not as
    ``where`` says: there it never holds.
    """

    feature: Feature
    #: The beginning of the sentence in which the finding is told.
    label: str
    reads: Reads
    of: frozenset[Schema] = frozenset(Schema)
    where: Callable[[Alignment], bool] = anyhow
    #: A field of the entity that it needs, one of `_NEEDED`.
    having: str | None = None
    #: A name that the user trusts is not held to it.
    forgiven: bool = False

    @property
    def name(self) -> str:
        """Under which the finding is kept and the weight stands in the table."""
        return self.feature.__name__

    @property
    def question(self) -> str:
        """What it looks at, in a sentence."""
        return (self.feature.__doc__ or "").partition("\n")[0]

    @property
    def weight(self) -> float:
        """What a finding of 1 adds to the score."""
        return WEIGHTS[self.name]

    def is_asked(self, described: AsListed, *, trusted: bool = False) -> bool:
        """Whether the rule is asked of candidates of which so much is known, alignments aside.

        What any entry says of the subject may speak for it; against it, only what the entry does whose name this is.
        """
        if described.schema not in self.of or (trusted and self.forgiven):
            return False
        return self.having is None or self.having in (described.subject if self.weight > 0 else described.entry)

    def applies(self, c: Candidate, *, trusted: bool = False) -> bool:
        """Whether the rule is asked of a candidate."""
        return self.is_asked(described(c), trusted=trusted) and self.where(c.alignment)


#: In the order in which findings are reported: what speaks against comes first.
RULES: tuple[Rule, ...] = (
    Rule(name.alignment, "Name", Reads.ALIGNMENT),
    Rule(name.one_word, "One word", Reads.CANDIDATE, where=_of_one_word_alone, forgiven=True),
    Rule(name.spelled_otherwise, "Spelling", Reads.CANDIDATE, where=_of_one_strong_word, forgiven=True),
    Rule(name.one_sound, "One sound", Reads.ARTICLE, where=_by_sound_alone, forgiven=True),
    Rule(name.other_letters, "Other letters", Reads.ALIGNMENT),
    Rule(name.sound_of_signs, "Sound of signs", Reads.ARTICLE, _PEOPLE),
    Rule(ordinary.ordinary_word, "Ordinary language", Reads.ALIGNMENT, where=_of_one_word_alone, forgiven=True),
    Rule(ordinary.ordinary_words, "Ordinary words", Reads.AROUND, where=_of_ordinary_words, forgiven=True),
    Rule(ordinary.legal_form_lost, "No legal form", Reads.AROUND, _THINGS, where=_without_legal_form),
    Rule(ordinary.known_otherwise, "Other meaning", Reads.ALIGNMENT, where=_not_a_firms_full_name, forgiven=True),
    Rule(people.common_name, "Common name", Reads.ALIGNMENT, _PEOPLE),
    Rule(middle_names.other_middle_name, "Middle name", Reads.ALIGNMENT, _PEOPLE, where=_with_a_word_inside),
    Rule(people.family_name_only, "Family name alone", Reads.AROUND, _PEOPLE, where=_of_a_family_name),
    Rule(support.other_identifier, "Another identifier", Reads.CANDIDATE, having="identifiers"),
    Rule(support.no_support, "No support", Reads.ARTICLE, having="programs", forgiven=True),
    Rule(context.other_context, "Other company", Reads.NEAR),
    Rule(craft.no_context, "Context", Reads.NEAR, _CRAFT, forgiven=True),
    Rule(name.cut_to_one_word, "Shortened name", Reads.NEAR, _THINGS, where=_of_one_strong_word),
    Rule(name.unlike_alias, "Another name", Reads.ARTICLE),
    Rule(name.weak_alias, "Weak name", Reads.ARTICLE, forgiven=True),
    Rule(name.three_letters, "Weak name", Reads.ARTICLE, _THINGS, where=_of_one_word, forgiven=True),
    Rule(neighbours.longer_name, "Longer name", Reads.AROUND),
    Rule(people.another_person, "Another person", Reads.AROUND, _PEOPLE, where=_of_one_strong_word),
    Rule(usage.used_as_place, "Place", Reads.AROUND, _THINGS, forgiven=True),
    Rule(usage.title_of_a_work, "Title of a work", Reads.AROUND, _THINGS, where=_of_one_word),
    Rule(countries.an_office, "Office of another", Reads.AROUND, _THINGS, where=_not_a_firms_full_name),
    Rule(countries.foreign_country, "Another country", Reads.AROUND),
    Rule(countries.country_before, "Another body", Reads.ALIGNMENT, _THINGS),
    Rule(people.unfit_role, "Another role", Reads.AROUND, _PEOPLE),
    Rule(usage.sentence_start, "Capital letter", Reads.AROUND, where=_of_one_word),
    Rule(usage.written_small, "Ordinary language", Reads.ARTICLE, where=_of_one_strong_word, forgiven=True),
    Rule(context.fitting_context, "Context", Reads.NEAR),
    Rule(support.country, "Country", Reads.ARTICLE),
    Rule(support.program, "Program", Reads.ARTICLE, having="programs"),
    Rule(countries.its_country, "Its country", Reads.AROUND),
    Rule(support.associates, "Associates", Reads.CANDIDATE, _PEOPLE, having="programs"),
    Rule(people.title, "Title", Reads.AROUND, _PEOPLE),
    Rule(support.designation, "Office", Reads.NEAR, having="designations"),
    Rule(support.other_name, "Other name", Reads.CANDIDATE),
    Rule(support.identifier, "Identifier", Reads.CANDIDATE, having="identifiers"),
    Rule(craft.kind_before, "Kind", Reads.AROUND, _CRAFT),
)
