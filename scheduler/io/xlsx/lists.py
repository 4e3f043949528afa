"""The sheets that are lists: by person, by organisation, figures, open shifts, changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set

from scheduler.domain.shift import Shift, ShiftType
from scheduler.domain.volunteer import Volunteer
from scheduler.io.xlsx.desk import Desk, by_time
from scheduler.io.xlsx.list_page import COUNT, DAY, HOURS, WORD, WORDS, Column, Table, list_page
from scheduler.io.xlsx.measure import packed
from scheduler.io.xlsx.page import Page, Value
from scheduler.report.difference import difference
from scheduler.text import Text

BY_PERSON, BY_ORGANISATION = Text("By person", "按人"), Text("By organisation", "按单位")
OPEN, CHANGES = Text("Open shifts", "缺岗"), Text("Changes", "变更")

NAME = Column(Text("Name", "姓名"), 26, WORDS)
ORGANISATION = Column(Text("Organisation", "单位"), 30, WORDS)
PHONE = Column(Text("Phone", "电话"), 16, WORD)
SHIFTS = Column(Text("Shifts", "班次数"), 10, COUNT)
HOURS_SERVED = Column(Text("Hours", "时数"), 10, HOURS)
DUTY_DAY = Column(Text("Date", "日期"), 13, DAY)
WEEKDAY = Column(Text("Weekday", "星期"), 12, WORD)
SHIFT = Column(Text("Shift", "班次"), 20, WORD)
TIME = Column(Text("Time", "时间"), 18, WORD)
POST = Column(Text("Post", "岗位"), 28, WORDS)
_WIDE = 72.0


def by_person(desk: Desk) -> Page:
    """One row a person who serves: all their duties, packed into lines."""
    rows = [_person(desk, one) for one in desk.serving]
    duties = Column(Text("Duties", "值守安排"), _WIDE + 3, WORDS)
    columns: tuple[Column, ...] = (ORGANISATION, NAME, PHONE, SHIFTS, HOURS_SERVED, duties)
    if not any(row[2] for row in rows):
        columns, rows = (*columns[:2], *columns[3:]), [(*row[:2], *row[3:]) for row in rows]
    title = desk.words("Duties by person", "按人员列出的值守安排")
    return list_page(desk, BY_PERSON, [Table(title, columns, rows, note=desk.period)], filtered=True)


def _person(desk: Desk, one: Volunteer) -> tuple[Value, ...]:
    shifts = by_time(desk.roster.shifts_of(one))
    duties = packed([_duty(desk, shift) for shift in shifts], _WIDE, desk.words("; ", "；"))
    hours = sum(shift.minutes for shift in shifts) / 60
    return desk.organisation(one), desk.name(one), desk.phone(one), len(shifts), hours, duties


def _duty(desk: Desk, shift: Shift) -> str:
    """A duty in a few words: 3月2日周一 早班 1号值岗站."""
    day = f"{desk.short_day(shift.day)}{desk.words(' ', '')}{desk.weekday(shift.day)}"
    return f"{day} {desk.say(shift.type.label)} {desk.say(shift.post.label)}"


def by_organisation(desk: Desk) -> Page:
    """One row an organisation and day, a column a shift type: where its members serve."""
    duties: dict[tuple[str, dt.date], dict[str, dict[Shift, list[str]]]] = {}
    for one in desk.serving:
        for shift in desk.roster.shifts_of(one):
            of_day = duties.setdefault((desk.organisation(one), shift.day), {})
            of_day.setdefault(shift.type.id, {}).setdefault(shift, []).append(desk.name(one))
    order = {name: n for n, name in enumerate(dict.fromkeys(desk.organisation(one) for one in desk.serving))}
    types = _types(desk, {kind for of_day in duties.values() for kind in of_day})
    rows: list[tuple[Value, ...]] = []
    for (name, day), of_day in sorted(duties.items(), key=lambda one: (order[one[0][0]], one[0][1])):
        cells = [_posts(desk, of_day.get(kind.id, {})) for kind in types]
        heads = sum(len(names) for crews in of_day.values() for names in crews.values())
        rows.append((name or desk.words("(none)", "（无单位）"), day, desk.weekday(day), *cells, heads))
    heads_column = Column(Text("Person-times", "人次"), 10, COUNT)
    shifts = [Column(kind.label, 40, WORDS) for kind in types]
    columns = (ORGANISATION, DUTY_DAY, WEEKDAY, *shifts, heads_column)
    total: tuple[Value, ...] = (desk.words("Total", "合计"), *[None] * (len(types) + 2), len(desk.roster))
    title = desk.words("Duties by organisation", "按单位列出的值守安排")
    table = Table(title, columns, rows, note=desk.period, total=total)
    return list_page(desk, BY_ORGANISATION, [table], filtered=True)


def _types(desk: Desk, used: Set[str]) -> list[ShiftType]:
    """The shift types of some ids by the hour at which they begin on a duty day."""
    horizon, found = desk.problem.horizon, desk.roster.instance.shift_types.values()
    listed = [one for one in found if one.id in used]
    return sorted(listed, key=lambda one: horizon.starting(horizon.first, one.start))


def _posts(desk: Desk, crews: Mapping[Shift, Sequence[str]]) -> str:
    """A line a post: who serves there."""
    colon, between = desk.words(": ", "："), desk.words(", ", "、")
    lines = sorted(crews.items(), key=lambda one: (one[0].start, one[0].post.id))
    return "\n".join(f"{desk.say(shift.post.label)}{colon}{between.join(names)}" for shift, names in lines)


def open_shifts(desk: Desk) -> Page:
    """The shifts with fewer people than they need at least."""
    skills = desk.roster.instance.skills
    rows: list[tuple[Value, ...]] = []
    for shift in by_time([one for one in desk.roster.instance.shifts if desk.missing(one)]):
        crew = desk.roster.crew_of(shift)
        rows.append(
            (
                shift.day,
                desk.weekday(shift.day),
                desk.say(shift.type.label),
                desk.hours(shift),
                desk.say(shift.post.label),
                shift.least,
                len(crew),
                desk.missing(shift),
                desk.words(", ", "、").join(desk.name(one) for one in crew),
                desk.words(", ", "、").join(
                    desk.say(skills[one].label)
                    for one in dict.fromkeys([*shift.post.skills, *(need.skill for need in shift.skills)])
                ),
            )
        )
    columns = (
        DUTY_DAY, WEEKDAY, SHIFT, TIME, POST,
        Column(Text("At least", "应到"), 10, COUNT),
        Column(Text("There", "已排"), 10, COUNT),
        Column(Text("Missing", "缺"), 10, COUNT),
        Column(Text("Crew", "已排人员"), 30, WORDS),
        Column(Text("Skills needed", "所需技能"), 24, WORDS),
    )  # fmt: skip
    missing = sum(desk.missing(one) for one in desk.roster.instance.shifts)
    total: tuple[Value, ...] = (desk.words("Total", "合计"), *[None] * 6, missing, None, None)
    title = desk.words("Open shifts", "缺岗班次")
    empty = desk.words("Every shift has its least number of people.", "每个班次都达到最少人数，没有缺岗。")
    table = Table(title, columns, rows, note=desk.period, total=total if rows else None, empty=empty)
    return list_page(desk, OPEN, [table], filtered=True)


def changes(desk: Desk) -> Page:
    """What changed against the roster of before: by shift, then by person."""
    assert desk.previous is not None, "no roster to compare with"
    found = difference(desk.previous, desk.roster)
    people = {one.id: one for roster in (desk.previous, desk.roster) for one in roster.instance.volunteers}
    known = desk.roster.instance.volunteer_index

    def name(volunteer: str) -> str:
        one = people[volunteer]
        return desk.name(one) if volunteer in known else desk.say(desk.seen.name(one.label))

    between = desk.words("; ", "；")
    shifts: list[tuple[Value, ...]] = [
        (desk.say(one.label), between.join(map(name, one.joined)), between.join(map(name, one.left)))
        for one in found.shifts
    ]
    persons: list[tuple[Value, ...]] = [
        (
            name(one.volunteer),
            "\n".join(desk.say(found.labels[shift]) for shift in one.gained),
            "\n".join(desk.say(found.labels[shift]) for shift in one.lost),
        )
        for one in found.people
    ]
    same = desk.words("Nothing changed.", "没有变更。")
    wide = 46.0
    by_shift = (
        Column(Text("Shift", "班次"), wide, WORDS),
        Column(Text("Joins", "新到"), wide, WORDS),
        Column(Text("Leaves", "离开"), wide, WORDS),
    )
    by_name = (
        Column(Text("Name", "姓名"), wide, WORDS),
        Column(Text("New duties", "新增班次"), wide, WORDS),
        Column(Text("Dropped duties", "取消班次"), wide, WORDS),
    )
    return list_page(
        desk,
        CHANGES,
        [
            Table(desk.words("Changes by shift", "按班次列出的变更"), by_shift, shifts, empty=same),
            Table(desk.words("Changes by person", "按人员列出的变更"), by_name, persons, empty=same),
        ],
    )
