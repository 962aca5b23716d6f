"""The evidence: each feature is a function of one candidate that says how far it holds (0 to 1) and in what words.

None means that the feature does not apply. The first sentence of each docstring is published in docs/tuning.md.
Weights stand in score.py and nowhere else.
"""

from __future__ import annotations

import re

from watchlist.matching.evidence.craft import is_kind, kind_before
from watchlist.matching.evidence.finding import Finding, of_alignment
from watchlist.matching.evidence.reading import Candidate
from watchlist.matching.evidence.usage import is_craft
from watchlist.matching.index.names import in_family, is_servant, words_of
from watchlist.matching.language.lexicon import (
    EASTERN,
    FAMILY,
    GIVEN,
    LEGAL,
    ORDINARY,
    PARTICLE,
    PLACE,
    PROPER,
    TITLE,
    lexicon,
)
from watchlist.matching.language.parts import STRONG_ROLES, Role
from watchlist.matching.search.align import SMALL_ROLES
from watchlist.matching.search.nearness import is_telling
from watchlist.matching.search.tokens import Word
from watchlist.model import NameKind, NameOrigin, Schema

#: Second halves of compound adjectives: ``Hamas-led``, ``Houthi-controlled``.
_ADJECTIVE = re.compile(r"[a-z]+(?:ed|led|run|held|born|style|era|wide|based|like)$")

#: From this many entities with one word in their names on it is the name of a group of firms, or of its parent.
_A_GROUP_OF_FIRMS = 3
#: From this Zipf value (tenfold) on a given name is one that every reader knows.
_WELL_KNOWN = 36


@of_alignment
def alignment(c: Candidate) -> Finding:
    """How much of the listed name stands in the text, and how alike the spellings are."""
    if not c.alignment.matches:
        return 1.0, "found by an identifier, not by name"
    found = ", ".join(
        f"{m.word.meaning.form} for {m.part.form}" if m.word.meaning.form != m.part.form else m.part.form
        for m in c.alignment.matches
    )
    lost = ", ".join(part.form for part in c.alignment.missing)
    return c.alignment.score, f"matched {found}" + (f"; not in the text: {lost}" if lost else "")


def weak_alias(c: Candidate) -> Finding:
    """The authority itself calls the alias weak, or it is an acronym: it needs a second signal."""
    if c.name.kind is NameKind.WEAK_ALIAS:
        exact = all(m.part.form == m.word.meaning.form for m in c.alignment.matches)
        supported = _signals(c)
        if is_acronym(c) and len(c.alignment.matches[0].part.form) < 4 and not c.other_names:
            # Three letters that even the authority does not vouch for stand for many things.
            return 1.6, "a weak alias of three letters"
        return (1.0 if not exact or not supported else 0.7 if supported == 1 else 0.5), "a weak alias"
    if is_acronym(c):
        supported = _signals(c)
        if c.other_names or (supported > 1 and c.name.origin is not NameOrigin.AUTHORITY):
            return 0.1, "an acronym"
        if c.name.origin is NameOrigin.PRESS:
            # Packaged because in the news it stands for nothing else.
            return 0.5, "an acronym"
        short = len(c.alignment.matches[0].part.form) < 4
        return (1.0 if short else 0.3 if supported > 1 else 0.6 if supported else 1.0), "an acronym"
    return None


def _signals(c: Candidate) -> int:
    return sum(map(bool, c.support())) + bool(c.other_names)


def is_acronym(c: Candidate) -> bool:
    """Whether the match is a single word of capitals that reads as an abbreviation."""
    if len(c.alignment.matches) != 1 or c.schema is Schema.PERSON:
        return False
    match = c.alignment.matches[0]
    short = match.part.role in STRONG_ROLES and len(match.part.form) <= 5 and match.part.form == match.word.meaning.form
    return short and (match.word.meaning.shouted or c.name.kind is NameKind.ACRONYM) and not c.capitals_mean_nothing()


def one_word(c: Candidate) -> Finding:
    """A single word names the entity; the shorter and the less exact, the less it says."""
    strong = c.alignment.strong
    if len(strong) != 1 or (c.schema is Schema.PERSON and c.alignment.missing) or is_acronym(c):
        return None
    if c.schema is Schema.PERSON and any(is_servant(m.part.form) for m in c.alignment.matches):
        # Abdul Haq is a name of two words, the first of which says little.
        return None
    form = strong[0].part.form
    score = max(0.2, min(1.0, (9 - len(form)) / 5))
    if c.of_a_group() or c.name.origin is not NameOrigin.AUTHORITY:
        score *= 0.5
    if form != strong[0].word.meaning.form and not strong[0].word.meaning.other_script:
        score = min(1.5, score + (0.1 if c.of_a_group() and in_family(form) else 0.7))
    return score, f"'{form}' alone"


def cut_to_one_word(c: Candidate) -> Finding:
    """A single word stands for a longer listed name, and the words left out are not near."""
    strong = c.alignment.strong
    if len(strong) != 1 or c.schema is Schema.PERSON:
        return None
    lost = {part.form for part in c.alignment.missing if part.role not in SMALL_ROLES}
    if not lost:
        return None
    if c.name.kind is not NameKind.PRIMARY and _shared(c) >= _A_GROUP_OF_FIRMS:
        return 2.0, f"without {', '.join(sorted(lost))}, and others are called {_quoted(c)} too"
    near = sorted((lost | lexicon().topics["firm"]) & c.near_words())
    if near and is_telling(strong[0].word):
        what = f"without {', '.join(sorted(lost))}, but near it: {', '.join(near[:3])}"
        return min(1.0, 0.3 * len(lost)), what
    return 1.0, f"without {', '.join(sorted(lost))}"


def _shared(c: Candidate) -> int:
    """How many listed entities have the single word of the match in a name."""
    index = c.reading.reader.index
    id = index.symbol_id(c.alignment.strong[0].part.symbol)
    return index.counts(id)[0] if id is not None else 0


def least_cut_to_one_word(c: Candidate) -> float:
    """How far `cut_to_one_word` holds at least, wherever the match stands."""
    strong = c.alignment.strong
    if len(strong) != 1 or c.schema is Schema.PERSON:
        return 0.0
    lost = {part.form for part in c.alignment.missing if part.role not in SMALL_ROLES}
    return min(1.0, 0.3 * len(lost)) if is_telling(strong[0].word) else float(bool(lost))


@of_alignment
def ordinary_word(c: Candidate) -> Finding:
    """The single word of the match is an ordinary word of the language, a title or a place."""
    common = c.alignment.commonness
    return (common[0], f"{_quoted(c)} is also used as a word") if len(common) == 1 and common[0] else None


def ordinary_words(c: Candidate) -> Finding:
    """Every word of a longer match is an ordinary word; capitals in running text make a name of them all the same."""
    share = c.alignment.commonness_together
    if not share:
        return None
    if c.alignment.may_be_proper and not c.begins_sentence() and not c.capitals_mean_nothing():
        share /= 3
    return share, f"{_quoted(c)} are also used as words"


def least_ordinary_words(c: Candidate) -> float:
    """How far `ordinary_words` holds at least, wherever the match stands."""
    return c.alignment.commonness_together / (3 if c.alignment.may_be_proper else 1)


def legal_form_lost(c: Candidate) -> Finding:
    """Of a company's name only ordinary words and places, or a personal name, is there, without the legal form."""
    if not c.alignment.legal_form_lost or c.schema is Schema.PERSON:
        return None
    if len(c.alignment.strong) == 1:
        return 1.0, f"{_quoted(c)} without a legal form"
    share = 1 / (len(c.alignment.strong) - 1)
    near = c.near_words() & lexicon().topics["firm"]
    return (0.4 * share if near else share), f"{_quoted(c)} without a legal form"


def least_legal_form_lost(c: Candidate) -> float:
    """How far `legal_form_lost` holds at least, wherever the match stands."""
    if not c.alignment.legal_form_lost or c.schema is Schema.PERSON:
        return 0.0
    words = len(c.alignment.strong)
    return 0.4 / (words - 1) if words > 1 else 1.0


def _quoted(c: Candidate) -> str:
    return ", ".join(f"'{m.word.meaning.form}'" for m in c.alignment.strong)


@of_alignment
def known_otherwise(c: Candidate) -> Finding:
    """The words are also a place, or the single word a common personal name or a proper noun known from books."""
    strong = c.alignment.strong
    if c.schema is Schema.PERSON:
        # A byname of one word that others are called by, or that names something else: George, Muslim.
        byname = len(strong) == 1 and not c.alignment.missing and c.name.origin is NameOrigin.AUTHORITY
        known = byname and strong[0].word.meaning.flags & (GIVEN | FAMILY | PROPER | PLACE)
        return (0.8, "also another name") if known and c.alignment.roles == {Role.PERSONAL} else None
    if len(strong) != 1:
        a_place = c.alignment.running in lexicon().place_names and not c.alignment.has_legal_form
        return (1.0, "also a place") if a_place else None
    flags = strong[0].word.meaning.flags
    if flags & PLACE:
        # Half of all ships are called after one, and the text says what it means: no_context, used_as_place.
        return 0.6 if is_craft(c) else 1.0, "also a place"
    if flags & (GIVEN | FAMILY):
        return 0.8, "also a personal name"
    if flags & PROPER and not c.of_a_group() and c.name.origin is not NameOrigin.PRESS:
        return 0.5, "also another proper noun"
    return None


def longer_name(c: Candidate) -> Finding:
    """A capitalised neighbour seems to belong to the same, longer name."""
    worst, detail = 0.0, ""
    if not c.alignment.matches:
        return None
    for neighbour, is_left in ((c.before(), True), (c.after(), False)):
        if neighbour is None:
            continue
        score = _belongs(c, neighbour, is_left)
        if score > worst:
            worst, detail = score, f"'{neighbour.meaning.form}' stands {'before' if is_left else 'after'} it"
    return (worst, detail) if worst else None


def _belongs(c: Candidate, neighbour: Word, is_left: bool) -> float:
    meaning = neighbour.meaning
    if meaning.other_script:
        return 0.0
    hyphen = (c.words[c.first].gap if is_left else neighbour.gap).strip("\u200b\u200c\u2060") in ("-", "\u2011")
    if hyphen and not is_left and not meaning.capital:
        return 0.0 if _ADJECTIVE.match(meaning.form) else 1.0
    if not meaning.capital or meaning.flags & (TITLE | PARTICLE) or len(meaning.form) < 2 or is_servant(meaning.form):
        return 0.0
    if is_left and is_craft(c) and is_kind(c, neighbour):
        return 0.0
    if hyphen and (meaning.flags & PLACE or c.schema is not Schema.PERSON):
        return 0.1
    if is_left and c.schema is Schema.PERSON and not family_only(c) and not _is_one_given_name(c):
        return 0.0 if meaning.flags & (ORDINARY | PLACE) else 0.4
    if is_left and c.begins_sentence(c.first - 1) and meaning.flags & ORDINARY:
        return 0.0
    if is_left and meaning.flags & PLACE:
        return 0.2
    if is_left and meaning.flags & ORDINARY and c.of_a_group():
        return 0.6
    if meaning.flags & LEGAL or any(meaning.form in part.form.split() for part in c.alignment.missing):
        return 0.0
    if c.capitals_mean_nothing() and meaning.flags & ORDINARY:
        return 0.2
    return 1.0


def _is_one_given_name(c: Candidate) -> bool:
    """Whether the two words found are one name by sense: ``Abdul Jabbar``, servant of the Mighty."""
    matches = c.alignment.matches
    return len(matches) == 2 and any(is_servant(match.word.meaning.form) for match in matches)


def family_only(c: Candidate) -> bool:
    """Whether of a person's name only the family name was found."""
    return c.alignment.family_name_only and Role.SURNAME in c.alignment.roles


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
    if before.meaning.flags & ORDINARY and not before.meaning.flags & GIVEN:
        return None
    return 1.0, f"'{before.meaning.form}' is no given name of the entity"


def _initials(c: Candidate) -> frozenset[str]:
    """The first letters of all names of the entity."""
    known: frozenset[str] | None = c.alignment.memory.get("initials")
    if known is None:
        forms = [form for name in c.entity.names for form in words_of(name.text)]
        known = c.alignment.memory["initials"] = frozenset(form[0] for form in forms)
    return known


@of_alignment
def common_name(c: Candidate) -> Finding:
    """Given and family name are both so common that many people bear them."""
    if c.schema is not Schema.PERSON or family_only(c):
        return None
    known = lexicon()
    family = [m for m in c.alignment.matches if m.part.role in (Role.SURNAME, Role.SURNAME2, Role.PERSONAL)]
    if not family:
        return None
    family_holders, given_holders = c.holders()
    share, common_given = min(1.0, max(0, family_holders - 4) / 10), min(1.0, 0.3 + given_holders / 12)
    detail = f"{family_holders} listed entities have this family name"
    flags = [known.flags.get(m.part.form, 0) for m in family]
    given = all(each & GIVEN for each in flags)
    well_known = given and all(known.zipf.get(m.part.form, 0) >= _WELL_KNOWN for m in family)
    if (all(each & FAMILY for each in flags) or well_known) and share < 0.6:
        share, detail = 0.6, "very many people have this family name"
    if Role.PERSONAL in c.alignment.roles and all(each & (GIVEN | FAMILY) for each in flags):
        # Of all who bear them it is hardly the one who is listed.
        share, common_given, detail = 0.9, 0.9, "names that very many people bear"
    whole = 0.25 if not c.alignment.missing and len(c.alignment.matches) > 2 else 1.0
    risk = share * common_given * whole
    return (min(1.0, risk), detail) if risk > 0.05 else None


def no_support(c: Candidate) -> Finding:
    """The article speaks neither of the entity's country nor of what it is listed for, and the name says little."""
    if not c.entity.programs or c.other_names or c.identifier or c.alignment.in_other_script or any(c.support()):
        return None
    if c.schema is Schema.PERSON:
        common = common_name(c)
        weakness = common[0] if common else 0.0
        if c.alignment.missing and not weakness:
            weakness = 0.2
    else:
        telling = any(is_telling(m.word) for m in c.alignment.matches)
        first_choice = c.name.kind is NameKind.PRIMARY or c.name.origin is not NameOrigin.AUTHORITY
        weakness = (0.2 if c.of_a_group() else 0.8 if _by_one_alias(c) else 0.4) if telling else 1.0
        whole = c.alignment.is_whole
        if not telling and whole and len(c.alignment.matches) > 2:
            weakness = 0.4 if first_choice or len(c.alignment.matches) > 3 else 0.8
    if _says_who(c):
        weakness *= c.reading.length_share
    return (weakness, "neither its country nor its program's subject is spoken of") if weakness else None


def _by_one_alias(c: Candidate) -> bool:
    """Whether one word says it all that is an alias only or lost its legal form, and nothing near speaks of a firm."""
    alias = c.name.kind is not NameKind.PRIMARY and c.name.origin is NameOrigin.AUTHORITY
    cut = any(part.role is Role.LEGAL for part in c.alignment.missing)
    return len(c.alignment.strong) == 1 and (alias or cut) and not c.near_words() & lexicon().topics["firm"]


def _says_who(c: Candidate) -> bool:
    """Whether the match by itself leaves little doubt, so that a short text owes no further word of the entity."""
    strong = c.alignment.strong
    first_choice = c.name.kind is NameKind.PRIMARY or c.name.origin is not NameOrigin.AUTHORITY
    if kind_before(c):
        return True
    if len(strong) > 1:
        return first_choice or c.schema is Schema.PERSON or any(is_telling(m.word) for m in strong)
    if len(strong) != 1 or not c.alignment.is_whole or not first_choice or _by_one_alias(c):
        return False
    # What books know only as a proper noun may well be the group itself.
    harmless = EASTERN | PROPER if c.of_a_group() else EASTERN
    return not strong[0].word.meaning.flags & ~harmless


@of_alignment
def family_name_only(c: Candidate) -> Finding:
    """Only the family name is there, and the article nowhere has the full name."""
    if c.schema is Schema.PERSON and family_only(c):
        holders = c.holders()[0]
        return min(1.0, 0.1 + 0.2 * holders), f"{holders} listed entities have this family name"
    return None
