"""One article as the engine reads it: candidates, and what the features ask about the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property, lru_cache

from watchlist.matching.index.names import parse_name, words_of
from watchlist.matching.language.lexicon import ORDINARY, PARTICLE, PLACE, TITLE, lexicon
from watchlist.matching.language.normalise import APOSTROPHES, INVISIBLE
from watchlist.matching.language.parts import Role
from watchlist.matching.search.align import Alignment
from watchlist.matching.search.tokens import Reader, Word
from watchlist.model import Article, Entity, Field, Name, Schema

#: How far from a mention, in characters, a word still speaks of it.
NEAR = 160
#: How far, in characters, words before and after a mention are read one by one.
AROUND, AFTER = 40, 28
_OF_GROUPS = frozenset({"terrorist", "cartel", "gang"})
#: A program's prefix of up to this length is a code, not a word.
_LONGEST_CODE = 4
#: Small letters for capitals and spaces for all that is no letter: as bytes, many times faster than an expression.
_LETTERS = bytes(c | 32 if chr(c).isascii() and chr(c).isalpha() else 32 for c in range(256))
_SENTENCE_END = re.compile(r"[.!?:;\n“\"]|[-–—]\s")
_NEXT_WORD = re.compile(f"\\W{{1,4}}\\w++(?:[{APOSTROPHES}{INVISIBLE}]+\\w++)*+")
#: What stands between an initial and the next word.
_AFTER_INITIAL = frozenset({". ", ".", ".\u00a0", ".-"})
#: Letters with points that end many a sentence, and are nobody's initials.
_ABBREVIATIONS = frozenset({"us", "uk", "un", "eu", "ussr", "uae", "dc", "pm", "am"})
_TOUCHING = re.compile(r"^[\s\u200b-\u200f\u2060-]{0,4}$")


class Reading:
    """One article with what is found out about it only when asked, and only once."""

    def __init__(self, article: Article, reader: Reader) -> None:
        self.article = article
        self.reader = reader
        self.texts: dict[Field, str] = {"title": article.title, "text": article.text}
        self._around: dict[tuple[Field, int, int], tuple[list[Word], int, int]] = {}
        self._near: dict[tuple[Field, int, int], frozenset[str]] = {}
        #: The article's capitalised words that speak of a country; filled in as the article is read.
        self.places: set[str] = set()
        self._spoken_of: dict[str, bool] = {}
        self._shared: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def around(self, field: Field, start: int, end: int) -> tuple[list[Word], int, int]:
        """The words before a span, in it and right after it, and which are its first and its last.

        Namesakes share them.
        """
        found = self._around.get((field, start, end))
        if found is None:
            text = self.texts[field]
            left = max(0, start - AROUND)
            next_word = _NEXT_WORD.match(text, end)
            words = self.reader.words(text, left, next_word.end() if next_word else end)
            if left and words[0].start == left < start and text[left - 1].isalnum():
                del words[0]
            first = next((at for at, word in enumerate(words) if word[1] > start), 0)
            last = first
            while last + 1 < len(words) and words[last + 1].start < end:
                last += 1
            found = self._around[field, start, end] = words, first, last
        return found

    def near(self, field: Field, start: int, end: int) -> frozenset[str]:
        """Small-lettered words within reach of a span, the span itself left out."""
        found = self._near.get((field, start, end))
        if found is None:
            # Letter for letter as the two texts are, with a space before each.
            shift = 1 if field == "title" else len(self.article.title) + 2
            limit = shift + len(self.texts[field])
            left = self.letters[max(shift, shift + start - NEAR) : shift + start]
            right = self.letters[shift + end : min(limit, shift + end + NEAR)]
            found = self._near[field, start, end] = frozenset((left + b" " + right).decode().split())
        return found

    @cached_property
    def letters(self) -> bytes:
        """Title and text as small-lettered words with single spaces, or more, around each."""
        return f" {self.article.title} {self.article.text} ".encode("ascii", "replace").translate(_LETTERS)

    @cached_property
    def length_share(self) -> float:
        """How far the absence of a word says something: little in a headline, all in an article of 600 characters."""
        return max(0.25, min(1.0, (len(self.article.text) + len(self.article.title)) / 600))

    def writes_small(self, form: str) -> bool:
        """Whether the article writes this word somewhere without a capital."""
        text = self.article.text
        at = text.find(" " + form)
        while at >= 0:
            end = at + len(form) + 1
            if not text[end : end + 1].isalnum():
                return True
            at = text.find(" " + form, end)
        return False

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries the article speaks of."""
        known = lexicon().countries
        return frozenset(code for word in self.places for code in known[word])

    def shared(self, programs: tuple[str, ...], countries: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Countries in order, and words of the programs' subjects, that an entity shares with the article.

        Namesakes are often listed for the same reason, and then share the answer. The few words in question are
        searched for one by one, which takes less than taking the article apart.
        """
        found = self._shared.get((programs, countries))
        if found is None:
            codes, places, words = _subject(programs, countries)
            spoken_of = places & self.places
            for word, spaced in words:
                known = self._spoken_of.get(word)
                if known is None:
                    known = self._spoken_of[word] = spaced in self.letters
                if known:
                    spoken_of.add(word)
            met = codes & self.countries
            found = self._shared[programs, countries] = tuple(sorted(met)) if met else (), tuple(sorted(spoken_of))
        return found

    @cached_property
    def titled(self) -> bool:
        """Whether the title is written with capitals throughout, so that a capital there says nothing."""
        return mostly_capital(self.reader.words(self.article.title, 0, min(len(self.article.title), 400)))


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
def _subject(
    programs: tuple[str, ...], countries: tuple[str, ...]
) -> tuple[frozenset[str], set[str], tuple[tuple[str, bytes], ...]]:
    """Countries, words that speak of a country, and other words, as they stand among letters, of an entity's case."""
    codes, words = known_programs(programs)
    places = {word for word in words if word in lexicon().countries}
    return codes.union(countries), places, tuple((word, f" {word} ".encode()) for word in sorted(words - places))


@lru_cache(maxsize=1 << 12)
def _is_firm(first: Name, schema: Schema) -> bool:
    """Whether an entity with this first name is plainly a company: it is listed as one, or has a legal form."""
    return schema is Schema.COMPANY or any(part.role is Role.LEGAL for part in parse_name(first, schema))


def mostly_capital(words: Sequence[Word]) -> bool:
    """Whether most words of more than three letters have a capital."""
    long = [word for word in words if word.end - word.start > 3]
    return len(long) >= 4 and sum(word.meaning.capital for word in long) >= 0.8 * len(long)


@dataclass(slots=True)
class Candidate:
    """A stretch of an article that may name an entity, with the evidence gathered about it."""

    field: Field
    start: int
    end: int
    alignment: Alignment
    entity: Entity
    reading: Reading
    #: Filled in by the engine when it reads the article as a whole.
    rivals: tuple[Candidate, ...] = ()
    other_names: tuple[str, ...] = ()
    identifier: str | None = None
    foreign_identifier: str | None = None
    #: Another candidate that fits the same words, or words around them, better.
    better: Candidate | None = None
    #: The words around, and which of them are the first and the last of the span.
    words: Sequence[Word] = ()
    first: int = 0
    last: int = 0
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
    def told_apart(self) -> str:
        """The entity with what tells it from its namesakes."""
        told: str | None = self.alignment.memory.get("told apart")
        if told is None:
            e = self.entity
            about = [e.id, *e.designations[:1], *(f"born {b}" for b in e.birth_dates[:1]), *e.programs[:2]]
            told = self.alignment.memory["told apart"] = f"{e.caption} ({', '.join(about)})"
        return told

    @property
    def surface(self) -> str:
        """The text as it stands in the article."""
        return self.reading.texts[self.field][self.start : self.end]

    def look_around(self) -> None:
        """Read the words around the span, once."""
        if not self.words:
            self.words, self.first, self.last = self.reading.around(self.field, self.start, self.end)

    def holders(self) -> tuple[int, int]:
        """How many listed entities have the family name, and how many the given name, of this candidate.

        Of several family or given names the rarest counts: few people share both of two surnames.
        """
        family: list[int] = []
        given: list[int] = []
        index = self.reading.reader.index
        for m in self.alignment.matches:
            id = index.symbol_id(m.part.symbol)
            if id is None:
                continue
            _, as_family, as_given = index.counts(id)
            if m.part.role in (Role.SURNAME, Role.SURNAME2):
                family.append(as_family)
            elif m.part.role in (Role.GIVEN, Role.MIDDLE):
                given.append(as_given)
            elif m.part.role is Role.PERSONAL:
                family.append(as_given)
                given.append(as_given)
        return min(family, default=0), min(given, default=0)

    def near_words(self) -> frozenset[str]:
        """Lower-cased words within reach of the span, the span itself left out."""
        if self._near is None:
            self._near = self.reading.near(self.field, self.start, self.end)
        return self._near

    def support(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Countries, and words of the program's subject, that entity and article share."""
        if self._support is None:
            countries, words = self.reading.shared(self.entity.programs, self.entity.countries)
            if words and not self.alignment.forms.isdisjoint(words):
                words = tuple(word for word in words if word not in self.alignment.forms)
            self._support = countries, words
        return self._support

    def of_a_group(self) -> bool:
        """Whether the entity is listed for terrorism or organised crime: such groups are named by proper nouns.

        The firms that serve them are listed for the same and named like any other firm.
        """
        words = known_programs(self.entity.programs)[1]
        return not words.isdisjoint(_OF_GROUPS) and not _is_firm(self.entity.names[0], self.entity.schema)

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
        return "" if letters in _ABBREVIATIONS else letters

    def after(self) -> Word | None:
        """The word that touches the span on its right."""
        self.look_around()
        last = self.last + 1
        if last >= len(self.words) or not _TOUCHING.match(self.words[last].gap):
            return None
        return self.words[last]

    def begins_sentence(self, at: int | None = None) -> bool:
        """Whether the word (the first of the span by default) stands where any word has a capital."""
        self.look_around()
        at = self.first if at is None else at
        gap = self.words[at].gap
        return (at == 0 and self.words[0].start < 3) or _SENTENCE_END.search(gap) is not None

    def capitals_mean_nothing(self) -> bool:
        """Whether the words around are all written with a capital."""
        if self.field == "title":
            return self.reading.titled
        self.look_around()
        text, end = self.reading.texts[self.field], self.words[-1].end
        after = self.reading.reader.words(text, end, min(len(text), max(end, self.end + AFTER)))
        return mostly_capital([*self.words[max(0, self.first - 6) :], *after])

    def titles_before(self) -> Iterator[Word]:
        """Titles and offices that stand right before the span."""
        self.look_around()
        at = self.first - 1
        while at >= 0 and _TOUCHING.match(self.words[at + 1].gap):
            flags = self.words[at].meaning.flags
            if flags & TITLE:
                yield self.words[at]
            elif not flags & (PARTICLE | PLACE | ORDINARY):
                return
            at -= 1
            if at < self.first - 5:
                return
