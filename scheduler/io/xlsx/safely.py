"""A workbook written only if nobody's number can be read in it."""

from __future__ import annotations

from pathlib import Path

from scheduler.errors import PublishError
from scheduler.io.files import write_bytes
from scheduler.io.xlsx.desk import Desk
from scheduler.publish.leaks import leaks_in
from scheduler.publish.privacy import Detail
from scheduler.text import Text


def write_safely(path: Path, data: bytes, desk: Desk) -> None:
    """Write a workbook whole or not at all.

    Raises:
        PublishError: it shows a phone or identity number the plan does not say to show, or cannot be written.
    """
    found = leaks_in({path: data}, _meant(desk))
    if found:
        text = Text(
            "an unmasked phone or identity number would be handed out", "表中有未遮挡的手机号或身份证号"
        )
        error = PublishError(text, found[0].place, found[0].hint)
        error.faults = found
        raise error
    write_bytes(path, data)


def _meant(desk: Desk) -> tuple[str, ...]:
    """The numbers that the plan says this reader may see in full."""
    posts = [one.phone for one in desk.problem.posts if desk.seen.leader is Detail.FULL]
    people = [one.phone for one in desk.problem.volunteers if desk.seen.phones is Detail.FULL]
    return tuple(one for one in (*posts, *people) if one)
