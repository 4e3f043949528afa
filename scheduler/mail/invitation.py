"""Which duties somebody is to be written about: new, moved or cancelled since they were written to last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from scheduler.domain.volunteer import Volunteer
from scheduler.publish.event import Audience, Calendar, Event, Status
from scheduler.text import Text


class Method(StrEnum):
    """What a message asks a calendar program to do (RFC 5546): take an event in, or take it out."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Channel(StrEnum):
    """How a message was handed over: as a file, or accepted by a mail server."""

    FILE = "file"
    SMTP = "smtp"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is written to."""

    id: str
    name: Text
    email: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A message that was handed over: which revision, to whom, how."""

    uid: str
    sequence: int
    method: Method
    to: Addressee
    channel: Channel


@dataclass(frozen=True, slots=True)
class Invitation:
    """A message that is due; ``again`` if the addressee knows an earlier revision of the duty.

    ``moved`` is a cancellation at an address the person left: the duty stands. ``turn`` is how often the same
    was said to the address and taken back, so that it is not taken for the mail of then.
    """

    event: Event
    time_zone: str
    method: Method
    to: Addressee
    again: bool
    moved: bool = False
    turn: int = 0

    def handed(self, channel: Channel) -> Handed:
        """What is to be remembered once it was handed over."""
        return Handed(self.event.entry.uid, self.event.revision.sequence, self.method, self.to, channel)


@dataclass(frozen=True, slots=True)
class Due:
    """The messages that are due, by time and addressee, and who has duties ahead and no address to write to."""

    invitations: tuple[Invitation, ...]
    unreachable: tuple[Volunteer, ...]


def due(
    calendars: Iterable[Calendar],
    volunteers: Sequence[Volunteer],
    handed: Iterable[Handed],
    channel: Channel,
    now: dt.datetime,
) -> Due:
    """What has to be handed over by a channel, given what was handed over so far, oldest first.

    A message is due when the number of the revision has grown: time, place or status changed. Whose address
    changed is invited at the new one, after the old one was told that it no longer counts. What was only
    written to a file still has to be sent; what was sent needs no file. Duties that are over need nothing.
    """
    people = {volunteer.id: volunteer for volunteer in volunteers}
    history: dict[str, list[Handed]] = {}
    for one in handed:
        history.setdefault(one.uid, []).append(one)
    invitations: list[Invitation] = []
    unreachable: dict[str, Volunteer] = {}
    for calendar, event in _ahead(calendars, now):
        known = history.get(event.entry.uid, [])
        volunteer = people.get(calendar.owner)
        found = _invitations(event, calendar.time_zone, volunteer, known, now)
        invitations += [one for one in found if not _handed_over(one, known, channel)]
        if volunteer and not mailable(volunteer.email) and event.revision.status is not Status.CANCELLED:
            unreachable[volunteer.id] = volunteer
    invitations.sort(key=lambda one: (one.event.entry.start, one.to.id, one.event.entry.uid, one.method))
    return Due(tuple(invitations), tuple(unreachable[one] for one in sorted(unreachable)))


def mailable(email: str | None) -> bool:
    """Whether every mail server takes an address: it is there, and ASCII (others need RFC 6531)."""
    return email is not None and email.isascii()


def _ahead(calendars: Iterable[Calendar], now: dt.datetime) -> Iterator[tuple[Calendar, Event]]:
    for calendar in calendars:
        if calendar.audience is Audience.VOLUNTEER:
            yield from ((calendar, event) for event in calendar.events if event.entry.end > now)


def _invitations(
    event: Event, time_zone: str, volunteer: Volunteer | None, known: Sequence[Handed], now: dt.datetime
) -> Iterator[Invitation]:
    """What there is to say about an event, whether or not it was said already."""
    asked = {_key(one.to.email): one.to for one in known if one.method is Method.REQUEST}
    if event.revision.status is Status.CANCELLED:
        for to in asked.values():
            yield Invitation(event, time_zone, Method.CANCEL, to, again=True)
        return
    if volunteer is None:
        return
    left = [to for key, to in asked.items() if key != _key(volunteer.email or "")]
    for to in left:
        gone = _restamped(event, now, Status.CANCELLED)
        turn = _turn(Method.CANCEL, to, event, known)
        yield Invitation(gone, time_zone, Method.CANCEL, to, again=True, moved=True, turn=turn)
    if volunteer.email is not None and mailable(volunteer.email):
        to = Addressee(volunteer.id, volunteer.label, volunteer.email)
        theirs = _run(to, known)
        again = bool(theirs) and theirs[-1].method is Method.REQUEST and _older(theirs[-1], event)
        shown = _restamped(event, now, event.revision.status) if left else event
        turn = _turn(Method.REQUEST, to, event, known)
        yield Invitation(shown, time_zone, Method.REQUEST, to, again, turn=turn)


def _restamped(event: Event, now: dt.datetime, status: Status) -> Event:
    """The event as it is said now: of one number, calendar programs heed the later stamp (RFC 5546, 2.1.5)."""
    stamp = max(event.revision.stamp, now.replace(microsecond=0).astimezone(dt.UTC))
    return replace(event, revision=replace(event.revision, stamp=stamp, status=status))


def _key(email: str) -> str:
    return email.casefold()


def _run(to: Addressee, known: Sequence[Handed]) -> list[Handed]:
    """The messages to an address since it was last told the opposite."""
    theirs = [one for one in known if _key(one.to.email) == _key(to.email)]
    return list(takewhile(lambda one: one.method is theirs[-1].method, reversed(theirs)))[::-1]


def _turn(method: Method, to: Addressee, event: Event, known: Sequence[Handed]) -> int:
    """How often a message of this kind and number went to an address before what it was told last."""
    run = _run(to, known)
    theirs = [one for one in known if _key(one.to.email) == _key(to.email)]
    earlier = theirs[: len(theirs) - len(run)] if run and run[-1].method is method else theirs
    return len([one for one in earlier if one.method is method and one.sequence == event.revision.sequence])


def _older(one: Handed, event: Event) -> bool:
    return one.sequence < event.revision.sequence


def _handed_over(invitation: Invitation, known: Sequence[Handed], channel: Channel) -> bool:
    """Whether an address was told last what it is to be told now; who was told of the end needs no number."""
    return any(
        one.method is invitation.method
        and (one.method is Method.CANCEL or not _older(one, invitation.event))
        and channel in {Channel.FILE, one.channel}
        for one in _run(invitation.to, known)
    )
