"""A mention in plain sentences for the person who has to judge it."""

from __future__ import annotations

from watchlist.model import Band, FeatureScore, Mention, NameKind, NameOrigin

_KINDS = {
    NameKind.PRIMARY: "the listed name",
    NameKind.ALIAS: "the alias",
    NameKind.WEAK_ALIAS: "the weak alias",
    NameKind.PREVIOUS: "the former name",
    NameKind.ACRONYM: "the acronym",
}
_ORIGINS = {NameOrigin.AUTHORITY: "", NameOrigin.PRESS: " (as the press writes it)", NameOrigin.USER: " (added by you)"}
#: What a feature says, as the beginning of a sentence.
_LABELS = {
    "alignment": "Name",
    "weak_alias": "Weak name",
    "one_word": "One word",
    "ordinary_word": "Ordinary language",
    "written_small": "Ordinary language",
    "known_otherwise": "Other meaning",
    "used_as_place": "Place",
    "title_of_a_work": "Title of a work",
    "cut_to_one_word": "Shortened name",
    "common_name": "Common name",
    "no_support": "No support",
    "other_identifier": "Another identifier",
    "longer_name": "Longer name",
    "another_person": "Another person",
    "family_name_only": "Family name alone",
    "sentence_start": "Capital letter",
    "lower_case": "Small letter",
    "fitting_context": "Context",
    "no_context": "Context",
    "country": "Country",
    "program": "Program",
    "title": "Title",
    "initial": "Initial",
    "designation": "Office",
    "identifier": "Identifier",
    "other_name": "Other name",
    "namesake": "Namesake",
}


def explain(mention: Mention) -> tuple[str, ...]:
    """Which list name matched and how, what spoke for the mention, what against, and what came of it."""
    name = mention.name
    listed = f"{_KINDS[name.kind]} “{name.text}”{_ORIGINS[name.origin]}"
    also = "" if name.text == mention.caption else f" of {mention.caption}"
    times = f", {len(mention.spans)} times in the article" if len(mention.spans) > 1 else ""
    sentences = [f"“{mention.surface}” matches {listed}{also}{times}."]
    sentences += [_sentence(part) for part in mention.features if part.feature == "alignment"]
    speaking = [part for part in mention.features if part.feature != "alignment" and part.score * part.weight]
    for_it = sorted((p for p in speaking if p.weight > 0), key=_effect, reverse=True)
    against = sorted((p for p in speaking if p.weight < 0), key=_effect)
    sentences += [f"For it: {_sentence(part)}" for part in for_it]
    sentences += [f"Against it: {_sentence(part)}" for part in against]
    result = "it raises an alert" if mention.band is Band.ALERT else "it is kept for review"
    sentences.append(f"Score {mention.score:.2f}: {result}.")
    return tuple(sentences)


def _effect(part: FeatureScore) -> float:
    return part.score * part.weight


def _sentence(part: FeatureScore) -> str:
    label = _LABELS.get(part.feature, part.feature.replace("_", " ").capitalize())
    return f"{label}: {part.detail} ({_effect(part):+.2f})."
