"""Push: make a collection say what was published, step by step, and tell what was done and what was not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scheduler.caldav.collection import Collection
from scheduler.caldav.content import Content
from scheduler.caldav.difference import Action, Difference, Known, Step, difference, name_of
from scheduler.caldav.transport import Answer, ServerGoneError, Transport
from scheduler.errors import Fault, PublishError
from scheduler.text import Text

SHARE = 0.2
"""The share of our events that may go at once without being forced."""
ALWAYS = 3
"""So many may always go."""

_MOST_FAILURES = 20
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did, or would do; ``made`` if the calendar is new."""

    made: bool
    done: tuple[Step, ...]
    unchanged: int
    strangers: int
    failed: tuple[tuple[Step, Text], ...] = ()

    def count(self, action: Action) -> int:
        """How many steps of a kind were done."""
        return sum(step.action is action for step in self.done)

    def faults(self, place: str) -> list[Fault]:
        """What could not be done, event by event."""
        return [Fault(place, _ABOUT.format(what=_named(step), why=why)) for step, why in self.failed]


def push(
    transport: Transport,
    name: str,
    wanted: Mapping[str, bytes],
    known: Known,
    *,
    force: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, of: None,  # noqa: ARG005
) -> Pushed:
    """Make the collection at an address hold ``wanted`` (calendar objects by UID), and what others put there.

    ``name`` is what a collection that has to be made is called; ``known`` tells which UIDs may be deleted.

    Raises:
        PublishError: the server is no calendar server, refuses us, is gone (with how far we came), or too much
            would be deleted.
    """
    collection = Collection(transport)
    there = collection.exists()
    found = difference(collection.resources() if there else (), wanted, known)
    _refuse_to_empty(found, transport.address.url, force=force)
    if dry_run:
        return Pushed(not there, found.steps, found.unchanged, found.strangers)
    if not there:
        collection.make(name)
    return _carried_out(collection, found, not there, transport.address.url, progress)


def _carried_out(
    collection: Collection, found: Difference, made: bool, url: str, progress: Progress
) -> Pushed:
    done: list[Step] = []
    failed: list[tuple[Step, Text]] = []
    for step in found.steps:
        try:
            why = _carry_out(collection, step)
        except PublishError as gone:
            raise _half_way(gone, len(done), len(found.steps), url) from gone
        if why is None:
            done.append(step)
        else:
            failed.append((step, why))
        if len(failed) >= _MOST_FAILURES:
            error = _half_way(PublishError(failed[-1][1]), len(done), len(found.steps), url)
            raise error
        progress(len(done), len(found.steps))
    return Pushed(made, tuple(done), found.unchanged, found.strangers, tuple(failed))


def _carry_out(collection: Collection, step: Step) -> Text | None:
    """Do one step; why not, if it cannot be done. One that met a change since we looked is tried once again."""
    answer = _ask(collection, step)
    if answer.status != 412:
        return _why_not(answer, step)
    now = collection.read(step.resource.name if step.resource else name_of(step.uid))
    if (step.content is None and now is None) or (step.content and now and now.content.says(step.content)):
        return None
    if now and now.content.uid != step.uid:
        return _TAKEN
    if now and now.content.sequence > step.shown.sequence:
        return _NEWER
    return _why_not(_ask(collection, Step(step.action, step.uid, now, step.content)), step)


def _ask(collection: Collection, step: Step) -> Answer:
    if step.resource is None:
        assert step.content, "nothing to create"
        return collection.create(name_of(step.uid), step.content)
    if step.content is None:
        return collection.delete(step.resource)
    return collection.change(step.resource, step.content)


def _why_not(answer: Answer, step: Step) -> Text | None:
    if answer.ok or (answer.status in {404, 410} and step.content is None):
        return None
    if answer.status == 412:
        return _CHANGING
    if answer.status == 409:
        return _TAKEN
    if answer.status == 403:
        return _FORBIDDEN
    return _FULL if answer.status == 507 else _REFUSED.format(status=answer.status)


def _refuse_to_empty(found: Difference, url: str, *, force: bool) -> None:
    most = max(ALWAYS, int(found.ours * SHARE))
    if found.deletions > most and not force:
        text = _TOO_MANY.format(count=found.deletions, ours=found.ours, most=most)
        raise PublishError(text, url, _LOOK)


def _half_way(error: PublishError, done: int, of: int, url: str) -> PublishError:
    why = error.faults[0].text
    text = _HALF_WAY.format(why=why, done=done, of=of)
    kind = type(error) if isinstance(error, ServerGoneError) else PublishError
    return kind(text, url, _GO_ON)


def _named(step: Step) -> Text:
    content: Content = step.shown
    start = content.start
    when = f"{start:%Y-%m-%d %H:%M} " if start else ""
    return Text(f"{when}{content.title}", f"{when}{content.title}")


_ABOUT = Text("{what}: {why}", "{what}：{why}")
_TAKEN = Text("another event has its place or its UID on the server", "服务器上另有日程占用了它的位置或 UID")
_NEWER = Text(
    "a newer edition of it came to the server meanwhile; run the command again",
    "其间服务器上出现了更新的版本；请重新运行",
)
_CHANGING = Text(
    "somebody is changing it at the same time; run the command again", "有人正在同时修改它；请重新运行"
)
_FORBIDDEN = Text("this user may not write to the calendar", "该用户无权写入此日历")
_FULL = Text("there is no space left on the server", "服务器空间已满")
_REFUSED = Text("the server refuses it (status {status})", "服务器拒绝接受（状态 {status}）")
_TOO_MANY = Text(
    "{count} of {ours} events of this program would be deleted, more than {most}; nothing was changed",
    "将删除本程序的 {ours} 条日程中的 {count} 条，超过 {most} 条；未作任何更改",
)
_LOOK = Text(
    "look with --dry-run whether this is the right calendar and roster; if so, add --force",
    "请用 --dry-run 核对日历和排班是否正确；确认无误可加 --force",
)
_HALF_WAY = Text(
    "{why}; {done} of {of} changes were made, the rest not yet",
    "{why}；{of} 项更改已完成 {done} 项，其余尚未进行",
)
_GO_ON = Text("run the command again, it goes on from there", "请重新运行，程序会从中断处继续")
