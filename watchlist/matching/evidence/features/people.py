"""What speaks for and against a person: whose family name, given name, initials and title stand there."""

from __future__ import annotations

from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.finding import Finding, of_alignment
from watchlist.matching.language.lexicon import FAMILY_NAME, GIVEN_NAME, ORDINARY, PARTICLE, PLACE, TITLE, lexicon
from watchlist.matching.language.roles import Role
from watchlist.matching.language.spelling import words_of
from watchlist.model import Schema

#: From this Zipf value (tenfold) on a given name is one that every reader knows.
_WELL_KNOWN = 36


def family_only(c: Candidate) -> bool:
    """Whether of a person's name only the family name was found."""
    return c.alignment.family_name_only and Role.FAMILY_NAME in c.alignment.roles


@of_alignment
def family_name_only(c: Candidate) -> Finding:
    """Only the family name is there, and the article nowhere has the full name."""
    if c.schema is Schema.PERSON and family_only(c):
        holders = c.holders()[0]
        return min(1.0, 0.1 + 0.2 * max(1, holders)), "a common family name" if holders else "a rare family name"
    return None


def another_person(c: Candidate) -> Finding:
    """An unlisted given name, or an initial of none, stands before the listed family name."""
    if c.schema is not Schema.PERSON:
        return None
    if (letters := c.initials_before()) and letters[0] not in _initials(c):
        return 1.0, f"'{letters[0].upper()}.' is no initial of the entity"
    if not family_only(c):
        return None
    before = c.before()
    if before is None or not before.meaning.capital or before.meaning.flags & (TITLE | PARTICLE | PLACE):
        return None
    if before.meaning.flags & ORDINARY and not before.meaning.flags & GIVEN_NAME:
        return None
    return 1.0, f"'{before.meaning.form}' is no given name of the entity"


def _initials(c: Candidate) -> frozenset[str]:
    """The first letters of all names of the entity."""
    known: frozenset[str] | None = c.alignment.memory.get("initials")
    if known is None:
        forms = [form for name in c.subject.names for form in words_of(name.text)]
        known = c.alignment.memory["initials"] = frozenset(form[0] for form in forms)
    return known


@of_alignment
def common_name(c: Candidate) -> Finding:
    """Given and family name are both so common that many people bear them."""
    if c.schema is not Schema.PERSON or family_only(c):
        return None
    known = lexicon()
    family = [
        m for m in c.alignment.matches if m.part.role in (Role.FAMILY_NAME, Role.SECOND_FAMILY_NAME, Role.PERSONAL)
    ]
    if not family:
        return None
    family_holders, given_holders = c.holders()
    share, common_given = min(1.0, max(0, family_holders - 4) / 10), min(1.0, 0.3 + given_holders / 12)
    detail = "a common family name"
    flags = [known.flags.get(m.part.form, 0) for m in family]
    given = all(each & GIVEN_NAME for each in flags)
    well_known = given and all(known.zipf.get(m.part.form, 0) >= _WELL_KNOWN for m in family)
    if (all(each & FAMILY_NAME for each in flags) or well_known) and share < 0.6:
        share, detail = 0.6, "very many people have this family name"
    if Role.PERSONAL in c.alignment.roles and all(each & (GIVEN_NAME | FAMILY_NAME) for each in flags):
        # Of all who bear them it is hardly the one who is listed.
        share, common_given, detail = 0.9, 0.9, "names that very many people bear"
    whole = 0.25 if not c.alignment.missing and len(c.alignment.matches) > 2 else 1.0
    risk = share * common_given * whole
    return (min(1.0, risk), detail) if risk > 0.05 else None


def title(c: Candidate) -> Finding:
    """A title or an office stands right before the person's name."""
    if c.schema is not Schema.PERSON:
        return None
    titles = [word.meaning.form for word in c.titles_before()]
    return (1.0, f"'{titles[0]}' stands before it") if titles else None


def initial(c: Candidate) -> Finding:
    """Initials right before a family name are those of the entity's given name."""
    letters = c.initials_before()
    given = [part.form[0] for part in c.alignment.missing if part.role is Role.GIVEN_NAME]
    return (1.0, f"'{letters[0].upper()}.' stands before it") if letters and letters[0] in given else None
