"""Links of messages: what they say, and that a mail has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.delivery.links import MailLink, link_text, links_of, read_link
from watchlist.delivery.render import MOST_BYTES, render
from watchlist.delivery.sample import sample_alert
from watchlist.model import Action
from watchlist.ports import Linking, Message

KEY = b"k" * 32
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LINKING = Linking("https://watch.example", KEY, timedelta(days=14))


@given(
    st.sampled_from((Action.CONFIRM, Action.DISMISS)),
    st.integers(1, 2**40),
    st.text("ab.@ \u00e4\u0436\u4e2d\U0001d518\n", min_size=1, max_size=60),
)
def test_a_link_is_read_as_it_was_made(action: Action, alert_id: int, recipient: str) -> None:
    link = MailLink(action, alert_id, recipient, NOW)
    text = link_text(link, KEY)
    assert read_link(text, KEY) == link
    assert read_link(text, b"other") is None
    assert text.replace(".", "").replace("-", "").replace("_", "").isalnum()


@given(st.text(max_size=100), st.binary(max_size=4))
def test_nothing_else_is_a_link(text: str, key: bytes) -> None:
    assert read_link(text, KEY + key) is None


@given(st.integers(0, 10_000), st.characters(codec="ascii"))
def test_no_character_of_a_link_is_another(place: int, other: str) -> None:
    text = link_text(MailLink(Action.CONFIRM, 12, "desk@example.org", NOW), KEY)
    place %= len(text)
    changed = text[:place] + other + text[place + 1 :]
    assert (read_link(changed, KEY) is None) == (changed != text)


@pytest.fixture
def message() -> Message:
    return Message("<k@watchlist>", NOW, (sample_alert(NOW),), recipient="desk@example.org", linking=LINKING)


def test_a_mail_has_links_to_open_confirm_and_dismiss(message: Message) -> None:
    rendered = render(message)
    links = links_of(message)
    assert links is not None
    for detail in message.alerts:
        addresses = [links.page(detail.alert.id), *(url for _, url in links.judging(detail.alert.id))]
        assert len(addresses) == 3
        for address in addresses:
            assert f'href="{address}"' in rendered.html
            assert f": {address}\n" in rendered.text
    (confirm, dismiss) = (read_link(url.rpartition("/")[2], KEY) for _, url in links.judging(7))
    assert confirm == MailLink(Action.CONFIRM, 7, "desk@example.org", NOW + timedelta(days=14))
    assert dismiss is not None
    assert dismiss.action is Action.DISMISS


def test_a_copy_that_is_sent_again_has_the_same(message: Message) -> None:
    assert render(message) == render(replace(message))


def test_a_message_to_nobody_in_particular_judges_nothing(message: Message) -> None:
    text = render(replace(message, recipient="")).text
    assert "https://watch.example/alerts/" in text
    assert "/m/" not in text


def test_without_a_public_address_there_are_none(message: Message) -> None:
    rendered = render(replace(message, linking=None))
    assert "watch.example" not in rendered.text + rendered.html


def test_the_key_is_in_no_text_of_a_message(message: Message) -> None:
    assert KEY.decode() not in repr(message)


def test_many_alerts_with_links_still_fit(message: Message) -> None:
    many = tuple(
        replace(detail, alert=replace(detail.alert, id=n)) for n in range(400) for detail in message.alerts[:1]
    )
    assert render(replace(message, alerts=many)).size <= MOST_BYTES
