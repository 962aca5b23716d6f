"""The name that was found: how much of it is there, how short it is, and of which kind."""

from __future__ import annotations

from watchlist.matching.evidence.candidate import Candidate
from watchlist.matching.evidence.features.finding import Finding, of_alignment, quoted
from watchlist.matching.language.lexicon import lexicon
from watchlist.matching.language.name_counts import name_counts
from watchlist.matching.language.name_words import is_abd
from watchlist.matching.language.roles import IDENTIFYING_ROLES, SMALL_ROLES
from watchlist.matching.language.spelling import in_spelling_class
from watchlist.model import NameKind, NameOrigin, Schema

#: From this many names with one word on it is the name of a group of firms, or of its parent.
_A_GROUP_OF_FIRMS = 3


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
    short = (
        match.part.role in IDENTIFYING_ROLES
        and len(match.part.form) <= 5
        and match.part.form == match.word.meaning.form
    )
    return short and (match.word.meaning.all_caps or c.name.kind is NameKind.ACRONYM) and not c.capitals_mean_nothing()


def one_word(c: Candidate) -> Finding:
    """A single word names the entity; the shorter and the less exact, the less it says."""
    strong = c.alignment.strong
    if len(strong) != 1 or (c.schema is Schema.PERSON and c.alignment.missing) or is_acronym(c):
        return None
    if c.schema is Schema.PERSON and any(is_abd(m.part.form) for m in c.alignment.matches):
        # Abdul Haq is a name of two words, the first of which says little.
        return None
    form = strong[0].part.form
    score = max(0.2, min(1.0, (9 - len(form)) / 5))
    if c.of_a_group() or c.name.origin is not NameOrigin.AUTHORITY:
        score *= 0.5
    if form != strong[0].word.meaning.form and not strong[0].word.meaning.other_script:
        score = min(1.5, score + (0.1 if c.of_a_group() and in_spelling_class(form) else 0.7))
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
        return 2.0, f"without {', '.join(sorted(lost))}, and others are called {quoted(c)} too"
    near = sorted((lost | lexicon().topics["firm"]) & c.near_words())
    if near and strong[0].word.is_distinctive:
        what = f"without {', '.join(sorted(lost))}, but near it: {', '.join(near[:3])}"
        return min(1.0, 0.3 * len(lost)), what
    return 1.0, f"without {', '.join(sorted(lost))}"


def _shared(c: Candidate) -> int:
    """In how many names the single word of the match is, as `name_counts` counts."""
    return name_counts(c.alignment.strong[0].part.symbol).in_names


def least_cut_to_one_word(c: Candidate) -> float:
    """How far `cut_to_one_word` holds at least, wherever the match stands."""
    strong = c.alignment.strong
    if len(strong) != 1 or c.schema is Schema.PERSON:
        return 0.0
    lost = {part.form for part in c.alignment.missing if part.role not in SMALL_ROLES}
    return min(1.0, 0.3 * len(lost)) if strong[0].word.is_distinctive else float(bool(lost))
