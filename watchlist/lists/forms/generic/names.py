r"""Names in the generic CSV form: aliases with their kind, language and script in front, and a cell for the parts.

A part is ``N/given:text``, ``N/family:text`` or ``N/part.KIND:text``, where N is the place of the name, the primary
one's being 1, and KIND one of those of the model; ``\:`` is a colon in the kind. A person's ``FAMILY, Given`` needs
neither of the first two. ``1/lang:ru`` and ``1/script:Cyrl`` are of the primary name, which has nothing in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from watchlist.lists.words.person import split_person
from watchlist.model import Name, NameKind, Schema, script_of, to_script

#: Kind and weakness of an alias by what it opens with.
_KIND_BY_PREFIX = {
    "alias": (NameKind.ALIAS, False),
    "weak": (NameKind.ALIAS, True),
    "previous": (NameKind.PREVIOUS, False),
    "weak-previous": (NameKind.PREVIOUS, True),
    "acronym": (NameKind.ACRONYM, False),
    "weak-acronym": (NameKind.ACRONYM, True),
}
_PREFIX_BY_KIND = {kind: prefix for prefix, kind in _KIND_BY_PREFIX.items()}
_ALIAS_PREFIX = re.compile(rf"({'|'.join(_KIND_BY_PREFIX)})(?:@([A-Za-z]{{2,8}}(?:-[A-Za-z0-9]{{1,8}})*))?:")
#: Stands for a language that is not known, where only the script is said.
_NO_LANG = "und"
_FIELDS = ("given", "family", "lang", "script")
_PART = re.compile(r"(?P<place>[1-9]\d{0,3})/(?:(?P<field>given|family|lang|script)|part\.(?P<kind>.+))", re.DOTALL)


def name(text: str, kind: NameKind, lang: str | None, schema: Schema) -> Name:
    """A name; of a person's ``FAMILY, Given`` the parts as well."""
    family, given = split_person(text) if schema is Schema.PERSON else (None, None)
    return Name(text, kind, lang=lang, given=given, family=family)


def alias(value: str, schema: Schema) -> Name:
    """The alias that a value says; raises ValueError for one without a name."""
    found = _ALIAS_PREFIX.match(value)
    if found is None:
        return name(value, NameKind.ALIAS, None, schema)
    text = value[found.end() :].strip()
    if not text:
        raise ValueError(f"the alias {value!r} has no name behind its kind")
    lang, script = _split_tag(found[2])
    kind, weak = _KIND_BY_PREFIX[found[1]]
    return replace(name(text, kind, lang, schema), script=script, weak=weak)


def alias_cell(found: Name) -> str:
    """The value that says an alias."""
    prefix = _PREFIX_BY_KIND.get((found.kind, found.weak), "weak" if found.weak else "alias")
    script = f"-{found.script}" if found.script and found.script != script_of(found.text) else ""
    if found.lang or script:
        return f"{prefix}@{found.lang or _NO_LANG}{script}:{found.text}"
    return f"{prefix}:{found.text}" if prefix != "alias" or _ALIAS_PREFIX.match(found.text) else found.text


def part_cells(names: Sequence[Name], schema: Schema) -> Iterator[str]:
    """The values that say the parts of names."""
    for place, found in enumerate(names, start=1):
        plain = name(found.text, found.kind, None, schema)
        for field in _FIELDS if place == 1 else _FIELDS[:2]:
            text = getattr(found, field)
            if text != getattr(plain, field):
                yield f"{place}/{field}:{text or ''}"
        for kind, text in found.parts:
            escaped = kind.replace("\\", "\\\\").replace(":", "\\:")
            yield f"{place}/part.{escaped}:{text}"


def with_parts(names: Sequence[Name], values: Iterable[str]) -> tuple[Name, ...]:
    """The names with the parts that values say; raises ValueError for a value that is none, or of no name."""
    found = list(names)
    for value in values:
        label, colon, text = cut_at_colon(value)
        part = _PART.fullmatch(label)
        if not colon or part is None:
            raise ValueError(f"expected a part of a name as 1/given:TEXT or 1/part.KIND:TEXT, found {value!r}")
        at = int(part["place"]) - 1
        if at >= len(found):
            raise ValueError(f"{value!r} is a part of name {at + 1}, but there are {len(found)}")
        found[at] = _with_part(found[at], part, text.strip() or None)
    return tuple(found)


def cut_at_colon(value: str) -> tuple[str, str, str]:
    """What stands before the first colon, the colon, and what stands behind it; no colon leaves the last two empty.

    In front a backslash escapes a colon or itself; what stands behind is taken as it is.
    """
    found = re.match(r"((?:[^\\:]|\\.)*):(.*)", value, re.DOTALL)
    if found is None:
        return value, "", ""
    return re.sub(r"\\([\\:])", r"\1", found[1]), ":", found[2]


def _with_part(whole: Name, part: re.Match[str], words: str | None) -> Name:
    match part["field"]:
        case "given":
            return replace(whole, given=words)
        case "family":
            return replace(whole, family=words)
        case "lang":
            return replace(whole, lang=words)
        case "script":
            if (script := to_script(words)) is None:
                raise ValueError(f"expected a script such as Cyrl or Arab, found {words or ''!r}")
            return replace(whole, script=script)
        case _:
            return replace(whole, parts=(*whole.parts, (part["kind"], words))) if words else whole


def _split_tag(tag: str | None) -> tuple[str | None, str | None]:
    """Language and script of a tag such as ``sr-Cyrl``; a tag without a script is the language as it stands."""
    lang, dash, script = (tag or "").rpartition("-")
    if not dash or to_script(script) != script:
        return tag, None
    return None if lang == _NO_LANG else lang, script


def require_name(text: str) -> None:
    """Raise ValueError for what has neither letters nor digits: nothing could ever be found by it."""
    if not any(character.isalnum() for character in text):
        raise ValueError(f"{text!r} is no name: it has neither letters nor digits")
