"""Rare words weigh much; what is kept, and what a subject's other stories say, has its say."""

from __future__ import annotations

from watchlist.alerts.story.rarity import Rarity, rarity_in


def test_without_any_articles_general_knowledge_holds() -> None:
    weights = Rarity().among([])
    assert weights["the"] < weights["said"] < weights["minist"] < weights["transp"] < weights["xyzzyq"]
    assert weights["ukrain"] < weights["tractor"[:6]]


def test_what_many_kept_articles_have_is_common() -> None:
    kept = [("Шторм над портом", f"Капитан говорит о шторме номер {n}") for n in range(500)]
    assert rarity_in(kept).among([])["капита"] < 1 < Rarity().among([])["капита"]


def test_what_many_stories_of_the_subject_have_tells_little() -> None:
    rarity = Rarity()
    stories = [("freigh", f"thing{n}") for n in range(60)]
    assert rarity.among(stories)["freigh"] < rarity.among(stories[:1])["freigh"] / 2
    # One that none of them has is no rarer for that.
    assert rarity.among(stories)["transp"] == rarity.among([])["transp"]
