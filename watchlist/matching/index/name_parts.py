"""A listed name to its parts: its words and what each does in the name."""

from __future__ import annotations

import re

from watchlist.matching.language.known.gazetteer import place
from watchlist.matching.language.known.lexicon import (
    EASTERN,
    FAMILY_NAME,
    GENERIC,
    GIVEN_NAME,
    PARTICLE,
    PLACE,
    TITLE,
    lexicon,
)
from watchlist.matching.language.merging import Merged, merged
from watchlist.matching.language.name_words import (
    CHILD_OF,
    ENDS_OF_NAMES,
    FATHER_WORDS,
    IN_HONOUR,
    SAINT_WORDS,
    UNRECOGNISED,
    is_abd,
)
from watchlist.matching.language.roles import NamePart, Role
from watchlist.matching.language.script.normalise import clean
from watchlist.matching.language.spelling import is_roman, symbol, words_of
from watchlist.matching.language.words import is_telling
from watchlist.model import Name, Schema

#: A remark or an acronym in brackets inside an organisation's name.
_BRACKETED = re.compile(r"\([^()]*\)")


def parse_name(name: Name, schema: Schema) -> tuple[NamePart, ...]:
    """The parts of a name. A comma, or the list's own fields, tell a person's family from given names."""
    if schema is Schema.PERSON:
        family, given = name.family, name.given
        if not (family and given):
            before, comma, after = name.text.partition(",")
            family, given = (before, after) if comma else _by_capitals(name.text)
        if family and given:
            parts = [*_personal(family, Role.FAMILY_NAME, Role.SECOND_FAMILY_NAME), *_given(given, words_of(family))]
            if any(part.role is Role.FAMILY_NAME for part in parts):
                return tuple(parts)
        own, *of_whom = CHILD_OF.split(name.text, maxsplit=1)
        if of_whom and own.strip():
            return (*_of_unknown_order(own), *_personal(of_whom[0], Role.MIDDLE_NAME, Role.MIDDLE_NAME))
        return _of_unknown_order(name.text)
    return tuple(_organisational(words_of(_BRACKETED.sub(_without_acronym, name.text)) or words_of(name.text)))


def _by_capitals(text: str) -> tuple[str | None, str | None]:
    """Family and given names where capitals throughout mark the family name: ``Nikolai PATRUSHEV``, ``LI Ming``.

    None for both where they mark no name (``John Smith III``), or leave none (``Mullah OMAR``).
    """
    words = text.split()
    # A single letter is an initial, and says nothing.
    marked = [len(word) > 1 and word.isupper() for word in words]
    run = [at for at, capital in enumerate(marked) if capital]
    if not run or len(run) == len(words) or any(len(word) == 1 or word.endswith(".") for word in words):
        return None, None
    together = run[-1] - run[0] + 1 == len(run)
    if not together or (run[0] and run[-1] + 1 != len(words)):
        return None, None
    family, given = " ".join(words[run[0] : run[-1] + 1]), " ".join(words[: run[0]] + words[run[-1] + 1 :])
    return (family, given) if _has_name(family) and _has_name(given) else (None, None)


def _has_name(text: str) -> bool:
    """Whether more stands there than numbers, titles and small words."""
    flags = lexicon().flags
    return any(
        flags.get(form, 0) & EASTERN or not (is_roman(form) or flags.get(form, 0) & (PARTICLE | TITLE))
        for form in words_of(text)
    )


def _without_acronym(bracketed: re.Match[str]) -> str:
    """Nothing for an acronym in brackets, which repeats the name; anything else in brackets tells it from others."""
    form = clean(bracketed.group())
    acronym = len(bracketed.group().split()) == 1 and len(form) <= 8 and not lexicon().flags.get(form, 0) & PLACE
    return " " if acronym else bracketed.group()


def _of_unknown_order(text: str) -> tuple[NamePart, ...]:
    """A person's name whose family name the list does not mark; Korean and Chinese syllables all count."""
    forms = words_of(text)
    flags = lexicon().flags
    if len(forms) == 3 and all(len(form) <= 6 for form in forms):
        roles: tuple[Role, ...] | None = None
        if flags.get(forms[0], 0) & EASTERN:
            roles = (Role.FAMILY_NAME, Role.GIVEN_NAME, Role.MIDDLE_NAME)
        elif flags.get(forms[-1], 0) & EASTERN:
            roles = (Role.GIVEN_NAME, Role.MIDDLE_NAME, Role.FAMILY_NAME)
        if roles is not None:
            return tuple(NamePart(form, symbol(form), role) for form, role in zip(forms, roles, strict=True))
    return tuple(_personal(text, Role.PERSONAL, Role.PERSONAL))


def _given(text: str, family: list[str]) -> list[NamePart]:
    """Given names; in a Korean or Chinese name every syllable counts, also one that elsewhere is a small word."""
    forms = words_of(text)
    if len(family) == 1 and lexicon().flags.get(family[0], 0) & EASTERN and len(forms) == 2:
        return [
            NamePart(forms[0], symbol(forms[0]), Role.GIVEN_NAME),
            NamePart(forms[1], symbol(forms[1]), Role.MIDDLE_NAME),
        ]
    # ``bin Muhammad`` tells the father's name, not the person's.
    first = Role.MIDDLE_NAME if len(forms) > 1 and forms[0] in FATHER_WORDS else Role.GIVEN_NAME
    return _personal(text, first, Role.MIDDLE_NAME)


def _personal(text: str, first: Role, later: Role) -> list[NamePart]:
    flags = lexicon().flags
    parts: list[NamePart] = []
    seen = False
    forms = words_of(text)
    for at, form in enumerate(forms):
        may_end = at + 1 < len(forms) or form in ENDS_OF_NAMES
        small = flags.get(form, 0) & PARTICLE and len(forms) > 1 and len(form) < 4 and may_end
        # After a name, Shah and Sultan are names themselves.
        honorific = flags.get(form, 0) & TITLE and at + 1 < len(forms) and not flags.get(form, 0) & EASTERN
        if small or honorific or is_abd(form) or (form in SAINT_WORDS and at + 1 < len(forms)):
            role = Role.PARTICLE
        else:
            role = later if seen else first
            seen = True
        parts.append(NamePart(form, symbol(form), role))
    if not seen and parts:
        last = parts[-1]
        parts[-1] = NamePart(last.form, last.symbol, first)
    return parts


def _organisational(forms: list[str]) -> list[NamePart]:
    known = lexicon()
    parts: list[NamePart] = []
    found = merged(forms, [" "] * len(forms))
    small = _without_meaning(forms) | _seat(forms, found)
    for one in found:
        if one.first in small:
            parts.append(NamePart(one.form, one.symbol, Role.PARTICLE))
            continue
        if one.is_legal_form:
            parts.append(NamePart(one.form, one.symbol, Role.LEGAL_FORM))
            continue
        flags = known.flags.get(one.form, 0)
        if parts and one is found[-1]:
            # What ends a name, such as ISIL-WA, is no small word of it.
            flags &= ~PARTICLE
        parts.append(NamePart(one.form, one.symbol, _organisational_role(one.form, flags)))
    says_nothing = not any(part.role in (Role.CORE, Role.PLACE, Role.GENERIC, Role.NUMBER) for part in parts)
    if says_nothing and any(part.role is not Role.LEGAL_FORM for part in parts):
        parts = [NamePart(p.form, symbol(p.form.replace(" ", "")), Role.CORE) for p in parts]
    return parts


def _without_meaning(forms: list[str]) -> frozenset[int]:
    """The places of words that say nothing of whose name it is: so-called; named after somebody."""
    for words in UNRECOGNISED:
        for start in (0, 1):
            if tuple(forms[start : start + len(words)]) == words and len(forms) > start + len(words):
                return frozenset(range(start + len(words)))
    for honour in IN_HONOUR:
        for at in range(1, len(forms) - len(honour)):
            if tuple(forms[at : at + len(honour)]) == honour and any(map(is_telling, forms[:at])):
                return frozenset(range(at, len(forms)))
    return frozenset()


def _seat(forms: list[str], found: list[Merged]) -> frozenset[int]:
    """The places of words that only tell where a company has its seat: NIS AD NOVI SAD is NIS."""
    legal = [at for at, one in enumerate(found) if one.is_legal_form]
    if not legal or legal[0] == 0:
        return frozenset()
    first = found[legal[-1]].last + 1
    return frozenset(range(first, len(forms))) if place(" ".join(forms[first:])) is not None else frozenset()


def _organisational_role(form: str, flags: int) -> Role:
    # Inside a name ``i`` is the Persian link of JAISH-I-MOHAMMED, written ``e`` as well; at its end it is a number.
    if form.isdigit() or (is_roman(form) and not flags & PARTICLE):
        return Role.NUMBER
    if flags & PARTICLE and len(form) < 4:
        return Role.PARTICLE
    if flags & GENERIC:
        return Role.GENERIC
    if flags & PLACE and not flags & (GIVEN_NAME | FAMILY_NAME):
        return Role.PLACE
    return Role.CORE
