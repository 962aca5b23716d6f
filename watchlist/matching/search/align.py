"""Listed name against the words around its anchor: which of its parts stand there, and how alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from watchlist.matching import table
from watchlist.matching.index.compiled import ListedName
from watchlist.matching.language.known.lexicon import (
    GENERIC,
    GIVEN_NAME,
    LEGAL_FORM,
    ORDINARY,
    PARTICLE,
    PLACE,
    TITLE,
)
from watchlist.matching.language.name_words import (
    BEFORE_A_NUMBER,
    CONJUNCTIONS,
    FATHER_WORDS,
    FUNCTION_WORDS,
)
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, SMALL_ROLES, NamePart, Role
from watchlist.matching.language.syllabic import is_korean_family_name, is_one_korean_syllable
from watchlist.matching.language.words import Meaning, Word
from watchlist.matching.likeness.matched import PartMatch
from watchlist.matching.likeness.person import has_given_of_two_syllables, is_cut_byname, person_score, unlike_the_press
from watchlist.matching.likeness.thing import in_place, inversions, thing_score
from watchlist.matching.likeness.word import alike, is_behind_an_and, likeness, may_be_small, read_as
from watchlist.matching.search.alignment import Alignment
from watchlist.matching.search.gaps import HYPHENS, Gap, aside_end, gap_kind, is_small_letter, touches_legal_form
from watchlist.matching.search.whole import whole_name


class _Find(NamedTuple):
    """What a word may stand for: parts by their places, and how many words of the text that takes."""

    places: tuple[int, ...]
    likeness: float
    width: int = 1


def align(name: ListedName, words: Sequence[Word], anchor: int) -> Alignment | None:
    """Lay the name over the words, from the anchor outwards; None when what is found cannot be the name.

    A person's ``FAMILY, Given``, as notices and tables write it, is tried where the parts do not stand together.
    """
    laid = _Laying(name, words)
    found = None
    if laid.lay(anchor):
        found = laid.alignment()
        if name.person and not laid.has_both_names():
            inverted = _Laying(name, words, inverted=True)
            if inverted.lay(anchor) and inverted.is_family_then_given():
                return inverted.alignment()
    if found is None or found.score <= table.DOUBTFUL:
        whole = whole_name(name, words, anchor)
        if whole is not None and (found is None or whole.score > found.score):
            return whole
        if whole is not None and found is not None and whole.last - whole.first > found.last - found.first:
            # The words beside what was found are the rest of the name, spelled otherwise.
            return replace(whole, score=found.score)
    return found


class _Laying:
    """One listed name on its way over the words of a text."""

    def __init__(self, name: ListedName, words: Sequence[Word], *, inverted: bool = False) -> None:
        self._name = name
        self._parts = name.parts
        self._person = name.person
        self._words = words
        self._inverted = inverted
        #: The first word behind the comma that was crossed.
        self._behind_comma: int | None = None
        #: Place of a part to the word that stands for it, and how alike they are.
        self._taken: dict[int, tuple[int, float]] = {}
        #: Words that are no part of the name, stepped over; the second halves of words written apart.
        self._skipped: list[int] = []
        self._halves: set[int] = set()

    def lay(self, anchor: int) -> bool:
        """Take the anchor and what belongs to the name to its right and left; whether anything is there."""
        found = self._find(anchor, 1)
        if found is None:
            return False
        self._take(anchor, found, 1)
        self._extend(anchor + found.width, 1, anchor)
        self._extend(anchor - 1, -1, anchor)
        self._trim()
        return bool(self._taken)

    def has_both_names(self) -> bool:
        """Whether family and given name were found, or the list does not tell them apart."""
        roles = {part.role for part in self._parts}
        if roles.isdisjoint(FAMILY_ROLES) or roles.isdisjoint(GIVEN_ROLES):
            return True
        found = {self._parts[place].role for place in self._taken}
        return not found.isdisjoint(FAMILY_ROLES) and not found.isdisjoint(GIVEN_ROLES)

    def is_family_then_given(self) -> bool:
        """Whether a comma parts the family name from given names that no other name follows."""
        if self._behind_comma is None or not self.has_both_names():
            return False
        for place, (at, _) in self._taken.items():
            behind = at >= self._behind_comma
            if self._parts[place].role in (GIVEN_ROLES if not behind else FAMILY_ROLES):
                return False
        first, last = self._span()
        return not (
            self._is_another_name(last + 1, self._words[last + 1].gap if last + 1 < len(self._words) else "")
            or self._is_another_name(first - 1, self._words[first].gap)
        )

    def _is_another_name(self, at: int, gap: str) -> bool:
        if not 0 <= at < len(self._words) or gap_kind(gap, "") is not Gap.PLAIN:
            return False
        meaning = self._words[at].meaning
        if meaning.flags & (TITLE | PARTICLE) or (meaning.flags & ORDINARY and not meaning.flags & GIVEN_NAME):
            return False
        return meaning.capital and len(meaning.form) > 1

    def _find(self, at: int, step: int) -> _Find | None:
        """The part, or parts, that a word stands for best."""
        word = self._words[at]
        meaning = word.meaning
        best: _Find | None = None
        best_key = (0.0, 0)
        taken, any_part = self._taken, self._may_stand_for_any(word)
        no_initial = self._person and is_small_letter(self._words, at)
        for place, part in enumerate(self._parts):
            if place in taken or not (any_part or may_be_small(part, meaning)):
                continue
            if no_initial and part.form != meaning.form:
                continue
            found = likeness(part, meaning)
            if found < table.KOREAN_BY_EAR and self._is_by_ear(part, meaning):
                found = table.KOREAN_BY_EAR
            if not found:
                continue
            key = (found - (table.NOT_THE_SAME if part.form != meaning.form else 0.0), -abs(place - at))
            if key > best_key:
                best, best_key = _Find((place,), found), key
        if best is not None and best.likeness >= table.SURE:
            return best
        if len(taken) == len(self._parts):
            return best
        return self._find_joined(word) or self._find_apart(at, step) or best

    def _is_by_ear(self, part: NamePart, meaning: Meaning) -> bool:
        """Whether a word may be a syllable of a Korean given name as another hand writes it."""
        if not self._person or part.role not in GIVEN_ROLES or not is_one_korean_syllable(part.form, meaning.form):
            return False
        families = [each.form for each in self._parts if each.role in FAMILY_ROLES]
        return has_given_of_two_syllables(self._parts) and is_korean_family_name(families[0])

    def _may_stand_for_any(self, word: Word) -> bool:
        """Whether a word may be any part: not a small one beside a person's names.

        In a script without capitals it may be an everyday word that its neighbours make a name, but not one that
        everybody uses.
        """
        meaning = word.meaning
        if not self._person or meaning.capital or word.gap in HYPHENS:
            return True
        return not meaning.has_case and (meaning.zipf < table.SAID_BY_ALL or bool(meaning.flags & GIVEN_NAME))

    def _find_joined(self, word: Word) -> _Find | None:
        """Two parts of the list that the text writes as one word: Weiguo for Wei Guo, in either order of a person's."""
        form = word.meaning.form
        if len(form) < table.SHORTEST_JOINED or (self._person and not word.meaning.capital):
            return None
        for place in range(len(self._parts) - 1):
            one, other = self._parts[place], self._parts[place + 1]
            if place in self._taken or place + 1 in self._taken:
                continue
            for first, second in ((one, other), (other, one)) if self._person else ((one, other),):
                if first.form[:1] != form[:1] or len(first.form) >= len(form):
                    continue
                if alike(first.form + second.form, form) >= table.SURE:
                    return _Find((place, place + 1), table.JOINED)
        return None

    def _find_apart(self, at: int, step: int) -> _Find | None:
        """A part of the list that the text writes as two words: Electro-Mechanical."""
        beyond = at + step
        if not 0 <= beyond < len(self._words):
            return None
        first, second = (at, beyond) if step > 0 else (beyond, at)
        if self._words[second].gap not in HYPHENS and self._words[second].gap != " ":
            return None
        one, other = self._words[first].meaning, self._words[second].meaning
        if not (one.capital or not self._person):
            return None
        joined = one.form + other.form
        for place, part in enumerate(self._parts):
            if place in self._taken or len(part.form) < table.SHORTEST_JOINED or part.form[:1] != joined[:1]:
                continue
            if part.role not in SMALL_ROLES and alike(part.form, joined) >= table.SURE:
                return _Find((place,), table.JOINED, width=2)
        return None

    def _take(self, at: int, found: _Find, step: int) -> None:
        first = at if step > 0 else at - found.width + 1
        for place in found.places:
            self._taken[place] = (first, found.likeness)
        self._halves.update(range(first + 1, first + found.width))

    def _extend(self, at: int, step: int, anchor: int) -> None:
        """Take words one after the other while they are parts of the name, stepping over what may stand between."""
        strangers: list[int] = []
        while 0 <= at < len(self._words) and abs(at - anchor) < table.REACH:
            gap = self._words[at].gap if step > 0 else self._words[at + 1].gap
            kind = gap_kind(gap, self._words[at - 1 if step > 0 else at].meaning.form)
            if kind is Gap.END:
                break
            found = self._find(at, step)
            if found is not None and not self._may_reach(at, step, found):
                found = None
            if self._person and self._is_another(at, step, found):
                break
            if kind is Gap.COMMA and not self._may_cross_comma(at, step, found):
                break
            if kind is Gap.MARK and not (found is not None and self._is_next(found) and not self._is_number(found)):
                beyond = aside_end(self._words, at, step)
                if beyond is None or (found := self._find(beyond, step)) is None:
                    break
                at = beyond
            if found is not None:
                if kind is Gap.COMMA:
                    self._behind_comma = at if step > 0 else at + 1
                self._take(at, found, step)
                self._skipped += strangers
                strangers = []
                at += step * found.width
            elif self._may_be_stepped_over(at, step, strangers):
                if not self._is_small(self._words[at]):
                    strangers.append(at)
                at += step
            else:
                break

    def _is_another(self, at: int, step: int, found: _Find | None) -> bool:
        """Whether somebody else is named behind an "and" that is written together with the next word."""
        if step > 0:
            return found is not None and is_behind_an_and(self._parts[found.places[0]], self._words[at].meaning)
        taken = [place for place in self._taken if self._at(place) == at + 1]
        return bool(taken) and is_behind_an_and(self._parts[taken[0]], self._words[at + 1].meaning)

    def _may_reach(self, at: int, step: int, found: _Find) -> bool:
        """Whether a name may reach back to a word: a capital, a small word of it, or the list's one before.

        The oil company Rosneft is ROSNEFT OIL COMPANY by its first word alone.
        """
        meaning = self._words[at].meaning
        if step > 0 or self._person or meaning.capital or meaning.flags & PARTICLE:
            return True
        # Translated, it stands before whose it is: the network X for X NETWORK.
        translated = meaning.flags & GENERIC and meaning.stems
        return found.places[-1] + 1 in self._taken or bool(translated and at + 1 in map(self._at, self._taken))

    def _may_cross_comma(self, at: int, step: int, found: _Find | None) -> bool:
        if self._person:
            return self._inverted and self._behind_comma is None and found is not None
        if step > 0 and self._words[at].meaning.flags & LEGAL_FORM:
            return True
        return found is not None and "," in self._name.name.text and self._is_next(found)

    def _is_next(self, found: _Find) -> bool:
        """Whether parts stand in the list right beside such as were found."""
        places = self._taken.keys()
        return any(place + 1 in places or place - 1 in places for place in found.places)

    def _is_number(self, found: _Find) -> bool:
        """Whether it stands for a number, which behind a bracket counts something else: Russia (1st and 3rd)."""
        return any(self._parts[place].role is Role.NUMBER for place in found.places)

    def _is_small(self, word: Word) -> bool:
        """Whether a word comes and goes inside a name without meaning."""
        form, flags = word.meaning.form, word.meaning.flags
        if form in FATHER_WORDS:
            return False
        if (flags & PARTICLE and len(form) < table.SMALL_WORD) or form in BEFORE_A_NUMBER:
            return True
        return self._person and not word.meaning.capital and not flags & ORDINARY and len(form) <= table.SMALL_WORD

    def _goes_on_behind(self, at: int, step: int) -> bool:
        """Whether the word behind an "and" is the next of the list, which may write a sign for it."""
        beyond = at + step
        found = self._find(beyond, step) if 0 <= beyond < len(self._words) else None
        return found is not None and self._is_next(found)

    def _may_be_stepped_over(self, at: int, step: int, strangers: Sequence[int]) -> bool:
        word = self._words[at]
        meaning = word.meaning
        if meaning.form in CONJUNCTIONS:
            return not self._person and self._goes_on_behind(at, step)
        if self._is_small(word) and not (self._person and meaning.between):
            return True
        if len(strangers) >= (table.STRANGERS_IN_A_PERSONS if self._person else table.STRANGERS_IN_ANOTHER):
            return False
        if self._person and meaning.form in FATHER_WORDS:
            return True
        if self._person:
            return meaning.capital and not meaning.flags & (TITLE | PLACE)
        # Without capitals nothing tells a word more of a body's name from any other.
        return meaning.capital and meaning.has_case

    def _trim(self) -> None:
        """Give back words of function at either end of the stretch, and small words that stand for nothing."""
        while len(self._taken) > 1:
            ends = (min(self._taken, key=self._at), max(self._taken, key=self._at))
            loose = {place for place in ends if self._is_loose(place)}
            if not loose:
                return
            for place in loose:
                del self._taken[place]

    def _at(self, place: int) -> int:
        return self._taken[place][0]

    def _read(self, place: int) -> Word:
        """The word that stands for a part; as the list has it where the text has it in another case."""
        at = self._at(place)
        word = self._words[at]
        return word if not word.meaning.stems or at + 1 in self._halves else read_as(self._parts[place], word)

    def _is_loose(self, place: int) -> bool:
        form = self._words[self._at(place)].meaning.form
        return self._parts[place].role is Role.PARTICLE and form in FUNCTION_WORDS

    def _span(self) -> tuple[int, int]:
        """The first and the last word of what was found."""
        found = {at for at, _ in self._taken.values()}
        last = max(found)
        while last + 1 in self._halves:
            last += 1
        return min(found), last

    def alignment(self) -> Alignment | None:
        """What was found; None where it cannot be the name."""
        name, parts, words = self._name, self._parts, self._words
        places = sorted(self._taken)
        first, last = self._span()
        matches = tuple(PartMatch(parts[p], self._read(p), self._taken[p][1]) for p in places)
        missing = tuple(part for place, part in enumerate(parts) if place not in self._taken)
        if missing and (name.name.weak or is_cut_byname(matches, missing)):
            return None
        if self._person and not any(map(_is_namelike, matches)):
            return None
        skipped = [at for at in self._skipped if first < at < last]
        extra = tuple(words[at] for at in skipped)
        if self._person:
            score = person_score(matches, missing, extra) - unlike_the_press(parts, {p: self._at(p) for p in places})
            doubled = any(words[at].gap in HYPHENS or words[at + 1].gap in HYPHENS for at in skipped)
            score -= table.HALF_OF_A_DOUBLE * doubled
        else:
            cores = [place for place in places if parts[place].role is Role.CORE]
            tail = cores[0] if cores else len(parts)
            lost = [(part, place > tail) for place, part in enumerate(parts) if place not in self._taken]
            score = thing_score(matches, lost, extra)
            score -= table.OUT_OF_ORDER * inversions([(parts[p].role, self._at(p)) for p in places])
            score -= self._another_in_place(first, last)
        strong = [m.word.start for m in matches if m.part.role not in SMALL_ROLES]
        if len(strong) > 1 and len(set(strong)) == 1:
            score *= table.ALL_IN_ONE
        start, end = words[first].start, words[last].end
        as_firm = not self._person and touches_legal_form(words, first, last)
        return Alignment(name, first, last, start, end, matches, missing, extra, max(0.0, score), as_firm)

    def _another_in_place(self, first: int, last: int) -> float:
        """What it costs that a word that tells bodies apart stands beside the name, where the list has another.

        A kind of body before a name that says by itself whose it is may be a matter of translation.
        """
        taken = self._taken.keys()
        rows = list(enumerate(self._parts))
        before = any(place < min(taken) and part.role not in SMALL_ROLES for place, part in rows)
        behind = any(place > max(taken) and part.role not in SMALL_ROLES for place, part in rows)
        cost = 0.0
        if before and first and gap_kind(self._words[first].gap, "") is Gap.PLAIN:
            told = any(self._words[at].is_distinctive for at, _ in self._taken.values())
            cost = in_place(self._words[first - 1], table.TRANSLATED if told else table.ANOTHER_IN_PLACE)
        if behind and last + 1 < len(self._words) and gap_kind(self._words[last + 1].gap, "") is Gap.PLAIN:
            cost = max(cost, in_place(self._words[last + 1], table.ANOTHER_IN_PLACE))
        return cost


def _is_namelike(match: PartMatch) -> bool:
    """Whether a word may be a name by itself: not an everyday word of a script without capitals."""
    meaning = match.word.meaning
    return meaning.capital or match.word.gap in HYPHENS or not meaning.other_script or match.part.form == meaning.form
