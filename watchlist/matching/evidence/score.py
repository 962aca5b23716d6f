"""The one table of weights and thresholds. A score is the sum of finding times weight, kept between 0 and 1."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from watchlist.matching.evidence.features import craft, name, neighbours, ordinary, people, support, usage
from watchlist.matching.evidence.features.finding import Feature
from watchlist.matching.language.roles import Role
from watchlist.matching.search.alignment import Alignment
from watchlist.model import Schema

_PEOPLE = frozenset({Schema.PERSON})
_THINGS = frozenset(Schema) - _PEOPLE
_CRAFT = frozenset({Schema.VESSEL, Schema.AIRCRAFT})
_ALL = frozenset(Schema)


def _of_one_word(a: Alignment) -> bool:
    return len(a.matches) == 1


def _of_one_strong_word(a: Alignment) -> bool:
    return len(a.strong) == 1


def _partly_small(a: Alignment) -> bool:
    return not all(match.word.meaning.capital for match in a.matches)


def _any(_: Alignment) -> bool:
    return True


class Rule(NamedTuple):
    """A feature and what it weighs; weights below zero speak against.

    Other schemas than ``of`` are not asked, nor alignments that are not as ``where`` says: there it never holds.
    """

    feature: Feature
    weight: float
    of: frozenset[Schema] = _ALL
    where: Callable[[Alignment], object] = _any


#: In the order in which findings are reported: what speaks against comes first.
RULES: tuple[Rule, ...] = (
    Rule(name.alignment, 0.82),
    Rule(name.one_word, -0.26, where=_of_one_strong_word),
    Rule(ordinary.ordinary_word, -0.55),
    Rule(ordinary.ordinary_words, -0.55, where=attrgetter("commonness_together")),
    Rule(ordinary.legal_form_lost, -0.25, _THINGS, where=attrgetter("legal_form_lost")),
    Rule(ordinary.known_otherwise, -0.38),
    Rule(people.common_name, -0.30, _PEOPLE),
    Rule(people.family_name_only, -0.25, _PEOPLE),
    Rule(support.other_identifier, -0.60),
    Rule(support.no_support, -0.20),
    Rule(craft.no_context, -0.40, _CRAFT),
    Rule(name.cut_to_one_word, -0.20, _THINGS, where=_of_one_strong_word),
    Rule(name.weak_alias, -0.25),
    Rule(neighbours.longer_name, -0.40),
    Rule(people.another_person, -0.60, _PEOPLE, where=_of_one_strong_word),
    Rule(usage.used_as_place, -0.35, _THINGS, where=_of_one_word),
    Rule(usage.title_of_a_work, -0.35, _THINGS, where=_of_one_word),
    Rule(usage.lower_case, -0.40, where=_partly_small),
    Rule(usage.sentence_start, -0.10, where=_of_one_word),
    Rule(usage.written_small, -0.40, where=_of_one_strong_word),
    Rule(support.fitting_context, 0.10),
    Rule(support.country, 0.08),
    Rule(support.program, 0.07),
    Rule(people.title, 0.10, _PEOPLE),
    Rule(people.initial, 0.15, _PEOPLE, where=attrgetter("family_name_only")),
    Rule(support.designation, 0.06),
    Rule(support.other_name, 0.15),
    Rule(support.identifier, 0.30),
    Rule(craft.kind_before, 0.20, _CRAFT),
)

#: Name to name: the same idea, with features of their own.
NAME_WEIGHTS = {
    "alignment": 1.0,
    "conflict": -0.25,
    "one_word": -0.15,
    "father_and_son": -0.40,
    "number": -0.10,
    "other_sign": -0.35,
}
#: What a word weighs in a comparison of two names by its role; a word of a person's name weighs 1.
PART_WEIGHTS = {Role.LEGAL_FORM: 0.1, Role.PARTICLE: 0.05, Role.GENERIC: 0.8, Role.NUMBER: 0.6, Role.PLACE: 0.9}
#: From this score on two names are taken for one.
NAME_PREDICTED = 0.70

#: From this score on a mention alerts, and from this one it is kept for review.
ALERT = 0.70
REVIEW = 0.50
#: What a name that the user trusts is no longer held against.
FORGIVEN = frozenset(
    {
        name.weak_alias,
        name.one_word,
        ordinary.ordinary_word,
        ordinary.ordinary_words,
        usage.written_small,
        ordinary.known_otherwise,
        usage.used_as_place,
        craft.no_context,
        support.no_support,
    }
)
