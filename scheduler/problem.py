"""Problem: a plan as its file says it, facts and rules; demand expanded once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from scheduler.domain.calendar import Horizon, WorkCalendar
from scheduler.domain.entity import Entity, Identifier, Words
from scheduler.domain.instance import Instance
from scheduler.domain.moment import Moment
from scheduler.domain.organisation import Organisation, Pairing
from scheduler.domain.post import Place, Post, Travel
from scheduler.domain.publishing import Publishing
from scheduler.domain.refusal import did_you_mean, near, refused
from scheduler.domain.shift import Demand, Shift, ShiftType, shift_id
from scheduler.domain.volunteer import Skill, Team, Volunteer
from scheduler.references import Facts, Finding, findings
from scheduler.rules import STANDARD, AnyRule
from scheduler.text import Text, joined, same


class Problem(Entity):
    """A plan: who, where, when, and under which rules.

    The standard rules (what volunteers said, agreed to and can do; what posts need) hold even if the plan
    does not list them; a plan that lists one of them replaces it, ``enabled: false`` switches it off.
    """

    id: Identifier = Field(description="the plan's own id; calendar entries keep it over re-planning")
    name: Words
    time_zone: str = Field(default="Asia/Shanghai", description="IANA name")
    issued: Moment | None = Field(default=None, description="local date and time the plan was given out")
    horizon: Horizon
    calendar: WorkCalendar = WorkCalendar()
    places: tuple[Place, ...]
    organisations: tuple[Organisation, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    skills: tuple[Skill, ...] = ()
    teams: tuple[Team, ...] = ()
    shift_types: tuple[ShiftType, ...]
    demand: tuple[Demand, ...] = Field(
        default=(), description="the demand of posts that have none of their own"
    )
    posts: tuple[Post, ...]
    travel: tuple[Travel, ...] = ()
    volunteers: tuple[Volunteer, ...]
    rules: tuple[AnyRule, ...] = ()
    publish: Publishing = Publishing()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            likely = did_you_mean(value, available_timezones())
            if near(value, {*available_timezones(), "Asia/Beijing"}) == ["Asia/Beijing"]:
                likely = Text('China\'s is "Asia/Shanghai"', "中国的时区是“Asia/Shanghai”")
            raise refused(
                Text(f'unknown time zone "{value}"', f"未知时区“{value}”"),
                likely or Text("expected a name like Asia/Shanghai", "应为形如 Asia/Shanghai 的名称"),
            )
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The plan's time zone."""
        return ZoneInfo(self.time_zone)

    def all_rules(self) -> tuple[AnyRule, ...]:
        """The plan's rules and those standard ones it does not mention; without those switched off."""
        standard = [rule for rule in STANDARD if not any(own.replaces(rule) for own in self.rules)]
        return tuple(rule for rule in (*standard, *self.rules) if rule.enabled)

    def findings(self) -> list[Finding]:
        """What the parts of the plan refer to and is not there; a plan with any has no instance."""
        return findings(Facts.of(self))

    def instance(self) -> Instance:
        """The facts laid out: shifts expanded from demand, everything sorted and indexed."""
        return Instance(
            name=self.id,
            zone=self.zone,
            horizon=self.horizon,
            calendar=self.calendar,
            places={place.id: place for place in self.places},
            organisations={organisation.id: organisation for organisation in self.organisations},
            teams={team.id: team for team in self.teams},
            skills={skill.id: skill for skill in self.skills},
            shift_types={shift_type.id: shift_type for shift_type in self.shift_types},
            posts={post.id: post for post in self.posts},
            pairings=self.pairings,
            travel=self.travel,
            volunteers=tuple(sorted(self.volunteers, key=lambda volunteer: volunteer.id)),
            shifts=tuple(sorted(self._shifts(), key=lambda s: (s.start, s.end, s.post.id, s.type.id))),
        )

    def _shifts(self) -> Iterable[Shift]:
        types = {shift_type.id: shift_type for shift_type in self.shift_types}
        classes = {day: self.calendar.day_class(day) for day in self.horizon.days}
        for post in self.posts:
            for day, day_class in classes.items():
                wanted: dict[str, Demand] = {}
                for demand in post.demand or self.demand:
                    if demand.days.picks(day, day_class):
                        wanted |= dict.fromkeys(demand.shifts, demand)
                for name, demand in wanted.items():
                    if shift := self._shift(post, types[name], day, demand):
                        yield shift

    def _shift(self, post: Post, shift_type: ShiftType, day: dt.date, demand: Demand) -> Shift | None:
        wanted = demand.least if demand.wanted is None else demand.wanted
        most = wanted if demand.most is None else demand.most
        if most == 0:
            return None
        start = self.horizon.starting(day, shift_type.start)
        end = dt.datetime.combine(start.date(), shift_type.end)
        if end <= start:
            end += dt.timedelta(days=1)
        return Shift(
            id=shift_id(post.id, day, shift_type.id),
            post=post,
            type=shift_type,
            day=day,
            start=start.replace(tzinfo=self.zone),
            end=end.replace(tzinfo=self.zone),
            least=demand.least,
            wanted=wanted,
            most=most,
            skills=demand.skills,
            priority=demand.priority or post.priority,
        )

    def notes(self) -> tuple[Text, ...]:
        """What a person should know about the plan though nothing is wrong with it."""
        found = []
        if years := self.calendar.unknown_years(self.horizon):
            named = ", ".join(map(str, years))
            found.append(
                Text(
                    en=f"no official holiday calendar is known for {named}: "
                    "weekdays and the plan's own overrides count",
                    zh=f"尚无 {named} 年的法定节假日数据：按星期和计划中的 overrides 处理",
                )
            )
        silent = [volunteer for volunteer in self.volunteers if not volunteer.availability.answered]
        if silent:
            few = joined([*(one.label for one in silent[:5]), *([same("…")] if len(silent) > 5 else [])])
            found.append(
                Text(
                    en=f"{len(silent)} volunteers gave no availability and count as unavailable: {few.en}",
                    zh=f"{len(silent)} 名志愿者未填写可服务时间，视为不可用：{few.zh}",
                )
            )
        return tuple(found)
