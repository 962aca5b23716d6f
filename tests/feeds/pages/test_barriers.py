"""Consent pages, log-ins, paywalls and robot checks are told from articles."""

from __future__ import annotations

import pytest

from watchlist.feeds.pages.barriers import CHALLENGE, CONSENT, LOG_IN, PAYWALL, in_the_way, on_the_way

ARTICLE = "https://news.example/world/ships"
LONG = "The harbour office counted the ships of the week and found them all in their places. " * 20


@pytest.mark.parametrize(
    ("landed", "barrier"),
    [
        ("https://consent.google.com/m?continue=https://news.example/", CONSENT),
        ("https://consent.yahoo.com/v2/collectConsent?sessionId=1", CONSENT),
        ("https://guce.news.example/consent", CONSENT),
        ("https://news.example/privacy-gate?next=/world/ships", CONSENT),
        ("https://login.news.example/?back=1", LOG_IN),
        ("https://news.example/account/login?return=/world/ships", LOG_IN),
        ("https://news.example/subscribe", LOG_IN),
        (ARTICLE, None),
        (ARTICLE + "?from=rss", None),
        ("https://www.news.example/world/2026/ships-in-their-places", None),
        ("https://news.example/register/ships", None),
        ("https://news.example/world/login-scandal-in-the-harbour", None),
        ("https://news.example/world/consent-of-the-governed", None),
        ("https://[broken", None),
    ],
)
def test_redirects_to_barriers_are_told_by_the_address(landed: str, barrier: str | None) -> None:
    assert on_the_way(ARTICLE, landed) == barrier


def test_an_article_that_lives_at_such_an_address_is_none() -> None:
    assert on_the_way("https://privacy.news.example/a", "https://privacy.news.example/b") is None


@pytest.mark.parametrize(
    ("title", "text", "barrier"),
    [
        ("Ships", "The first lines. Subscribe now to continue reading.", PAYWALL),
        ("Ships", "Dieser Artikel ist exklusiv für Abonnenten.", PAYWALL),
        ("Ships", "Cet article est réservé aux abonnés.", PAYWALL),
        ("Ships", "Contenido exclusivo para suscriptores.", PAYWALL),
        ("Ships", "Полный текст доступен по подписке.", PAYWALL),
        ("Ships", "この記事は有料会員限定です。", PAYWALL),
        ("Before you continue to News", "We use cookies.", CONSENT),
        ("News", "Wir und unsere Partner. Cookies akzeptieren oder ablehnen.", CONSENT),
        ("Just a moment...", "Checking.", CHALLENGE),
        ("News", "Please enable JavaScript and cookies to continue.", CHALLENGE),
        ("Sign in to continue", "E-mail, password.", LOG_IN),
        ("Ships", "Two ships sailed on Monday.", None),
        ("Ships", LONG + "Subscribe now to continue reading our newsletters.", None),
        ("Log in to the harbour's new system", "Skippers can now log in to the harbour's system. " * 8, None),
    ],
)
def test_pages_that_ask_for_something_are_told_by_little_text_and_its_words(
    title: str, text: str, barrier: str | None
) -> None:
    assert in_the_way(title, text, free=None, password=False) == barrier


def test_what_the_page_declares_goes_before_its_length() -> None:
    assert in_the_way("Ships", LONG, free=False, password=False) == PAYWALL
    assert in_the_way("Ships", "Two ships sailed.", free=True, password=False) is None
