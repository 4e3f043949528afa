"""The list of links that a coordinator hands out: as a table, and as a file that only its owner can read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from scheduler.errors import PublishError
from scheduler.publish.event import Audience
from scheduler.report.grid import Cell, Grid
from scheduler.serve.address import page_link
from scheduler.serve.folder import Feed, Holder
from scheduler.serve.tokens import Link
from scheduler.text import Text, same

AUDIENCES = {
    Audience.VOLUNTEER: Text("volunteer", "志愿者"),
    Audience.POST: Text("post", "岗位"),
    Audience.ORGANISATION: Text("organisation", "组织"),
    Audience.ALL: Text("all duties", "总表"),
    Audience.OPEN: Text("open shifts", "缺人班次"),
}
_FOR, _ID, _NAME = Text("for", "对象"), Text("id", "编号"), Text("name", "名称")
_LIVES = Text("since {when} UTC", "有效（{when} UTC 起）")
_REVOKED = Text("revoked {when} UTC", "已停用（{when} UTC）")
_NO_LINK = Text("no link", "无链接")
_EMPTY = Text(
    "since {when} UTC; there is no calendar any more, it is empty",
    "有效（{when} UTC 起），已无日历，内容为空",
)


def handout(made: Mapping[Holder, str], names: Mapping[Holder, Text], base: str) -> Grid:
    """New links: for whom, id, name, link."""
    rows = tuple(
        (
            AUDIENCES[holder.audience],
            holder.owner or str(holder.audience),
            names.get(holder, same("")),
            page_link(base, token),
        )
        for holder, token in sorted(made.items())
    )
    return Grid(Text("Links", "订阅链接"), (_FOR, _ID, _NAME, Text("link", "链接")), rows)


def overview(feeds: Iterable[Feed], links: Iterable[Link]) -> Grid:
    """Every calendar and link: for whom, id, name, how its link stands; times in UTC."""
    published = {feed.holder: feed for feed in feeds}
    stored = {link.holder: link for link in links}
    rows = tuple(
        _row(holder, published.get(holder), stored.get(holder)) for holder in sorted({*published, *stored})
    )
    return Grid(Text("Links", "订阅链接"), (_FOR, _ID, _NAME, Text("link", "链接")), rows)


def refuse_inside(path: Path, folders: Iterable[Path]) -> None:
    """Raise PublishError if a file would lie in a folder that is served."""
    for folder in folders:
        if path.resolve().is_relative_to(folder.resolve()):
            text = Text(
                "secrets must not lie in the folder that is served", "机密文件不能放在对外提供的文件夹中"
            )
            hint = Text(f"choose a place outside of {folder}", f"请放到 {folder} 之外")
            raise PublishError(text, path.as_posix(), hint)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read (mode 0600), whole or not at all.

    Raises:
        PublishError: it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as wrong:
        text = Text(f"the file cannot be written: {wrong.strerror}", f"无法写入文件：{wrong.strerror}")
        raise PublishError(text, path.as_posix()) from wrong


def _row(holder: Holder, feed: Feed | None, link: Link | None) -> tuple[Cell, ...]:
    name = same("") if feed is None else feed.name
    return AUDIENCES[holder.audience], holder.owner or str(holder.audience), name, _state(feed, link)


def _state(feed: Feed | None, link: Link | None) -> Text:
    if link is None:
        return _NO_LINK
    if link.revoked is not None:
        return _REVOKED.format(when=link.revoked)
    return (_LIVES if feed is not None else _EMPTY).format(when=link.made)
