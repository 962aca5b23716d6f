"""A listed name taken apart: its words and what each does in the name."""

from __future__ import annotations

import re
from functools import lru_cache

from watchlist.matching.language.lexicon import EASTERN, FAMILY, GENERIC, GIVEN, PARTICLE, PLACE, TITLE, lexicon
from watchlist.matching.language.normalise import APOSTROPHES, INVISIBLE, JOINED, clean, fold, native
from watchlist.matching.language.parts import Part, Role
from watchlist.model import Name, Schema

_WORD = re.compile(f"[^\\W_]+(?:[{APOSTROPHES}{INVISIBLE}]+[^\\W_]+|{JOINED})*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_SERVANT = re.compile(r"^(?:abd[aeiou]?[lrsdznt]?|abdel|abdul|abdol)$")
_JOINED_SERVANT = re.compile(r"^abd(?:[aeou]l|[aeiou](?=([rsztdn])\1)|[aeou][rsdznt](?=[rsztdn])|i(?=ra|ka|sa|aziz))")
#: Words that bring in a father's name: one that the list does not have makes it another person.
FATHERS = frozenset({"bin", "ibn", "ben", "bint"})
_SAINTS = frozenset({"san", "santa", "santo", "saint", "sao"})
#: A remark or an acronym in brackets inside an organisation's name.
_BRACKETED = re.compile(r"\([^()]*\)")
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv)$")


@lru_cache(maxsize=1)
def _spelling_families() -> dict[str, str]:
    return {fold(spelling): fold(head) for spelling, head in lexicon().family.items()}


def is_servant(form: str) -> bool:
    """Whether the word is the first half of a name like Abdul Karim, written apart or left out at will."""
    return _SERVANT.match(form) is not None


def in_family(form: str) -> bool:
    """Whether the word has a family of known spellings."""
    return fold(form) in _spelling_families()


@lru_cache(maxsize=1 << 16)
def symbol(form: str) -> str:
    """The class of spellings a cleaned word belongs to."""
    if form.isdigit() or _ROMAN.match(form):
        return form
    sound = fold(form)
    return _spelling_families().get(sound, sound)


@lru_cache(maxsize=1 << 16)
def unjoined(form: str) -> str:
    """A joined servant name without its first half (``abdulmalik`` is ``malik``), other words as they are."""
    found = _JOINED_SERVANT.match(form)
    if found is None or len(form) - found.end() < 4:
        return form
    rest = form[found.end() :]
    return rest[1:] if len(rest) > 4 and rest[0] == rest[1] else rest


@lru_cache(maxsize=1 << 16)
def _form(word: str) -> str:
    return unjoined(clean(word))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Everyday words of other scripts, as `normalise.native` writes them."""
    return frozenset(map(native, lexicon().common_words))


def words_of(text: str) -> list[str]:
    """The cleaned words of a name in order; dotted letters (``S.A.``) are one word."""
    if "." in text:
        text = _DOTTED.sub(lambda m: m.group().replace(".", "") + " ", text)
    return [form for form in map(_form, _WORD.findall(text)) if form]


def parse_name(name: Name, schema: Schema) -> tuple[Part, ...]:
    """The parts of a name. A comma, or the list's own fields, tell a person's family from given names."""
    if schema is Schema.PERSON:
        family, given = name.family, name.given
        if not (family and given):
            before, comma, after = name.text.partition(",")
            family, given = (before, after) if comma else _by_capitals(name.text)
        if family and given:
            parts = [*_personal(family, Role.SURNAME, Role.SURNAME2), *_given(given, words_of(family))]
            if any(part.role is Role.SURNAME for part in parts):
                return tuple(parts)
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
        flags.get(form, 0) & EASTERN or not (_ROMAN.match(form) or flags.get(form, 0) & (PARTICLE | TITLE))
        for form in words_of(text)
    )


def _without_acronym(bracketed: re.Match[str]) -> str:
    """Nothing for an acronym in brackets, which repeats the name; anything else in brackets tells it from others."""
    form = clean(bracketed.group())
    acronym = len(bracketed.group().split()) == 1 and len(form) <= 8 and not lexicon().flags.get(form, 0) & PLACE
    return " " if acronym else bracketed.group()


def _of_unknown_order(text: str) -> tuple[Part, ...]:
    """A person's name whose family name the list does not mark; Korean and Chinese syllables all count."""
    forms = words_of(text)
    flags = lexicon().flags
    if len(forms) == 3 and all(len(form) <= 6 for form in forms):
        roles: tuple[Role, ...] | None = None
        if flags.get(forms[0], 0) & EASTERN:
            roles = (Role.SURNAME, Role.GIVEN, Role.MIDDLE)
        elif flags.get(forms[-1], 0) & EASTERN:
            roles = (Role.GIVEN, Role.MIDDLE, Role.SURNAME)
        if roles is not None:
            return tuple(Part(form, symbol(form), role) for form, role in zip(forms, roles, strict=True))
    return tuple(_personal(text, Role.PERSONAL, Role.PERSONAL))


def _given(text: str, family: list[str]) -> list[Part]:
    """Given names; in a Korean or Chinese name every syllable counts, also one that elsewhere is a small word."""
    forms = words_of(text)
    if len(family) == 1 and lexicon().flags.get(family[0], 0) & EASTERN and len(forms) == 2:
        return [Part(forms[0], symbol(forms[0]), Role.GIVEN), Part(forms[1], symbol(forms[1]), Role.MIDDLE)]
    # ``bin Muhammad`` tells the father's name, not the person's.
    first = Role.MIDDLE if len(forms) > 1 and forms[0] in FATHERS else Role.GIVEN
    return _personal(text, first, Role.MIDDLE)


def _personal(text: str, first: Role, later: Role) -> list[Part]:
    flags = lexicon().flags
    parts: list[Part] = []
    seen = False
    forms = words_of(text)
    for at, form in enumerate(forms):
        small = flags.get(form, 0) & PARTICLE and len(forms) > 1 and len(form) < 4
        # After a name, Shah and Sultan are names themselves.
        honorific = flags.get(form, 0) & TITLE and at + 1 < len(forms) and not flags.get(form, 0) & EASTERN
        if small or honorific or _SERVANT.match(form) or (form in _SAINTS and at + 1 < len(forms)):
            role = Role.PARTICLE
        else:
            role = later if seen else first
            seen = True
        parts.append(Part(form, symbol(form), role))
    if not seen and parts:
        last = parts[-1]
        parts[-1] = Part(last.form, last.symbol, first)
    return parts


def _organisational(forms: list[str]) -> list[Part]:
    known = lexicon()
    legal_heads = _legal_heads()
    parts: list[Part] = []
    at = 0
    while at < len(forms):
        form = forms[at]
        for width in legal_heads.get(form, ()):
            if tuple(forms[at : at + width]) in known.legal:
                family = known.legal[tuple(forms[at : at + width])]
                parts.append(Part(" ".join(forms[at : at + width]), family, Role.LEGAL))
                at += width
                break
        else:
            at += 1
            flags = known.flags.get(form, 0)
            if parts and at == len(forms):
                # What ends a name, such as ISIL-WA, is no small word of it.
                flags &= ~PARTICLE
            parts.append(Part(form, symbol(form), _organisational_role(form, flags)))
    if parts and not any(part.role in (Role.CORE, Role.PLACE, Role.GENERIC) for part in parts):
        parts = [
            p if p.role is Role.NUMBER else Part(p.form, symbol(p.form.replace(" ", "")), Role.CORE) for p in parts
        ]
    return parts


def _organisational_role(form: str, flags: int) -> Role:
    # Inside a name ``i`` is the Persian link of JAISH-I-MOHAMMED, written ``e`` as well; at its end it is a number.
    if form.isdigit() or (_ROMAN.match(form) and not flags & PARTICLE):
        return Role.NUMBER
    if flags & PARTICLE and len(form) < 4:
        return Role.PARTICLE
    if flags & GENERIC:
        return Role.GENERIC
    if flags & PLACE and not flags & (GIVEN | FAMILY):
        return Role.PLACE
    return Role.CORE


@lru_cache(maxsize=1)
def _legal_heads() -> dict[str, tuple[int, ...]]:
    heads: dict[str, set[int]] = {}
    for form in lexicon().legal:
        heads.setdefault(form[0], set()).add(len(form))
    return {head: tuple(sorted(widths, reverse=True)) for head, widths in heads.items()}
