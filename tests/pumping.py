"""Inputs on which a regular expression takes longest, made from the expression itself.

Wherever it repeats something, that something is repeated, after what the expression wants before it and before
something that it does not want; and so is every beginning of the expression, since a search begins anew at each.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: A repetition that may go further than this can be pumped.
_MANY = 16
#: What may stand behind, so that the whole does not fit.
ENDS = ("", "\0", "<", " ", "a")
#: What sets of characters are tried with.
_LIKELY = "a0 A-.<>/=:;'\"(\n\tб中,&x#"

Node = tuple[Any, Any]


def pumps(pattern: re.Pattern[Any], seed: int = 0) -> Iterator[tuple[str, str]]:
    """Pairs of a beginning and a part to be repeated behind it, each pair once."""
    of_bytes = isinstance(pattern.pattern, bytes)
    text = pattern.pattern.decode("latin-1") if of_bytes else pattern.pattern
    tree = list(parser.parse(text, pattern.flags & ~re.UNICODE if of_bytes else pattern.flags))
    chance = random.Random(seed)
    met = set()
    for _ in range(2):
        for before, body in _pumps(tree, "", chance):
            if body and (before, body) not in met:
                met.add((before, body))
                yield before, body


def _pumps(nodes: list[Node], before: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The pairs of a sequence that stands behind ``before``."""
    done = before
    for number, (kind, value) in enumerate(nodes):
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, inside = value
            body = _sample(list(inside), chance)
            if most is op.MAXREPEAT or most > _MANY:
                yield done, body
                yield done, _sample(list(inside), chance) + body
                # What follows may look like what is repeated.
                rest = _sample(nodes[number + 1 :][:2], chance)
                yield done, body + rest
                yield done, rest
            yield from _pumps(list(inside), done, chance)
        elif kind is op.SUBPATTERN:
            yield from _pumps(list(value[3]), done, chance)
        elif kind is op.BRANCH:
            for each in value[1]:
                yield from _pumps(list(each), done, chance)
        elif kind is op.ATOMIC_GROUP:
            yield from _pumps(list(value), done, chance)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _pumps(list(value[1]), done, chance)
        done += _sample([(kind, value)], chance)
        yield before, done.removeprefix(before)


def _sample(nodes: list[Node], chance: random.Random) -> str:
    """A short text that fits a sequence, as far as can be told by its parts."""
    return "".join(_one(kind, value, chance) for kind, value in nodes)


def _one(kind: Any, value: Any, chance: random.Random) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return chance.choice([each for each in "a0 -<" if ord(each) != value])
    if kind is op.ANY:
        return chance.choice("a -<")
    if kind is op.IN:
        return _of_set(value, chance)
    if kind is op.BRANCH:
        return _sample(list(chance.choice(value[1])), chance)
    if kind is op.SUBPATTERN:
        return _sample(list(value[3]), chance)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inside = value
        times = max(least, min(1, most)) if least or chance.random() < 0.6 else 0
        return "".join(_sample(list(inside), chance) for _ in range(times))
    if kind is op.ATOMIC_GROUP:
        return _sample(list(value), chance)
    if kind is op.ASSERT and value[0] > 0:
        return ""
    return ""


def _of_set(items: list[Node], chance: random.Random) -> str:
    negated = bool(items) and items[0][0] is op.NEGATE
    inside = [each for each in _LIKELY if _in_set(items, each) is not negated]
    if inside:
        return chance.choice(inside)
    for kind, value in items:
        if kind is op.LITERAL:
            return chr(value)
        if kind is op.RANGE:
            return chr(value[0])
    return "a"


def _in_set(items: list[Node], character: str) -> bool:
    number = ord(character)
    for kind, value in items:
        if kind is op.LITERAL and value == number:
            return True
        if kind is op.RANGE and value[0] <= number <= value[1]:
            return True
        if kind is op.CATEGORY and _in_category(value, character):
            return True
    return False


def _in_category(category: Any, character: str) -> bool:
    word = character.isalnum() or character == "_"
    return {
        op.CATEGORY_DIGIT: character.isdigit(),
        op.CATEGORY_NOT_DIGIT: not character.isdigit(),
        op.CATEGORY_SPACE: character.isspace(),
        op.CATEGORY_NOT_SPACE: not character.isspace(),
        op.CATEGORY_WORD: word,
        op.CATEGORY_NOT_WORD: not word,
    }.get(category, False)
