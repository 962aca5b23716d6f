"""Names of SECO's list: ordered parts with a type, each with spelling variants by language and script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from watchlist.lists.reading.draft import Draft, name_parts
from watchlist.lists.reading.xml import Element, attribute, child_text
from watchlist.lists.words.languages import to_lang
from watchlist.model import Name, NameKind, to_script

_KINDS = {"primary-name": NameKind.PRIMARY, "alias": NameKind.ALIAS, "formerly-known-as": NameKind.PREVIOUS}
#: Parts before the name proper: they describe the person.
_TITLE = "title"
_GIVEN = frozenset({"given-name", "further-given-name", "father-name", "grand-father-name"})
_FAMILY = frozenset({"family-name"})
_WHOLE = frozenset({"", "whole-name"})
_PART_KINDS = {
    "given-name": "given",
    "further-given-name": "middle",
    "father-name": "father",
    "grand-father-name": "grandfather",
    "family-name": "family",
    "maiden-name": "maiden",
    "tribal-name": "tribal",
    "suffix": "suffix",
}
_LATIN = frozenset({"", "latn", "latin"})
#: Variants of several parts multiply; more spellings than this of one name help nobody.
_MOST = 16

#: Language and script of a variant, both as the list writes them.
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _NamePart:
    type: str
    value: str
    variants: tuple[tuple[_Key, str], ...]


def primary(target: Element) -> str | None:
    """The primary name of a target's main identity."""
    for name in target.iterfind("./{*}*/{*}identity[@main='true']/{*}name[@name-type='primary-name']"):
        return " ".join(part.value for part in _parts(name) if part.type != _TITLE) or None
    return None


def add(draft: Draft, element: Element) -> None:
    """Add a name, and one more for each spelling. A type of name that is not known makes an alias."""
    weak = (attribute(element, "quality") or "").lower() == "low"
    stated = attribute(element, "name-type") or ""
    kind = _KINDS.get(stated, NameKind.ALIAS)
    draft.file.notes.read("names")
    if stated and stated not in _KINDS:
        draft.note("names", stated)
    parts = _parts(element)
    draft.designations += [part.value for part in parts if part.type == _TITLE]
    named = [part for part in parts if part.type != _TITLE]
    whole = _name(named, [part.value for part in named], kind, (attribute(element, "lang") or "", ""))
    draft.name(replace(whole, weak=weak))
    other = NameKind.ALIAS if kind is NameKind.PRIMARY else kind
    for key in dict.fromkeys(key for part in named for key, _ in part.variants):
        for values in _spellings(named, key):
            draft.name(replace(_name(named, values, other, key), weak=weak))


def _parts(element: Element) -> list[_NamePart]:
    def order(part: Element) -> int:
        stated = attribute(part, "order") or ""
        return int(stated) if re.fullmatch(r"[0-9]{1,3}", stated) else 0

    found = []
    for part in sorted(element.iterchildren("{*}name-part"), key=order):
        variants = tuple(
            ((attribute(each, "lang") or "", attribute(each, "script") or ""), words)
            for each in part.iterchildren("{*}spelling-variant")
            if (words := " ".join("".join(each.itertext()).split()))
        )
        if value := child_text(part, "value"):
            found.append(_NamePart(attribute(part, "name-part-type") or "", value, variants))
    return found


def _spellings(parts: list[_NamePart], key: _Key) -> Iterator[tuple[str, ...]]:
    """The whole name in one language and script; a part that is missing in another script than Latin leaves none."""
    choices = []
    for part in parts:
        variants = [words for other, words in part.variants if other == key]
        if not variants and key[1].lower() not in _LATIN:
            return
        choices.append(variants or [part.value])
    yield from islice(product(*choices), _MOST)


def _name(parts: list[_NamePart], values: list[str] | tuple[str, ...], kind: NameKind, key: _Key) -> Name:
    pairs = list(zip(parts, values, strict=True))
    given = " ".join(value for part, value in pairs if part.type in _GIVEN)
    family = " ".join(value for part, value in pairs if part.type in _FAMILY)
    whole = all(part.type in _WHOLE for part in parts)
    split = bool(given and family)
    return Name(
        " ".join(values),
        kind,
        to_lang(*key),
        given if split else None,
        family if split else None,
        script=to_script(key[1]),
        parts=() if whole else name_parts(*((_PART_KINDS.get(part.type, part.type), value) for part, value in pairs)),
    )
