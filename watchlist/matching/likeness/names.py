"""How alike two whole names are, of which somebody says that they may be one: what is found, rule by rule.

Nothing stands around them that could tell more; so each word counts, and each that only one of them has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz.distance import OSA

from watchlist.matching import table
from watchlist.matching.language.name_words import CHILD_AND_FATHER, HALF_NAMES
from watchlist.matching.language.roles import GIVEN_ROLES, PERSON_ROLES, SMALL_ROLES, NamePart, Role
from watchlist.matching.language.script.normalise import fold, native
from watchlist.matching.language.script.scripts import HAN, HANGUL
from watchlist.matching.language.spelling import symbol
from watchlist.matching.likeness.across import Written, across, has_vowels, written
from watchlist.matching.likeness.person import has_given_of_two_syllables
from watchlist.matching.likeness.signs import across_signs
from watchlist.matching.likeness.word import alike

_NO_DIGIT: Final = re.compile(r"\D")


#: What was found of each rule: how far it holds, and in what words.
Findings = dict[str, tuple[float, str]]


@cache
def _signs() -> re.Pattern[str]:
    # Compiled when a text that is not ASCII is met: so large a class takes longer than reading a short text.
    return re.compile(f"[{HAN}{HANGUL}]")


def _has_signs(text: str) -> bool:
    """Whether a name is written in signs, of which one more or less makes another name."""
    return not text.isascii() and _signs().search(text) is not None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which parts of two names stand for each other, by their places, and what is left on either side."""

    pairs: tuple[tuple[NamePart, NamePart, float], ...]
    left1: tuple[NamePart, ...]
    left2: tuple[NamePart, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What speaks for and against two names being one, and which of their parts stand for each other.

    No parts are paired where the letters are the same but for the spaces between.
    """

    findings: Findings
    pairs: tuple[tuple[NamePart, NamePart, float], ...] = ()

    @property
    def likeness(self) -> float:
        """What the findings come to: their weighted sum, between 0 and 1."""
        return min(1.0, max(0.0, sum(value * table.NAME_WEIGHTS[name] for name, (value, _) in self.findings.items())))


def compare(first: Sequence[NamePart], second: Sequence[NamePart], text1: str, text2: str) -> Compared:
    """Compare two names by their parts; ``text1`` and ``text2`` are how they are written."""
    if not first or not second:
        same = bool(text1.strip()) and text1.strip() == text2.strip()
        return Compared({"alignment": (float(same), "no word to compare")})
    across = across_signs(text1, text2)
    if across is not None:
        return Compared({"alignment": (across, "by the consonants that its signs can say")})
    joined1, joined2 = "".join(p.form for p in first), "".join(p.form for p in second)
    found: Findings = {}
    if _has_signs(text1) and _has_signs(text2) and native(text1) != native(text2):
        found["other_sign"] = (1.0, "written with other signs")
    if joined1 == joined2:
        found["alignment"] = (1.0, "the same letters")
        return Compared(found)
    first, second = _as_joined(first, second), _as_joined(second, first)
    pairing = _pair(first, second, {**written(text1), **written(text2)})
    found["alignment"] = _alignment(pairing, first)
    joining = _written_together(first, second, joined1, joined2)
    if joining > found["alignment"][0]:
        found["alignment"] = (joining, "written together or apart")
        return Compared(found)
    if any(part.role in PERSON_ROLES for part in (*first, *second)):
        found |= _person_findings(pairing, text1, text2)
    return Compared(found | _number_finding(pairing), pairing.pairs)


def _weight(part: NamePart) -> float:
    weight = table.PART_WEIGHTS.get(part.role, 1.0)
    if part.form in HALF_NAMES:
        return table.HALF_A_NAME
    return weight * (table.HALF_A_NAME if len(part.form) == 1 else 1.0)


def _alignment(pairing: Pairing, first: Sequence[NamePart]) -> tuple[float, str]:
    """Weighted share of the words found; what one name has more counts half in a person's, in full in others."""
    person = any(part.role in PERSON_ROLES for part in first)
    found = sum(min(_weight(a), _weight(b)) * alike for a, b, alike in pairing.pairs)
    paired = sum(min(_weight(a), _weight(b)) for a, b, _ in pairing.pairs)
    lost1, lost2 = sum(map(_weight, pairing.left1)), sum(map(_weight, pairing.left2))
    more, less = max(lost1, lost2), min(lost1, lost2)
    if person:
        total = paired + table.MORE_OF_A_PERSON * more + table.LESS_OF_A_PERSON * less
    else:
        total = paired + more + table.LESS_OF_A_THING * less
    detail = ", ".join(f"{a.form}~{b.form}" if a.form != b.form else a.form for a, b, _ in pairing.pairs)
    return (found / total if total else 0.0), detail or "no part in common"


def _person_findings(pairing: Pairing, name1: str, name2: str) -> Findings:
    found: Findings = {}
    named = [row for row in pairing.pairs if row[0].role in PERSON_ROLES and row[1].role in PERSON_ROLES]
    strong1 = [p for p in pairing.left1 if len(p.form) > 1 and (p.role in PERSON_ROLES or p.form in HALF_NAMES)]
    strong2 = [p for p in pairing.left2 if len(p.form) > 1 and (p.role in PERSON_ROLES or p.form in HALF_NAMES)]
    if strong1 and strong2:
        found["conflict"] = (1.0, f"{strong1[0].form} against {strong2[0].form}")
    elif half := _half_of_a_given_name(pairing):
        found["conflict"] = (1.0, f"{half} is half of a given name")
    elif _ends_in_an_initial(named):
        found["conflict"] = (1.0, f"{named[1][0].form} for {named[1][1].form} is no family name")
    if len(named) == 1 and bool(strong1) != bool(strong2):
        found["one_word"] = (1.0, f"only {named[0][0].form} in common")
    fathers1, fathers2 = CHILD_AND_FATHER.search(name1), CHILD_AND_FATHER.search(name2)
    if fathers1 and fathers2:
        son1, father1 = (fold(native(word)) for word in fathers1.groups())
        son2, father2 = (fold(native(word)) for word in fathers2.groups())
        if son1 != son2 and (son1 == father2 or son2 == father1):
            found["father_and_son"] = (1.0, "father and son change places")
    return found


def _ends_in_an_initial(named: Sequence[tuple[NamePart, NamePart, float]]) -> bool:
    """Whether of two names only the first is told, and of what seems to be the family's the initial: Dmitry T."""
    if len(named) != 2 or named[0][0].role is not Role.PERSONAL:
        return False
    first, last = ({one.form, other.form} for one, other, _ in named)
    return min(map(len, first)) > 1 and len(last) == 2 and min(map(len, last)) == 1


def _half_of_a_given_name(pairing: Pairing) -> str | None:
    """A syllable of a Korean or Chinese given name that the other name has without its fellow."""
    sides = (([a for a, _, _ in pairing.pairs], pairing.left1), ([b for _, b, _ in pairing.pairs], pairing.left2))
    for paired, left in sides:
        if len(left) == 1 and left[0].role in GIVEN_ROLES and has_given_of_two_syllables((*paired, *left)):
            return next(part.form for part in paired if part.role in GIVEN_ROLES)
    return None


def _number_finding(pairing: Pairing) -> Findings:
    numbers = [p.form for p in (*pairing.left1, *pairing.left2) if p.role is Role.NUMBER]
    return {"number": (1.0, f"{numbers[0]} stands in one only")} if numbers else {}


def _as_joined(own: Sequence[NamePart], other: Sequence[NamePart]) -> tuple[NamePart, ...]:
    """The parts of a name, those as one that the other name writes as one word: Wei Guo for Weiguo."""
    words = {part.symbol for part in other if part.role not in SMALL_ROLES} - {part.symbol for part in own}
    found: list[NamePart] = []
    for part in own:
        form = found[-1].form + part.form if found else ""
        if form and symbol(form) in words and Role.LEGAL_FORM not in (found[-1].role, part.role):
            found[-1] = NamePart(form, symbol(form), found[-1].role)
        else:
            found.append(part)
    return tuple(found)


def _pair(first: Sequence[NamePart], second: Sequence[NamePart], words: Written) -> Pairing:
    """The best one-to-one pairing, greedily from the most alike down."""
    person = any(part.role in PERSON_ROLES for part in (*first, *second))
    rows = [(_alike(a, b, person, words), -abs(i - j), i, j) for i, a in enumerate(first) for j, b in enumerate(second)]
    rows.sort(key=lambda row: (-row[0], -row[1], row[2], row[3]))
    used1: set[int] = set()
    used2: set[int] = set()
    pairs = []
    for found, _, i, j in rows:
        if found > 0 and i not in used1 and j not in used2:
            used1.add(i)
            used2.add(j)
            pairs.append((i, j, found))
    pairs.sort()
    return Pairing(
        tuple((first[i], second[j], alike) for i, j, alike in pairs),
        tuple(part for i, part in enumerate(first) if i not in used1),
        tuple(part for j, part in enumerate(second) if j not in used2),
    )


def _written_together(first: Sequence[NamePart], second: Sequence[NamePart], joined1: str, joined2: str) -> float:
    """How alike the letters are where one name joins what the other writes apart; numbers are no letters."""
    if _NO_DIGIT.sub("", joined1) != _NO_DIGIT.sub("", joined2):
        return 0.0
    longest = max(len(joined1), len(joined2))
    if len(first) == len(second) or longest < table.LETTERS_WRITTEN_TOGETHER or 1 not in (len(first), len(second)):
        return 0.0
    slips = OSA.distance(joined1, joined2)
    return 1 - slips / longest if slips <= table.SLIPS_WRITTEN_TOGETHER else 0.0


def _alike(a: NamePart, b: NamePart, person: bool, words: Written) -> float:
    """How alike two parts are; legal forms and numbers are what they are. ``words`` are those of other scripts."""
    if a.form == b.form:
        return 1.0
    if Role.LEGAL_FORM in (a.role, b.role):
        return 1.0 if a.symbol == b.symbol else table.OTHER_LEGAL_FORM if a.role is b.role else 0.0
    if Role.NUMBER in (a.role, b.role):
        return 0.0
    if (a.form in words) == (b.form in words):
        return alike(a.form, b.form, person, is_claimed=True)
    word, other = (a, b) if a.form in words else (b, a)
    heard = across(words[word.form], other.form)
    if heard >= table.SURE or not has_vowels(words[word.form]):
        return heard
    return max(heard, alike(a.form, b.form, person, is_claimed=True))
