"""An edition: every calendar of a roster, for each volunteer, post and organisation, for all and for the open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.domain.organisation import Organisation
from scheduler.domain.post import Post
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.problem import Problem
from scheduler.publish import wording
from scheduler.publish.event import Audience, Calendar, Entry, Event, Page, Status, event_uid
from scheduler.publish.first_edition import FirstEdition, Ledger
from scheduler.publish.sheet import Sheet, Sheets
from scheduler.text import Text

ALL = Text("All", "全部")
OPEN = Text("Open shifts", "空缺班次")


def edition(problem: Problem, roster: Roster, ledger: Ledger | None = None) -> Iterator[Calendar]:
    """The calendars of a roster, those without a duty included: a feed must not vanish.

    A volunteer's, an organisation's (branches included) and the calendar for all hold one event for each
    duty of a person, a post's one event for each shift, the open one each shift that lacks people.
    """
    ledger = ledger or FirstEdition.of(problem)
    for page in pages(problem, roster, ledger.issued):
        events = tuple(Event(entry, ledger.revision(entry)) for entry in page.entries)
        yield Calendar(page.audience, page.owner, page.name, page.time_zone, events)


def pages(problem: Problem, roster: Roster, issued: dt.datetime) -> Iterator[Page]:
    """What every reader is to see; duties that have begun when it is issued ring no alarm."""
    press = _Press(problem, roster, issued)
    instance = roster.instance
    yield from map(press.of_volunteer, instance.volunteers)
    yield from map(press.of_post, instance.posts.values())
    yield from map(press.of_organisation, instance.organisations.values())
    yield press.of_all()
    yield press.of_open()


@dataclass(frozen=True)
class _Press:
    problem: Problem
    roster: Roster
    issued: dt.datetime

    @cached_property
    def sheets(self) -> Sheets:
        return Sheets(self.problem, self.roster)

    def of_volunteer(self, volunteer: Volunteer) -> Page:
        entries = (self._own(shift, volunteer) for shift in self.roster.shifts_of(volunteer))
        return self._page(Audience.VOLUNTEER, volunteer.id, volunteer.label, entries)

    def of_post(self, post: Post) -> Page:
        entries = (self._crew(shift) for shift in self._shifts_at.get(post.id, ()))
        return self._page(Audience.POST, post.id, post.label, entries)

    def of_organisation(self, organisation: Organisation) -> Page:
        members = [self.roster.instance.volunteers[v] for v in self.roster.instance.members(organisation.id)]
        entries = self._members(members, Audience.ORGANISATION, organisation.id)
        return self._page(Audience.ORGANISATION, organisation.id, organisation.label, entries)

    def of_all(self) -> Page:
        return self._page(
            Audience.ALL, "", ALL, self._members(self.roster.instance.volunteers, Audience.ALL, "")
        )

    def of_open(self) -> Page:
        """Shifts that lack people and are not over."""
        shifts = (shift for shift in self.roster.instance.shifts if shift.end > self.issued)
        entries = (self._open(shift) for shift in shifts if self.sheets.missing(shift) > 0)
        return self._page(Audience.OPEN, "", OPEN, entries)

    def _page(self, audience: Audience, owner: str, whose: Text, entries: Iterable[Entry]) -> Page:
        return Page(
            audience=audience,
            owner=owner,
            label=whose,
            name=wording.calendar_name(whose, self.problem.name),
            time_zone=self.problem.time_zone,
            entries=tuple(sorted(entries, key=lambda entry: (entry.start, entry.uid))),
        )

    def _own(self, shift: Shift, volunteer: Volunteer) -> Entry:
        sheet = self.sheets.of(shift)
        entry = self._entry(sheet, Audience.VOLUNTEER, volunteer.id, sheet.own_title, volunteer)
        alarms = sheet.alarms if entry.start > self.issued else ()
        return replace(entry, alarms=alarms, busy=not shift.post.stands_by, private=True)

    def _crew(self, shift: Shift) -> Entry:
        sheet = self.sheets.of(shift)
        return self._entry(sheet, Audience.POST, shift.post.id, self.sheets.crew_title(shift))

    def _members(self, members: Iterable[Volunteer], audience: Audience, owner: str) -> Iterator[Entry]:
        for volunteer in members:
            for shift in self.roster.shifts_of(volunteer):
                title = self.sheets.member_title(shift, volunteer, audience)
                yield self._entry(self.sheets.of(shift), audience, owner, title, volunteer)

    def _open(self, shift: Shift) -> Entry:
        title = wording.open_title(shift, self.sheets.missing(shift))
        entry = self._entry(self.sheets.of(shift), Audience.OPEN, "", title)
        categories = (wording.OPEN, shift.type.label)
        return replace(entry, categories=categories, status=Status.TENTATIVE)

    def _entry(
        self, sheet: Sheet, audience: Audience, owner: str, summary: Text, volunteer: Volunteer | None = None
    ) -> Entry:
        person = volunteer.id if volunteer else ""
        return Entry(
            uid=event_uid(self.problem.id, audience, owner, sheet.shift.id, person),
            start=sheet.start,
            end=sheet.end,
            summary=summary,
            location=sheet.location,
            description=self.sheets.description(sheet, audience, volunteer),
            categories=sheet.categories,
            geo=sheet.geo,
            busy=False,
            status=Status.TENTATIVE if self.problem.publish.draft else Status.CONFIRMED,
            shift=sheet.shift.id,
            volunteer=person,
            post=sheet.shift.post.label,
        )

    @cached_property
    def _shifts_at(self) -> dict[str, list[Shift]]:
        found: dict[str, list[Shift]] = {}
        for shift in self.roster.instance.shifts:
            found.setdefault(shift.post.id, []).append(shift)
        return found
