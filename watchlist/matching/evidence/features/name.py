"""The name that was found: how much of it is there, how short it is, and of which kind."""

from __future__ import annotations

from watchlist.matching import table
from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.finding import Finding, quoted
from watchlist.matching.language.lexicon import lexicon
from watchlist.matching.language.name_words import is_abd
from watchlist.matching.language.roles import IDENTIFYING_ROLES, SMALL_ROLES
from watchlist.matching.language.spelling import in_spelling_class
from watchlist.model import NameKind, NameOrigin, Schema


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
    weak = c.name.kind is NameKind.WEAK_ALIAS
    if not weak and not is_acronym(c):
        return None
    supported = _signals(c)
    if weak:
        exact = all(m.part.form == m.word.meaning.form for m in c.alignment.matches)
        if not exact or not supported or _is_of_few_letters(c):
            return 1.0, "a weak alias"
        return (table.WEAK_WITH_ONE_SIGNAL if supported == 1 else table.WEAK_WITH_MORE_SIGNALS), "a weak alias"
    if c.other_names or (supported > 1 and c.name.origin is not NameOrigin.AUTHORITY):
        return table.ACRONYM_WITH_ANOTHER_NAME, "an acronym"
    if c.name.origin is NameOrigin.PRESS:
        # Packaged because in the news it stands for nothing else.
        return table.ACRONYM_OF_THE_PRESS, "an acronym"
    if _is_of_few_letters(c) or not supported:
        return 1.0, "an acronym"
    return (table.ACRONYM_WITH_MORE_SIGNALS if supported > 1 else table.ACRONYM_WITH_ONE_SIGNAL), "an acronym"


def three_letters(c: Candidate) -> Finding:
    """The weak alias is an acronym of three letters, which stand for many things, and no other name is there."""
    if c.name.kind is not NameKind.WEAK_ALIAS or not _is_of_few_letters(c):
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
    if len(c.alignment.matches) != 1 or c.schema is Schema.PERSON:
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
    if c.of_a_group() or c.name.origin is not NameOrigin.AUTHORITY:
        score *= table.OF_A_GROUP_OR_CHOSEN
    return score, f"'{form}' alone"


def spelled_otherwise(c: Candidate) -> Finding:
    """The single word is spelled otherwise than the list has it."""
    if not _is_one_word(c):
        return None
    form, word = c.alignment.strong[0].part.form, c.alignment.strong[0].word.meaning
    if form == word.form or word.other_script:
        return None
    known = c.of_a_group() and in_spelling_class(form)
    return table.KNOWN_SPELLING_OF_A_GROUP if known else 1.0, f"'{word.form}' for '{form}'"


def _is_one_word(c: Candidate) -> bool:
    """Whether a single word is the whole of what names the entity; an acronym is a matter of its own."""
    if len(c.alignment.strong) != 1 or (c.schema is Schema.PERSON and c.alignment.missing) or is_acronym(c):
        return False
    # Abdul Haq is a name of two words, the first of which says little.
    return not (c.schema is Schema.PERSON and any(is_abd(m.part.form) for m in c.alignment.matches))


def cut_to_one_word(c: Candidate) -> Finding:
    """A single word stands for a longer listed name, and the words left out are not near."""
    strong = c.alignment.strong
    if len(strong) != 1 or c.schema is Schema.PERSON:
        return None
    lost = {part.form for part in c.alignment.missing if part.role not in SMALL_ROLES}
    if not lost:
        return None
    if c.name.kind is not NameKind.PRIMARY and _shared(c) >= table.A_GROUP_OF_FIRMS:
        return 1.0, f"without {', '.join(sorted(lost))}, and others are called {quoted(c)} too"
    near = sorted((lost | lexicon().topics["firm"]) & c.near_words())
    if near and strong[0].word.is_distinctive:
        what = f"without {', '.join(sorted(lost))}, but near it: {', '.join(near[:3])}"
        return min(table.CUT, table.CUT_EACH_LOST_WITH_A_FIRM_NEAR * len(lost)), what
    return table.CUT, f"without {', '.join(sorted(lost))}"


def _shared(c: Candidate) -> int:
    """How many listed entities have the single word of the match in a name."""
    index = c.article.reader.index
    id = index.symbol_id(c.alignment.strong[0].part.symbol)
    return index.counts(id)[0] if id is not None else 0
