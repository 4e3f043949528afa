"""Addresses: where a link points to, as it is handed out."""

from __future__ import annotations

import re

from scheduler.errors import PublishError
from scheduler.text import Text

FEED = "duty.ics"
"""The file name every feed has in its address."""

_ADDRESS = re.compile(
    r"https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?(/[A-Za-z0-9._~-]+)*/?",
)


def base_address(word: str) -> str:
    """An address that links begin with, without a slash at its end.

    Raises:
        PublishError: it is not ``http(s)://host[:port][/path]``.
    """
    if not _ADDRESS.fullmatch(word):
        text = Text(f'"{word}" is no address for links', f"“{word}”不能作为链接地址")
        hint = Text("write it like https://duty.example.org", "请写成 https://duty.example.org 的形式")
        raise PublishError(text, "--base-url", hint)
    return word.rstrip("/")


def page_link(base: str, token: str) -> str:
    """The page to hand out: it explains the feed and links to it."""
    return f"{base}/f/{token}/"


def feed_link(base: str, token: str) -> str:
    """The feed itself, for programs that subscribe."""
    return f"{base}/f/{token}/{FEED}"


def webcal_link(base: str, token: str) -> str:
    """The feed for programs of Apple, which open the subscription by themselves."""
    return f"webcal://{feed_link(base, token).partition('://')[2]}"
