"""Answers over HTTP: a calendar or that it is unchanged, a page, and the few refusals, always the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response

from scheduler.serve.conditional import entity_tag, has_it, http_date, takes_gzip, zipped
from scheduler.serve.folder import Content

MAX_AGE = 900
"""Seconds for which a client need not ask again."""

_CALENDAR = "text/calendar; charset=utf-8"
_HTML = "text/html; charset=utf-8"
_NO_STORE = {"Cache-Control": "no-store"}


def calendar(
    headers: Mapping[str, str], content: Content, name: str, modified: dt.datetime | None
) -> Response:
    """A calendar file under a name of its own, or 304 if the client has it.

    ``modified`` is None where the time of the last change is not known: then none is sent.
    """
    if has_it(headers, content.digest, modified):
        return unchanged(headers, content.digest, modified)
    zip_it = takes_gzip(headers)
    answer = _about(content.digest, modified, zip_it=zip_it)
    answer["Content-Disposition"] = (
        f"inline; filename=\"duty.ics\"; filename*=UTF-8''{quote(name, safe='')}.ics"
    )
    if zip_it:
        answer["Content-Encoding"] = "gzip"
    return Response(zipped(content.data) if zip_it else content.data, 200, answer, _CALENDAR)


def unchanged(headers: Mapping[str, str], digest: str, modified: dt.datetime | None) -> Response:
    """304 with the headers that 200 would have had (RFC 9110, 15.4.5)."""
    return Response(None, 304, _about(digest, modified, zip_it=takes_gzip(headers)))


def html(headers: Mapping[str, str], body: bytes, policy: str) -> Response:
    """A page that may load nothing from anywhere."""
    answer = {
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": policy,
        "Vary": "Accept-Encoding, Accept-Language",
    }
    if takes_gzip(headers):
        answer["Content-Encoding"] = "gzip"
        body = zipped(body)
    return Response(body, 200, answer, _HTML)


def missing() -> Response:
    """The one answer to unknown links, revoked links and unknown paths."""
    return PlainTextResponse("Not found. 没有找到，请核对链接。\n", 404, _NO_STORE)


def not_allowed() -> Response:
    """The path is right, the method is not."""
    return PlainTextResponse(
        "Only GET and HEAD. 仅支持 GET 与 HEAD。\n", 405, _NO_STORE | {"Allow": "GET, HEAD"}
    )


def too_many(seconds: int) -> Response:
    """The client must wait."""
    answer = _NO_STORE | {"Retry-After": str(seconds)}
    return PlainTextResponse("Too many requests. 请求过于频繁，请稍后再试。\n", 429, answer)


def unavailable() -> Response:
    """Not now: a subscriber keeps what it has, which an empty calendar would take away."""
    answer = _NO_STORE | {"Retry-After": "60"}
    return PlainTextResponse("Not available now. 暂时无法提供，请稍后再试。\n", 503, answer)


def _about(digest: str, modified: dt.datetime | None, *, zip_it: bool) -> dict[str, str]:
    answer = {
        "Cache-Control": f"private, max-age={MAX_AGE}",
        "ETag": entity_tag(digest, zipped=zip_it),
        "Vary": "Accept-Encoding",
    }
    if modified is not None:
        answer["Last-Modified"] = http_date(modified)
    return answer
