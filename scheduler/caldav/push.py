"""Push: make a collection say what was published, step by step, and tell what was done and what was not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scheduler.caldav.collection import Collection
from scheduler.caldav.content import Content
from scheduler.caldav.difference import (
    Action,
    Difference,
    Known,
    Mark,
    Step,
    difference,
    digest_of,
    settled,
)
from scheduler.caldav.transport import ServerGoneError, Transport
from scheduler.caldav.work import Work
from scheduler.errors import Fault, PublishError
from scheduler.text import Text

SHARE = 0.2
"""The share of our events that may go at once without being forced; those that have begun do not count."""
ALWAYS = 3
"""So many may always go."""

Progress = Callable[[int, int], None]
Remember = Callable[[str, Mark], None]


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


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier pushes to an address left, by name; ``remember`` is told what this one leaves."""

    marks: Mapping[str, Mark]
    remember: Remember


NO_MEMORY = Memory({}, lambda name, mark: None)  # noqa: ARG005
"""Nothing is remembered: every event on the server is looked at."""


def push(
    transport: Transport,
    name: str,
    wanted: Mapping[str, bytes],
    known: Known,
    memory: Memory = NO_MEMORY,
    *,
    now: dt.datetime,
    force: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, of: None,  # noqa: ARG005
) -> Pushed:
    """Make the collection at an address hold ``wanted`` (calendar objects by UID), and what others put there.

    ``name`` is what a collection that has to be made is called; ``known`` tells which UIDs may be deleted. Only so
    many events that have not begun ``now`` go without ``force``.

    Raises:
        PublishError: the server is no calendar server, refuses us, is gone (with how far we came), or too much
            would be deleted.
    """
    collection = Collection(transport)
    there = collection.exists()
    etags = collection.etags() if there else {}
    untouched = settled(etags, memory.marks, wanted)
    stored = collection.contents([one for one in etags if one not in untouched])
    found = difference(stored, wanted, known, untouched.values())
    _refuse_to_empty(found, transport.address.url, now, force=force)
    if dry_run:
        return Pushed(not there, found.steps, found.unchanged, found.strangers)
    if not there:
        collection.make(name)
    for resource in found.same:
        uid = resource.content.uid
        memory.remember(resource.name, Mark(uid, resource.etag, digest_of(wanted[uid])))
    work = Work(collection, found.steps, memory.remember, progress)
    work.carry_out()
    if work.gone is not None:
        raise _half_way(work.gone, len(work.done), len(found.steps), collection.url) from work.gone
    work.remember_untold()
    return Pushed(not there, work.done, found.unchanged, found.strangers, work.failed)


def _refuse_to_empty(found: Difference, url: str, now: dt.datetime, *, force: bool) -> None:
    most, gone = max(ALWAYS, int(found.ours * SHARE)), found.deletions(now)
    if gone > most and not force:
        text = _TOO_MANY.format(count=gone, ours=found.ours, most=most)
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
_TOO_MANY = Text(
    "of {ours} events of this program, {count} that are still ahead would be deleted, more than {most}; "
    "nothing was changed",
    "本程序的 {ours} 条日程中，将删除 {count} 条尚未开始的，超过 {most} 条；未作任何更改",
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
