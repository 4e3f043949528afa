"""The application: feeds, their pages, health and robots; everything else is the same 404."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from scheduler.serve import answers
from scheduler.serve.conditional import has_it
from scheduler.serve.empty import empty_calendar
from scheduler.serve.folder import Feed, Holder, Published
from scheduler.serve.limits import RateLimit
from scheduler.serve.middleware import Limited, Logged, Quiet
from scheduler.serve.page import POLICY, page
from scheduler.serve.tokens import Tokens
from scheduler.text import Language

LARGE = 256 * 1024
"""Bytes from which a file is read and compressed beside the loop, two at a time."""

_log = logging.getLogger(__name__)
_Answer = Callable[[Request], Awaitable[Response]]
_Held = Callable[[Request, str, Holder], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Clocks:
    """The wall clock (aware) and seconds that only grow."""

    now: Callable[[], dt.datetime]
    seconds: Callable[[], float]


def application(
    published: Published, tokens: Tokens, base: str, clocks: Clocks, limit: RateLimit | None = None
) -> Starlette:
    """The ASGI application that serves a published folder.

    Args:
        published: the feeds.
        tokens: who may read which.
        base: the address before ``/f/…`` in links that a page shows.
        clocks: the time.
        limit: how much one client may ask for; None is no limit.
    """
    site = _Site(published, tokens, base, clocks)
    middleware = [Middleware(Logged, clock=clocks.seconds), Middleware(Quiet)]
    if limit is not None:
        middleware.append(Middleware(Limited, limit=limit))
    routes = [
        Route("/health", _Endpoint(_reading(site.health))),
        Route("/robots.txt", _Endpoint(_reading(_robots))),
        Route("/f/{token}/duty.ics", _Endpoint(site.held(site.feed))),
        Route("/f/{token}/", _Endpoint(site.held(site.page))),
        Route("/f/{token}", _Endpoint(site.held(site.page))),
    ]
    handlers = {HTTPStatus.NOT_FOUND: _on_missing, sqlite3.Error: _on_busy}
    app = Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return app


@dataclass(frozen=True)
class _Endpoint:
    """A route for every method: whether a method fits is said only where the path exists."""

    answer: _Answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)


@dataclass(frozen=True)
class _Site:
    published: Published
    tokens: Tokens
    base: str
    clocks: Clocks
    beside: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    def held(self, answer: _Held) -> _Answer:
        """Ask first whose link it is: an unknown one looks like any other unknown path, whatever the method."""

        async def checked(request: Request) -> Response:
            token = request.path_params["token"]
            holder = self.tokens.holder(token)
            if holder is None:
                return answers.missing()
            return await _reading(lambda request: answer(request, token, holder))(request)

        return checked

    async def feed(self, request: Request, token: str, holder: Holder) -> Response:  # noqa: ARG002
        """Somebody's calendar; an empty one if the index lists none for a link that lives."""
        feed = self.published.feed(holder)
        if feed is None:
            return answers.calendar(request.headers, empty_calendar(holder), holder.word, None)
        digest = self.published.digest(feed)
        if digest is not None and has_it(request.headers, digest, _modified(feed, digest)):
            return answers.unchanged(request.headers, digest, _modified(feed, digest))
        try:
            if self.published.size(feed) < LARGE:
                return self._whole(request, feed)
            async with self.beside:
                return await asyncio.to_thread(self._whole, request, feed)
        except OSError as wrong:
            _log.warning("a file that the index lists cannot be read: %s", type(wrong).__name__)
            return answers.unavailable()

    async def page(self, request: Request, token: str, holder: Holder) -> Response:
        """The page that explains somebody's feed."""
        async with self.beside:
            body = await asyncio.to_thread(self._page, request, token, holder)
        return answers.html(request.headers, body, POLICY)

    async def health(self, request: Request) -> Response:  # noqa: ARG002
        """200 while index and links can be read."""
        self.published.feeds()
        self.tokens.holder("-" * 32)
        sound = self.published.sound
        state = {"status": "ok" if sound else "the index cannot be read"}
        return JSONResponse(state, 200 if sound else 503, {"Cache-Control": "no-store"})

    def _whole(self, request: Request, feed: Feed) -> Response:
        content = self.published.content(feed)
        return answers.calendar(request.headers, content, feed.name.zh, _modified(feed, content.digest))

    def _page(self, request: Request, token: str, holder: Holder) -> bytes:
        feed = self.published.feed(holder)
        data = b""
        if feed is not None and self.published.size(feed) < LARGE:
            try:
                data = self.published.content(feed).data
            except OSError:
                data = b""
        name = None if feed is None else feed.name
        return page(self.base, token, name, _language(request), data, self.clocks.now())


def _reading(answer: _Answer) -> _Answer:
    async def checked(request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return answers.not_allowed()
        return await answer(request)

    return checked


async def _robots(request: Request) -> Response:  # noqa: ARG001
    """Everything is allowed: fetchers of subscriptions obey this file, and noindex does the rest."""
    return PlainTextResponse("User-agent: *\nDisallow:\n", headers={"Cache-Control": "max-age=86400"})


async def _on_missing(request: Request, wrong: Exception) -> Response:  # noqa: ARG001
    return answers.missing()


async def _on_busy(request: Request, wrong: Exception) -> Response:  # noqa: ARG001
    _log.warning("the links cannot be read: %s", type(wrong).__name__)
    return answers.unavailable()


def _modified(feed: Feed, digest: str) -> dt.datetime | None:
    """The last change by the index, if it speaks of these very bytes."""
    return feed.modified if digest == feed.digest else None


def _language(request: Request) -> Language:
    """Chinese unless the browser asks for another language first."""
    wanted = request.headers.get("accept-language", "").strip().lower()
    return Language.EN if wanted and not wanted.startswith(("zh", "*")) else Language.ZH
