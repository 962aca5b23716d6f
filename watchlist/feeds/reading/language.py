"""TEXT -> LANGUAGE, where there is enough text to tell.

The model takes half a second and 70 MB to load, so this belongs into the sandbox, and is loaded when first needed.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from watchlist.news.entry import ParsedEntry

#: Letters, as `_letters` counts them. Shorter texts are names and numbers as often as language.
MIN_TEXT = 40
#: What is less sure is not said.
MIN_CONFIDENCE = 0.8
#: A feed that states a language is contradicted only by long texts that leave no doubt.
CONTRADICTING_TEXT = 200
CONTRADICTING_CONFIDENCE = 0.99
#: More text does not tell more.
_ENOUGH = 2000
#: "No linguistic content".
_NONE = "zxx"
#: Codes of which speakers and publishers use one for the other: no contradiction.
_ALIKE = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"hr", "sr", "bs", "sh", "me", "cnr"}),
    frozenset({"id", "ms", "in", "jv"}),
    frozenset({"he", "iw"}),
    frozenset({"tl", "fil"}),
    frozenset({"zh", "yue", "wuu"}),
    frozenset({"fa", "prs", "ps"}),
    frozenset({"es", "ca", "gl"}),
    frozenset({"ru", "uk", "be"}),
)

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def lang_tag(stated: str | None) -> str | None:
    """A stated language as it is kept, ``en-gb`` for ``en_GB``; None for what names no language."""
    tag = (stated or "").strip()
    return tag.replace("_", "-").lower() if _TAG.fullmatch(tag) else None


def detect(text: str) -> tuple[str, float] | None:
    """The language of a text (ISO 639-1 where there is such a code) and how sure that is; None for too little text."""
    text = text[:_ENOUGH]
    if _letters(text) < MIN_TEXT:
        return None
    code, confidence = _model().classify(text)
    return None if code == _NONE else (code, float(confidence))


def settled_lang(stated: str | None, title: str, text: str) -> str | None:
    """The language of an article: the stated one unless the words plainly speak another; without one, what they speak.

    None where nothing is stated and the words do not tell for certain.
    """
    words = f"{title}\n{text}"
    if stated is None:
        found = detect(words)
        return found[0] if found is not None and found[1] >= MIN_CONFIDENCE else None
    return _contradiction(stated, words) or stated


def langs_in_sandbox(arguments: Mapping[str, Any], body: bytes) -> list[str | None]:
    """The sandbox's side of finding the languages of articles that no feed brought: ``body`` is triples in JSON."""
    return [settled_lang(stated, title, text) for stated, title, text in json.loads(body)]


def settled_langs(entries: Sequence[ParsedEntry]) -> list[str | None]:
    """`settled_lang` of each entry of a feed. One that all of them state is looked into once for all."""
    stated = {entry.lang for entry in entries}
    if len(stated) == 1 and (lang := stated.pop()) is not None:
        share = _ENOUGH // len(entries) + 1
        found = detect("\n".join(f"{entry.title} {entry.text}"[:share] for entry in entries))
        if found is None or _agree(lang, found[0]):
            return [lang] * len(entries)
    return [settled_lang(entry.lang, entry.title, entry.text) for entry in entries]


def _contradiction(stated: str, words: str) -> str | None:
    """The language that the words speak beyond doubt, where it is not the stated one."""
    if _letters(words[:_ENOUGH]) < CONTRADICTING_TEXT or (found := detect(words)) is None:
        return None
    code, confidence = found
    return None if confidence < CONTRADICTING_CONFIDENCE or _agree(stated, code) else code


def _agree(stated: str, code: str) -> bool:
    said = stated.partition("-")[0]
    return code == said or any(code in alike and said in alike for alike in _ALIKE)


def _letters(text: str) -> int:
    """How much is written in letters: one for a Latin letter, two for a Cyrillic, three for a Chinese."""
    return sum(len(char.encode("utf-8", "replace")) for char in text if char.isalpha())


@functools.cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
