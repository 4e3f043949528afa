"""What all sheets of one workbook share: the roster, the reader, the language, names and colours."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.attendance import Attendance
from scheduler.domain.calendar import DayClass
from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.io.xlsx.colours import HOLIDAY, MAKE_UP, WEEKEND, Colours, colours
from scheduler.io.xlsx.names import organisation_of, shown_names
from scheduler.problem import Problem
from scheduler.publish.privacy import Detail, View, view, without_numbers
from scheduler.text import WEEKDAYS, Language, Text

DAY_FILLS = {DayClass.WEEKEND: WEEKEND, DayClass.HOLIDAY: HOLIDAY, DayClass.MAKEUP_WORKDAY: MAKE_UP}
DAY_MARKS = {DayClass.HOLIDAY: Text("off", "休"), DayClass.MAKEUP_WORKDAY: Text("work", "班")}
DAY_NAMES = {
    DayClass.WORKDAY: Text("workday", "工作日"),
    DayClass.WEEKEND: Text("weekend", "周末"),
    DayClass.HOLIDAY: Text("holiday", "节假日"),
    DayClass.MAKEUP_WORKDAY: Text("make-up workday", "调休上班日"),
}


@dataclass(frozen=True, eq=False)
class Desk:
    """A roster as one sort of reader sees it, in one language."""

    problem: Problem
    roster: Roster
    language: Language
    profile: Profile
    attendance: Attendance | None = None
    previous: Roster | None = None

    def say(self, text: Text) -> str:
        """A text in the language of the workbook."""
        return text.say(self.language)

    def words(self, en: str, zh: str) -> str:
        """One of two strings."""
        return zh if self.language is Language.ZH else en

    @cached_property
    def seen(self) -> View:
        """What the reader sees."""
        return view(self.profile, self.problem.publish.show)

    @property
    def readable(self) -> bool:
        """Whether the workbook holds ids, so that it can be read back: only if names are in full."""
        return self.seen.names is Detail.FULL

    @cached_property
    def colours(self) -> Colours:
        """The colours of organisations."""
        return colours(self.roster)

    @cached_property
    def serving(self) -> tuple[Volunteer, ...]:
        """Who serves at all, by organisation as the plan lists them, then by id."""
        order = {one: n for n, one in enumerate(self.roster.instance.organisations)}
        people = [one for one in self.roster.instance.volunteers if self.roster.shifts_of(one)]
        return tuple(sorted(people, key=lambda one: (order.get(one.organisation or "", len(order)), one.id)))

    def name(self, volunteer: Volunteer) -> str:
        """What somebody is called in this workbook."""
        if self.readable:
            return self._names[volunteer.id]
        return self.say(self.seen.name(volunteer.label))

    def organisation(self, volunteer: Volunteer) -> str:
        """Somebody's organisation; empty for none."""
        return self._organisations[volunteer.organisation]

    def phone(self, volunteer: Volunteer) -> str:
        """Somebody's phone as far as this reader sees it."""
        return self.seen.phone(volunteer.phone)

    def plain(self, text: Text | None) -> str:
        """A text of the plan, numbers in it masked unless the reader sees them."""
        if text is None:
            return ""
        return self.say(text if self.seen.leader is Detail.FULL else without_numbers(text))

    def leader(self, shift: Shift) -> str:
        """Who is in charge of a post, with a phone as far as this reader sees it."""
        post = shift.post
        name = self.plain(post.leader) if self.seen.leader is not Detail.HIDDEN else ""
        return " ".join(filter(None, (name, self.seen.phone(post.phone, leader=True))))

    def missing(self, shift: Shift) -> int:
        """Heads under the least number; not below 0."""
        return max(0, shift.least - len(self.roster.crew_of(shift)))

    def gap(self, count: int) -> str:
        """``缺2人``."""
        return self.words(f"{count} missing", f"缺{count}人")

    def day_class(self, day: dt.date) -> DayClass:
        """The class of a duty day."""
        return self.roster.instance.day_classes[day]

    def day_fill(self, day: dt.date) -> str | None:
        """The ground of a day that is no plain workday."""
        return DAY_FILLS.get(self.day_class(day))

    def weekday(self, day: dt.date) -> str:
        """``周日 班``: the weekday, and whether it is a day off or worked against the week."""
        mark = DAY_MARKS.get(self.day_class(day))
        return " ".join(filter(None, (self.say(WEEKDAYS[day.weekday()]), self.say(mark) if mark else "")))

    def short_day(self, day: dt.date) -> str:
        """``3月2日`` and ``2 Mar``."""
        return self.words(f"{day.day} {day:%b}", f"{day.month}月{day.day}日")

    def hours(self, shift: Shift) -> str:
        """``22:00–06:00``."""
        return f"{shift.start:%H:%M}–{shift.end:%H:%M}"

    @property
    def period(self) -> str:
        """The days of the plan."""
        first, last = self.problem.horizon.first, self.problem.horizon.last
        return self.words(f"{first} to {last}", f"{first} 至 {last}")

    @cached_property
    def digest(self) -> str:
        """Twelve characters that say whether a printed sheet is of this roster: over its sorted assignments."""
        instance = self.roster.instance
        lines = sorted(f"{instance.shifts[s].id} {instance.volunteers[v].id}" for v, s in self.roster.pairs)
        return hashlib.sha256("\n".join([self.problem.id, *lines]).encode()).hexdigest()[:12]

    def head(self, name: str) -> str:
        """What is printed above every page: the plan, and the sheet."""
        return f"&L&10{_printed(self.say(self.problem.name), 120)}&R&10{_printed(name, 40)}"

    @property
    def foot(self) -> str:
        """What is printed below every page: the roster's digest, the page, the day of printing."""
        digest = self.words(f"Roster {self.digest}", f"排班校验码 {self.digest}")
        pages = self.words("Page &P of &N", "第 &P 页，共 &N 页")
        printed = self.words("Printed &D", "打印日期 &D")
        return f"&L&9{digest}&C&9{pages}&R&9{printed}"

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(shown_names(self.roster.instance, self.language))

    @cached_property
    def _organisations(self) -> dict[str | None, str]:
        found: dict[str | None, str] = {None: ""}
        for one in self.roster.instance.volunteers:
            if one.organisation not in found:
                found[one.organisation] = organisation_of(self.roster.instance, one, self.language)
        return found


def by_time(shifts: Sequence[Shift]) -> list[Shift]:
    """Shifts by duty day and start."""
    return sorted(shifts, key=lambda one: (one.day, one.start, one.post.id))


def _printed(text: str, longest: int) -> str:
    """A text for a page's header, where & begins a code; a digit after a code must not join it."""
    return f" {text}"[:longest].replace("&", "&&").replace("\n", " ")
