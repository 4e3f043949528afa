"""What the events of one shift have in common, worked out once, whoever reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.problem import Problem
from scheduler.publish import wording
from scheduler.publish.event import Alarm, Audience
from scheduler.publish.privacy import View, view
from scheduler.text import Text

PROFILES = {
    Audience.VOLUNTEER: Profile.VOLUNTEER,
    Audience.POST: Profile.POST,
    Audience.ORGANISATION: Profile.LIAISON,
    Audience.ALL: Profile.COORDINATOR,
    Audience.OPEN: Profile.PUBLIC,
}
"""Who reads the calendars of an audience."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A shift's times, place and titles."""

    shift: Shift
    start: dt.datetime
    end: dt.datetime
    own_title: Text
    location: Text
    categories: tuple[Text, ...]
    geo: tuple[float, float] | None
    alarms: tuple[Alarm, ...]


class Sheets:
    """The sheets of a roster, and what is written below them for each sort of reader."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem = problem
        self.roster = roster
        self._sheets: dict[str, Sheet] = {}
        self._titles: dict[tuple[str, str, Profile], Text] = {}
        self._described: dict[tuple[str, Profile], tuple[Text, Text]] = {}

    def of(self, shift: Shift) -> Sheet:
        """The sheet of a shift."""
        if shift.id not in self._sheets:
            self._sheets[shift.id] = self._sheet(shift)
        return self._sheets[shift.id]

    def missing(self, shift: Shift) -> int:
        """How many heads fewer than the least serve on a shift; not below 0."""
        return max(0, shift.least - len(self.roster.crew_of(shift)))

    def crew_title(self, shift: Shift) -> Text:
        """The title of a shift with who serves."""
        return wording.crew_title(shift, self.roster.crew_of(shift), self._views[Audience.POST][0])

    def member_title(self, shift: Shift, volunteer: Volunteer, audience: Audience) -> Text:
        """The title of somebody's duty as others read it."""
        seen, alike = self._views[audience]
        key = (shift.id, volunteer.id, alike)
        if key not in self._titles:
            self._titles[key] = wording.member_title(shift, volunteer, seen)
        return self._titles[key]

    def description(self, sheet: Sheet, audience: Audience, volunteer: Volunteer | None) -> Text:
        """What stands below the title for this audience; a volunteer's own names the others."""
        seen, alike = self._views[audience]
        crew = self.roster.crew_of(sheet.shift)
        key = (sheet.shift.id, alike)
        if key not in self._described:
            about = wording.about(sheet.shift, len(crew), self.problem.name, seen)
            who = wording.who(self.roster.instance, crew, None, seen)
            self._described[key] = (wording.described([who, about]), about)
        whole, about = self._described[key]
        if audience is not Audience.VOLUNTEER:
            return whole
        return wording.described([wording.who(self.roster.instance, crew, volunteer, seen), about])

    def _sheet(self, shift: Shift) -> Sheet:
        geo = shift.post.geo
        start, end = _times(shift)
        return Sheet(
            shift=shift,
            start=start,
            end=end,
            own_title=wording.own_title(shift),
            location=self._locations[shift.post.id],
            categories=(wording.DUTY, shift.type.label),
            geo=(geo.latitude, geo.longitude) if geo else None,
            alarms=tuple(
                Alarm(before, wording.alarm_text(shift, before)) for before in self.problem.publish.alarms
            ),
        )

    @cached_property
    def _views(self) -> dict[Audience, tuple[View, Profile]]:
        """What each audience sees, and the first profile that sees the same."""
        show = self.problem.publish.show
        alike: dict[View, Profile] = {}
        views = {audience: (view(profile, show), profile) for audience, profile in PROFILES.items()}
        return {
            audience: (seen, alike.setdefault(seen, profile)) for audience, (seen, profile) in views.items()
        }

    @cached_property
    def _locations(self) -> dict[str, Text]:
        instance = self.roster.instance
        return {post.id: wording.location(instance, post) for post in instance.posts.values()}


def _times(shift: Shift) -> tuple[dt.datetime, dt.datetime]:
    """Start and end; one that lies in the hour skipped when clocks go forward keeps its length."""
    start, end = _existing(shift.start), _existing(shift.end)
    if end.timestamp() <= start.timestamp():
        end = (start.astimezone(dt.UTC) + dt.timedelta(minutes=shift.type.minutes)).astimezone(start.tzinfo)
    return start, end


def _existing(moment: dt.datetime) -> dt.datetime:
    """The same moment in a wall time that exists: 02:30 on the night clocks go forward reads 03:30."""
    return moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
