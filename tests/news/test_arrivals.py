"""Which of the articles of a poll are new, given what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.news.samples import FULL, NOW, SUMMARY, TITLE, found, stored
from watchlist.model import Article
from watchlist.news.arrivals import SAME_STORY, decide, facts_needed, reworded, same_article, same_story
from watchlist.news.facts import Decided, Known
from watchlist.news.wording import words_hash


def test_a_guid_and_alike_words_are_the_same_article_at_another_address():
    moved = found(TITLE + " and searched", id="b", url="https://x.example/2")
    assert same_article(moved, [stored()]) == stored()
    assert same_article(replace(moved, feed_id=2), [stored()]) is None
    assert same_article(replace(moved, guid="g2", title="Other"), [stored()]) is None


def test_a_guid_alone_is_none():
    # A feed that counts its entries from one each time.
    other = found("Bank fined", "The bank paid a fine of two million for its letters of credit.", id="b")
    assert same_article(other, [stored()]) is None
    assert same_article(found("Vessel seized", "", id="b"), [stored("Vessel detained", "")]) is None


def test_the_same_words_at_another_address_are_the_same_article_published_again():
    again = found(id="b", guid="g2", fetched_at=NOW + SAME_STORY)
    assert same_article(again, [stored()]) == stored()
    assert same_article(replace(again, feed_id=2), [stored()]) is None
    assert same_article(replace(again, fetched_at=NOW + SAME_STORY + timedelta(days=1)), [stored()]) is None
    assert same_article(replace(again, url="https://news.x.example/2"), [stored()]) == stored()
    # In a feed that gathers several sites: another paper has it too.
    assert same_article(replace(again, url="https://y.example/1"), [stored()]) is None
    # Too few words to tell.
    assert same_article(found("Update", "", id="b", guid="g2"), [stored("Update", "")]) is None


def test_long_words_in_another_feed_are_the_same_story():
    copy = found(text=FULL, id="b", feed_id=2)
    assert same_story(copy, [stored(text=FULL)]) == "a"
    assert same_story(copy, [stored(text=FULL, story_id="first")]) == "first"
    assert same_story(replace(copy, title="Another title"), [stored(text=FULL)]) is None
    assert same_story(found(id="b", feed_id=2), [stored()]) is None
    later = replace(copy, fetched_at=NOW + SAME_STORY + timedelta(days=1))
    assert same_story(later, [stored(text=FULL)]) is None


class Kept:
    """What is stored, without a database: facts out, intents in."""

    def __init__(self) -> None:
        self.articles: dict[str, Known] = {}
        self.said: dict[str, str] = {}

    def pull(self, *found: Article, wanted: Iterable[str] = ()) -> Decided:
        news = reworded({each.id: each for each in found}.values(), self.said)
        needed = facts_needed(news, self.said)
        known = [
            each
            for each in self.articles.values()
            if each.id in needed.ids
            or each.guid in needed.guids.get(each.feed_id or 0, ())
            or (each.words_hash in needed.wordings and (needed.since is None or each.fetched_at >= needed.since))
        ]
        decided = decide(news, known, frozenset(wanted))
        for each in (*decided.new, *decided.changed):
            self.articles[each.known.id] = each.known
            self.said[each.known.id] = each.known.content_hash
        return decided


def test_what_is_as_it_was_needs_no_facts():
    kept = Kept()
    assert kept.pull(found()).waiting == 1
    assert reworded([found()], kept.said) == ()


def test_facts_are_asked_for_by_id_of_what_is_stored_and_by_guid_and_words_of_what_is_not():
    needed = facts_needed([found(), found(id="b", guid="g2"), found(id="c", feed_id=None)], {"a"})
    assert needed.ids == ("a",)
    assert needed.guids == {1: {"g2"}}
    assert needed.wordings == {words_hash(TITLE, SUMMARY)}
    assert needed.since == NOW - SAME_STORY


def test_a_new_article_waits_and_its_page_is_queued_where_it_is_wanted():
    first, second = found(), found("Bank fined", "", id="b", guid="g2")
    decided = Kept().pull(first, second, wanted=["b"])
    assert [each.found for each in decided.new] == [first, second]
    assert [(each.article_id, each.wants_page) for each in decided.feed_words] == [("b", True)]


def test_the_page_of_an_article_that_its_own_feed_rewords_is_out_of_date_and_no_other_is():
    kept = Kept()
    kept.pull(found())
    assert [each.article_id for each in kept.pull(found(text="Ilya Marrow was on board.")).feed_words] == ["a"]
    other = kept.pull(found(text=FULL + " Boris Tidewell, too.", feed_id=2))
    assert (other.waiting, other.feed_words) == (1, ())


def test_an_article_without_its_time_is_refused():
    with pytest.raises(ValueError, match="without the time"):
        Kept().pull(found(fetched_at=None))


WORDS = st.sampled_from(
    ["", SUMMARY, FULL, FULL.replace("'", "’"), SUMMARY + " Boris Tidewell was on board.", FULL[:90]]
)
ENTRIES = st.builds(
    found,
    title=st.sampled_from([TITLE, "Held in port", "Bank fined"]),
    text=WORDS,
    id=st.sampled_from("abc"),
    guid=st.sampled_from(["g1", "g2", None]),
)
POLLS = st.lists(ENTRIES, max_size=6)


@given(POLLS)
def test_nothing_is_new_twice(poll):
    kept = Kept()
    kept.pull(*poll)
    for _ in range(2):
        assert kept.pull(*poll).waiting == 0


@given(st.lists(WORDS, max_size=6))
def test_an_article_that_goes_back_and_forth_waits_once_for_each_wording(texts):
    kept = Kept()
    waited = sum(kept.pull(found(text=text)).waiting for text in texts * 2)
    assert waited <= len({words_hash(TITLE, text) for text in texts})


@given(POLLS)
def test_every_wording_of_a_poll_is_remembered_with_an_article_and_no_article_comes_of_nothing(poll):
    kept = Kept()
    kept.pull(*poll)
    entries = {each.id: each for each in poll}.values()
    seen = {wording for known in kept.articles.values() for wording in known.seen}
    assert seen == {words_hash(each.title, each.text) for each in entries}
    assert len(kept.articles) <= len(entries)


@given(st.lists(ENTRIES, max_size=5, unique_by=lambda each: (each.title, each.text)), st.randoms())
def test_the_order_of_one_poll_decides_no_more_than_which_address_an_article_keeps(poll, random):
    # One guid to each, so that no entry stands for another.
    poll = [replace(each, id=f"id{n}", guid=f"guid{n}") for n, each in enumerate(poll)]
    shuffled = random.sample(poll, len(poll))
    assert {each.found for each in Kept().pull(*poll).new} == {each.found for each in Kept().pull(*shuffled).new}


@given(POLLS, POLLS)
def test_a_poll_in_two_halves_keeps_the_same_words_as_in_one(first, second):
    second = [replace(each, id=each.id + "2", guid=None, title=each.title + " again") for each in second]
    whole, halves = Kept(), Kept()
    whole.pull(*first, *second)
    halves.pull(*first)
    halves.pull(*second)
    assert {each.words_hash for each in whole.articles.values()} == {
        each.words_hash for each in halves.articles.values()
    }


@given(ENTRIES, st.sampled_from([1, 2]), st.integers(0, 60))
def test_a_copy_in_another_feed_is_of_the_same_story_for_a_month(entry, feed_id, days):
    kept = Kept()
    kept.pull(replace(entry, text=FULL))
    at = NOW + timedelta(days=days)
    decided = kept.pull(replace(entry, id="copy", guid="copy", feed_id=feed_id, text=FULL, fetched_at=at))
    if feed_id == 1:
        assert len(decided.new) == (days > SAME_STORY.days)
    else:
        (new,) = decided.new
        assert new.known.story_id == (entry.id if days <= SAME_STORY.days else None)
