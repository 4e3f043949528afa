"""The words of an event: title, place, description, alarm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.domain.instance import Instance
from scheduler.domain.post import Post
from scheduler.domain.profile import Profile
from scheduler.domain.publishing import Detail
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.publish.privacy import View, view, without_numbers
from scheduler.text import Text, joined, same

DUTY = Text("Duty", "值班")
OPEN = Text("Open shift", "空缺班次")
_IN_DAYS = Text("Duty in {count} days: {where}", "{count}天后值班:{where}")
_TOMORROW = Text("Duty tomorrow: {where}", "明天值班:{where}")
_IN_HOURS = Text("Duty in {count} h: {where}", "{count}小时后值班:{where}")
_IN_MINUTES = Text("Duty in {count} min: {where}", "{count}分钟后值班:{where}")
_NOW = Text("Duty begins: {where}", "值班开始:{where}")
_NAMED = 4
COORDINATOR = view(Profile.COORDINATOR)
"""How those see a roster who see most of it."""


def calendar_name(whose: Text, plan: Text) -> Text:
    """What a calendar is called: whose duties, of which plan."""
    return Text(f"{whose.en} · {plan.en}", f"{whose.zh}·{plan.zh}")


def own_title(shift: Shift) -> Text:
    """A volunteer's own duty, clear alone on a lock screen: ``值班:福光路西口(早班)``, ``备勤:...``."""
    where = _where(shift)
    if shift.post.stands_by:
        return Text(f"Stand by: {where.en}", f"备勤:{where.zh}")
    return Text(f"Duty: {where.en}", f"值班:{where.zh}")


def member_title(shift: Shift, volunteer: Volunteer, seen: View = COORDINATOR) -> Text:
    """Somebody's duty as others read it: who, then where."""
    return _after(seen.name(volunteer.label), _where(shift))


def crew_title(shift: Shift, crew: Sequence[Volunteer], seen: View = COORDINATOR) -> Text:
    """A shift with who serves and how many are missing."""
    parts = [_some_names(crew, seen)] if crew and seen.partners else []
    if (missing := shift.least - len(crew)) > 0:
        parts.append(_missing(missing))
    if not parts:
        return _where(shift)
    return _after(_where(shift), joined(parts, zh=","))


def open_title(shift: Shift, missing: int) -> Text:
    """A shift that needs people, as a call for them: ``缺2人:福光路西口(早班)``."""
    return _after(_missing(missing), _where(shift))


def location(instance: Instance, post: Post) -> Text:
    """Post, address and places in one line; what an earlier part already says is left out."""
    places = [instance.places[place].label for place in instance.place_line(post.place)]
    name, address = post.label, post.address or same("")
    english = _fresh([name.en, address.en, *(place.en for place in places)])
    chinese = _fresh([name.zh, address.zh, "".join(place.zh for place in reversed(places))])
    around = f"（{'，'.join(chinese[1:])}）" if len(chinese) > 1 else ""
    return Text(en=", ".join(english), zh=chinese[0] + around)


def description(
    instance: Instance,
    plan: Text,
    shift: Shift,
    crew: Sequence[Volunteer],
    own: Volunteer | None = None,
    seen: View = COORDINATOR,
) -> Text:
    """The lines below the title: who (else than ``own``) serves, tasks, who is in charge, the plan."""
    return described([who(instance, crew, own, seen), about(shift, len(crew), plan, seen)])


def described(parts: Sequence[Text | None]) -> Text:
    """Parts of a description, one below the other."""
    return joined([part for part in parts if part], en="\n", zh="\n")


def who(instance: Instance, crew: Sequence[Volunteer], own: Volunteer | None, seen: View) -> Text | None:
    """Who (else than ``own``) serves, as far as this reader sees it."""
    if not seen.partners:
        return None
    return _partners(own, crew, seen) if own else _everybody(instance, crew, seen)


def about(shift: Shift, heads: int, plan: Text, seen: View) -> Text:
    """What a description says whoever serves: how many are missing, tasks, who is in charge, the plan."""
    lines = []
    if (missing := shift.least - heads) > 0:
        lines.append(Text(f"Still missing: {missing}", f"尚缺：{missing}人"))
    if shift.start.date() != shift.day:
        lines.append(Text("Belongs to the duty day {day}", "属于{day}的值守日").format(day=shift.day))
    if shift.post.tasks:
        tasks = as_seen(shift.post.tasks, seen)
        lines.append(Text(f"Tasks: {tasks.en}", f"任务：{tasks.zh}"))
    if leader := leader_text(shift.post, seen):
        lines.append(Text(f"In charge: {leader.en}", f"负责人：{leader.zh}"))
    lines.append(Text(f"Plan: {plan.en}", f"计划：{plan.zh}"))
    return joined(lines, en="\n", zh="\n")


def alarm_text(shift: Shift, before: dt.timedelta) -> Text:
    """What the reminder says, in the largest unit that is exact."""
    minutes = round(before.total_seconds() / 60)
    where = _where(shift)
    if minutes in (0, 24 * 60):
        return (_TOMORROW if minutes else _NOW).format(where=where)
    for unit, text in ((24 * 60, _IN_DAYS), (60, _IN_HOURS)):
        if minutes % unit == 0:
            return text.format(count=minutes // unit, where=where)
    return _IN_MINUTES.format(count=minutes, where=where)


def _where(shift: Shift) -> Text:
    post, kind = shift.post.label, shift.type.label
    return Text(f"{post.en} ({kind.en})", f"{post.zh}({kind.zh})")


def _after(first: Text, second: Text) -> Text:
    return Text(f"{first.en}: {second.en}", f"{first.zh}:{second.zh}")


def _missing(count: int) -> Text:
    return Text(f"{count} missing", f"缺{count}人")


def as_seen(text: Text, seen: View) -> Text:
    """A text of the plan; numbers in it are masked unless this reader sees the leader's in full."""
    return text if seen.leader is Detail.FULL else without_numbers(text)


def leader_text(post: Post, seen: View) -> Text | None:
    """Who is in charge of a post and their phone, as far as this reader sees them."""
    phone = seen.phone(post.phone, leader=True)
    if post.leader is None or seen.leader is Detail.HIDDEN:
        return same(phone) if phone else None
    leader = as_seen(post.leader, seen)
    return Text(f"{leader.en} {phone}", f"{leader.zh} {phone}") if phone else leader


def _some_names(crew: Sequence[Volunteer], seen: View) -> Text:
    names = joined([seen.name(volunteer.label) for volunteer in crew[:_NAMED]])
    if len(crew) <= _NAMED:
        return names
    return Text(f"{names.en} and {len(crew) - _NAMED} more", f"{names.zh}等{len(crew)}人")


def _partners(own: Volunteer, crew: Sequence[Volunteer], seen: View) -> Text:
    others = [seen.name(volunteer.label) for volunteer in crew if volunteer.id != own.id]
    if not others:
        return Text("You are alone on this shift", "本班次仅您一人")
    names = joined(others)
    return Text(f"With: {names.en}", f"搭档：{names.zh}")


def _everybody(instance: Instance, crew: Sequence[Volunteer], seen: View) -> Text:
    if not crew:
        return Text("Crew: nobody yet", "人员：暂无")
    names = joined([_with_organisation(instance, volunteer, seen) for volunteer in crew])
    return Text(f"Crew: {names.en}", f"人员：{names.zh}")


def _with_organisation(instance: Instance, volunteer: Volunteer, seen: View) -> Text:
    name, phone = seen.name(volunteer.label), seen.phone(volunteer.phone)
    if phone:
        name = Text(f"{name.en} {phone}", f"{name.zh} {phone}")
    if volunteer.organisation is None:
        return name
    organisation = instance.organisations[volunteer.organisation]
    of = same(organisation.short) if organisation.short else organisation.label
    return Text(f"{name.en} ({of.en})", f"{name.zh}（{of.zh}）")


def _fresh(parts: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if part and not any(part in earlier for earlier in kept):
            kept.append(part)
    return kept
