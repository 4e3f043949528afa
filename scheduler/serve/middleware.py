"""What every answer goes through: a log without secrets, headers that keep quiet, a limit a client."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.serve import answers
from scheduler.serve.limits import RateLimit

QUIET = (
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
"""Headers of every answer."""

_log = logging.getLogger("scheduler.serve.requests")
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "REPORT")
_TEMPLATES = (
    (re.compile(r"/f/[^/]+/duty\.ics"), "/f/{token}/duty.ics"),
    (re.compile(r"/f/[^/]+/?"), "/f/{token}/"),
    (re.compile(r"/health"), "/health"),
    (re.compile(r"/robots\.txt"), "/robots.txt"),
)


def template(path: str) -> str:
    """A path as the log may show it: never a part that the client chose."""
    return next((shown for pattern, shown in _TEMPLATES if pattern.fullmatch(path)), "other")


class Logged:
    """Writes a line a request: method, path template, status, milliseconds to the answer; no address, no token."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float]) -> None:
        self.app = app
        self.clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Log and answer; a fault of the program is logged by the server itself."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = self.clock()

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._note(scope, message["status"], began)
            await send(message)

        await self.app(scope, receive, noting)

    def _note(self, scope: Scope, status: int, began: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        _log.info("%s %s %d %.1f ms", method, template(scope["path"]), status, (self.clock() - began) * 1000)


class Quiet:
    """Adds the headers that keep a link out of search engines, other sites and guesses of content."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with these headers."""

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *QUIET]}
            await send(message)

        await self.app(scope, receive, adding)


class Limited:
    """Answers 429 to an address that asks too much; what is not found counts for more."""

    def __init__(self, app: ASGIApp, limit: RateLimit) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer if there is room."""
        client = scope.get("client")
        if scope["type"] != "http" or client is None:
            await self.app(scope, receive, send)
            return
        address = client[0]
        if seconds := self.limit.wait(address):
            await answers.too_many(seconds)(scope, receive, send)
            return

        async def counting(message: Message) -> None:
            if message.get("status") == HTTPStatus.NOT_FOUND:
                self.limit.miss(address)
            await send(message)

        await self.app(scope, receive, counting)
