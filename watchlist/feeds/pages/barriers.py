"""Pages that stand in the way of an article: consent, log-in, payment, a check for robots. Pure.

What a barrier says is no article: its words must not be screened as if they were, and the reader should know why there
is no more than the feed's summary.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

CONSENT = "a consent page stands before the article"
LOG_IN = "the article is for readers who log in"
PAYWALL = "the article is behind a paywall"
CHALLENGE = "the site checks its visitors with a page that only a browser passes"

_CONSENT_HOST = re.compile(
    r"(?:^|\.)(?:consent|guce|consentmanager|cmp|privacy-?(?:mgmt|gate|wall|center)|cookiewall|myprivacy)\.",
    re.IGNORECASE,
)
_CONSENT_PATH = re.compile(
    r"/(?:consent|cookie-?(?:consent|wall)|privacy-?(?:gate|wall)|gdpr|collectconsent)(?:[/?.]|$)", re.IGNORECASE
)
_LOG_IN = re.compile(
    r"/(?:log-?in|sign-?in|signon|sso|oauth2?|authorize|account/(?:log-?in|sign-?in)|subscribe|abo|paywall|register)"
    r"(?:[/?.]|$)",
    re.IGNORECASE,
)
_LOG_IN_HOST = re.compile(r"^(?:login|signin|sso|auth|accounts?|id|idp|secure\.subscribe)\.", re.IGNORECASE)

#: An article that is open has more text than a page that asks for something.
_LITTLE = 1500
_PAY_WORDS = re.compile(
    r"subscri(?:be|ption)s? (?:now |today )?(?:to|for) (?:continue|keep|read|unlock|access|get|full)"
    r"|to (?:continue|keep) reading|(?:continue|keep) reading (?:this article )?(?:with|for|by)"
    r"|(?:for|to) subscribers only|subscriber[- ]only|exclusive (?:to|for) subscribers|only for subscribers"
    r"|already (?:a )?subscri(?:ber|bed)|unlock (?:this|the full) (?:article|story)"
    r"|(?:article|contenu) réservé aux abonnés|réservée? (?:à nos|aux) abonnée?s|abonnez-vous pour"
    r"|(?:jetzt )?(?:weiterlesen mit|abonnieren,? um)|exklusiv für abonnent|nur für abonnent|mit einem abo"
    r"|suscr[ií]bete para|exclusivo para suscriptores|solo para suscriptores|assine para|exclusivo para assinantes"
    r"|abbonati per|(?:riservato|solo) (?:agli|per gli) abbonati|alleen voor abonnees|abonneer (?:je )?om"
    r"|tylko dla subskrybentów|prenumerera för att|kun for abonnenter"
    r"|(?:только|доступ\w{0,6}) (?:для|по) подпис|оформите подписку|тільки для передплатників"
    r"|للمشتركين فقط|فقط للمشتركين"
    r"|订阅(?:后|以)(?:继续)?阅读|有料会員|会員限定|구독자 전용",
    re.IGNORECASE,
)
_CONSENT_WORDS = re.compile(
    r"before you continue|we (?:and our (?:\d+ )?partners )?(?:use|value|store).{0,60}(?:cookies|privacy)"
    r"|(?:accept|reject|manage) (?:all )?cookies|bevor sie (?:zu|fort)|cookies? (?:zustimmen|akzeptieren)"
    r"|avant de continuer|accepter (?:tout|les cookies)|aceptar (?:todo|(?:las )?cookies)|accetta (?:tutti|i cookie)",
    re.IGNORECASE,
)
_LOG_IN_WORDS = re.compile(
    r"(?:log|sign) ?in to (?:continue|read|view|access)|please (?:log|sign) ?in|register (?:now )?to (?:continue|read)"
    r"|(?:bitte )?(?:anmelden|einloggen)|connectez-vous|identifiez-vous|inicia sesión|faça login|войдите",
    re.IGNORECASE,
)
_CHALLENGE_WORDS = re.compile(
    r"just a moment|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|captcha"
    r"|enable javascript and cookies|please enable (?:javascript|js)",
    re.IGNORECASE,
)


def on_the_way(asked: str, landed: str) -> str | None:
    """Which barrier a redirect led to instead of the article, as told by the address; None if to none."""
    try:
        before, after = urlsplit(asked), urlsplit(landed)
    except ValueError:
        return None
    # An article that only moved keeps the last part of its path, as a rule; a barrier carries it in its query at most.
    slug = before.path.rstrip("/").rpartition("/")[2]
    if before.hostname == after.hostname and slug and slug in after.path:
        return None
    host, path = after.hostname or "", after.path
    if (_CONSENT_HOST.search(host) and not _CONSENT_HOST.search(before.hostname or "")) or (
        _CONSENT_PATH.search(path) and not _CONSENT_PATH.search(before.path)
    ):
        return CONSENT
    if (_LOG_IN_HOST.search(host) and host != before.hostname) or (
        _LOG_IN.search(path) and not _LOG_IN.search(before.path)
    ):
        return LOG_IN
    return None


def asks_to_pay(text: str) -> bool:
    """Whether a text asks for a subscription."""
    return _PAY_WORDS.search(text) is not None


def in_the_way(title: str, text: str, *, free: bool | None, password: bool) -> str | None:
    """Which barrier a page is, as told by its title and words; None if it is none.

    ``text`` is what was extracted, or all of the page's if nothing was. ``free`` is what the page itself declares of
    the article (schema.org's isAccessibleForFree), ``password`` whether it asks for one.
    """
    if free is False:
        return PAYWALL
    if len(text) >= _LITTLE:
        return None
    seen = f"{title}\n{text}"
    if _CHALLENGE_WORDS.search(title) or (_CHALLENGE_WORDS.search(text) and len(text) < _LITTLE // 3):
        return CHALLENGE
    if _PAY_WORDS.search(seen):
        return PAYWALL
    if _CONSENT_WORDS.search(title) or (_CONSENT_WORDS.search(text) and len(text) < _LITTLE // 2):
        return CONSENT
    if _LOG_IN_WORDS.search(title) or (_LOG_IN_WORDS.search(text) and (password or len(text) < _LITTLE // 5)):
        return LOG_IN
    return None
