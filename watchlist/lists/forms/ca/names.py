"""Names on Canada's list: several in one field, with labels of language; spellings in brackets; two languages.

No name is put together from what looks alike: an alias is what the list says, and one word of a person's is a weak one.
"""

from __future__ import annotations

import re

from watchlist.lists.reading.draft import Draft
from watchlist.lists.words.languages import to_lang
from watchlist.lists.words.name_notes import whole_brackets, without_note
from watchlist.lists.words.two_scripts import side_by_side
from watchlist.model import Name, NameKind, Schema, script_of

_KNOWN_AS = re.compile(
    r"\b(?:(?P<former>formerly|previously)(?:\s+known)?(?:\s+as)?|also known as|also|aka|a\.k\.a\.)\s*:?(?:\s+|$)",
    re.IGNORECASE,
)
#: A label of language; what follows up to the next label or separator is in it.
_LABEL = re.compile(r"(?<![\w])(?P<lang>[A-Z][a-z]{3,12}) ?: *")
#: What stands between two names. A slash does with a blank beside it; without one it may belong to a name.
_SEPARATOR = re.compile(r" ?[;؛] ?| ?[,،] ?(?:(?:or|and)(?: |$))?| or | / ?|/ ", re.IGNORECASE)
_AND = re.compile(r"( and )", re.IGNORECASE)
_BRACKETS = re.compile(r" ?\(([^()]*)\)")
_SLASHES = re.compile(r"[^()/]++|[()/]")
#: What goes on a body's name behind a comma, or a person's; or stands before the name it belongs to.
_GOES_ON = re.compile(
    r"(?:Ltd|Limited|Inc|LLC|L\.L\.C|Co|Corp|S\.?A|GmbH|PLC|P?JSC|O?JSC|OAO|OOO|PAO|ZAO|SA|Jr|Sr|II|III"
    r"|АО|ОАО|ПАО|ООО|ЗАО|САО|МК|НПО|ТАА|ААТ|УП|ФГУП)\.?",
    re.IGNORECASE,
)


def add_person(draft: Draft, given: str, family: str) -> None:
    """Add a person's name; ``Adanov (Adnuf)`` gives one name for each of the two spellings too."""
    text = " ".join(filter(None, (given, family)))
    plain_given, plain_family = _BRACKETS.sub("", given), _BRACKETS.sub("", family)
    split = bool(plain_given and plain_family)
    draft.name(
        Name(text, NameKind.PRIMARY, given=plain_given if split else None, family=plain_family if split else None)
    )
    if split and (plain_given, plain_family) != (given, family):
        draft.name(Name(f"{plain_given} {plain_family}", NameKind.ALIAS, given=plain_given, family=plain_family))
        for other in _BRACKETS.findall(family):
            draft.name(Name(f"{plain_given} {other}", NameKind.ALIAS, given=plain_given, family=other))
        for other in _BRACKETS.findall(given):
            draft.name(Name(f"{other} {plain_family}", NameKind.ALIAS, given=other, family=plain_family))


def add_body(draft: Draft, text: str) -> None:
    """Add a body's name; ``Office of Tides/Bureau des marées`` gives one name for each language too."""
    draft.name(Name(text, NameKind.PRIMARY))
    halves = [half.strip() for half in _at_slashes(text)]
    if len(halves) == 2 and all(len(half.split()) > 1 for half in halves):
        draft.name(Name(halves[0], NameKind.ALIAS, "en"))
        draft.name(Name(halves[1], NameKind.ALIAS, "fr"))
    elif known_as := _KNOWN_AS.search(text, 1):
        draft.name(Name(whole_brackets(text[: known_as.start()]), NameKind.ALIAS))
        kind = NameKind.PREVIOUS if known_as["former"] else NameKind.ALIAS
        draft.name(Name(whole_brackets(text[known_as.end() :]), kind))


def add_aliases(draft: Draft, text: str) -> None:
    """Add the names in a field of aliases."""
    person = draft.schema is Schema.PERSON
    for alias in aliases(text, person=person):
        bare, former = without_note(alias.text)
        weak = person and " " not in bare
        draft.name(Name(bare, NameKind.PREVIOUS if former else alias.kind, alias.lang, weak=weak))


def aliases(text: str, *, person: bool) -> list[Name]:
    """The names in a field of aliases, as they stand, with the language that a label gives them."""
    found: list[Name] = []
    kind = NameKind.ALIAS
    at = 0
    for known_as in (*_KNOWN_AS.finditer(text), None):
        part = text[at : known_as.start()].rstrip(" (") if known_as else text[at:]
        found += _labelled(part, kind, person=person)
        if known_as:
            kind, at = NameKind.PREVIOUS if known_as["former"] else NameKind.ALIAS, known_as.end()
    return found


def _labelled(text: str, kind: NameKind, *, person: bool) -> list[Name]:
    """The names of a text with labels of languages in it."""
    found: list[Name] = []
    at, lang = 0, None
    labels = [label for label in _LABEL.finditer(text) if to_lang(label["lang"])]
    for label in (*labels, None):
        pieces = _pieces(text[at : label.start() if label else len(text)], person=person)
        # A label is of the names up to another script, or to the next label.
        script = script_of(pieces[0]) if pieces else None
        found += [Name(each, kind, lang if script_of(each) == script else None) for each in pieces]
        if label:
            at, lang = label.end(), to_lang(label["lang"])
    return found


def _pieces(text: str, *, person: bool) -> list[str]:
    """The names that separators part; what stands in two scripts side by side is two.

    A comma alone may stand within one of these, before a given name.
    """
    if all(separator.group().strip() == "," for separator in _outside_brackets(text)) and not _AND.search(text):
        return [name for half in side_by_side(text) for name in _parted(half, person=person)]
    return [half for name in _parted(text, person=person) for half in side_by_side(name)]


def _parted(text: str, *, person: bool) -> list[str]:
    """The names that separators part, with what goes on a name behind a comma put back to it."""
    joined: list[list[str]] = []
    at, mark = 0, ""
    for separator in (*_outside_brackets(text), None):
        piece = text[at : separator.start() if separator else len(text)].strip()
        if joined and mark.strip() == "," and piece and (_GOES_ON.fullmatch(piece) or _begins_name(joined[-1])):
            joined[-1] += (mark, piece)
        elif piece:
            joined.append([piece])
        if separator:
            at, mark = separator.end(), separator.group()
    unspaced = [name for whole in joined for name in _unspaced("".join(whole))]
    pieces = [name for whole in unspaced for name in _conjoined(whole, person=person)]
    if person and len(pieces) == 2 and _is_family_first(text, pieces):
        return [", ".join(pieces)]
    return [name for piece in pieces if (name := whole_brackets(piece))]


def _unspaced(text: str) -> list[str]:
    """The names on both sides of a slash without blanks, where each of them has several words."""
    halves = text.split("/")
    return halves if len(halves) > 1 and all(len(half.split()) > 1 for half in halves) else [text]


def _conjoined(text: str, *, person: bool) -> list[str]:
    """The names on both sides of an "and" that is no part of a name.

    It is none in a person's name, nor beside words that are not Latin; in a body's it is, unless a legal form ends both
    sides.
    """
    found: list[list[str]] = []
    pieces = _AND.split(text)
    # With what stands before each of them.
    for word, piece in zip(("", *pieces[1::2]), pieces[::2], strict=True):
        if found and not _parts_names(found[-1][-1].split(), piece.split(), person=person):
            found[-1] += (word, piece)
        else:
            found.append([piece])
    return ["".join(whole) for whole in found]


def _parts_names(before: list[str], behind: list[str], *, person: bool) -> bool:
    """Whether an "and" between these words parts two names."""
    if person or not before or not behind:
        return True
    forms = all(len(words) > 1 and _GOES_ON.fullmatch(words[-1]) for words in (before, behind))
    return forms or bool({script_of(before[-1]), script_of(behind[0])} - {"Latn", None})


def _begins_name(pieces: list[str]) -> bool:
    """Whether a name is so far only what stands before the name it belongs to."""
    return len(pieces) == 1 and _GOES_ON.fullmatch(pieces[0]) is not None


def _outside_brackets(text: str) -> list[re.Match[str]]:
    """The separators that do not stand in brackets; one that is never closed is none."""
    last = text.rfind(")")
    found: list[re.Match[str]] = []
    at = depth = 0
    for separator in _SEPARATOR.finditer(text):
        depth += text.count("(", at, separator.start()) - text.count(")", at, separator.start())
        at = separator.start()
        if depth <= 0 or last < at:
            found.append(separator)
    return found


def _at_slashes(text: str) -> list[str]:
    """The parts between the slashes behind which no bracket is closed before another is opened."""
    pieces: list[list[str]] = [[]]
    closing = False
    for part in reversed(_SLASHES.findall(text)):
        if part == "/" and not closing:
            pieces.append([])
            continue
        closing = closing if part[0] not in "()" else part == ")"
        pieces[-1].append(part)
    return ["".join(reversed(piece)) for piece in reversed(pieces)]


def _is_family_first(text: str, pieces: list[str]) -> bool:
    """Whether two pieces are ``FAMILY, Given Patronymic``: one word, a comma, and several in the same script."""
    one, other = (len(piece.split()) for piece in pieces)
    comma = text.count(",") == 1 and not re.search(r"\bor\b|[;/]", text)
    same = script_of(pieces[0]) == script_of(pieces[1])
    if not (comma and one == 1 and same):
        return False
    # In Latin letters, where the family's are capitals and the others are not: two aliases look like that, too.
    return other > 1 if script_of(pieces[0]) == "Cyrl" else pieces[0].isupper() and not pieces[1].isupper()
