"""The roster as lists for a chat group: by day, by post, by organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from scheduler.domain.calendar import DayClass
from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.io.chat.blocks import LIMIT, Section, blocks
from scheduler.io.chat.people import Names
from scheduler.problem import Problem
from scheduler.publish import wording
from scheduler.publish.privacy import View, view
from scheduler.text import WEEKDAYS, Language, Text, same

T = TypeVar("T")

_MARKS = {
    DayClass.HOLIDAY: Text(" (holiday)", "（休）"),
    DayClass.MAKEUP_WORKDAY: Text(" (workday)", "（班）"),
}
_TITLE = Text("[{plan}] Duty roster", "【{plan}】值班安排")
_GAP = Text("{count} missing", "缺{count}人")
_NO_ORGANISATION = Text("No organisation", "未注明组织")
_IN_CHARGE = Text("In charge: {who}", "负责人：{who}")


class By(StrEnum):
    """What the headings of a list are."""

    DAY = "day"
    POST = "post"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The part of a roster that is told; what is empty does not restrict. Organisations include their branches."""

    days: Collection[dt.date] = ()
    posts: Collection[str] = ()
    organisations: Collection[str] = ()


def listing(
    problem: Problem,
    roster: Roster,
    by: By,
    language: Language,
    profile: Profile = Profile.VOLUNTEER,
    chosen: Chosen | None = None,
    limit: int = LIMIT,
) -> list[str]:
    """Messages that tell who serves where; empty if nobody is to serve on what was chosen."""
    teller = _Teller(roster, language, view(profile, problem.publish.show), chosen or Chosen())
    sections = {By.DAY: teller.by_day, By.POST: teller.by_post, By.BRANCH: teller.by_branch}[by]()
    title = _TITLE.format(plan=problem.name).say(language)
    return blocks(title, sections, language, limit) if sections else []


def day_words(day: dt.date, kind: DayClass) -> Text:
    """A day in few characters, with its mark: ``4月5日 周日（休）``."""
    weekday, mark = WEEKDAYS[day.weekday()], _MARKS.get(kind, same(""))
    return Text(
        f"{weekday.en} {day.day} {day:%b}{mark.en}", f"{day.month}月{day.day}日 {weekday.zh}{mark.zh}"
    )


def hours_words(shift: Shift) -> Text:
    """A shift's type and hours: ``晚班 18:00–22:00``."""
    hours = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
    return Text(f"{shift.type.label.en} {hours}", f"{shift.type.label.zh} {hours}")


class _Teller:
    def __init__(self, roster: Roster, language: Language, seen: View, chosen: Chosen) -> None:
        self._roster, self._instance = roster, roster.instance
        self._language, self._seen = language, seen
        self._names = Names(self._instance, seen)
        self._order = {post: n for n, post in enumerate(self._instance.posts)}
        self._organisations = chosen.organisations
        self._shifts = [
            shift
            for shift in self._instance.shifts
            if (not chosen.days or shift.day in chosen.days)
            and (not chosen.posts or shift.post.id in chosen.posts)
            and (shift.least or self._crew(shift))
        ]

    def by_day(self) -> list[Section]:
        """Days as headings; a line a shift, under its post."""
        sections = []
        for day, on in _grouped(self._told(), lambda shift: shift.day):
            lines = []
            for post, shifts in _grouped(sorted(on, key=self._post_order), lambda shift: shift.post):
                lines.append(f"· {post.label.say(self._language)}")
                lines += [self._line(hours_words(shift), shift) for shift in shifts]
            sections.append(self._section(self._day(day), lines))
        return sections

    def by_post(self) -> list[Section]:
        """Posts as headings, with who is in charge as far as the reader may know; a line a shift."""
        sections = []
        for post, shifts in _grouped(sorted(self._told(), key=self._post_order), lambda shift: shift.post):
            leader = wording.leader_text(post, self._seen)
            charge = [_IN_CHARGE.format(who=leader).say(self._language)] if leader else []
            lines = [self._line(self._dated(shift), shift) for shift in shifts]
            sections.append(self._section(post.label, [*charge, *lines]))
        return sections

    def by_branch(self) -> list[Section]:
        """Organisations as headings; a line for each of their shifts, with their own people only."""
        bodies = {None: _NO_ORGANISATION} | {
            one.id: one.label for one in self._instance.organisations.values()
        }
        lines: dict[str | None, list[str]] = {body: [] for body in (*self._instance.organisations, None)}
        for shift in self._shifts:
            when, post = self._dated(shift), shift.post.label
            where = Text(f"{when.en} {post.en}", f"{when.zh} {post.zh}")
            crew = self._crew(shift)
            for body in dict.fromkeys(one.organisation for one in crew):
                own = [one for one in crew if one.organisation == body]
                lines[body].append(self._said(where, self._names.crew(own)))
        return [self._section(bodies[body], own) for body, own in lines.items() if own]

    def _told(self) -> list[Shift]:
        """Shifts to be told; where organisations were chosen those that their people serve on."""
        return [shift for shift in self._shifts if not self._organisations or self._crew(shift)]

    def _crew(self, shift: Shift) -> list[Volunteer]:
        crew = self._roster.crew_of(shift)
        if not self._organisations:
            return list(crew)
        return [one for one in crew if any(self._instance.belongs(one, body) for body in self._organisations)]

    def _line(self, when: Text, shift: Shift) -> str:
        crew = self._crew(shift)
        missing = max(0, shift.least - len(self._roster.crew_of(shift)))
        gap = _GAP.format(count=missing) if missing else None
        if not crew:
            return self._said(when, gap or Text("nobody yet", "暂无"))
        names = self._names.crew(crew)
        if gap:
            names = Text(f"{names.en} ({gap.en})", f"{names.zh}（{gap.zh}）")
        return self._said(when, names)

    def _said(self, when: Text, names: Text) -> str:
        return Text(f"{when.en}: {names.en}", f"{when.zh}：{names.zh}").say(self._language)

    def _section(self, heading: Text, lines: Sequence[str]) -> Section:
        return Section(f"■ {heading.say(self._language)}", tuple(lines))

    def _day(self, day: dt.date) -> Text:
        return day_words(day, self._instance.day_classes[day])

    def _dated(self, shift: Shift) -> Text:
        day, hours = self._day(shift.day), hours_words(shift)
        return Text(f"{day.en} {hours.en}", f"{day.zh} {hours.zh}")

    def _post_order(self, shift: Shift) -> tuple[int, dt.datetime]:
        return self._order[shift.post.id], shift.start


def _grouped(shifts: Iterable[Shift], key: Callable[[Shift], T]) -> Iterable[tuple[T, list[Shift]]]:
    return ((value, list(some)) for value, some in groupby(shifts, key=key))
