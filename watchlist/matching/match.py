"""Name to name: the same parts, spellings and roles as in an article, without an article around them."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from watchlist.matching.names import PERSON_ROLES, Part, Role, parse_name
from watchlist.matching.normalise import fold, skeleton
from watchlist.model import FeatureScore, Name, Schema

#: From this score on two names are taken for one.
PREDICTED = 0.70


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How alike two names are, part by part."""

    score: float
    #: Whether the score says that these are two spellings of one name.
    predicted: bool
    features: tuple[FeatureScore, ...]


_WEIGHT = {Role.LEGAL: 0.1, Role.PARTICLE: 0.1, Role.GENERIC: 0.6, Role.NUMBER: 1.3, Role.PLACE: 0.8}


def match_names(name1: str, name2: str, schema: Schema | None = None) -> NameMatch:
    """Compare two names; symmetrical. Without a schema both readings, person and thing, are tried and the better is taken."""
    if schema is None:
        person, thing = match_names(name1, name2, Schema.PERSON), match_names(name1, name2, Schema.LEGAL_ENTITY)
        return person if person.score > thing.score else thing
    first, second = parse_name(Name(name1), schema), parse_name(Name(name2), schema)
    if not first or not second:
        same = bool(name1.strip()) and name1.strip() == name2.strip()
        return NameMatch(float(same), same, ())
    if "".join(p.form for p in first) == "".join(p.form for p in second):
        return _result([FeatureScore("alignment", 1.0, 1.0, "the same letters")])
    pairs = _pairs(first, second)
    matched1, matched2 = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    found = sum((_weight(first[i]) + _weight(second[j])) * likeness for i, j, likeness in pairs)
    lost = [p for i, p in enumerate(first) if i not in matched1] + [
        p for j, p in enumerate(second) if j not in matched2
    ]
    total = sum(map(_weight, first)) + sum(map(_weight, second))
    detail = ", ".join(f"{first[i].form}~{second[j].form}" for i, j, _ in pairs) or "no part in common"
    parts = [FeatureScore("alignment", round(found / total if total else 0.0, 3), 1.0, detail)]
    one_sided = matched1 >= _strong(first) or matched2 >= _strong(second)
    if lost and one_sided and len(pairs) >= 2 and any(p.role in PERSON_ROLES for p in first):
        parts.append(FeatureScore("names_left_out", 1.0, 0.15, "only further names are left out"))
    return _result(parts)


def _result(parts: list[FeatureScore]) -> NameMatch:
    score = round(min(1.0, max(0.0, sum(p.score * p.weight for p in parts))), 3)
    return NameMatch(score, score >= PREDICTED, tuple(parts))


def _weight(part: Part) -> float:
    return _WEIGHT.get(part.role, 1.0)


def _strong(parts: tuple[Part, ...]) -> set[int]:
    return {at for at, part in enumerate(parts) if part.role not in (Role.LEGAL, Role.PARTICLE)}


def _pairs(first: tuple[Part, ...], second: tuple[Part, ...]) -> list[tuple[int, int, float]]:
    """The best one-to-one pairing, greedily from the most alike down."""
    rows = [(likeness(a, b), -abs(i - j), i, j) for i, a in enumerate(first) for j, b in enumerate(second)]
    rows.sort(key=lambda row: (-row[0], -row[1], row[2], row[3]))
    used1: set[int] = set()
    used2: set[int] = set()
    pairs = []
    for alike, _, i, j in rows:
        if alike > 0 and i not in used1 and j not in used2:
            used1.add(i)
            used2.add(j)
            pairs.append((i, j, alike))
    return pairs


def likeness(a: Part, b: Part) -> float:
    """How alike two words are: 1 for one class of spellings, less for slips of the pen, 0 for different words."""
    if a.form == b.form or (a.symbol == b.symbol and len(a.form) > 1):
        return 1.0
    if Role.NUMBER in (a.role, b.role) or Role.LEGAL in (a.role, b.role):
        return 0.0
    if 1 in (len(a.form), len(b.form)) and a.form[0] == b.form[0]:
        return 0.7
    one, other = fold(a.form), fold(b.form)
    slips = OSA.distance(one, other)
    longest = max(len(one), len(other))
    allowed = 0 if longest < 4 else 1 if longest < 8 else 2
    if slips <= allowed:
        return 1 - slips / longest * (0.7 if skeleton(one) == skeleton(other) else 1.2)
    return 0.0
