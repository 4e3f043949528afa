"""One step of a push: a request with a condition, and what follows when somebody else was faster."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.caldav.collection import Collection
from scheduler.caldav.difference import Step, name_of
from scheduler.caldav.transport import Answer
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended: why it could not be done, None if it was; the name it is kept by; its version if told.

    ``locked`` if somebody was writing to the calendar just then.
    """

    why: Text | None
    name: str
    etag: str = ""
    locked: bool = False


def carry_out(collection: Collection, step: Step) -> Outcome:
    """Do one step; one that met a change since we looked is tried once again.

    Raises:
        PublishError: the server is gone or refuses us.
    """
    answer = _ask(collection, step)
    if answer.status != 412:
        return _outcome(answer, step)
    now = collection.read(_name(step))
    if step.content is None and now is None:
        return Outcome(None, _name(step))
    if step.content and now and now.content.says(step.content):
        return Outcome(None, now.name, now.etag)
    if now and now.content.uid != step.uid:
        return Outcome(_TAKEN, now.name)
    if now and now.content.sequence > step.shown.sequence:
        return Outcome(_NEWER, now.name)
    again = Step(step.action, step.uid, now, step.content)
    return _outcome(_ask(collection, again), again)


def _name(step: Step) -> str:
    return step.resource.name if step.resource else name_of(step.uid)


def _ask(collection: Collection, step: Step) -> Answer:
    if step.resource is None:
        assert step.content, "nothing to create"
        return collection.create(name_of(step.uid), step.content)
    if step.content is None:
        return collection.delete(step.resource)
    return collection.change(step.resource, step.content)


def _outcome(answer: Answer, step: Step) -> Outcome:
    return Outcome(_why_not(answer, step), _name(step), answer.etag, locked=answer.status == 423)


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
