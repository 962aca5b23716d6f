"""Name to name: the same parts, spellings and roles as in an article, without an article around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.lexicon import lexicon
from watchlist.matching.language.name_words import CHILD_AND_FATHER, HALF_NAMES
from watchlist.matching.language.normalise import fold, native, skeleton
from watchlist.matching.language.roles import PERSON_ROLES, NamePart, Role
from watchlist.matching.language.scripts import ARABIC, HAN, HANGUL, HEBREW
from watchlist.matching.table import NAME_PREDICTED, NAME_WEIGHTS, PART_WEIGHTS
from watchlist.model import FeatureScore, Name, Schema

#: Arabic and Hebrew leave short vowels out: only consonants can be compared with other scripts.
_WITHOUT_VOWELS = re.compile(f"[{ARABIC}{HEBREW}]")
#: One sign more or less makes another name.
_SIGNS = re.compile(f"[{HAN}{HANGUL}]")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How alike two names are, part by part."""

    score: float
    #: Whether the score says that these are two spellings of one name.
    predicted: bool
    features: tuple[FeatureScore, ...]


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Which parts of two names stand for each other, and what is left on either side."""

    pairs: tuple[tuple[NamePart, NamePart, float], ...]
    left1: tuple[NamePart, ...]
    left2: tuple[NamePart, ...]


def match_names(name1: str, name2: str, schema: Schema | None = None) -> NameMatch:
    """Compare two names; symmetrical. Without a schema both readings, person and thing, are tried."""
    if schema is None:
        person, thing = match_names(name1, name2, Schema.PERSON), match_names(name1, name2, Schema.LEGAL_ENTITY)
        return person if person.score > thing.score else thing
    first, second = parse_name(Name(name1), schema), parse_name(Name(name2), schema)
    if not first or not second:
        same = bool(name1.strip()) and name1.strip() == name2.strip()
        return _result({"alignment": (float(same), "no word to compare")})
    joined1, joined2 = "".join(p.form for p in first), "".join(p.form for p in second)
    found: dict[str, tuple[float, str]] = {}
    if _SIGNS.search(name1) and _SIGNS.search(name2) and native(name1) != native(name2):
        found["other_sign"] = (1.0, "written with other signs")
    if joined1 == joined2:
        found["alignment"] = (1.0, "the same letters")
        return _result(found)
    abjad = bool(_WITHOUT_VOWELS.search(name1)) != bool(_WITHOUT_VOWELS.search(name2))
    pairing = _pair(first, second, abjad)
    found["alignment"] = _alignment(pairing, first, second)
    joining = _written_together(first, second, joined1, joined2)
    if joining > found["alignment"][0]:
        found["alignment"] = (joining, "written together or apart")
    else:
        if any(part.role in PERSON_ROLES for part in (*first, *second)):
            found |= _person_findings(pairing, name1, name2)
        found |= _number_finding(pairing)
    return _result(found)


def _result(found: dict[str, tuple[float, str]]) -> NameMatch:
    parts = tuple(FeatureScore(name, round(value, 3), NAME_WEIGHTS[name], why) for name, (value, why) in found.items())
    score = round(min(1.0, max(0.0, sum(p.score * p.weight for p in parts))), 3)
    return NameMatch(score, score >= NAME_PREDICTED, parts)


def _weight(part: NamePart) -> float:
    weight = PART_WEIGHTS.get(part.role, 1.0)
    return 0.5 if part.form in HALF_NAMES else weight * (0.5 if len(part.form) == 1 else 1.0)


def _alignment(pairing: _Pairing, first: tuple[NamePart, ...], second: tuple[NamePart, ...]) -> tuple[float, str]:
    """Weighted share of the words found; what one name has more counts half in a person's, in full in others."""
    person = any(part.role in PERSON_ROLES for part in first)
    found = sum(min(_weight(a), _weight(b)) * alike for a, b, alike in pairing.pairs)
    paired = sum(min(_weight(a), _weight(b)) for a, b, _ in pairing.pairs)
    lost1, lost2 = sum(map(_weight, pairing.left1)), sum(map(_weight, pairing.left2))
    more, less = max(lost1, lost2), min(lost1, lost2)
    total = paired + (0.38 * more + 1.2 * less if person else more + 0.5 * less)
    detail = ", ".join(f"{a.form}~{b.form}" if a.form != b.form else a.form for a, b, _ in pairing.pairs)
    return (found / total if total else 0.0), detail or "no part in common"


def _person_findings(pairing: _Pairing, name1: str, name2: str) -> dict[str, tuple[float, str]]:
    found = {}
    strong1 = [p for p in pairing.left1 if len(p.form) > 1 and (p.role in PERSON_ROLES or p.form in HALF_NAMES)]
    strong2 = [p for p in pairing.left2 if len(p.form) > 1 and (p.role in PERSON_ROLES or p.form in HALF_NAMES)]
    if strong1 and strong2:
        found["conflict"] = (1.0, f"{strong1[0].form} against {strong2[0].form}")
    named = [row for row in pairing.pairs if row[0].role in PERSON_ROLES and row[1].role in PERSON_ROLES]
    if len(named) == 1 and bool(strong1) != bool(strong2):
        found["one_word"] = (1.0, f"only {named[0][0].form} in common")
    fathers1, fathers2 = CHILD_AND_FATHER.search(name1), CHILD_AND_FATHER.search(name2)
    if fathers1 and fathers2:
        son1, father1 = (fold(native(word)) for word in fathers1.groups())
        son2, father2 = (fold(native(word)) for word in fathers2.groups())
        if son1 != son2 and (son1 == father2 or son2 == father1):
            found["father_and_son"] = (1.0, "father and son change places")
    return found


def _number_finding(pairing: _Pairing) -> dict[str, tuple[float, str]]:
    numbers = [p.form for p in (*pairing.left1, *pairing.left2) if p.role is Role.NUMBER]
    return {"number": (1.0, f"{numbers[0]} stands in one only")} if numbers else {}


def _pair(first: tuple[NamePart, ...], second: tuple[NamePart, ...], abjad: bool) -> _Pairing:
    """The best one-to-one pairing, greedily from the most alike down."""
    rows = [(likeness(a, b, abjad), -abs(i - j), i, j) for i, a in enumerate(first) for j, b in enumerate(second)]
    rows.sort(key=lambda row: (-row[0], -row[1], row[2], row[3]))
    used1: set[int] = set()
    used2: set[int] = set()
    pairs = []
    for alike, _, i, j in rows:
        if alike > 0 and i not in used1 and j not in used2:
            used1.add(i)
            used2.add(j)
            pairs.append((i, j, alike))
    pairs.sort()
    return _Pairing(
        tuple((first[i], second[j], alike) for i, j, alike in pairs),
        tuple(part for i, part in enumerate(first) if i not in used1),
        tuple(part for j, part in enumerate(second) if j not in used2),
    )


def likeness(a: NamePart, b: NamePart, abjad: bool = False) -> float:
    """How alike two words are: 1 for one class of spellings, less for nicknames and slips of the pen, 0 for others."""
    if a.form == b.form:
        return 1.0
    if Role.LEGAL_FORM in (a.role, b.role):
        return 1.0 if a.symbol == b.symbol else 0.8 if a.role is b.role else 0.0
    if Role.NUMBER in (a.role, b.role):
        return 0.0
    if a.symbol == b.symbol and min(len(a.form), len(b.form)) > 1:
        return 0.98
    if 1 in (len(a.form), len(b.form)):
        return 0.8 if a.form[0] == b.form[0] else 0.0
    if _nicknames(a.form) & _nicknames(b.form):
        return 0.85
    one, other = fold(a.form.lower()), fold(b.form.lower())
    if abjad:
        frame1, frame2 = skeleton(one), skeleton(other)
        if frame1 == frame2:
            return 0.9
        return 0.75 if min(len(frame1), len(frame2)) > 3 and OSA.distance(frame1, frame2) == 1 else 0.0
    slips = min(OSA.distance(one, other), OSA.distance(a.form, b.form))
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    allowed = 0 if shortest < 3 else 1 if longest < 8 else 2
    if slips > allowed:
        return 0.0
    same_consonants = skeleton(one) == skeleton(other)
    return 1 - slips / longest * (0.7 if same_consonants else 1.2)


def _written_together(first: tuple[NamePart, ...], second: tuple[NamePart, ...], joined1: str, joined2: str) -> float:
    """How alike the letters are where one name joins what the other writes apart."""
    longest = max(len(joined1), len(joined2))
    if len(first) == len(second) or longest < 8 or 1 not in (len(first), len(second)):
        return 0.0
    slips = OSA.distance(joined1, joined2)
    return 1 - slips / longest if slips <= 2 else 0.0


@lru_cache(maxsize=1 << 12)
def _nicknames(form: str) -> frozenset[str]:
    return lexicon().nicknames.get(form, frozenset())
