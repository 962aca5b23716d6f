"""Names between the given and the family name: whether they are those that the entry has."""

from __future__ import annotations

from functools import lru_cache

from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.finding import Finding
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.known.lexicon import GIVEN_NAME, ORDINARY, PLACE, TITLE
from watchlist.matching.language.name_words import FATHER_WORDS
from watchlist.matching.language.roles import PERSON_ROLES, NamePart, Role
from watchlist.matching.likeness.word import alike
from watchlist.model import Name, Schema


def other_middle_name(c: Candidate) -> Finding:
    """A name stands inside it that the entry does not have, though another of its names has a middle name."""
    middle, all_parts = _names_of(c.entity.names, c.schema)
    if not middle or any(m.part.role is Role.MIDDLE_NAME for m in c.alignment.matches):
        # Beside the listed middle name a further one contradicts nothing.
        return None
    for word in c.alignment.extra:
        form, flags = word.meaning.form, word.meaning.flags
        if form in FATHER_WORDS or (flags & (ORDINARY | PLACE | TITLE) and not flags & GIVEN_NAME):
            continue
        if not any(_agree(part, form) for part in all_parts):
            return 1.0, f"'{form}' stands inside it, where the list has '{middle[0].form}'"
    return None


def _agree(part: NamePart, form: str) -> bool:
    if len(form) == 1 or len(part.form) == 1:
        return form[:1] == part.form[:1]
    return alike(part.form, form, True) > 0


@lru_cache(maxsize=1 << 12)
def _names_of(names: tuple[Name, ...], schema: Schema) -> tuple[tuple[NamePart, ...], tuple[NamePart, ...]]:
    """The middle names that an entry has in any of its names, and every part of a name that it has."""
    parts = [part for name in names for part in parse_name(name, schema) if part.role in PERSON_ROLES]
    return tuple(part for part in parts if part.role is Role.MIDDLE_NAME), tuple(parts)
