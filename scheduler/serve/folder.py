"""The published folder as it is served: only what its index lists, read again when the index changes."""

from __future__ import annotations

import datetime as dt
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import PublishError
from scheduler.io.published import INDEX, Index, digest_of, read_index
from scheduler.publish.event import Audience
from scheduler.text import Text

_log = logging.getLogger(__name__)
_Signature = tuple[int, int, int]
_NOTHING: _Signature = (0, 0, 0)


@dataclass(frozen=True, slots=True, order=True)
class Holder:
    """Whose feed: the audience and the id in it, empty where an audience has one feed only."""

    audience: Audience
    owner: str = ""

    @property
    def word(self) -> str:
        """How a person names it: ``volunteer:wang``, ``all``."""
        return f"{self.audience}:{self.owner}" if self.owner else str(self.audience)


@dataclass(frozen=True, slots=True)
class Feed:
    """One file of the index: whose, where below the folder, what it is called.

    ``digest`` is its SHA-256 and ``modified`` its last change (UTC) as the index says, None if it does not.
    """

    holder: Holder
    path: str
    name: Text
    digest: str | None
    modified: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Content:
    """A calendar file: its bytes and their SHA-256."""

    data: bytes
    digest: str


class Published:
    """The feeds of a folder. Every question looks at the index's file state first, which costs one stat.

    A new index that cannot be read is logged and left aside: what was served before goes on being served, and
    ``sound`` is False until there is a good one.
    """

    def __init__(self, folder: Path) -> None:
        """Read the index.

        Raises:
            PublishError: there is none, or it is not one of this program.
        """
        self.folder = folder
        self.sound = True
        self._root = folder.resolve()
        self._seen = _signature(folder / INDEX)
        index = expect_index(folder)
        self.url = index.url
        self._feeds = feeds_of(index)
        self._digests: dict[str, tuple[_Signature, str]] = {}

    def feeds(self) -> tuple[Feed, ...]:
        """All feeds, by path."""
        self._refresh()
        return tuple(self._feeds.values())

    def feed(self, holder: Holder) -> Feed | None:
        """Somebody's feed; None if the index has none."""
        self._refresh()
        return self._feeds.get(holder)

    def digest(self, feed: Feed) -> str | None:
        """The SHA-256 of a feed's bytes if they were read before and are the same still, else None."""
        signature, digest = self._digests.get(feed.path, (_NOTHING, ""))
        return digest if digest and signature == _signature(self.folder / feed.path) else None

    def size(self, feed: Feed) -> int:
        """The length of a feed's file in bytes; 0 if it is not there."""
        return _signature(self.folder / feed.path)[2]

    def content(self, feed: Feed) -> Content:
        """A feed's bytes.

        Raises:
            OSError: the file is not there, not readable, or a link out of the folder.
        """
        path = self.folder / feed.path
        if not path.resolve().is_relative_to(self._root):
            raise PermissionError("a link out of the folder")
        signature = _signature(path)
        data = path.read_bytes()
        content = Content(data, digest_of(data))
        self._digests[feed.path] = (signature, content.digest)
        return content

    def _refresh(self) -> None:
        seen = _signature(self.folder / INDEX)
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._feeds = feeds_of(expect_index(self.folder))
        except PublishError as wrong:
            self.sound = False
            _log.warning("the new index is left aside: %s", wrong)
        else:
            self.sound = True
            self._digests.clear()


def expect_index(folder: Path) -> Index:
    """A folder's index.

    Raises:
        PublishError: there is none, or it is not one of this program.
    """
    index = read_index(folder)
    if index is None:
        missing = Text("this folder has no published calendars", "该文件夹中没有已发布的日历")
        hint = Text(
            f"publish them first: scheduler publish ROSTER --out {folder}",
            f"请先发布：scheduler publish ROSTER --out {folder}",
        )
        raise PublishError(missing, folder.as_posix(), hint)
    return index


def feeds_of(index: Index) -> dict[Holder, Feed]:
    """The feeds an index lists, by holder."""
    feeds = (
        Feed(Holder(one.audience, one.owner), one.path, one.label, one.digest, one.modified)
        for one in index.files
    )
    return {feed.holder: feed for feed in feeds}


def _signature(path: Path) -> _Signature:
    """What changes when a file is replaced: its number, its time, its length; zeros if it is not there."""
    try:
        state = os.stat(path)  # noqa: PTH116 - asked on every request
    except OSError:
        return _NOTHING
    return state.st_ino, state.st_mtime_ns, state.st_size
