"""Push a published calendar into a CalDAV calendar, and show what that did."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import util
from typing import TYPE_CHECKING

import typer

from scheduler.cli.speech import speaker, words
from scheduler.errors import PublishError
from scheduler.text import Text, same

if TYPE_CHECKING:
    from scheduler.caldav.address import Address
    from scheduler.caldav.credentials import Credentials
    from scheduler.caldav.difference import Mark, Step
    from scheduler.caldav.push import Pushed
    from scheduler.io.rendered import Choice, Rendered
    from scheduler.publish.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Target:
    """Where to push what, as who."""

    address: Address
    who: Credentials | None
    which: Choice


def target(url: str, which: str, password_command: str | None, *, allow_http: bool) -> Target:
    """What the options mean, found out before anything is written.

    Raises:
        PublishError: the address or the credentials cannot be used, or a package is missing.
    """
    from scheduler.io.rendered import chosen

    if util.find_spec("httpx") is None:
        raise PublishError(_NO_HTTPX, "--caldav", _INSTALL)
    from scheduler.caldav.address import collection_address
    from scheduler.caldav.credentials import credentials

    choice = chosen(which)
    if choice is None:
        message = words(
            "expected all, open, volunteer:ID, post:ID or organisation:ID",
            "应为 all、open、volunteer:编号、post:编号 或 organisation:编号",
        )
        raise typer.BadParameter(message, param_hint="--calendar")
    address = collection_address(url, allow_http=allow_http)
    return Target(address, credentials(os.environ, password_command), choice)


def push_live(
    to: Target, calendar: Rendered, open_book: Callable[[], Ledger], *, force: bool, dry: bool
) -> Pushed:
    """Push a calendar; a counter runs in a terminal, and the ledger remembers what was pushed, however it ends."""
    from scheduler.caldav.memory import pushed_to, remember_pushed
    from scheduler.caldav.push import Memory, push
    from scheduler.caldav.transport import Transport
    from scheduler.cli.clock import now
    from scheduler.io.ics_pieces import pieces

    wanted = {piece.uid: piece.alone() for piece in pieces(calendar.data)}
    with open_book() as ledger:
        marks = pushed_to(ledger.database, to.address.url)
    fresh: dict[str, Mark] = {}
    try:
        with (
            speaker.err.status("CalDAV") as status,
            Transport(to.address, to.who, time.sleep) as transport,
        ):
            return push(
                transport,
                speaker.say(calendar.name),
                wanted,
                calendar.known.__contains__,
                Memory(marks, fresh.__setitem__),
                now=now(),
                force=force,
                dry_run=dry,
                progress=lambda done, of: status.update(f"CalDAV {done}/{of}"),
            )
    finally:
        if fresh:
            with open_book() as ledger:
                remember_pushed(ledger.database, to.address.url, fresh)


def show_pushed(found: Pushed, to: Target, *, dry: bool) -> None:
    """Print what was done event by event if it is a trial, else in one line, and what somebody had changed.

    Raises:
        PublishError: some events could not be pushed.
    """
    from scheduler.caldav.difference import Action

    if dry:
        _show_steps(found.done)
    counts = {action.name.lower(): found.count(action) for action in Action}
    line = _WOULD if dry else _DID
    text = line.format(url=to.address.url, unchanged=found.unchanged, **counts)
    speaker.out.print(speaker.say(text), markup=False)
    if found.made:
        speaker.out.print(speaker.say(_WOULD_MAKE if dry else _MADE), markup=False)
    if not dry:
        for step in found.done:
            if step.action is Action.RESTORE:
                speaker.err.print(speaker.say(_RESTORED.format(what=_named(step))), markup=False)
    if found.strangers:
        speaker.out.print(speaker.say(_STRANGERS.format(count=found.strangers)), markup=False)
    refuse_failed(found, to)


def refuse_failed(found: Pushed, to: Target) -> None:
    """Raise PublishError if some events could not be pushed, with a fault for each."""
    if found.failed:
        error = PublishError(_FAILED, to.address.url)
        error.faults = tuple(found.faults(to.address.url))
        raise error


def data_of(found: Pushed, to: Target) -> dict[str, object]:
    """A push as JSON knows it."""
    return {
        "url": to.address.url,
        "calendar": str(to.which),
        "made": found.made,
        "unchanged": found.unchanged,
        "strangers": found.strangers,
        "done": [_step_data(step) for step in found.done],
        "failed": [_step_data(step) | {"why": {"en": why.en, "zh": why.zh}} for step, why in found.failed],
    }


def _step_data(step: Step) -> dict[str, object]:
    start = step.shown.start
    return {
        "action": step.action.name.lower(),
        "uid": step.uid,
        "start": start.isoformat() if start else None,
        "title": step.shown.title,
    }


def _show_steps(steps: tuple[Step, ...]) -> None:
    from scheduler.cli.tables import show
    from scheduler.report.grid import Grid

    rows = tuple((step.action.value, _when(step), same(step.shown.title)) for step in steps)
    columns = (same(""), Text("when", "时间"), Text("event", "日程"))
    show(Grid(Text("On the CalDAV server", "CalDAV 服务器上"), columns, rows))


def _named(step: Step) -> Text:
    return same(f"{_when(step)} {step.shown.title}".strip())


def _when(step: Step) -> str:
    start = step.shown.start
    return f"{start:%Y-%m-%d %H:%M}" if start else ""


_DID = Text(
    "CalDAV {url}: {create} created, {change} changed, {restore} put right, {delete} deleted, "
    "{unchanged} unchanged",
    "CalDAV {url}：新建 {create} 条，更改 {change} 条，恢复 {restore} 条，删除 {delete} 条，未变 {unchanged} 条",
)
_WOULD = Text(
    "CalDAV {url}: {create} would be created, {change} changed, {restore} put right, {delete} deleted, "
    "{unchanged} stay; nothing was",
    "CalDAV {url}：将新建 {create} 条，更改 {change} 条，恢复 {restore} 条，删除 {delete} 条，保持 {unchanged} 条；"
    "未作任何改动",
)
_MADE = Text("The calendar was not there and was made.", "该日历原先不存在，已新建。")
_WOULD_MAKE = Text("The calendar is not there and would be made.", "该日历尚不存在，将会新建。")
_RESTORED = Text("changed on the server by somebody, put right: {what}", "服务器上被人改动，已恢复：{what}")
_STRANGERS = Text(
    "{count} events of others are in the calendar and stay.", "日历中另有 {count} 条他人的日程，保持不动。"
)
_FAILED = Text("some events could not be pushed", "部分日程未能推送")
_NO_HTTPX = Text("pushing needs the package httpx", "推送功能需要 httpx 组件")
_INSTALL = Text("run: pip install 'duty-scheduler[caldav]'", "请运行：pip install 'duty-scheduler[caldav]'")
