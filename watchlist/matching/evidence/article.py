"""One article as the engine reads it: what the features ask about its text, found out once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from watchlist.matching import table
from watchlist.matching.evidence.programs import subject_of
from watchlist.matching.language.known.lexicon import lexicon
from watchlist.matching.language.packs.load import ENGLISH, pack
from watchlist.matching.language.packs.pack import Pack
from watchlist.matching.language.script.normalise import APOSTROPHES, INVISIBLE, native
from watchlist.matching.language.words import Word
from watchlist.matching.search.reader import WordReader
from watchlist.model import Article, Field, Subject

#: Small letters for capitals and spaces for all that is no letter: as bytes, many times faster than an expression.
_LETTERS = bytes(c | 32 if chr(c).isascii() and chr(c).isalpha() else 32 for c in range(256))
#: What ends a sentence, or a part of one that stands by itself.
SENTENCE_END = re.compile(r"[.!?:;\n“\"]|[-–—]\s")
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Of a word that tells what an article is about, so many letters at least.
_SHORTEST_BEGINNING = 3
_NEXT_WORD = re.compile(f"\\W{{1,4}}\\w++(?>(?:[{APOSTROPHES}{INVISIBLE}]+\\w++)*)")


class Unmistakable(NamedTuple):
    """A listed name in the article that by itself leaves no doubt who is meant."""

    field: Field
    start: int
    end: int
    subject: Subject
    symbols: frozenset[str]


class ReadArticle:
    """One article with what is found out about it only when asked, and only once."""

    def __init__(self, article: Article, reader: WordReader) -> None:
        self.id = article.id
        self.reader = reader
        self.texts: dict[Field, str] = {"title": article.title, "text": article.text}
        self._around: dict[tuple[Field, int, int], tuple[list[Word], int, int]] = {}
        self._following: dict[tuple[Field, int], Sequence[Word]] = {}
        self._near: dict[tuple[Field, int, int], frozenset[str]] = {}
        #: The article's capitalised words that speak of a country; filled in as the article is read.
        self.places: set[str] = set()
        #: Candidates that by their name alone are hardly anything else; filled in as the article is read.
        self.standing: list[Unmistakable] = []
        self._groups: dict[str, frozenset[str]] = {}
        self._spoken_of: dict[str, bool] = {}
        self._shared: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def group(self, name: str) -> frozenset[str]:
        """The words of a group as the article's language has them, with the English ones, which stand everywhere."""
        found = self._groups.get(name)
        if found is None:
            found = self._groups[name] = self.reader.pack.group(name) | pack(ENGLISH).group(name)
        return found

    @cached_property
    def endings_of_adjectives(self) -> tuple[str, ...]:
        """How second halves of compound adjectives end: ``Hamas-led``."""
        return tuple(sorted(self.group("compound_adjective")))

    def around(self, field: Field, start: int, end: int) -> tuple[list[Word], int, int]:
        """The words before a span, in it and right after it, and which are its first and its last.

        Namesakes share them.
        """
        found = self._around.get((field, start, end))
        if found is None:
            text = self.texts[field]
            left = max(0, start - table.READ_BEFORE)
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

    def following(self, field: Field, end: int) -> Sequence[Word]:
        """The next few words behind a place, up to the end of the sentence."""
        found = self._following.get((field, end))
        if found is None:
            text = self.texts[field]
            words = self.reader.words(text, end, min(len(text), end + table.READ_ON))
            # The last may be cut in two.
            whole = words[:-1] if words and words[-1].end == end + table.READ_ON else words
            ends = (at for at, word in enumerate(whole) if SENTENCE_END.search(word.gap))
            found = self._following[field, end] = whole[: next(ends, len(whole))]
        return found

    def near(self, field: Field, start: int, end: int) -> frozenset[str]:
        """Small-lettered words within reach of a span, the span itself left out."""
        found = self._near.get((field, start, end))
        if found is None:
            # Letter for letter as the two texts are, with a space before each.
            shift = 1 if field == "title" else len(self.texts["title"]) + 2
            limit = shift + len(self.texts[field])
            left = self.letters[max(shift, shift + start - table.NEAR) : shift + start]
            right = self.letters[shift + end : min(limit, shift + end + table.NEAR)]
            found = frozenset((left + b" " + right).decode().split())
            if self.reader.pack.matters:
                text = self.texts[field]
                found |= self._matters(f"{text[max(0, start - table.NEAR) : start]} {text[end : end + table.NEAR]}")
            self._near[field, start, end] = found
        return found

    @cached_property
    def letters(self) -> bytes:
        """Title and text as small-lettered words with single spaces, or more, around each."""
        return f" {self.texts['title']} {self.texts['text']} ".encode("ascii", "replace").translate(_LETTERS)

    @cached_property
    def matters(self) -> frozenset[str]:
        """The English words for what an article in another language is about."""
        return self._matters(f"{self.texts['title']} {self.texts['text']}") if self.reader.pack.matters else frozenset()

    def _matters(self, text: str) -> frozenset[str]:
        own = self.reader.pack
        return frozenset().union(*(_matters_of(word, own) for word in set(_WORD.findall(text))))

    @cached_property
    def length_share(self) -> float:
        """How far the absence of a word says something: little in a headline, all in an article of 600 characters."""
        length = len(self.texts["text"]) + len(self.texts["title"])
        return max(table.ABSENCE_IN_A_HEADLINE, min(1.0, length / table.LONG_ENOUGH))

    def writes_small(self, form: str) -> bool:
        """Whether the article writes this word somewhere without a capital."""
        text = self.texts["text"]
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
            codes, places, words = subject_of(programs, countries)
            spoken_of = places & self.places
            for word, spaced in words:
                known = self._spoken_of.get(word)
                if known is None:
                    known = self._spoken_of[word] = spaced in self.letters or word in self.matters
                if known:
                    spoken_of.add(word)
            met = codes & self.countries
            found = self._shared[programs, countries] = tuple(sorted(met)) if met else (), tuple(sorted(spoken_of))
        return found

    @cached_property
    def titled(self) -> bool:
        """Whether the title is written with capitals throughout, so that a capital there says nothing."""
        title = self.texts["title"]
        return mostly_capital(self.reader.words(title, 0, min(len(title), table.READ_OF_A_TITLE)))


@lru_cache(maxsize=1 << 15)
def _matters_of(word: str, pack: Pack) -> frozenset[str]:
    """The English words for what a word tells that an article is about."""
    form = native(word)
    ends = range(_SHORTEST_BEGINNING, len(form) + 1)
    return frozenset(matter for end in ends for matter in pack.matters.get(form[:end], ()))


def mostly_capital(words: Sequence[Word]) -> bool:
    """Whether most words of more than three letters have a capital, and no word that no headline writes small."""
    long = [word for word in words if word.end - word.start >= table.LONG_WORD]
    capitals = sum(word.meaning.capital for word in long)
    if any(not word.meaning.capital and word.end - word.start >= table.NEVER_SMALL for word in long):
        return False
    return len(long) >= table.ENOUGH_LONG_WORDS and capitals >= table.MOSTLY * len(long)
