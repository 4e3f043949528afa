"""Notices for a chat group: what changed for whom, and calls for people where some are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import groupby

from scheduler.domain.instance import Instance
from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.io.chat.blocks import LIMIT, Section, blocks
from scheduler.io.chat.listing import Chosen, day_words, hours_words
from scheduler.io.chat.people import Names
from scheduler.problem import Problem
from scheduler.publish import wording
from scheduler.publish.changes import beginning, between, duties_of_roster
from scheduler.publish.privacy import view
from scheduler.text import Language, Text, joined, same

_CHANGES = Text("[{plan}] The roster has changed", "【{plan}】排班变更通知")
_CONCERNED = Text("Please note: {who}", "请以下人员留意：{who}")
_COUNTED = Text("{people} people, {changes} changes", "共{people}人、{changes}处变更")
_CALL = Text(
    "[{plan}] People wanted: {shifts} shifts, {heads} places",
    "【{plan}】招募值班人员：{shifts}个班次，缺{heads}人",
)
_REPLY = Text("If you can come, please reply in this group.", "能参加的请在群内接龙或回复。")
_CONTACT = Text("If you can come, please contact {who}.", "能参加的请联系{who}。")
_MISSING = Text("missing {what}: {when} {post}", "缺{what}：{when} {post}")


def change_notice(
    problem: Problem,
    before: Roster,
    after: Roster,
    language: Language,
    profile: Profile = Profile.VOLUNTEER,
    limit: int = LIMIT,
) -> list[str]:
    """Messages that tell what changed from one roster to another: whom it concerns, then each change by person.

    The rosters may be of two versions of a plan: ids say what is the same, and duties before the first day of
    this one stay as they are. Empty if nothing changed.
    """
    names = _all_names(problem, (before, after), profile)
    found = between(duties_of_roster(before), duties_of_roster(after), beginning(problem))
    people = list(dict.fromkeys(one.volunteer for one in found))
    if not people:
        return []
    who = joined([Text(f"@{names[one].en}", f"@{names[one].zh}") for one in people], en=" ", zh=" ")
    counted = _COUNTED.format(people=len(people), changes=len(found)).say(language)
    head = Section(counted, tuple(_wrapped(_CONCERNED.format(who=who).say(language))))
    sections = [
        Section(names[person].say(language), tuple(one.sentence.say(language) for one in own))
        for person, own in groupby(found, key=lambda one: one.volunteer)
    ]
    return blocks(_CHANGES.format(plan=problem.name).say(language), [head, *sections], language, limit)


def call_out(
    problem: Problem,
    roster: Roster,
    now: dt.datetime,
    language: Language,
    profile: Profile = Profile.VOLUNTEER,
    chosen: Chosen | None = None,
    contact: str = "",
    limit: int = LIMIT,
) -> list[str]:
    """Messages that ask for people: a line for each shift that lacks some and has not begun, by day.

    Args:
        problem: the plan.
        roster: who serves so far.
        now: shifts that have begun by then are left out.
        language: what it is written in.
        profile: who reads; whether the leader of a post is named, and how, depends on it.
        chosen: days and posts to ask for; all by default.
        contact: whom to turn to; without it the leader of the post, and a reply in the group.
        limit: characters a message may have.
    """
    chosen, instance = chosen or Chosen(), roster.instance
    seen = view(profile, problem.publish.show)
    lacking = [shift for shift in instance.shifts if shift.start > now and _wanted(shift, chosen)]
    lacking = [shift for shift in lacking if _missing(shift, roster) > 0]
    if not lacking:
        return []
    sections = [
        Section(
            f"■ {day_words(day, instance.day_classes[day]).say(language)}",
            tuple(
                _call(shift, roster, wording.leader_text(shift.post, seen)).say(language) for shift in shifts
            ),
        )
        for day, shifts in groupby(sorted(lacking, key=lambda shift: shift.day), key=lambda shift: shift.day)
    ]
    answer = _CONTACT.format(who=contact) if contact else _REPLY
    heads = sum(_missing(shift, roster) for shift in lacking)
    title = _CALL.format(plan=problem.name, shifts=len(lacking), heads=heads).say(language)
    return blocks(title, [*sections, Section(answer.say(language), ())], language, limit)


def _wanted(shift: Shift, chosen: Chosen) -> bool:
    on_day = not chosen.days or shift.day in chosen.days
    return on_day and (not chosen.posts or shift.post.id in chosen.posts)


def _missing(shift: Shift, roster: Roster) -> int:
    """How many more a shift needs: heads, or those with a skill nobody of the crew brings."""
    crew = roster.crew_of(shift)
    lacking = (skill.least - _skilled(crew, skill.skill, shift) for skill in shift.skills)
    return max(0, shift.least - len(crew), *lacking)


def _skilled(crew: Iterable[Volunteer], skill: str, shift: Shift) -> int:
    return sum(one.has_skill(skill, shift.day) for one in crew)


def _call(shift: Shift, roster: Roster, leader: Text | None) -> Text:
    what = _what(shift, roster)
    line = _MISSING.format(what=what, when=hours_words(shift), post=shift.post.label)
    if leader is None:
        return line
    return Text(f"{line.en} (contact {leader.en})", f"{line.zh}（联系{leader.zh}）")


def _what(shift: Shift, roster: Roster) -> Text:
    """How many, and with what skill: ``1人（医务）``."""
    crew, skills = roster.crew_of(shift), roster.instance.skills
    missing = _missing(shift, roster)
    needed = [skills[skill].label for skill in shift.post.skills]
    for demand in shift.skills:
        short = demand.least - _skilled(crew, demand.skill, shift)
        if short > 0 and demand.skill not in shift.post.skills:
            label = skills[demand.skill].label
            needed.append(
                label if short == missing else Text(f"{short} {label.en}", f"其中{label.zh}{short}人")
            )
    count = Text(f"{missing}", f"{missing}人")
    if not needed:
        return count
    listed = joined(needed)
    return Text(f"{count.en} ({listed.en})", f"{count.zh}（{listed.zh}）")


def _all_names(problem: Problem, rosters: Iterable[Roster], profile: Profile) -> Mapping[str, Text]:
    seen = view(profile, problem.publish.show)
    found: dict[str, Text] = {}
    for roster in rosters:
        instance: Instance = roster.instance
        names = Names(instance, seen)
        found |= {one.id: names.name(one) if names.shown else same("*") for one in instance.volunteers}
    return found


def _wrapped(line: str) -> list[str]:
    """A long list of @names as lines of at most a hundred characters, cut between names."""
    lines = [""]
    for word in line.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) > 100:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
