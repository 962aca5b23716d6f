"""A text, the page at an address, or a file screened; nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedReader, BytesIO
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import HTMLResponse

from watchlist.alerts.explain import explain
from watchlist.errors import UsageError
from watchlist.model import Article, Entity, Mention
from watchlist.steps.asked.screening import chosen_lists, page_at, read_as
from watchlist.steps.asked.texts import TextReading, read_articles
from watchlist.web.pages.desk.marked import TextPiece, marked
from watchlist.web.pages.rendering import page
from watchlist.web.screening.text import AskedText, ScreenedText
from watchlist.web.security.current import Reader
from watchlist.web.site import Site, TheSite

router = APIRouter()

#: The most that is screened at a time, in bytes; and the articles of a file that are shown.
MOST = 1_000_000
_ARTICLES = 50
#: Seconds that reading a page may take.
_READING = 10.0


@dataclass(frozen=True, slots=True)
class GivenToScreen:
    """What is to be screened, of which the file goes before the text before the address; and for which lists."""

    text: str
    url: str
    file: UploadFile | None
    lists: list[str] | None


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A mention with what is said of it."""

    mention: Mention
    listings: tuple[Entity, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text with its mentions marked."""

    article: Article
    read_as: str
    title: tuple[TextPiece, ...]
    text: tuple[TextPiece, ...]
    mentions: tuple[ShownMention, ...]


@router.get("/screen")
def form(request: Request, site: TheSite, account: Reader) -> HTMLResponse:
    """What may be screened."""
    lists = [each for each in site.parts.store.watched_lists() if each.enabled]
    return page(request, account, "screen.html", lists=lists, screened=None, given={}, chosen=(), most=MOST)


def _given(
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    file: UploadFile | None = None,
    lists: Annotated[list[str] | None, Form()] = None,
) -> GivenToScreen:
    # As browsers send the end of a line.
    return GivenToScreen(text.replace("\r\n", "\n"), url.strip(), file, lists)


@router.post("/screen")
def screen(
    request: Request, site: TheSite, account: Reader, given: Annotated[GivenToScreen, Depends(_given)]
) -> HTMLResponse:
    """Screen what was given."""
    known = site.parts.store.watched_lists()
    chosen = chosen_lists(given.lists, {each.id: each.enabled for each in known}) if given.lists else None
    articles, is_cut = _articles(site, given)
    if not site.screening.index().entity_count:
        raise UsageError("there are no names to look for: add a list, or put somebody on one of your own")
    found = site.screening.screen_all([AskedText(each, chosen, is_for_page=True) for each in articles])
    screened = [_shown(article, each) for article, each in zip(articles, found, strict=True)]
    return page(
        request,
        account,
        "screen.html",
        lists=[each for each in known if each.enabled],
        screened=screened,
        count=sum(len(each.mentions) for each in screened),
        is_cut=is_cut,
        given={"text": given.text, "url": given.url},
        chosen=tuple(chosen or ()),
        most=MOST,
    )


def _articles(site: Site, given: GivenToScreen) -> tuple[list[Article], bool]:
    """What is to be screened, and whether there was more; raises UsageError for nothing, and for too much."""
    if given.file is not None and given.file.filename:
        content, name = given.file.file.read(MOST + 1), given.file.filename
        if len(content) > MOST:
            raise UsageError(f"{name}: is larger than {MOST:,} bytes")
        stream: BufferedReader = BufferedReader(BytesIO(content))
        found = list(islice(read_articles(stream, name, TextReading(_page, MOST)), _ARTICLES + 1))
        if not found:
            raise UsageError(f"{name}: holds no article")
        return found[:_ARTICLES], len(found) > _ARTICLES
    if given.text.strip():
        return [Article(id="text", title="", text=_bounded(given.text))], False
    if given.url:
        found_page = page_at(given.url, site.parts.config.fetch, site.parts.clock())
        _bounded(found_page.text)
        return [found_page], False
    raise UsageError("there is nothing to screen: paste a text, name an address, or choose a file")


def _bounded(text: str) -> str:
    if len(text.encode("utf-8", "replace")) > MOST:
        raise UsageError(f"the text is larger than {MOST:,} bytes: 'watchlist screen' takes it")
    return text


def _page(content: bytes) -> tuple[str, str]:
    """Title and text of a page that somebody handed over, read where it can be killed."""
    # Here, because texts are screened without it.
    from watchlist.feeds.sandbox.sandbox import Failed, Sandbox

    with Sandbox(1) as sandbox:
        outcome = sandbox.run("page", {}, content, _READING)
    if isinstance(outcome, Failed):
        raise UsageError(f"the page cannot be read: {outcome.reason}")
    title, text = outcome
    return title, text


def _shown(article: Article, found: ScreenedText) -> ShownText:
    mentions = tuple(mention for mention, _ in found.mentions)
    return ShownText(
        article=article,
        read_as=read_as(article),
        title=tuple(marked(article.title, "title", mentions)),
        text=tuple(marked(article.text, "text", mentions)),
        mentions=tuple(ShownMention(mention, listings, explain(mention)) for mention, listings in found.mentions),
    )
