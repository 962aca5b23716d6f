"""A text, the page at an address, or a file screened; nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedReader, BytesIO
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import HTMLResponse

from watchlist.alerts.explain import explain
from watchlist.errors import UsageError
from watchlist.matching.engine import Engine
from watchlist.matching.index.compiled import CompiledIndex
from watchlist.model import Article, Entity, Mention
from watchlist.steps.asked.screening import chosen_lists, page_at, read_as
from watchlist.steps.asked.texts import TextReading, read_articles
from watchlist.web.pages.desk.marked import MarkedPiece, marked
from watchlist.web.pages.rendering import page
from watchlist.web.security.current import Reader
from watchlist.web.site import Site, TheSite

router = APIRouter()

#: The most that is screened at a time, in bytes; and the articles of a file that are shown.
MOST = 1_000_000
_ARTICLES = 50
#: Seconds that reading a page may take.
_READING = 10.0


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A mention with what is said of it."""

    mention: Mention
    listings: tuple[Entity, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreenedText:
    """A text with its mentions marked."""

    article: Article
    read_as: str
    title: tuple[MarkedPiece, ...]
    text: tuple[MarkedPiece, ...]
    mentions: tuple[ShownMention, ...]


@router.get("/screen")
def form(request: Request, site: TheSite, account: Reader) -> HTMLResponse:
    """What may be screened."""
    lists = [each for each in site.parts.store.watched_lists() if each.enabled]
    return page(request, account, "screen.html", lists=lists, screened=None, given={}, chosen=(), most=MOST)


@router.post("/screen")
def screen(
    request: Request,
    site: TheSite,
    account: Reader,
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    file: UploadFile | None = None,
    lists: Annotated[list[str] | None, Form()] = None,
) -> HTMLResponse:
    """Screen what was given."""
    # As browsers send the end of a line.
    text = text.replace("\r\n", "\n")
    known = site.parts.store.watched_lists()
    chosen = chosen_lists(lists, {each.id: each.enabled for each in known}) if lists else None
    articles, is_cut = _articles(site, text, url.strip(), file)
    with site.engine() as (engine, index):
        if not index.entity_count:
            raise UsageError("there are no names to look for: add a list, or put somebody on one of your own")
        screened = [_screened(each, engine, index, chosen) for each in articles]
    return page(
        request,
        account,
        "screen.html",
        lists=[each for each in known if each.enabled],
        screened=screened,
        count=sum(len(each.mentions) for each in screened),
        is_cut=is_cut,
        given={"text": text, "url": url},
        chosen=tuple(chosen or ()),
        most=MOST,
    )


def _articles(site: Site, text: str, url: str, file: UploadFile | None) -> tuple[list[Article], bool]:
    """What is to be screened, and whether there was more; raises UsageError for nothing, and for too much."""
    if file is not None and file.filename:
        content, name = file.file.read(MOST + 1), file.filename
        if len(content) > MOST:
            raise UsageError(f"{name}: is larger than {MOST:,} bytes")
        stream: BufferedReader = BufferedReader(BytesIO(content))
        found = list(islice(read_articles(stream, name, TextReading(_page, MOST)), _ARTICLES + 1))
        if not found:
            raise UsageError(f"{name}: holds no article")
        return found[:_ARTICLES], len(found) > _ARTICLES
    if text.strip():
        return [Article(id="text", title="", text=_bounded(text))], False
    if url:
        found_page = page_at(url, site.parts.config.fetch, site.parts.clock())
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


def _screened(article: Article, engine: Engine, index: CompiledIndex, chosen: frozenset[str] | None) -> ScreenedText:
    mentions = engine.screen(article, lists=chosen)
    return ScreenedText(
        article=article,
        read_as=read_as(article),
        title=tuple(marked(article.title, "title", mentions)),
        text=tuple(marked(article.text, "text", mentions)),
        mentions=tuple(
            ShownMention(each, tuple(map(index.listing, each.listings)), explain(each)) for each in mentions
        ),
    )
