"""The evidence: each feature is a function of one candidate that says how far it holds (0 to 1) and in what words.

None means that the feature does not apply. The first sentence of each docstring is published in docs/tuning.md. Weights stand
in score.py and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable

from watchlist.matching.lexicon import FAMILY, GIVEN, LEGAL, ORDINARY, PARTICLE, PLACE, TITLE, lexicon
from watchlist.matching.names import STRONG_ROLES, Role
from watchlist.matching.reading import Candidate
from watchlist.matching.tokens import Word
from watchlist.model import NameKind, Schema

Finding = tuple[float, str] | None
Feature = Callable[[Candidate], Finding]

_TOPICS = {
    Schema.VESSEL: ("vessel",),
    Schema.AIRCRAFT: ("aircraft",),
    Schema.PERSON: ("person", "group", "sanction"),
    Schema.COMPANY: ("company", "bank", "sanction"),
    Schema.ORGANIZATION: ("group", "person", "sanction"),
    Schema.LEGAL_ENTITY: ("company", "bank", "group", "sanction"),
}


def alignment(c: Candidate) -> Finding:
    """How much of the listed name stands in the text, and how alike the spellings are."""
    found = ", ".join(
        f"{m.word.meaning.form} for {m.part.form}" if m.word.meaning.form != m.part.form else m.part.form
        for m in c.alignment.matches
    )
    lost = ", ".join(part.form for part in c.alignment.missing)
    return c.alignment.score, f"matched {found}" + (f"; not in the text: {lost}" if lost else "")


def weak_alias(c: Candidate) -> Finding:
    """The authority itself calls the alias weak, or it is an acronym: it needs a second signal."""
    exact = all(m.part.form == m.word.meaning.form for m in c.alignment.matches)
    if c.name.kind is NameKind.WEAK_ALIAS:
        return (0.7 if exact else 1.0), "a weak alias"
    if len(c.alignment.matches) == 1 and is_acronym(c):
        return (0.5 if c.alignment.matches[0].word.meaning.shouted and exact else 1.0), "an acronym"
    return None


def is_acronym(c: Candidate) -> bool:
    """Whether the listed name is a single word that reads as an abbreviation."""
    strong = [m.part for m in c.alignment.matches if m.part.role in STRONG_ROLES]
    if c.name.kind is NameKind.ACRONYM:
        return True
    return c.schema is not Schema.PERSON and len(strong) == 1 and len(strong[0].form) <= 4


def one_word(c: Candidate) -> Finding:
    """A single word names the entity; the shorter and the less rare, the less it says."""
    strong = [m for m in c.alignment.matches if m.part.role in STRONG_ROLES | {Role.PLACE, Role.GENERIC}]
    if len(strong) != 1 or (c.schema is Schema.PERSON and c.alignment.missing):
        return None
    form = strong[0].part.form
    return max(0.2, min(1.0, (9 - len(form)) / 5)), f"'{form}' alone"


def ordinary_word(c: Candidate) -> Finding:
    """Every word of the match is an ordinary word of the language."""
    worst = 1.0
    counted = 0
    for m in c.alignment.matches:
        if m.part.role in (Role.LEGAL, Role.PARTICLE):
            continue
        counted += 1
        if not m.word.meaning.flags & ORDINARY:
            return None
        worst = min(worst, max(0.0, (m.word.meaning.zipf - 25) / 20))
    if not counted or not worst:
        return None
    score = worst / (1 if counted == 1 else 2.5 if counted == 2 else 5)
    return score, "ordinary words"


def written_small(c: Candidate) -> Finding:
    """The article also writes the word without a capital, as a common noun."""
    strong = [m for m in c.alignment.matches if m.part.role not in (Role.LEGAL, Role.PARTICLE)]
    if len(strong) == 1 and strong[0].word.meaning.form in c.reading.lower_words:
        return 1.0, f"'{strong[0].word.meaning.form}' stands in the article in lower case"
    return None


def place_or_given_name(c: Candidate) -> Finding:
    """The single word is also a place or a common personal name."""
    strong = [m for m in c.alignment.matches if m.part.role not in (Role.LEGAL, Role.PARTICLE)]
    if len(strong) != 1 or c.schema is Schema.PERSON:
        return None
    flags = strong[0].word.meaning.flags
    if flags & PLACE:
        return 1.0, "also a place"
    if flags & (GIVEN | FAMILY) or c.given_holders >= 3:
        return 0.8, "also a personal name"
    return None


def longer_name(c: Candidate) -> Finding:
    """A capitalised neighbour seems to belong to the same, longer name."""
    worst, detail = 0.0, ""
    for neighbour, is_left in ((c.before(), True), (c.after(), False)):
        if neighbour is None:
            continue
        score = _belongs(c, neighbour, is_left)
        if score > worst:
            worst, detail = score, f"'{neighbour.meaning.form}' stands {'before' if is_left else 'after'} it"
    return (worst, detail) if worst else None


def _belongs(c: Candidate, neighbour: Word, is_left: bool) -> float:
    meaning = neighbour.meaning
    if not meaning.capital or meaning.flags & (TITLE | PARTICLE) or len(meaning.form) < 2:
        return 0.0
    if is_left and c.schema is Schema.PERSON and not _family_only(c):
        return 0.0 if meaning.flags & (ORDINARY | PLACE) else 0.4
    if is_left and c.begins_sentence(c.alignment.first - 1) and meaning.flags & ORDINARY:
        return 0.0
    if is_left and meaning.flags & PLACE:
        return 0.2
    if not is_left and meaning.flags & LEGAL:
        return 0.0
    if c.capitals_mean_nothing() and meaning.flags & ORDINARY:
        return 0.2
    return 1.0


def _family_only(c: Candidate) -> bool:
    roles = {m.part.role for m in c.alignment.matches}
    return Role.SURNAME in roles and not roles & {Role.GIVEN, Role.MIDDLE}


def another_person(c: Candidate) -> Finding:
    """An unlisted given name stands before the listed family name."""
    if c.schema is not Schema.PERSON or not _family_only(c):
        return None
    before = c.before()
    if before is None or not before.meaning.capital or before.meaning.flags & (TITLE | PARTICLE | PLACE):
        return None
    if before.meaning.flags & ORDINARY and not before.meaning.flags & GIVEN:
        return None
    return 1.0, f"'{before.meaning.form}' is no given name of the entity"


def family_name_only(c: Candidate) -> Finding:
    """Only the family name is there, and the article nowhere has the full name."""
    if c.schema is Schema.PERSON and _family_only(c):
        return min(1.0, 0.4 + 0.15 * c.family_holders), f"{c.family_holders} listed entities have this family name"
    return None


def sentence_start(c: Candidate) -> Finding:
    """A single word at the start of a sentence, or amid words that all have capitals, has its capital for nothing."""
    if len(c.alignment.matches) != 1 or not c.alignment.matches[0].word.meaning.flags & ORDINARY:
        return None
    if c.begins_sentence() or c.capitals_mean_nothing():
        return 1.0, "its capital says nothing here"
    return None


def lower_case(c: Candidate) -> Finding:
    """A word that carries the name is written without a capital."""
    small = [m for m in c.alignment.matches if m.part.role in STRONG_ROLES and not m.word.meaning.capital]
    return (len(small) / len(c.alignment.matches), f"'{small[0].word.meaning.form}' has no capital") if small else None


def fitting_context(c: Candidate) -> Finding:
    """Words near the mention fit what the entity is: ships, aircraft, banks, armed groups, officials, sanctions."""
    near = c.near_words()
    topics = lexicon().topics
    own = {m.word.meaning.form for m in c.alignment.matches}
    for topic in _TOPICS[c.schema]:
        found = sorted((near & topics[topic]) - own)
        if found:
            return min(1.0, 0.5 + 0.25 * len(found)), f"near it: {', '.join(found[:4])}"
    return None


def no_context(c: Candidate) -> Finding:
    """A vessel or an aircraft is named without any word of ships or aircraft near."""
    if c.schema not in (Schema.VESSEL, Schema.AIRCRAFT):
        return None
    near = c.near_words()
    topic = "vessel" if c.schema is Schema.VESSEL else "aircraft"
    found = near & lexicon().topics[topic]
    needed = 1 if len(c.alignment.matches) > 1 else 2
    if len(found) >= needed:
        return None
    return 1.0 - 0.4 * len(found), "no word of ships near" if topic == "vessel" else "no word of aircraft near"


def country(c: Candidate) -> Finding:
    """The article speaks of a country of the entity or of its program."""
    codes = set(c.entity.countries)
    for program in lexicon().programs:
        if any(p.startswith(program.prefix) for p in c.entity.programs):
            codes |= program.countries
    shared = sorted(codes & c.reading.countries)
    return (1.0, f"the article speaks of {', '.join(shared).upper()}") if shared else None


def program(c: Candidate) -> Finding:
    """Words of the sanctions program's subject stand in the article."""
    words: set[str] = set()
    for known in lexicon().programs:
        if any(p.startswith(known.prefix) for p in c.entity.programs):
            words |= known.words
    shared = sorted(words & c.reading.words)
    return (min(1.0, 0.4 + 0.2 * len(shared)), f"of its program: {', '.join(shared[:4])}") if shared else None


def title(c: Candidate) -> Finding:
    """A title or an office stands right before the person's name."""
    if c.schema is not Schema.PERSON:
        return None
    titles = [word.meaning.form for word in c.titles_before()]
    return (1.0, f"'{titles[0]}' stands before it") if titles else None


def designation(c: Candidate) -> Finding:
    """Words of an office the list gives for the entity stand near."""
    words = {w for d in c.entity.designations for w in d.lower().split() if len(w) > 4}
    shared = sorted(words & c.near_words())
    return (min(1.0, 0.5 * len(shared)), f"of its office: {', '.join(shared[:3])}") if shared else None


def identifier(c: Candidate) -> Finding:
    """An identifier of the entity stands in the article."""
    return (1.0, c.identifier) if c.identifier else None


def other_name(c: Candidate) -> Finding:
    """The article also has another name of the same entity."""
    return (1.0, f"also in the article: {', '.join(c.other_names[:2])}") if c.other_names else None


def rival(c: Candidate) -> Finding:
    """Another listed entity fits the same words as well: a namesake."""
    return (1.0, f"the same words name {', '.join(c.rivals[:3])}") if c.rivals else None
