"""The evidence for a mention in words: what speaks for it and what against, for the terminal and for messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watchlist.model import AlertDetail, Band, FeatureScore, Mention, Name, NameKind, NameOrigin

#: What a listed name is called by its kind, and whose wording it is where that is not the authority's.
KIND_WORDS = {
    NameKind.PRIMARY: "listed name",
    NameKind.ALIAS: "alias",
    NameKind.PREVIOUS: "former name",
    NameKind.ACRONYM: "acronym",
}
ORIGIN_WORDS = {NameOrigin.PRESS: "as the press writes it", NameOrigin.USER: "added by you"}
#: How well the name itself fits; told before what speaks for and against it.
_NAME = "alignment"
#: Who else the words name: told, and never weighed.
_NAMESAKE = "namesake"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score as a reason: which feature, its label, the finding in words, and what it adds."""

    feature: str
    #: The beginning of a sentence, such as "Country".
    label: str
    words: str
    #: Above zero it speaks for the mention, below against it.
    effect: float

    @property
    def sentence(self) -> str:
        """The reason with its effect."""
        return f"{self.label}: {self.words} ({self.effect:+.2f})."


def reasons(features: Sequence[FeatureScore]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What speaks for a mention and what against it, the weightiest first; what comes to zero says nothing."""
    ranked = sorted((_reason(part) for part in features), key=lambda reason: -abs(reason.effect))
    return tuple(each for each in ranked if each.effect > 0), tuple(each for each in ranked if each.effect < 0)


def namesakes(features: Sequence[FeatureScore]) -> str:
    """Who else is named by the same words, or would be if this one did not fit better; empty if nobody."""
    return next((part.detail for part in features if part.feature == _NAMESAKE), "")


def kind_words(name: Name) -> str:
    """What a listed name is called, and whether its authority calls it weak."""
    return f"weak {KIND_WORDS[name.kind]}" if name.weak else KIND_WORDS[name.kind]


def why_here(detail: AlertDetail) -> str:
    """Why an alert is here, and why it comes now, in one sentence."""
    mention, story = detail.mention, detail.story
    place = "in the headline" if any(span.field == "title" for span in mention.spans) else "in the text"
    of = "" if mention.name.text == mention.caption else f" of {mention.caption}"
    lists = tuple(dict.fromkeys((detail.list_title, *(each.list_id for each in detail.also))))
    here = f"“{mention.surface}” {place} is like the {kind_words(mention.name)} “{mention.name.text}”{of}"
    source = f" from {detail.feed_title}" if detail.feed_title else ""
    now = detail.alert.note or f"the article{source} is new"
    told = f", and {len(story.articles) - 1} more tell the same story" if len(story.articles) > 1 else ""
    return f"{here}, on {' and '.join(lists)}; now, because {now}{told}."


def explain(mention: Mention) -> tuple[str, ...]:
    """Which list name matched and how, what spoke for the mention, what against, and what came of it."""
    name = mention.name
    origin = f" ({ORIGIN_WORDS[name.origin]})" if name.origin in ORIGIN_WORDS else ""
    listed = f"the {kind_words(name)} “{name.text}”{origin}"
    also = "" if name.text == mention.caption else f" of {mention.caption}"
    times = f", {len(mention.spans)} times in the article" if len(mention.spans) > 1 else ""
    supporting, opposing = reasons([part for part in mention.features if part.feature != _NAME])
    others = namesakes(mention.features)
    evidence = sum(part.score * part.weight for part in mention.features)
    result = "it raises an alert" if mention.band is Band.ALERT else "it is kept for review"
    return (
        f"“{mention.surface}” matches {listed}{also}{times}.",
        *(_reason(part).sentence for part in mention.features if part.feature == _NAME),
        *(f"For it: {reason.sentence}" for reason in supporting),
        *(f"Against it: {reason.sentence}" for reason in opposing),
        *((f"Namesakes: {others}.",) if others else ()),
        f"Score {mention.score:.2f}, for evidence of {evidence:.2f} in all: {result}.",
    )


def _reason(part: FeatureScore) -> Reason:
    return Reason(feature=part.feature, label=part.title, words=part.detail, effect=part.score * part.weight)
