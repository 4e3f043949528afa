"""An edition: every calendar of a roster, for each volunteer, post and organisation, and one for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.domain.organisation import Organisation
from scheduler.domain.post import Post
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.problem import Problem
from scheduler.publish import wording
from scheduler.publish.event import Alarm, Audience, Calendar, Entry, Event, event_uid
from scheduler.publish.ledger import FirstEdition, Ledger
from scheduler.text import Text

ALARMS = (dt.timedelta(hours=1), dt.timedelta(days=1))
"""When volunteers are reminded; the most important first, for programs that keep only one."""


def edition(
    problem: Problem,
    roster: Roster,
    ledger: Ledger | None = None,
    alarms: Sequence[dt.timedelta] = ALARMS,
) -> Iterator[Calendar]:
    """The calendars of a roster, those without a duty included: a feed must not vanish.

    A volunteer's, an organisation's (branches included) and the calendar for all hold one event for each
    duty of a person, a post's one event for each shift.
    """
    press = _Press(problem, roster, ledger or FirstEdition.of(problem), tuple(alarms))
    instance = roster.instance
    yield from map(press.of_volunteer, instance.volunteers)
    yield from map(press.of_post, instance.posts.values())
    yield from map(press.of_organisation, instance.organisations.values())
    yield press.of_all()


@dataclass(frozen=True)
class _Press:
    problem: Problem
    roster: Roster
    ledger: Ledger
    alarms: tuple[dt.timedelta, ...]

    def of_volunteer(self, volunteer: Volunteer) -> Calendar:
        entries = (self._own(shift, volunteer) for shift in self.roster.shifts_of(volunteer))
        return self._calendar(Audience.VOLUNTEER, volunteer.id, volunteer.label, entries)

    def of_post(self, post: Post) -> Calendar:
        entries = (self._crew(shift) for shift in self._shifts_at.get(post.id, ()))
        return self._calendar(Audience.POST, post.id, post.label, entries)

    def of_organisation(self, organisation: Organisation) -> Calendar:
        members = [self.roster.instance.volunteers[v] for v in self.roster.instance.members(organisation.id)]
        entries = self._members(members, Audience.ORGANISATION, organisation.id)
        return self._calendar(Audience.ORGANISATION, organisation.id, organisation.label, entries)

    def of_all(self) -> Calendar:
        entries = self._members(self.roster.instance.volunteers, Audience.ALL, "")
        return self._calendar(Audience.ALL, "", Text("All", "全部"), entries)

    def _calendar(self, audience: Audience, owner: str, whose: Text, entries: Iterable[Entry]) -> Calendar:
        events = (Event(entry, self.ledger.revision(entry)) for entry in entries)
        return Calendar(
            audience=audience,
            owner=owner,
            name=wording.calendar_name(whose, self.problem.name),
            time_zone=self.problem.time_zone,
            events=tuple(sorted(events, key=lambda event: (event.entry.start, event.entry.uid))),
        )

    def _own(self, shift: Shift, volunteer: Volunteer) -> Entry:
        summary = wording.own_title(shift)
        entry = self._entry(shift, Audience.VOLUNTEER, volunteer.id, summary, volunteer)
        alarms = self.alarms if entry.start > self.ledger.issued else ()
        reminders = tuple(Alarm(before, wording.alarm_text(shift, before)) for before in alarms)
        return replace(entry, alarms=reminders, busy=True, private=True)

    def _crew(self, shift: Shift) -> Entry:
        summary = wording.crew_title(shift, self.roster.crew_of(shift))
        return self._entry(shift, Audience.POST, shift.post.id, summary)

    def _members(self, members: Iterable[Volunteer], audience: Audience, owner: str) -> Iterator[Entry]:
        for volunteer in members:
            for shift in self.roster.shifts_of(volunteer):
                yield self._entry(shift, audience, owner, wording.member_title(shift, volunteer), volunteer)

    def _entry(
        self, shift: Shift, audience: Audience, owner: str, summary: Text, volunteer: Volunteer | None = None
    ) -> Entry:
        own = volunteer if audience is Audience.VOLUNTEER else None
        geo = shift.post.geo
        return Entry(
            uid=event_uid(self.problem.id, audience, owner, shift.id, volunteer.id if volunteer else ""),
            start=_existing(shift.start),
            end=_existing(shift.end),
            summary=summary,
            location=self._locations[shift.post.id],
            description=self._described(shift, own),
            categories=(wording.DUTY, shift.type.label),
            geo=(geo.latitude, geo.longitude) if geo else None,
            busy=False,
        )

    def _described(self, shift: Shift, own: Volunteer | None) -> Text:
        crew = self.roster.crew_of(shift)
        return wording.description(self.roster.instance, self.problem.name, shift, crew, own)

    @cached_property
    def _locations(self) -> dict[str, Text]:
        instance = self.roster.instance
        return {post.id: wording.location(instance, post) for post in instance.posts.values()}

    @cached_property
    def _shifts_at(self) -> dict[str, list[Shift]]:
        found: dict[str, list[Shift]] = {}
        for shift in self.roster.instance.shifts:
            found.setdefault(shift.post.id, []).append(shift)
        return found


def _existing(moment: dt.datetime) -> dt.datetime:
    """The same moment in a wall time that exists: 02:30 on the night clocks go forward reads 03:30."""
    return moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
