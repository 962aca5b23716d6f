"""What speaks for and against a person: whose family name, given name, initials and title stand there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.countries import knows_its_country, offices_before
from watchlist.matching.evidence.features.finding import Finding
from watchlist.matching.language.known.lexicon import FAMILY_NAME, GIVEN_NAME, ORDINARY, PARTICLE, PLACE, TITLE, lexicon
from watchlist.matching.language.known.name_frequency import given_name
from watchlist.matching.language.name_words import CHILD_OF, PATRONYMIC
from watchlist.matching.language.packs.load import default_of, pack
from watchlist.matching.language.roles import PERSON_ROLES, Role
from watchlist.matching.language.script.scripts import script_of
from watchlist.matching.language.spelling import words_of
from watchlist.matching.language.syllabic import is_syllabic
from watchlist.matching.language.words import Word
from watchlist.matching.likeness.word import alike
from watchlist.model import NameOrigin, Schema

#: As far from a name, in signs, a title of a script without spaces is looked for.
_LONGEST_TITLE: Final = 6


def family_only(c: Candidate) -> bool:
    """Whether of a person's name only the family name was found."""
    return c.alignment.family_name_only and Role.FAMILY_NAME in c.alignment.roles


def is_family_name_of_all(c: Candidate) -> bool:
    """Whether a family name is all that is listed, so that everybody who bears it is meant.

    Who puts nothing but ``Iravani`` on a list of their own knows of no given name that could speak against one.
    """
    if not c.subject.is_only_named or not c.alignment.is_whole or len(c.alignment.matches) != 1:
        return False
    meaning = c.alignment.matches[0].word.meaning
    return not meaning.flags & (ORDINARY | PLACE) and (given_name(meaning.form) or 0.0) < table.NAME_OF_SOME


def family_name_only(c: Candidate) -> Finding:
    """Only the family name is there, and the article nowhere has the full name; less with a title or office at it."""
    if c.schema is Schema.PERSON and family_only(c):
        holders = c.holders()[0]
        if len(c.alignment.strong) > 1 and not holders:
            # Two family names that nobody else on any list has.
            return None
        if len(c.alignment.strong) == 1 and title(c) is None:
            return 1.0, "a family name alone, and nothing at it says whose"
        share = min(1.0, table.FAMILY_NAME_ALONE + table.EACH_BEARER * max(1, holders))
        return share, "a common family name" if holders else "a rare family name"
    return None


def another_person(c: Candidate) -> Finding:
    """An unlisted given name, or an initial of none, stands before the listed family name."""
    if c.schema is not Schema.PERSON or is_family_name_of_all(c):
        return None
    if (letters := c.initials_before()) and letters[0] not in _initials(c):
        return 1.0, f"'{letters[0].upper()}.' is no initial of the entity"
    before = c.before()
    if not family_only(c) and not _of_one_with_a_given_name(c, before):
        return None
    if before is None or not before.meaning.capital or before.meaning.flags & (PARTICLE | PLACE):
        return None
    meaning = before.meaning
    if meaning.flags & TITLE:
        # Omar Haj Kadour: a title that stands behind a name is a name itself.
        earlier = c.words[c.first - 2].meaning if before.gap == " " and c.first > 1 else None
        if earlier is None or not earlier.capital or not earlier.flags & GIVEN_NAME or earlier.flags & ORDINARY:
            return None
        meaning = earlier
    if meaning.flags & ORDINARY and not meaning.flags & GIVEN_NAME:
        return None
    return 1.0, f"'{meaning.form}' is no given name of the entity"


def _of_one_with_a_given_name(c: Candidate, before: Word | None) -> bool:
    """Whether a single name that the press uses stands behind the given name of another, unlike any of the entity's.

    A word that nobody knows may be one where the press of another script uses the name, and here nobody is known to.
    """
    if before is None or before.meaning.other_script or c.name.origin is not NameOrigin.PRESS:
        return False
    form, flags = before.meaning.form, before.meaning.flags
    unknown = not flags and before.meaning.capital and not c.name.text.isascii()
    if not (flags & GIVEN_NAME or unknown) or flags & (ORDINARY | PLACE | TITLE) or len(form) < 2:
        return False
    own = (word for name in c.subject.names for word in words_of(name.text))
    return not any(alike(form, word, is_given=True) for word in own)


def _initials(c: Candidate) -> frozenset[str]:
    """The first letters of all names of the entity."""
    return frozenset(form[0] for name in c.subject.names for form in words_of(name.text))


def common_name(c: Candidate) -> Finding:
    """Given and family name are both so common that many people bear them; less where none of the listed is lost."""
    found = commonness(c)
    if found is None or (_lost_names(c) and not CHILD_OF.search(c.name.text)):
        return found
    return found[0] * table.COMMON_BUT_WHOLE, found[1]


def _lost_names(c: Candidate) -> bool:
    """Whether a name of the listed person is lost that is no father's; what has an initial for one leaves out more."""
    if any(len(m.word.meaning.form) == 1 for m in c.alignment.strong):
        return False
    lost = [part for part in c.alignment.missing if part.role in PERSON_ROLES]
    return any(not PATRONYMIC.search(part.form) for part in lost)


def commonness(c: Candidate) -> Finding:
    """How likely it is that somebody else of this name is meant, by how many people bear it."""
    if c.schema is not Schema.PERSON or family_only(c):
        return None
    known = lexicon()
    family = [
        m for m in c.alignment.matches if m.part.role in (Role.FAMILY_NAME, Role.SECOND_FAMILY_NAME, Role.PERSONAL)
    ]
    if not family:
        return None
    family_holders, given_holders = c.holders()
    share = min(1.0, max(0, family_holders - table.SHARED_FROM) / table.SHARED_BY_MANY_MORE)
    common_given = min(1.0, table.GIVEN_NAME_ALONE + given_holders / table.GIVEN_NAME_OF_MANY)
    if any(len(m.word.meaning.form) == 1 for m in c.alignment.strong):
        # An initial says next to nothing of who it is.
        common_given = 1.0
    detail = "a common family name"
    # As the text spells it as well as the list: who is meant is one of those who are called so.
    forms = [(m.part.form, m.word.meaning.form) for m in family]
    flags = [known.flags.get(listed, 0) | known.flags.get(told, 0) for listed, told in forms]
    given = all(each & GIVEN_NAME for each in flags)
    well_known = given and all(max(known.zipf.get(form, 0) for form in each) >= table.WELL_KNOWN for each in forms)
    if (all(each & FAMILY_NAME for each in flags) or well_known) and share < table.KNOWN_TO_BE_COMMON:
        share, detail = table.KNOWN_TO_BE_COMMON, "very many people have this family name"
    also_given = all(max(given_name(form) or 0.0 for form in each) >= table.NAME_OF_SOME for each in forms)
    if also_given and share < table.TWO_GIVEN_NAMES:
        share, detail = table.TWO_GIVEN_NAMES, "two given names, such as many people have"
    if Role.PERSONAL in c.alignment.roles and all(each & (GIVEN_NAME | FAMILY_NAME) for each in flags):
        # Of all who bear them it is hardly the one who is listed.
        share, common_given, detail = table.ALL_COMMON, table.ALL_COMMON, "names that very many people bear"
    risk = share * common_given
    if all(part.role is Role.PARTICLE for part in c.alignment.missing) and len(c.alignment.matches) > 2:
        risk *= table.THREE_NAMES_AND_ALL_THERE
    return (min(1.0, risk), detail) if risk > table.LEAST_COMMON else None


def title(c: Candidate) -> Finding:
    """A title or an office stands right at the person's name: ``Minister X``, ``X, commander of Y``."""
    if c.schema is not Schema.PERSON:
        return None
    if signs := _title_in_signs(c):
        return 1.0, f"'{signs}' stands at it"
    no_office = c.article.group("no_office")
    if titles := [word.meaning.form for word in c.titles_before() if word.meaning.form not in no_office]:
        return 1.0, f"'{titles[0]}' stands before it"
    if after := [
        word.meaning.form for word in _said_after(c) if word.meaning.flags & TITLE and not word.meaning.capital
    ]:
        return 1.0, f"'{after[0]}' stands after it"
    return None


def _title_in_signs(c: Candidate) -> str | None:
    """A title that touches a name in a script without spaces between words."""
    if not is_syllabic(c.surface):
        return None
    code = default_of(script_of(c.surface[0]))
    if code is None:
        return None
    text = c.article.texts[c.field]
    before, after = (
        text[max(0, c.start - _LONGEST_TITLE) : c.start].rstrip(),
        text[c.end : c.end + _LONGEST_TITLE].lstrip(),
    )
    return next((each for each in _titles(code) if before.endswith(each) or after.startswith(each)), None)


@cache
def _titles(code: str) -> tuple[str, ...]:
    return tuple(sorted(pack(code).titles, key=len, reverse=True))


def _said_after(c: Candidate) -> Sequence[Word]:
    """What the text says between commas right after the name: ``X, the commander of Y, said``."""
    after = c.following()
    if not after or not after[0].gap.startswith(","):
        return ()
    commas = (at for at, word in enumerate(after) if at and "," in word.gap)
    return after[: next(commas, len(after))]


def _credit(c: Candidate) -> str | None:
    """The agency behind a name in the credit of a picture: ``(X/Reuters)``."""
    forms = (word.meaning.form for word in c.following()[:1] if word.gap == "/")
    agencies = c.article.group("picture_agency")
    return next((form for form in forms if form in agencies), None)


def _is_common(c: Candidate) -> bool:
    found = commonness(c)
    return found is not None and found[0] >= table.COMMON_ENOUGH


def unfit_role(c: Candidate) -> Finding:
    """What the text says the person is, right at the name, is nothing that people are listed as: ``X, a teacher``."""
    if c.schema is not Schema.PERSON:
        return None
    if credited := _credit(c):
        return 1.0, f"a picture's credit: '/{credited}' stands after it"
    before = c.before()
    said = [before] if before is not None and not before.meaning.capital else []
    for word in (*said, *_said_after(c)):
        if word.meaning.form in c.article.group("private_role"):
            in_full = not c.alignment.missing and len(c.alignment.matches) > 2
            return table.ROLE_OF_ONE_NAMED_IN_FULL if in_full else 1.0, f"'{word.meaning.form}' stands at it"
    if not knows_its_country(c) and (offices := offices_before(c)) and _is_common(c):
        # Listed for terror or crime under a name of many, and here an officer of state.
        return table.OFFICE_AND_A_COMMON_NAME, f"'{offices[0]}' stands at it"
    return None
