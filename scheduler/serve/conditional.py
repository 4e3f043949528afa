"""Conditional requests and compression (RFC 9110): has the client this version, does it take gzip."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Mapping
from email.utils import format_datetime, parsedate_to_datetime

_LEVEL = 5


def entity_tag(digest: str, *, zipped: bool = False) -> str:
    """The strong tag of a file's bytes, another one for its compressed form."""
    return f'"{digest[:32]}-gzip"' if zipped else f'"{digest[:32]}"'


def http_date(moment: dt.datetime) -> str:
    """A moment as HTTP writes it."""
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)


def has_it(headers: Mapping[str, str], digest: str, modified: dt.datetime | None) -> bool:
    """Whether the client has these bytes: by ``If-None-Match``, else by ``If-Modified-Since``.

    ``modified`` is None where the time of the last change is not known; then only the tag counts.
    """
    tags = headers.get("if-none-match")
    if tags is not None:
        offered = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return bool(offered & {"*", entity_tag(digest), entity_tag(digest, zipped=True)})
    since = headers.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except (ValueError, IndexError, OverflowError):
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return modified.replace(microsecond=0) <= moment


def takes_gzip(headers: Mapping[str, str]) -> bool:
    """Whether ``Accept-Encoding`` names gzip and does not refuse it."""
    for word in headers.get("accept-encoding", "").lower().split(","):
        coding, _, weight = word.partition(";")
        if coding.strip() in ("gzip", "x-gzip"):
            return weight.replace(" ", "").rstrip("0.") not in ("q=", "q")
    return False


def zipped(data: bytes) -> bytes:
    """The same compressed bytes for the same bytes."""
    return gzip.compress(data, _LEVEL, mtime=0)
