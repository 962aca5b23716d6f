"""A candidate: a stretch of an article that may name an entity, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import lru_cache

from watchlist.matching import table
from watchlist.matching.evidence.article import SENTENCE_END, ReadArticle, mostly_capital
from watchlist.matching.evidence.programs import known_programs
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.known.lexicon import ORDINARY, PARTICLE, PLACE, TITLE
from watchlist.matching.language.known.name_counts import name_counts
from watchlist.matching.language.packs.load import ENGLISH, pack
from watchlist.matching.language.packs.pack import Capitals
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, Role
from watchlist.matching.language.script.scripts import is_latin
from watchlist.matching.language.spelling import words_of
from watchlist.matching.language.words import Word
from watchlist.matching.search.alignment import Alignment
from watchlist.model import Entity, Field, Name, NameOrigin, Schema, Subject

#: What stands between an initial and the next word.
_AFTER_INITIAL = frozenset({". ", ".", ".\u00a0", ".-"})
_TOUCHING = re.compile(r"^[\s\u200b-\u200f\u2060-]{0,4}$")


@dataclass(slots=True)
class Candidate:
    """A stretch of an article that may name an entity, with the evidence gathered about it."""

    field: Field
    start: int
    end: int
    alignment: Alignment
    #: The entry whose name this is, and the subject that it is an entry of.
    entity: Entity
    subject: Subject
    article: ReadArticle
    #: What is found out when the article is read as a whole.
    other_names: tuple[str, ...] = ()
    identifier: str | None = None
    foreign_identifier: str | None = None
    #: The words around, and which of them are the first and the last of the span.
    words: Sequence[Word] = ()
    first: int = 0
    last: int = 0
    _core: tuple[int, int] | None = attribute(default=None)
    _near: frozenset[str] | None = attribute(default=None)
    _support: tuple[tuple[str, ...], tuple[str, ...]] | None = attribute(default=None)

    @property
    def name(self) -> Name:
        """The listed name."""
        return self.alignment.name.name

    @property
    def schema(self) -> Schema:
        """What kind of thing the entity is."""
        return self.entity.schema

    @property
    def chosen(self) -> bool:
        """Whether the press is known to use the listed name for this entity, or the user says so.

        Of the languages of a script without capitals each has words of its own: what names a body in one is a word of
        another. And how the press of one script writes a name is no usage in Latin letters that sound like it.
        """
        if self.alignment.is_latin_for_another_script and not is_chosen(self.name, self.entity, latin=True):
            return False
        reading = self.article.reader.pack
        own = self.alignment.is_as_its_script_has_it and reading.capitals is Capitals.NONE
        return is_chosen(self.name, self.entity, reading.code if own else None)

    @property
    def surface(self) -> str:
        """The text as it stands in the article."""
        return self.article.texts[self.field][self.start : self.end]

    def core(self) -> tuple[int, int]:
        """Where the words of the name that say something begin and end; all of it for what is no name."""
        if self._core is None:
            strong = self.alignment.strong or self.alignment.matches
            shift = self.end - self.alignment.end
            self._core = (
                (shift + min(m.word.start for m in strong), shift + max(m.word.end for m in strong))
                if strong
                else (self.start, self.end)
            )
        return self._core

    def look_around(self) -> None:
        """Read the words around the span, once."""
        if not self.words:
            self.words, self.first, self.last = self.article.around(self.field, self.start, self.end)

    def holders(self) -> tuple[int, int]:
        """How common the family name and the given name of this candidate are, as `name_counts` counts.

        Of several family or given names the rarest counts: few people share both of two surnames. Where the text spells
        one otherwise, as many bear it as bear either spelling: a Sharif is seldom the Zarif whom Germans write Sarif.
        """
        family: list[int] = []
        given: list[int] = []
        for m in self.alignment.matches:
            as_family, as_given = map(max, name_counts(m.part.symbol)[1:], name_counts(m.word.meaning.symbol)[1:])
            if m.part.role in FAMILY_ROLES:
                family.append(as_family)
            elif m.part.role in GIVEN_ROLES:
                given.append(as_given)
            elif m.part.role is Role.PERSONAL:
                family.append(as_given)
                given.append(as_given)
        return min(family, default=0), min(given, default=0)

    def near_words(self) -> frozenset[str]:
        """Lower-cased words within reach of the span, the span itself left out."""
        if self._near is None:
            self._near = self.article.near(self.field, self.start, self.end)
        return self._near

    def support(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Countries, and words of the program's subject, that entity and article share."""
        if self._support is None:
            countries, words = self.article.shared(self.subject.programs, self.subject.countries)
            if words and not self.alignment.forms.isdisjoint(words):
                words = tuple(word for word in words if word not in self.alignment.forms)
            self._support = countries, words
        return self._support

    def of_a_group(self) -> bool:
        """Whether the subject is listed for terrorism or organised crime: such groups are named by proper nouns."""
        return any(map(is_group, self.subject.listings))

    def before(self) -> Word | None:
        """The word that touches the span on its left."""
        self.look_around()
        first = self.first
        if first == 0 or not _TOUCHING.match(self.words[first].gap):
            return None
        return self.words[first - 1]

    def initials_before(self) -> str:
        """Initials right before the span, such as ``ds`` for ``D. S. Peskov``; none for ``U.S.`` and its like."""
        self.look_around()
        letters = ""
        at = self.first
        while at and self.words[at].gap in _AFTER_INITIAL:
            meaning = self.words[at - 1].meaning
            if len(meaning.form) != 1 or not meaning.capital or meaning.other_script:
                break
            letters = meaning.form + letters
            at -= 1
        return "" if letters in self.article.group("abbreviation") else letters

    def after(self) -> Word | None:
        """The word that touches the span on its right."""
        self.look_around()
        last = self.last + 1
        if last >= len(self.words) or not _TOUCHING.match(self.words[last].gap):
            return None
        return self.words[last]

    def following(self) -> Sequence[Word]:
        """The words of the next few, up to the end of the sentence."""
        return self.article.following(self.field, self.end)

    def begins_sentence(self, at: int | None = None) -> bool:
        """Whether the word (the first of the span by default) stands where any word has a capital."""
        self.look_around()
        at = self.first if at is None else at
        gap = self.words[at].gap
        return (at == 0 and self.words[0].start < 3) or SENTENCE_END.search(gap) is not None

    def capitals_mean_nothing(self) -> bool:
        """Whether the words around are all written with a capital."""
        if self.field == "title":
            return self.article.titled
        self.look_around()
        text, end = self.article.texts[self.field], self.words[-1].end
        after = self.article.reader.words(text, end, min(len(text), max(end, self.end + table.READ_AFTER)))
        return mostly_capital([*self.words[max(0, self.first - 6) :], *after])

    def titles_before(self) -> Iterator[Word]:
        """Titles and offices that stand right before the span."""
        self.look_around()
        at = self.first - 1
        ends = self.article.group("ends_office")
        while at >= 0 and _TOUCHING.match(self.words[at + 1].gap) and self.words[at].meaning.form not in ends:
            flags = self.words[at].meaning.flags
            if flags & TITLE:
                yield self.words[at]
            elif not flags & (PARTICLE | PLACE | ORDINARY):
                return
            at -= 1
            if at < self.first - 5:
                return


@lru_cache(maxsize=1 << 14)
def _chosen(names: tuple[Name, ...], language: str | None, latin: bool) -> frozenset[str]:
    chosen = (name for name in names if name.origin is not NameOrigin.AUTHORITY)
    return frozenset(
        " ".join(words_of(name.text))
        for name in chosen
        if (language is None or name.lang in (None, language)) and (not latin or is_latin(name.text))
    )


def is_chosen(name: Name, entity: Entity, language: str | None = None, *, latin: bool = False) -> bool:
    """Whether a name is one that the press uses or the user gave, be it listed by the authority as well.

    With a ``language`` it is the press of that one; ``latin`` asks for the name in Latin letters.
    """
    if name.origin is not NameOrigin.AUTHORITY and language is None and not latin:
        return True
    chosen = _chosen(entity.names, language, latin)
    return bool(chosen) and " ".join(words_of(name.text)) in chosen


def is_group(entity: Entity) -> bool:
    """Whether an entity is listed for terrorism or organised crime, and is no firm.

    The firms that serve such groups are listed for the same and named like any other firm.
    """
    words = known_programs(entity.programs)[1]
    return not words.isdisjoint(pack(ENGLISH).group("group_subject")) and not _is_firm(entity.names[0], entity.schema)


@lru_cache(maxsize=1 << 12)
def _is_firm(first: Name, schema: Schema) -> bool:
    """Whether an entity with this first name is plainly a company: it is listed as one, or has a legal form."""
    return schema is Schema.COMPANY or any(part.role is Role.LEGAL_FORM for part in parse_name(first, schema))


#: The candidates of each subject, by its number in the index.
BySubject = dict[int, list[Candidate]]
#: Says of a subject's number whether it is to be looked for; None takes all.
Wanted = Callable[[int], bool] | None
