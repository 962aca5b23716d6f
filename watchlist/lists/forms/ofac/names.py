"""Names of OFAC's two forms that type their parts: one way to put them together, in any script."""

from __future__ import annotations

from collections.abc import Sequence

from watchlist.lists.reading.draft import name_parts
from watchlist.lists.words.languages import to_lang
from watchlist.model import Name, NameKind, Schema, to_script

_FAMILY = ("last name", "maiden name")
_GIVEN = ("first name", "middle name", "patronymic", "matronymic")
#: Other kinds of part are called as OFAC calls them.
_PART_KINDS = {
    "last name": "family",
    "first name": "given",
    "middle name": "middle",
    "maiden name": "maiden",
}
#: Scripts that leave no space between family and given name.
_UNSPACED = ("chinese", "han", "hangul", "japanese", "katakana", "hiragana")


def typed_name(
    schema: Schema, parts: Sequence[tuple[str, str]], script: str, script_code: str | None = None
) -> Name | None:
    """The name that parts of (kind, text) make: ``FAMILY, Given Middle`` for a person in Latin script, as in SDN.XML.

    Kinds and the script's name are OFAC's, in lower case. None where all parts are empty.
    """
    code = to_script(script_code) or to_script(script)
    latin = script == "latin"
    lang = None if latin else to_lang(None, script)
    if schema is not Schema.PERSON:
        text = " ".join(words for _, words in parts if words)
        return Name(text, lang=lang, script=code) if text else None
    family = " ".join(words for kind, words in parts if kind in _FAMILY)
    given = " ".join(words for kind, words in parts if kind in _GIVEN)
    rest = " ".join(words for kind, words in parts if kind not in _FAMILY + _GIVEN)
    joint = ", " if latin else "" if script.startswith(_UNSPACED) else " "
    text = joint.join(words for words in (family, given, rest) if words)
    if not text:
        return None
    typed = name_parts(*((_PART_KINDS.get(kind, kind), words) for kind, words in parts))
    given_name, family_name = (given, family) if family and given else (None, None)
    return Name(text, NameKind.ALIAS, lang, given=given_name, family=family_name, script=code, parts=typed)
