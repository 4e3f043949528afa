"""Capacity: from when sign-ups do not cover demand, where it hurts, and whom to ask for, in words to send on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.instance import Instance
from scheduler.report.grid import Cell, Grid
from scheduler.text import Text, day_text, joined

UNKNOWN = Text(
    "Whom to ask for was not worked out in the time given: allow more --seconds.",
    "限定时间内未算出所需人员，请增大 --seconds。",
)
TO_SEND = Text("To send on:", "招募信息（可直接转发）：")
LONGEST = 1900
"""Characters a message has at most: chat groups take 2,000."""


class Dimension(StrEnum):
    """What shifts are grouped by to find the bottleneck."""

    SKILL = "skill"
    SHIFT_TYPE = "shift type"
    DAY_CLASS = "day class"
    ORGANISATION = "organisation"
    POST = "post"

    @property
    def label(self) -> Text:
        """What people read."""
        return _DIMENSIONS[self]


_DIMENSIONS = {
    Dimension.SKILL: Text("Skill", "技能"),
    Dimension.SHIFT_TYPE: Text("Time of day", "时段"),
    Dimension.DAY_CLASS: Text("Kind of day", "日类"),
    Dimension.ORGANISATION: Text("Organisation", "组织"),
    Dimension.POST: Text("Post", "岗位"),
}


@dataclass(frozen=True, slots=True)
class DayCapacity:
    """A duty day: heads demanded, and how many of them stay open at least."""

    day: dt.date
    demanded: int
    open: float

    @property
    def share(self) -> float:
        """The share that can be covered."""
        return 1 - self.open / self.demanded if self.demanded else 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """Shifts that have something in common.

    ``open`` heads are theirs in the solution shown, which may lie elsewhere in another one; ``alone`` stay open
    even if these shifts are served before all others (None: not worked out in time).
    """

    dimension: Dimension
    key: str
    label: Text
    demanded: int
    open: float
    alone: float | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of helper to ask for: with skills, of an organisation, at one time of day (None: at any)."""

    skills: tuple[str, ...] = ()
    organisation: str | None = None
    shift_type: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """So many people of a kind."""

    kind: Kind
    people: int


class Proof(StrEnum):
    """How a recommendation was verified: with the people added coverage was solved again."""

    ROSTER = "roster"
    RELAXATION = "relaxation"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Recruits:
    """Whom to ask for, each ready for ``per_week`` shifts.

    ``fewest``: it is proven that fewer people of these kinds do not do; ``needed``: one fewer of any kind listed
    does not do either.
    """

    needs: tuple[Need, ...]
    per_week: int
    proof: Proof
    fewest: bool
    needed: bool

    @property
    def people(self) -> int:
        """All of them."""
        return sum(need.people for need in self.needs)


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """What the sign-ups of a plan can cover at best; ``first`` is the day it must fall below the share, if it does.

    ``least`` heads stay open in every roster; ``days`` show a solution that keeps the share up to that day, which may
    leave more open.
    ``groups`` are worked out only if it does; ``recruits`` is None where none help or time ran out.
    """

    name: Text
    instance: Instance
    share: float
    first: dt.date | None
    days: tuple[DayCapacity, ...]
    least: float
    groups: tuple[Group, ...] = ()
    recruits: Recruits | None = None

    @property
    def open(self) -> float:
        """Heads that stay open."""
        return sum(day.open for day in self.days)

    @property
    def demanded(self) -> int:
        """Heads demanded."""
        return sum(day.demanded for day in self.days)


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


def short_skills(found: Capacity) -> tuple[Group, ...]:
    """The skills that cannot be there to the share over all days."""
    return tuple(
        one
        for one in found.groups
        if one.dimension is Dimension.SKILL
        and one.key
        and (one.alone or 0) > (1 - found.share) * one.demanded + 1e-6
    )


def day_grid(found: Capacity) -> Grid:
    """The days that cannot be covered in full, and all together."""
    columns = (
        Text("Day", "值守日"),
        Text("Demanded", "应到"),
        Text("At best", "至多到岗"),
        Text("Open", "缺员"),
        Text("Share", "到岗率"),
    )
    rows = [_day_row(_date(one.day), one, found.share) for one in found.days if one.open > 0]
    total = DayCapacity(found.instance.horizon.first, found.demanded, found.open)
    full = sum(one.open == 0 for one in found.days)
    label = Text("All {days} days, {full} in full", "全期{days}天，其中{full}天满员").format(
        days=len(found.days), full=full
    )
    rows.append(_day_row(label, total, 0.0))
    return Grid(
        _DAYS if found.first is None else _UP_TO.format(day=_date(found.first), share=f"{found.share:.0%}"),
        columns,
        tuple(rows),
    )


_DAYS = Text("Coverage at best, by day", "各日最好到岗情况")
_UP_TO = Text(
    "Coverage at best, by day, {share} kept until {day}", "各日最好到岗情况（{day}之前保证 {share}）"
)


def _date(day: dt.date) -> Text:
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
        [(kind_text(found.instance, one.kind), one.people, recruits.per_week) for one in _needs(found)]
        if recruits
        else []
    )
    return Grid(Text("Helpers to ask for", "需补充的人员"), columns, tuple(rows))


def proof_text(recruits: Recruits, share: float) -> Text:
    """How far the recommendation is certain."""
    enough = {
        Proof.ROSTER: Text(
            "verified: with them a roster was found that covers {share} of every day",
            "已验证：补充后找到了每天到岗率不低于 {share} 的排班",
        ),
        Proof.RELAXATION: Text(
            "with them the bound on coverage reaches {share} of every day; no roster was found in the time given",
            "补充后覆盖率的理论上限达到每天 {share}；限定时间内未得出具体排班",
        ),
        Proof.NONE: Text(
            "in the time given it was not verified that they suffice", "限定时间内未能验证是否足够"
        ),
    }[recruits.proof]
    parts = [enough.format(share=f"{share:.0%}")]
    if recruits.needed:
        parts.append(Text("one fewer of any kind does not do", "任一类少一人都不够"))
    else:
        parts.append(
            Text(
                "that fewer do not do was not verified in the time given", "限定时间内未验证更少的人是否足够"
            )
        )
    if recruits.fewest:
        parts.append(Text("no other mix of these kinds does with fewer", "换用其他搭配也不能更少"))
    return joined(parts, "; ", "；")


def group_text(one: Group) -> Text:
    """A bottleneck in a few words: ``medical: 12 of 40 open``."""
    count = number(one.open if one.alone is None else one.alone)
    return Text("{label}: {count} of {of} heads", "{label}缺 {count} 人次（应到 {of}）").format(
        label=one.label, count=count, of=one.demanded
    )


def bottlenecks(found: Capacity) -> tuple[Group, ...]:
    """Skills below the share, and in every dimension the group that half of what is open cannot be moved away from."""
    best: dict[Dimension, Group] = {}
    most: dict[Dimension, float] = {}
    for one in found.groups:
        alone = one.alone or 0.0
        if one.key and alone >= found.least / 2 > 0 and alone > most.get(one.dimension, 0.0):
            best[one.dimension], most[one.dimension] = one, alone
    return tuple(dict.fromkeys([*short_skills(found), *best.values()]))


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


def message(found: Capacity) -> Text | None:
    """A recruiting message to send on, under 2,000 characters; None if nobody need be asked."""
    if found.recruits is None or not found.recruits.needs:
        return None
    lines = list(_message(found))
    while max(len("\n".join(line.en for line in lines)), len("\n".join(line.zh for line in lines))) > LONGEST:
        del lines[-3]
    return joined(lines, "\n", "\n")


def _message(found: Capacity) -> Iterator[Text]:
    assert found.recruits is not None, "a message asks for somebody"
    days = found.instance.horizon
    yield Text("[Helpers wanted] {name}", "【招募志愿者】{name}").format(name=found.name)
    yield Text(
        "From {first} to {last} our posts need people.{until} {open} of {demanded} person-times stay open.",
        "{first}至{last}值守需要增援。{until}全期应到 {demanded} 人次，缺 {open} 人次。",
    ).format(
        first=day_text(days.first),
        last=day_text(days.last),
        until=_until(found),
        open=number(found.least),
        demanded=found.demanded,
    )
    if short := [group_text(one) for one in bottlenecks(found)[:4]]:
        yield Text("Most lacking: {short}.", "缺口主要在：{short}。").format(short=joined(short, "; ", "；"))
    yield from _worst_days(found)
    yield Text("We ask for:", "现需补充：")
    for n, need in enumerate(_needs(found), 1):
        yield Text("{n}. {people} {kind}", "{n}. {kind} {people} 名").format(
            n=n, people=need.people, kind=kind_text(found.instance, need.kind)
        )
    yield Text(
        "Each of them {shifts} a week at most. With these {people} people every day would be {share} covered or more.",
        "每人每周至多 {count} 班。以上 {people} 人到位后，每天到岗率可达 {share} 以上。",
    ).format(
        count=found.recruits.per_week,
        shifts=f"{found.recruits.per_week} shift{'s' if found.recruits.per_week > 1 else ''}",
        people=found.recruits.people,
        share=f"{found.share:.0%}",
    )
    yield Text(
        "Please reply with name, organisation and free times. Thank you!",
        "请回复姓名、单位、可服务时间。谢谢！",
    )


def _until(found: Capacity) -> Text:
    if found.first is None:
        return Text("", "")
    return Text(
        " With today's sign-ups {share} of the places can no longer be filled every day from {day} on.",
        "按目前报名情况，自{day}起无法保证每天到岗率达到{share}。",
    ).format(day=day_text(found.first), share=f"{found.share:.0%}")


def _worst_days(found: Capacity) -> Iterator[Text]:
    below = [one.day for one in found.days if one.share < found.share - 1e-9]
    dates = joined([_date(day) for day in below[:6]])
    more = Text(f" and {len(below) - 6} more days", f"等 {len(below)} 天") if len(below) > 6 else Text("", "")
    if below:
        yield Text("Days most in need: {dates}{more}.", "最缺人的日子：{dates}{more}。").format(
            dates=dates, more=more
        )


def _needs(found: Capacity) -> tuple[Need, ...]:
    assert found.recruits is not None, "somebody is asked for"
    return tuple(sorted(found.recruits.needs, key=lambda one: -one.people))


def number(value: float) -> str:
    """A number of heads as people write it: whole if it is, else to one place."""
    return f"{round(value, 1):g}"


def _rounded(value: float) -> int | float:
    near = round(value, 1)
    return int(near) if near == int(near) else near


def capacity_data(found: Capacity) -> dict[str, object]:
    """All of it as plain values for JSON: dates as ISO texts, texts in both languages."""
    text = message(found)
    return {
        "share": found.share,
        "first_day_below": found.first.isoformat() if found.first else None,
        "demanded": found.demanded,
        "open": found.least,
        "days": [
            {"day": one.day.isoformat(), "demanded": one.demanded, "open": one.open} for one in found.days
        ],
        "groups": [
            {
                "by": str(one.dimension),
                "key": one.key,
                "label": _both(one.label),
                "demanded": one.demanded,
                "open": one.open,
                "open_if_served_first": one.alone,
            }
            for one in found.groups
        ],
        "helpers": _recruits_data(found) if found.recruits else None,
        "message": _both(text) if text else None,
    }


def _recruits_data(found: Capacity) -> dict[str, object]:
    assert found.recruits is not None, "somebody is asked for"
    return {
        "needs": [
            {
                "people": need.people,
                "skills": list(need.kind.skills),
                "organisation": need.kind.organisation,
                "shift_type": need.kind.shift_type,
                "label": _both(kind_text(found.instance, need.kind)),
            }
            for need in _needs(found)
        ],
        "per_week": found.recruits.per_week,
        "verified_by": str(found.recruits.proof),
        "fewest": found.recruits.fewest,
        "each_needed": found.recruits.needed,
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
