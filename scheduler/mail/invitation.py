"""Which duties somebody is to be written about: new, moved or cancelled since they were written to last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    """A message that is due; ``again`` if the addressee knows an earlier revision of the duty."""

    event: Event
    time_zone: str
    method: Method
    to: Addressee
    again: bool

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

    A message is due when the number of the revision has grown: time, place or status changed. What was only
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
        found = _invitation(event, calendar.time_zone, volunteer, known)
        if found is not None and not _handed_over(found, known, channel):
            invitations.append(found)
        if volunteer and not mailable(volunteer.email) and event.revision.status is not Status.CANCELLED:
            unreachable[volunteer.id] = volunteer
    invitations.sort(key=lambda one: (one.event.entry.start, one.to.id, one.event.entry.uid))
    return Due(tuple(invitations), tuple(unreachable[one] for one in sorted(unreachable)))


def mailable(email: str | None) -> bool:
    """Whether every mail server takes an address: it is there, and ASCII (others need RFC 6531)."""
    return email is not None and email.isascii()


def _ahead(calendars: Iterable[Calendar], now: dt.datetime) -> Iterator[tuple[Calendar, Event]]:
    for calendar in calendars:
        if calendar.audience is Audience.VOLUNTEER:
            yield from ((calendar, event) for event in calendar.events if event.entry.end > now)


def _invitation(
    event: Event, time_zone: str, volunteer: Volunteer | None, known: Sequence[Handed]
) -> Invitation | None:
    """What there is to say about an event, whether or not it was said already."""
    requests = [one for one in known if one.method is Method.REQUEST]
    if event.revision.status is Status.CANCELLED:
        return Invitation(event, time_zone, Method.CANCEL, requests[-1].to, again=True) if requests else None
    if volunteer is None or volunteer.email is None or not mailable(volunteer.email):
        return None
    to = Addressee(volunteer.id, volunteer.label, volunteer.email)
    theirs = [one for one in known if one.to.email == to.email]
    again = bool(theirs) and theirs[-1].method is Method.REQUEST and _older(theirs[-1], event)
    return Invitation(event, time_zone, Method.REQUEST, to, again)


def _older(one: Handed, event: Event) -> bool:
    return one.sequence < event.revision.sequence


def _handed_over(invitation: Invitation, known: Sequence[Handed], channel: Channel) -> bool:
    return any(
        one.method is invitation.method
        and one.to.email == invitation.to.email
        and not _older(one, invitation.event)
        and channel in {Channel.FILE, one.channel}
        for one in known
    )
