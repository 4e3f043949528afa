"""What has to be done to a collection so that it says what was published, and nothing more."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.caldav.collection import Resource
from scheduler.caldav.content import Content

Known = Callable[[str], bool]
"""Whether an event with this UID was published before by the plan at hand, for the calendar at hand."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a push left under a name: which event, the server's version of it, a digest of what was sent."""

    uid: str
    etag: str
    digest: str


class Action(StrEnum):
    """What is done to an event on the server, by the sign it is shown with."""

    CREATE = "+"
    CHANGE = "~"
    RESTORE = "!"
    DELETE = "-"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: ``resource`` is what is on the server, ``content`` what shall be; None for nothing.

    RESTORE undoes what somebody changed by hand.
    """

    action: Action
    uid: str
    resource: Resource | None
    content: Content | None

    @property
    def shown(self) -> Content:
        """What there is to show of it."""
        found = self.content or (self.resource and self.resource.content)
        assert found, "a step with nothing before and nothing after"
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """The steps by time, what needs none, and how many others there are, which nobody touches.

    ``same`` was looked at, ``settled`` is the number of events that needed no look.
    """

    steps: tuple[Step, ...]
    same: tuple[Resource, ...]
    settled: int
    strangers: int

    @property
    def unchanged(self) -> int:
        """How many events of ours need nothing."""
        return len(self.same) + self.settled

    def deletions(self, now: dt.datetime) -> int:
        """How many events would go that have not begun; old ones go by themselves, as they leave the calendar."""
        return sum(step.action is Action.DELETE and not _begun(step, now) for step in self.steps)

    @property
    def ours(self) -> int:
        """How many events of ours are on the server now."""
        return self.unchanged + sum(step.resource is not None for step in self.steps)


def name_of(uid: str) -> str:
    """The name under which an event is stored: a hash, as some servers take no @ and others no long names."""
    return f"{hashlib.sha1(uid.encode(), usedforsecurity=False).hexdigest()}.ics"


def digest_of(data: bytes) -> str:
    """A digest of a calendar object."""
    return hashlib.sha256(data).hexdigest()


def settled(
    etags: Mapping[str, str], marks: Mapping[str, Mark], wanted: Mapping[str, bytes]
) -> dict[str, str]:
    """The names, with their UIDs, of what nobody touched since it was pushed and is to stay as it is.

    So a server that keeps events in words of its own is not written to again and again.
    """
    return {
        name: mark.uid
        for name, mark in marks.items()
        if mark.etag
        and etags.get(name) == mark.etag
        and mark.uid in wanted
        and digest_of(wanted[mark.uid]) == mark.digest
    }


def difference(
    stored: Iterable[Resource], wanted: Mapping[str, bytes], known: Known, settled: Iterable[str] = ()
) -> Difference:
    """Compare a collection with what is published, by UID and meaning; ``settled`` are UIDs that need no look.

    An event that is neither wanted nor known is a stranger, whoever made it.
    """
    seen = set(settled)
    quiet, strangers = len(seen), 0
    steps: list[Step] = []
    same: list[Resource] = []
    for resource in stored:
        uid = resource.content.uid
        if not resource.content.ours or not (uid in wanted or known(uid)):
            strangers += 1
        elif uid not in wanted or uid in seen:
            steps.append(Step(Action.DELETE, uid, resource, None))
        elif resource.content.says(content := Content(wanted[uid])):
            same.append(resource)
        else:
            action = Action.RESTORE if _by_hand(resource.content, content) else Action.CHANGE
            steps.append(Step(action, uid, resource, content))
        seen.add(uid)
    steps += [Step(Action.CREATE, uid, None, Content(wanted[uid])) for uid in wanted if uid not in seen]
    return Difference(tuple(sorted(steps, key=_by_time)), tuple(same), quiet, strangers)


def _by_hand(stored: Content, published: Content) -> bool:
    """Whether what is stored is no earlier publication: it is as new as ours, and says something else."""
    return (stored.sequence, stored.modified) >= (published.sequence, published.modified)


def _begun(step: Step, now: dt.datetime) -> bool:
    start = step.shown.start
    return start is not None and start.tzinfo is not None and start <= now


def _by_time(step: Step) -> tuple[str, str]:
    start = step.shown.start
    return (start.isoformat() if start else "", step.uid)
