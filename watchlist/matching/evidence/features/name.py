"""The name that was found: how much of it is there, how short it is, and of which kind."""

from __future__ import annotations

from functools import lru_cache

from watchlist.matching import table
from watchlist.matching.evidence.aliases import has_words_of, is_common
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.craft import is_craft
from watchlist.matching.evidence.features.finding import Finding, quoted
from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.known.lexicon import GENERIC, ORDINARY, PROPER, TITLE, lexicon
from watchlist.matching.language.known.name_counts import name_counts
from watchlist.matching.language.known.name_frequency import family_name, given_name
from watchlist.matching.language.name_words import BYNAME_WORDS, is_abd
from watchlist.matching.language.roles import GIVEN_ROLES, IDENTIFYING_ROLES, SMALL_ROLES, Role
from watchlist.matching.language.script.hangul import is_hangul
from watchlist.matching.language.script.normalise import consonants, fold, skeleton
from watchlist.matching.language.script.scripts import LATIN, is_latin, script_of
from watchlist.matching.language.spelling import in_spelling_class, words_of
from watchlist.matching.language.syllabic import is_syllabic
from watchlist.matching.likeness.matched import PartMatch
from watchlist.matching.likeness.word import is_known_for
from watchlist.model import Name, NameKind, NameOrigin, Schema


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


def unlike_alias(c: Candidate) -> Finding:
    """An alias that has no word in common with the entity's first name, without a second name in the article."""
    if c.other_names or c.identifier or c.name.kind is NameKind.PRIMARY or c.chosen or is_acronym(c):
        return None
    if not c.alignment.matches or has_words_of(c.entity.names[0], c.name, c.schema):
        return None
    return _unlike(c), f"the list's first name is {c.entity.caption}"


def _unlike(c: Candidate) -> float:
    share = 1.0
    if c.schema is Schema.PERSON:
        if any(not is_common(m.part.form) and not m.flags & ORDINARY for m in c.alignment.strong):
            share = table.UNLIKE_BUT_OF_FEW
    elif c.alignment.is_whole and any(m.is_distinctive for m in c.alignment.strong):
        more = len(c.alignment.strong) > 1 or c.alignment.stands_as_a_firm
        named = more and c.alignment.is_of_unheard_words
        share = table.UNLIKE_BUT_UNHEARD_OF if named else table.UNLIKE_BUT_DISTINCTIVE
    elif is_craft(c) and c.alignment.is_whole and len(c.alignment.strong) > 1:
        # Ships are renamed, and the press may have the name of last year.
        share = table.UNLIKE_BUT_DISTINCTIVE
    elif c.alignment.is_whole and len(c.alignment.strong) > table.WORDS_OF_AN_OFFICE:
        share = table.UNLIKE_BUT_DISTINCTIVE
    return share * table.UNLIKE_IN_ITS_COUNTRY if c.support()[0] else share


def weak_alias(c: Candidate) -> Finding:
    """An alias that its authority calls weak, a byname of one word, or an acronym: it needs a second signal."""
    supported = _signals(c)
    if not c.name.weak and _is_byname(c):
        told = c.other_names or c.identifier if _may_be_anybodys(c) else supported
        return None if told else (1.0, f"{quoted(c)} is a byname")
    weak = c.name.weak
    if not weak and not is_acronym(c):
        return None
    if weak:
        exact = all(m.part.form == m.word.meaning.form for m in c.alignment.matches)
        if not exact or not supported or _is_of_few_letters(c):
            return 1.0, "a weak alias"
        return (table.WEAK_WITH_ONE_SIGNAL if supported == 1 else table.WEAK_WITH_MORE_SIGNALS), "a weak alias"
    if c.other_names or (supported > 1 and c.chosen):
        return table.ACRONYM_WITH_ANOTHER_NAME, "an acronym"
    if _is_its_own(c):
        # Packaged because in the news it stands for nothing else.
        return table.ACRONYM_OF_THE_PRESS, "an acronym"
    if _is_of_few_letters(c) or not supported:
        return 1.0, "an acronym"
    return (table.ACRONYM_WITH_MORE_SIGNALS if supported > 1 else table.ACRONYM_WITH_ONE_SIGNAL), "an acronym"


def _is_byname(c: Candidate) -> bool:
    """Whether one word that is no more than an alias names a person, as many others may be called.

    Where nothing is listed that an article could speak of, none could ever be told from another.
    """
    if c.schema is not Schema.PERSON or c.name.kind is NameKind.PRIMARY or c.name.origin is not NameOrigin.AUTHORITY:
        return False
    may_be_told = bool(c.subject.programs or c.subject.countries)
    return may_be_told and len(_said_by_a_byname(c)) == 1 and c.alignment.is_whole


def _said_by_a_byname(c: Candidate) -> list[str]:
    """The words of a person's name that say who it is: of Abu Khalid and Abdul Rahim the second."""
    forms = (m.part.form for m in c.alignment.strong)
    return [form for form in forms if form not in BYNAME_WORDS and not is_abd(form)]


def _may_be_anybodys(c: Candidate) -> bool:
    """Whether a byname is no more than a given name, or whose father somebody is, without a title that is listed."""
    flags = lexicon().flags
    titled = any(flags.get(m.part.form, 0) & TITLE for m in c.alignment.matches)
    return not titled and all(map(is_common, _said_by_a_byname(c)))


def _is_its_own(c: Candidate) -> bool:
    """Whether an acronym is what the press calls the entity, the first name of a group (M23), or all there is of it.

    Who lists nothing but the letters means them: no country, program or other name could ever stand near.
    """
    return c.chosen or (c.name.kind is NameKind.PRIMARY and (c.of_a_group() or c.subject.is_only_named))


def three_letters(c: Candidate) -> Finding:
    """An acronym of three letters stands for many things, and no other name of the entity is there."""
    if _is_its_own(c) or not _is_of_few_letters(c):
        return None
    return 1.0, f"{quoted(c)} stands for many things"


def _is_of_few_letters(c: Candidate) -> bool:
    """Whether the match is an acronym of no more letters than many things have, without another name to help."""
    few = bool(c.alignment.matches) and len(c.alignment.matches[0].part.form) <= table.LETTERS_OF_MANY_THINGS
    return few and not c.other_names and is_acronym(c)


def _signals(c: Candidate) -> int:
    return sum(map(bool, c.support())) + bool(c.other_names)


def is_acronym(c: Candidate) -> bool:
    """Whether the match is a single word of capitals that reads as an abbreviation."""
    if len(c.alignment.matches) != 1 or c.schema is Schema.PERSON or c.alignment.as_firm:
        return False
    match = c.alignment.matches[0]
    short = (
        match.part.role in IDENTIFYING_ROLES
        and len(match.part.form) <= table.LONGEST_ACRONYM
        and match.part.form == match.word.meaning.form
    )
    return short and (match.word.meaning.all_caps or c.name.kind is NameKind.ACRONYM) and not c.capitals_mean_nothing()


def one_word(c: Candidate) -> Finding:
    """A single word names the entity; the shorter, the less it says."""
    if not _is_one_word(c):
        return None
    form = c.alignment.strong[0].part.form
    score = min(1.0, (table.LONG_FROM - len(form)) / (table.LONG_FROM - table.SHORT_UP_TO))
    score = max(table.LEAST_OF_ONE_WORD, score)
    own = c.name.kind is NameKind.PRIMARY or c.chosen
    if c.of_a_group() and own and not c.alignment.strong[0].word.meaning.flags & ~PROPER:
        score *= table.HEARD_OF_NOTHING_ELSE
    elif own and (c.of_a_group() or c.chosen):
        score *= table.OF_A_GROUP_OR_CHOSEN
    return score, f"'{form}' alone"


def spelled_otherwise(c: Candidate) -> Finding:
    """The single word is spelled otherwise than the list has it."""
    if not _is_one_word(c):
        return None
    form, word = c.alignment.strong[0].part.form, c.alignment.strong[0].word.meaning
    if word.other_script or any(word.form in words_of(name.text) for name in c.entity.names if is_latin(name.text)):
        return None
    known = c.of_a_group() and in_spelling_class(form)
    return table.KNOWN_SPELLING_OF_A_GROUP if known else 1.0, f"'{word.form}' for '{form}'"


def one_sound(c: Candidate) -> Finding:
    """One word of a script without vowels, which tells a sound in part, without a second signal."""
    match = c.alignment.strong[0]
    if c.other_names or c.identifier:
        return None
    known = lexicon().flags.get(match.part.form, 0)
    cut = any(part.role is Role.LEGAL_FORM for part in c.alignment.missing)
    signals = _signals(c)
    share = 1.0 if known or cut or not signals else table.SOUND_WITH_MORE if signals > 1 else table.SOUND_WITH_ONE
    return share, f"'{match.part.form}' by its sound alone"


def other_letters(c: Candidate) -> Finding:
    """A word of the name has other consonants than the listed one: a slip of the pen, or another name."""
    for m in c.alignment.matches:
        word, listed = m.word.meaning.form, m.part.form
        unclear = m.word.meaning.other_script or len(c.alignment.strong) < 2 or is_known_for(m.part, word)
        if unclear or m.likeness >= table.AS_ALIKE_AS_ANOTHER_NAME or m.part.role is Role.MIDDLE_NAME:
            continue
        one, other = fold(word), fold(listed)
        # Among three names, two of them letter for letter, it is a slip.
        others_agree = sum(each.likeness == 1.0 for each in c.alignment.strong) >= table.NAMES_THAT_AGREE
        alike = m.part.role in GIVEN_ROLES or m.likeness >= table.UNLIKE_ENOUGH or others_agree
        if consonants(one) == consonants(other) and alike:
            continue
        # Of a given name the voice of a consonant is a matter of the ear: Jamal, Djamel.
        if skeleton(one) == skeleton(other) and m.part.role in GIVEN_ROLES:
            return table.A_SLIP_OF_THE_PEN, f"'{word}' for '{listed}'"
        # Which of two names stands there its own consonants tell, whether the list's spelling is known or not.
        another = _is_a_name(listed) or (skeleton(one) != skeleton(other) and not others_agree)
        known = _is_a_name(word) and another
        if known or (consonants(one) != consonants(other) and not others_agree):
            share = table.A_SHORT_SLIP if _is_short(m) else table.A_SLIP_OF_THE_PEN
            return 1.0 if known else share, f"'{word}' for '{listed}'"
        a_family = m.part.role is Role.FAMILY_NAME and not others_agree
        if a_family and _is_short(m) and _has_a_given_name_of_very_many(c):
            # Boykov is no Bykov, and Alexander says next to nothing of which of them it is.
            return table.A_SHORT_SLIP, f"'{word}' for '{listed}'"
    return None


def _is_short(match: PartMatch) -> bool:
    """Whether one letter is much of the word."""
    return min(len(match.word.meaning.form), len(match.part.form)) < table.MAY_VARY_FROM


def _has_a_given_name_of_very_many(c: Candidate) -> bool:
    given = (m.part.form for m in c.alignment.strong if m.part.role in GIVEN_ROLES)
    return any((given_name(form) or 0.0) >= table.NAME_OF_VERY_MANY for form in given)


def sound_of_signs(c: Candidate) -> Finding:
    """Signs that only sound like the listed name, which many names do, and nothing else tells who is meant."""
    if c.other_names or c.identifier or not c.alignment.in_other_script or not is_syllabic(c.surface):
        return None
    if script_of(c.name.text[:1]) != LATIN:
        return None
    if is_hangul(c.surface) and c.support()[0]:
        return table.SOUND_IN_ITS_COUNTRY, f"'{c.surface}' sounds like it"
    return 1.0, f"'{c.surface}' sounds like it"


def _is_a_name(form: str) -> bool:
    """Whether people are known to have the word as a name."""
    return max(family_name(form) or 0.0, given_name(form) or 0.0) >= table.A_NAME_OF_ITS_OWN


def _is_one_word(c: Candidate) -> bool:
    """Whether a single word is the whole of what names the entity; an acronym is a matter of its own."""
    if len(c.alignment.strong) != 1 or (c.schema is Schema.PERSON and c.alignment.missing) or is_acronym(c):
        return False
    if c.alignment.stands_as_a_firm:
        # With LLC or JSC beside it a word says that a firm is meant.
        return False
    # Abdul Haq is a name of two words, the first of which says little.
    return not (c.schema is Schema.PERSON and any(is_abd(m.part.form) for m in c.alignment.matches))


def cut_to_one_word(c: Candidate) -> Finding:
    """A single word stands for a longer listed name, and the words left out are not near."""
    strong = c.alignment.strong
    if len(strong) != 1 or c.schema is Schema.PERSON:
        return None
    lost = frozenset(part.form for part in c.alignment.missing if part.role not in SMALL_ROLES)
    alias_only = not lost and not c.chosen
    if alias_only:
        lost = _cut_from(c.entity.names[0], c.schema, strong[0].part.symbol)
    if not lost:
        return None
    without = f"without {', '.join(sorted(lost))}"
    if not alias_only and c.name.kind is not NameKind.PRIMARY and _shared(c) >= table.A_GROUP_OF_FIRMS:
        return 1.0, f"{without}, and others are called {quoted(c)} too"
    if c.alignment.stands_as_a_firm and c.alignment.is_of_unheard_words:
        return table.CUT_BESIDE_ITS_LEGAL_FORM, f"{without}, but with its legal form"
    # That a firm is spoken of tells which word it is, but not which of the firms that have it in their names.
    one_of_many = not alias_only and _is_one_of_many(c, lost)
    near = sorted((lost if one_of_many else lost | lexicon().topics["firm"]) & c.near_words())
    if near and strong[0].is_distinctive:
        what = f"{without}, but near it: {', '.join(near[:3])}"
        return min(table.CUT, table.CUT_EACH_LOST_WITH_A_FIRM_NEAR * len(lost)), what
    return 1.0 if one_of_many else table.CUT, without


def _is_one_of_many(c: Candidate, lost: frozenset[str]) -> bool:
    """Whether the word may as well be a firm's of which the listed one is a branch, or another's that is not listed.

    It is the listed one's where nothing is lost but its kind, and no other has the word.
    """
    flags = lexicon().flags
    more_than_kinds = any(not flags.get(form, 0) & GENERIC for form in lost)
    match = c.alignment.strong[0]
    return more_than_kinds or match.likeness < table.SAME_WORD or _shared(c) >= table.A_GROUP_OF_FIRMS


@lru_cache(maxsize=1 << 14)
def _cut_from(first: Name, schema: Schema, symbol: str) -> frozenset[str]:
    """The other words of a longer first name that has this one."""
    parts = [part for part in parse_name(first, schema) if part.role not in SMALL_ROLES]
    others = frozenset(part.form for part in parts if part.symbol != symbol)
    return others if any(part.symbol == symbol for part in parts) else frozenset()


def _shared(c: Candidate) -> int:
    """In how many names the single word of the match is, as `name_counts` counts."""
    return name_counts(c.alignment.strong[0].part.symbol).in_names
