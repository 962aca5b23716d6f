"""Whether a dismissal holds a mention back, or why it comes back all the same: pure decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from watchlist.alerts.fields import fields_among, fields_of
from watchlist.model import (
    Act,
    Context,
    ContextKind,
    Entity,
    Mention,
    Name,
    NameKind,
    NameOrigin,
    Reach,
    Schema,
    Suppression,
)

#: What a feature that speaks against a mention says of the name in the text; of people it may say something else.
_KINDS = {
    "another_person": ContextKind.PERSON,
    "unfit_role": ContextKind.PERSON,
    "common_name": ContextKind.NAMESAKE,
    "family_name_only": ContextKind.NAMESAKE,
    "foreign_country": ContextKind.BODY,
    "country_before": ContextKind.BODY,
    "an_office": ContextKind.BODY,
    "longer_name": ContextKind.BODY,
    "other_context": ContextKind.BODY,
    "other_identifier": ContextKind.BODY,
    "legal_form_lost": ContextKind.BODY,
    "cut_to_one_word": ContextKind.BODY,
    "used_as_place": ContextKind.PLACE,
    "ordinary_word": ContextKind.WORD,
    "ordinary_words": ContextKind.WORD,
    "known_otherwise": ContextKind.WORD,
    "written_small": ContextKind.WORD,
    "title_of_a_work": ContextKind.WORD,
    "sentence_start": ContextKind.WORD,
}
_KINDS_OF_PEOPLE = {ContextKind.BODY: ContextKind.PERSON}
#: Features whose words say who it is that the text speaks of: a given name, a role, a country.
_SAYING_WHO = ("another_person", "unfit_role", "foreign_country", "title")
_QUOTED = re.compile(r"'([^']+)'")
#: Features that speak for the listed one so that they are evidence of a kind of their own, and what it is called.
_EVIDENCE = {"identifier": "an identifier", "other_name": "a second name", "designation": "its office"}
_FULL_NAME = "the full name"
_SIGNS = re.compile(r"[\W_]+")
#: So many places of a name are looked at, and so many signs to each side of it where a sentence is longer.
_PLACES = 5
_NEAR = 250
_SENTENCE_END = re.compile(r"(?<=[.!?。！？؟])\s+|\n")
#: So many letters and digits of an identifier stand for nothing else.
_TELLING = 6
#: What is said of an alignment in which words of the listed name are missing.
_INCOMPLETE = "not in the text"
#: The fields of an entry that make it another one for who dismissed it, and what they are called.
_MATERIAL = {
    "names": "name",
    "identifiers": "identifier",
    "birth_dates": "date of birth",
    "countries": "country",
    "programs": "program",
    "schema": "kind",
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a suppression says of a mention that it is about."""

    suppression: Suppression
    #: None where it holds the mention back; else why that comes back all the same.
    back: str | None = None
    #: Whether the suppression is over with it.
    ends: bool = False


def context_of(mention: Mention, text: str = "", lang: str | None = None) -> Context:
    """In which kind of context a name stands, by what speaks against the mention and what stands at the name.

    Of a person also in which field of life, by the headline and the sentences that name them, in the language of the
    article; ``text`` has its words, the title in the first line.
    """
    person = mention.schema is Schema.PERSON
    kinds = set()
    details: set[str] = set()
    for part in mention.features:
        if part.score * part.weight < 0 and part.feature in _KINDS:
            kind = _KINDS[part.feature]
            kinds.add(_KINDS_OF_PEOPLE.get(kind, kind) if person else kind)
        if part.feature in _SAYING_WHO and part.score:
            details |= {word.casefold() for word in _QUOTED.findall(part.detail)}
    if person:
        passage = _passage(mention, text)
        if fields := fields_of(passage, lang):
            # What is quoted in other letters than the text's, which is in no table: the field says it.
            details = {word for word in details if word in passage.casefold() or fields_among([word])} | fields
    return Context(frozenset(kinds), frozenset(details))


def _passage(mention: Mention, text: str) -> str:
    """The headline, the quote, and the sentences around the first places where the article names somebody.

    The quote alone is the headline in most articles, which says less of who it is than what is written below.
    """
    title, _, body = text.partition("\n")
    told = [title, mention.quote.text]
    for span in [each for each in mention.spans if each.field == "text"][:_PLACES]:
        before = _SENTENCE_END.split(body[max(0, span.start - _NEAR) : span.start])[-1]
        behind = _SENTENCE_END.split(body[span.start : span.end + _NEAR], maxsplit=1)[0]
        told.append(before + behind)
    return "\n".join(told)


def evidence_of(mention: Mention, entity: Entity | None = None, text: str = "") -> frozenset[str]:
    """Which kinds of evidence there are that the listed one is meant.

    Of ``entity`` the ``text`` of the article is looked through for its identifiers: the engine knows those of ships and
    firms alone, and who was dismissed as somebody else is to come back with a passport.
    """
    found = set()
    for part in mention.features:
        if part.score * part.weight <= 0:
            continue
        if part.feature in _EVIDENCE:
            found.add(_EVIDENCE[part.feature])
        if part.feature == "alignment" and _INCOMPLETE not in part.detail and _is_full(mention.name):
            found.add(_FULL_NAME)
    if entity is not None and any(
        _bare(each.value) in _bare(text) for each in entity.identifiers if _tells(each.value)
    ):
        found.add(_EVIDENCE["identifier"])
    return frozenset(found)


def facts_of(entity: Entity) -> dict[str, tuple[str, ...]]:
    """What the authority says of an entity that matters for who dismissed it, by field."""
    said: dict[str, Iterable[str]] = {
        "names": (name.text for name in entity.names if name.origin is NameOrigin.AUTHORITY),
        "identifiers": (f"{each.kind} {each.value}" for each in entity.identifiers),
        "birth_dates": entity.birth_dates,
        "countries": entity.countries,
        "programs": entity.programs,
        "schema": (entity.schema,),
    }
    return {field: tuple(sorted(set(map(key_of, values)))) for field, values in said.items()}


def key_of(surface: str) -> str:
    """Words as they are compared: without case, and with one space between them."""
    return " ".join(surface.casefold().split())


@dataclass(frozen=True, slots=True)
class FoundAt:
    """Where a mention stands."""

    mention: Mention
    story_id: str
    feed_id: int | None
    #: The article's words, its title in the first line.
    text: str = ""
    #: The article's language, where it is known.
    lang: str | None = None


def suppression_of(alert_id: int, place: FoundAt, entity: Entity, act: Act, scope: Reach, at: datetime) -> Suppression:
    """What a dismissal of an alert is to hold back."""
    return Suppression(
        entity_id=entity.id,
        at=at,
        until=act.until,
        reason=act.why,
        scope=scope,
        by=act.by,
        alert_id=alert_id,
        surface=key_of(place.mention.surface),
        context=context_of(place.mention, place.text, place.lang),
        feed_id=place.feed_id,
        story_id=place.story_id,
        evidence=evidence_of(place.mention, entity, place.text),
        facts=facts_of(entity),
    )


def covers(one: Suppression, other: Suppression) -> bool:
    """Whether one holds back all that another does, now and later: then the other is not needed beside it."""
    if (one.entity_id, one.scope, one.facts) != (other.entity_id, other.scope, other.facts):
        return False
    lasts = one.until is None or (other.until is not None and one.until >= other.until)
    has_seen = one.evidence is None or (other.evidence is not None and one.evidence >= other.evidence)
    return lasts and has_seen and _is_of_the_same(one, other)


def _is_of_the_same(one: Suppression, other: Suppression) -> bool:
    """Whether two of one scope are of one place; what the scope does not ask for makes no difference."""
    match one.scope:
        case Reach.SUBJECT:
            return True
        case Reach.FEED:
            return one.feed_id == other.feed_id
        case Reach.STORY:
            return one.story_id == other.story_id
        case Reach.SURFACE:
            return (one.surface, one.context) == (other.surface, other.context)


def rule(suppression: Suppression, place: FoundAt, entity: Entity | None, now: datetime) -> Ruling | None:
    """What a suppression of a mention's subject says of it; None where it is not about such a mention.

    ``entity`` is what the list says now of the one that was dismissed, None where nobody knows.
    """
    if not _concerns(suppression, place):
        return None
    told = f"suppression {suppression.id}"
    if suppression.until is not None and suppression.until <= now:
        return Ruling(suppression, f"dismissed before; {told} ended on {suppression.until:%Y-%m-%d}", ends=True)
    if gained := _gained(suppression.facts, facts_of(entity) if entity is not None else None):
        return Ruling(suppression, f"dismissed before ({told}); its list entry has another {gained} now", ends=True)
    if suppression.evidence is not None and (
        new := evidence_of(place.mention, entity, place.text) - suppression.evidence
    ):
        return Ruling(suppression, f"dismissed before ({told}); now there is {' and '.join(sorted(new))}")
    return Ruling(suppression)


def _concerns(suppression: Suppression, place: FoundAt) -> bool:
    mention = place.mention
    match suppression.scope:
        case Reach.SUBJECT:
            return True
        case Reach.FEED:
            return place.feed_id is not None and suppression.feed_id == place.feed_id
        case Reach.STORY:
            return suppression.story_id == place.story_id
        case Reach.SURFACE:
            found = context_of(mention, place.text, place.lang)
            return key_of(mention.surface) == suppression.surface and _is_like(suppression.context, found)


def _is_like(known: Context, found: Context) -> bool:
    """Whether a context is of a known kind, and says nobody else than was known."""
    here, there = fields_among(known.details), fields_among(found.details)
    if here or there:
        # A footballer is a striker in one paper and a player in the next; whoever is in no such field is another.
        more = found.details - known.details
        return bool(here & there) and all(fields_among([word]) & here for word in more)
    of_a_kind = bool(known.kinds & found.kinds) or known.kinds == found.kinds
    return of_a_kind and found.details <= known.details


def _gained(before: Mapping[str, tuple[str, ...]] | None, after: Mapping[str, tuple[str, ...]] | None) -> str:
    """What a list says of an entity that it did not say before, in words; empty if nothing."""
    if before is None or after is None:
        return ""
    for field, label in _MATERIAL.items():
        for value in after.get(field, ()):
            if value not in before.get(field, ()):
                return f"{label} ({value})"
    return ""


def _is_full(name: Name) -> bool:
    return name.kind is NameKind.PRIMARY and len(name.text.split()) > 1


def _bare(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


def _tells(identifier: str) -> bool:
    """Whether an identifier is long enough to stand in a text for nothing else."""
    return len(_bare(identifier)) >= _TELLING
