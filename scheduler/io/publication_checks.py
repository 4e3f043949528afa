"""Before a folder is published into: that it is this plan's and this ledger's, and nobody else's file is in the way."""

from __future__ import annotations

from pathlib import Path

from scheduler.errors import Fault, PublishError
from scheduler.io.published import INDEX, Index, digest_of
from scheduler.publish.ledger import Feed, Ledger
from scheduler.text import Text


def expect_plan(folder: Path, index: Index | None, plan: str) -> None:
    """See that a folder holds nothing, or calendars of this plan."""
    if index is None or index.plan == plan:
        return
    text = Text(
        f'the calendars in this folder belong to the plan "{index.plan}"',
        f"此文件夹中的日历属于计划“{index.plan}”",
    )
    hint = Text(
        "a plan has a folder of its own: choose another --out", "每个计划各用一个文件夹：请另选 --out"
    )
    raise PublishError(text, (folder / INDEX).as_posix(), hint)


def other_ledger(folder: Path) -> PublishError:
    """What is raised when a folder belongs to another ledger than the one at hand."""
    text = Text("this folder was published with another ledger", "此文件夹是用另一份台账发布的")
    hint = Text(
        "name that ledger with --ledger, else people keep old and new events side by side; or choose another --out",
        "请用 --ledger 指定原来的台账，否则新旧日程会同时出现；或另选 --out",
    )
    return PublishError(text, (folder / INDEX).as_posix(), hint)


def expect_newest(index: Index | None, ledger: Ledger) -> None:
    """See that the ledger knows all that was published here: one put back from a copy would give numbers again."""
    if index is None or index.ledger is None:
        return
    known = {feed.path: feed.modified for feed in ledger.feeds()}
    if all(one.path in known and (one.modified or known[one.path]) <= known[one.path] for one in index.files):
        return
    text = Text("this ledger is older than what is published here", "台账比此文件夹中已发布的内容旧")
    hint = Text(
        "name the newest ledger with --ledger; if it is lost, choose another --out",
        "请用 --ledger 指定最新的台账；如已丢失，请另选 --out",
    )
    raise PublishError(text, ledger.path.as_posix(), hint)


def refuse_foreign(folder: Path, index: Index | None, feeds: list[Feed]) -> None:
    """Refuse to write over a file that the index does not list, unless it is as the ledger says it was written."""
    ours = {file.path for file in index.files} if index else set()
    others = [folder / feed.path for feed in feeds if feed.path not in ours and not as_written(folder, feed)]
    if present := [path for path in others if path.exists()]:
        error = PublishError(_IN_THE_WAY, present[0].as_posix(), _MAKE_WAY)
        error.faults = tuple(Fault(path.as_posix(), _IN_THE_WAY, _MAKE_WAY) for path in present)
        raise error


def as_written(folder: Path, feed: Feed) -> bool:
    """Whether a file holds the bytes that were written last."""
    try:
        return digest_of((folder / feed.path).read_bytes()) == feed.digest
    except OSError:
        return False


_IN_THE_WAY = Text(
    "a file that this program did not write has the place of a calendar",
    "日历的位置上已有并非由本程序写入的文件",
)
_MAKE_WAY = Text("move it away, or choose another --out", "请先移走该文件，或另选 --out")
