"""Capacity in a sentence and in tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.domain.instance import Instance
from scheduler.report.capacity import Capacity, DayCapacity, Kind, needs, short_skills
from scheduler.report.grid import Cell, Grid
from scheduler.text import Text, day_text, joined


def verdict(found: Capacity) -> Text:
    """The answer in a sentence or two."""
    share = f"{found.share:.0%}"
    total = {"open": number(found.least), "demanded": found.demanded, "share": share}
    enough = Text(
        "Today's sign-ups can cover at least {share} of every day; of {demanded} heads {open} stay open at best.",
        "按目前报名，每天的到岗率都可达到 {share}；全期应到 {demanded} 人次，最好情况下仍缺 {open} 人次。",
    )
    short = Text(
        "From {day} on today's sign-ups cannot cover {share} of every day, whatever the roster; "
        "of {demanded} heads {open} stay open at best.",
        "按目前报名，无论怎样排班，自{day}起都无法保证每天到岗率达到 {share}；"
        "全期应到 {demanded} 人次，最好情况下仍缺 {open} 人次。",
    )
    said = enough.format(**total) if found.first is None else short.format(day=day_text(found.first), **total)
    return joined([said, *_skills_text(found)], " ", "")


def _skills_text(found: Capacity) -> Iterator[Text]:
    lacking = [
        Text("{label} {share}", "{label} {share}").format(
            label=one.label, share=f"{1 - (one.alone or 0) / one.demanded:.0%}"
        )
        for one in short_skills(found)
    ]
    if lacking:
        yield Text(
            "Skills that can be there less, at most: {lacking}.", "技能到岗率至多：{lacking}。"
        ).format(lacking=joined(lacking))


def day_grid(found: Capacity) -> Grid:
    """The days that cannot be covered in full, and all together."""
    columns = (
        Text("Day", "值守日"),
        Text("Demanded", "应到"),
        Text("At best", "至多到岗"),
        Text("Open", "缺员"),
        Text("Share", "到岗率"),
    )
    rows = [_day_row(date_text(one.day), one, found.share) for one in found.days if one.open > 0]
    total = DayCapacity(found.instance.horizon.first, found.demanded, found.open)
    full = sum(one.open == 0 for one in found.days)
    label = Text("All {days} days, {full} in full", "全期{days}天，其中{full}天满员").format(
        days=len(found.days), full=full
    )
    rows.append(_day_row(label, total, 0.0))
    return Grid(
        _DAYS
        if found.first is None
        else _UP_TO.format(day=date_text(found.first), share=f"{found.share:.0%}"),
        columns,
        tuple(rows),
    )


_DAYS = Text("Coverage at best, by day", "各日最好到岗情况")
_UP_TO = Text(
    "Coverage at best, by day, {share} kept until {day}", "各日最好到岗情况（{day}之前保证 {share}）"
)


def date_text(day: dt.date) -> Text:
    """A day of the plan in short: ``8 Mar``, ``3月8日``."""
    return Text(f"{day.day} {day:%b}", f"{day.month}月{day.day}日")


def _day_row(label: Text, one: DayCapacity, share: float) -> tuple[Cell, ...]:
    mark = "" if one.share >= share - 1e-9 else " ↓"
    return (
        label,
        one.demanded,
        _rounded(one.demanded - one.open),
        _rounded(one.open),
        f"{one.share:.0%}{mark}",
    )


def group_grid(found: Capacity) -> Grid:
    """Where heads stay open: by skill, time of day, kind of day, organisation, post."""
    columns = (
        Text("By", "类别"),
        Text("Which", "项目"),
        Text("Demanded", "应到"),
        Text("Open", "缺员"),
        Text("Open if served first", "优先保障后仍缺"),
    )
    rows = tuple(
        (
            one.dimension.label,
            one.label,
            one.demanded,
            _rounded(one.open),
            None if one.alone is None else _rounded(one.alone),
        )
        for one in found.groups
    )
    return Grid(Text("Bottlenecks", "瓶颈"), columns, rows)


def need_grid(found: Capacity) -> Grid:
    """Whom to ask for."""
    columns = (
        Text("Helpers", "所需人员"),
        Text("People", "人数"),
        Text("Shifts a week each", "每人每周班数"),
    )
    recruits = found.recruits
    rows = (
        [(kind_text(found.instance, one.kind), one.people, recruits.per_week) for one in needs(found)]
        if recruits
        else []
    )
    return Grid(Text("Helpers to ask for", "需补充的人员"), columns, tuple(rows))


def kind_text(instance: Instance, kind: Kind) -> Text:
    """A kind of helper in words: ``medical, of Zhigong: evenings 18:00–22:00``."""
    skills = joined([instance.skills[one].label for one in kind.skills], ", ", "、")
    who = (
        Text("helpers with {skills}", "具备“{skills}”的人员").format(skills=skills)
        if kind.skills
        else _ANYONE
    )
    if kind.organisation is not None:
        label = instance.organisations[kind.organisation].label
        who = Text("{who}, members of {label}", "{label}{who}").format(who=who, label=label)
    if kind.shift_type is None:
        return Text("{who}, at any time of day", "{who}（时段不限）").format(who=who)
    shift_type = instance.shift_types[kind.shift_type]
    hours = f"{shift_type.start:%H:%M}–{shift_type.end:%H:%M}"
    return Text("{who}, for {label} {hours}", "{who}（{label} {hours}）").format(
        who=who, label=shift_type.label, hours=hours
    )


_ANYONE = Text("helpers", "志愿者")


def number(value: float) -> str:
    """A number of heads as people write it: whole if it is, else to one place."""
    return f"{round(value, 1):g}"


def _rounded(value: float) -> int | float:
    near = round(value, 1)
    return int(near) if near == int(near) else near
