"""The same feeds as plain files, for a web server or an object store that serves a folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import PublishError
from scheduler.io.files import write_bytes
from scheduler.serve.address import FEED
from scheduler.serve.empty import empty_calendar
from scheduler.serve.folder import Holder, Published
from scheduler.serve.page import page
from scheduler.serve.tokens import TOKEN, Tokens
from scheduler.text import Text

_PAGE = "index.html"
_OURS = {FEED, _PAGE}
_IN_LINK = re.compile(rf"/f/({TOKEN.pattern})(?![A-Za-z0-9_-])".encode())


@dataclass(frozen=True, slots=True)
class Site:
    """What became of a site: feeds in it, files that changed, links that were taken away, holders left out."""

    feeds: int
    changed: int
    removed: int
    left_out: tuple[Holder, ...]


def tokens_in(path: Path) -> tuple[str, ...]:
    """The tokens of the links that a file holds, whatever its form, in order.

    Raises:
        PublishError: it cannot be read.
    """
    try:
        found = _IN_LINK.findall(path.read_bytes())
    except OSError as wrong:
        text = Text(f"the file cannot be read: {wrong.strerror}", f"无法读取文件：{wrong.strerror}")
        raise PublishError(text, path.as_posix()) from wrong
    return tuple(dict.fromkeys(token.decode() for token in found))


def write_site(
    site: Path, published: Published, tokens: Tokens, base: str, links: Iterable[str] = ()
) -> Site:
    """Write ``f/<token>/duty.ics`` and ``index.html`` for every living link that is known, and ``robots.txt``.

    Only hashes of tokens are stored, so a token is known if it is among ``links`` or has a folder in the site
    from an earlier time. The folder of a link that lives no more is taken away. A file whose bytes are the same
    is left alone; a feed's time is that of its last change, which a web server sends on.
    """
    folder = site / "f"
    known = dict.fromkeys([*links, *_folders(folder)])
    living = {token: holder for token in known if (holder := tokens.holder(token))}
    dead = [token for token in _folders(folder) if token not in living]
    changed = sum(
        _write_one(folder / token, token, living[token], published, base) for token in sorted(living)
    )
    for token in dead:
        shutil.rmtree(folder / token)
    changed += _write(site / "robots.txt", b"User-agent: *\nDisallow:\n")
    held = set(living.values())
    left_out = [link.holder for link in tokens.links() if link.revoked is None and link.holder not in held]
    return Site(len(living), changed, len(dead), tuple(left_out))


def _folders(folder: Path) -> list[str]:
    """Tokens that have a folder which holds nothing but what this program writes."""
    if not folder.is_dir():
        return []
    return sorted(
        one.name
        for one in folder.iterdir()
        if TOKEN.fullmatch(one.name) and one.is_dir() and {inner.name for inner in one.iterdir()} <= _OURS
    )


def _write_one(folder: Path, token: str, holder: Holder, published: Published, base: str) -> int:
    feed = published.feed(holder)
    if feed is None:
        content, name, modified = empty_calendar(holder), None, None
    else:
        try:
            content = published.content(feed)
        except OSError as wrong:
            text = Text(f"the file cannot be read: {wrong.strerror}", f"无法读取文件：{wrong.strerror}")
            raise PublishError(text, feed.path, Text("publish again", "请重新发布")) from wrong
        name, modified = feed.name, feed.modified if content.digest == feed.digest else None
    changed = _write(folder / FEED, content.data)
    if changed and modified is not None:
        os.utime(folder / FEED, (modified.timestamp(), modified.timestamp()))
    return changed + _write(folder / _PAGE, page(base, token, name))


def _write(path: Path, data: bytes) -> int:
    """Write a file unless it is so already; 1 if it was written."""
    if path.is_file() and path.read_bytes() == data:
        return 0
    write_bytes(path, data)
    return 1
