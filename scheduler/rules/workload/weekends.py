"""weekends: few weekends of duty, and whole ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from scheduler.domain.calendar import Weekday
from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import refused
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.workload.service import counted
from scheduler.text import Text, day_text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel
    from scheduler.model.sums import Presence

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Weekend:
    """The days of one weekend, those outside the horizon included; whole if none of them is."""

    days: tuple[dt.date, ...]
    whole: bool


class Weekends(VolunteerRule):
    """Give a volunteer duty on at most ``most`` weekends, and with ``complete`` on whole weekends only.

    A weekend is served if the volunteer has a shift on one of its duty days. ``most`` is for the whole
    horizon, for each month (a weekend belongs to the month it begins in), or for any ``weeks`` weekends in
    a row; every weekend over it counts one. With ``complete: true`` every day without a shift in a weekend
    that is served counts one, so half a weekend counts one. ``weekend`` says which weekdays make one. Of a
    weekend that the horizon or the ``days`` of the rule cut, only the days within count, and it is never
    half.

    ```yaml
    rule: weekends
    most: 2
    per: weeks
    weeks: 4
    complete: true
    ```
    """

    rule: Literal["weekends"] = "weekends"
    most: int | None = parameter(None, ge=0, le=200, en="most weekends of duty", zh="最多值守的周末数")
    per: Literal["horizon", "month", "weeks"] = parameter(
        "horizon",
        en="most in: the horizon, a month, or any weeks in a row",
        zh="计数周期：整个排班期、月，或连续若干周",
    )
    weeks: int = parameter(4, ge=1, le=200, en="per weeks: how many in a row", zh="per 为 weeks 时的连续周数")
    complete: bool = parameter(False, en="all days of a weekend or none", zh="周末各天要么全值，要么全休")
    weekend: tuple[Weekday, ...] = parameter(
        (Weekday.SAT, Weekday.SUN),
        min_length=1,
        max_length=6,
        en="the weekdays of a weekend, one after the other",
        zh="构成周末的星期，须依次相连",
    )

    title: ClassVar[Text] = Text("Weekends", "周末")
    text: ClassVar[Text] = Text(
        "{subject}: {load} of duty {period}, at most {most}",
        "{subject}：{period}值守{load}，至多{most}个",
    )
    half: ClassVar[Text] = Text(
        "{subject}: serves only part of the weekend of {first}", "{subject}：{first}起的周末只值守了一部分"
    )
    manual_zh: ClassVar[str] = """
        志愿者值守的周末数不超过 most；complete 为 true 时，一个周末要么每天都值，要么全休。只要周末任一值
        守日有班，即为值守该周末。most 可按整个排班期、按月（周末属于其开始的月份）或按任意连续 weeks 个周
        末计算，每超出一个周末计一次。complete 为 true 时，被值守的周末中每有一天无班计一次，即值守半个周
        末计一次。weekend 规定周末由哪些星期组成。被排班期或本规则 days 截断的周末只计其中的日子，且不算半
        个周末。
        """
    category: ClassVar[str] = "workload"

    @model_validator(mode="after")
    def _useful(self) -> Self:
        if self.most is None and not self.complete:
            raise refused(Text("weekends needs most or complete, or both", "weekends 须写 most 或 complete"))
        if len(self._begins()) != 1:
            raise refused(
                Text("the weekdays of weekend do not follow each other", "weekend 中的星期并非依次相连")
            )
        return self

    def post_all(self, model: RuleModel) -> None:
        if not (weekends := self._weekends(model.instance)):
            return
        first = model.instance.horizon.first
        of_day = np.full(len(model.instance.days), -1, dtype=np.int64)
        for n, weekend in enumerate(weekends):
            inside = [(day - first).days for day in weekend.days]
            of_day[[day for day in inside if 0 <= day < len(of_day)]] = n
        day_of = model.instance.day_of
        daily = model.presence(np.where(of_day[day_of] >= 0, day_of, -1))
        if self.most is not None:
            self._post_most(model, daily, of_day[daily.unit], weekends)
        if self.complete:
            for weekend in weekends:
                if weekend.whole:
                    self._post_complete(model, daily, [(day - first).days for day in weekend.days])

    def _post_most(self, model: RuleModel, daily: Presence, of: Ints, weekends: list[Weekend]) -> None:
        keys, into = np.unique(daily.volunteer * len(weekends) + of, return_inverse=True)
        served = model.any_in(daily.served, into, len(keys))
        volunteer, number = keys // len(weekends), keys % len(weekends)
        for _, within in self._spans(weekends):
            chosen = np.flatnonzero(np.isin(number, within))
            who, row = np.unique(volunteer[chosen], return_inverse=True)
            sums = served.take(chosen).gathered(row, len(who))
            model.at_most_each(float(self.most or 0), sums, subjects=who)

    def _post_complete(self, model: RuleModel, daily: Presence, days: list[int]) -> None:
        """Every day: whoever serves on another day of the weekend serves on this one."""
        instance = model.instance
        table = daily.table(len(instance.volunteers), len(instance.days))
        for day in days:
            others = table[:, [other for other in days if other != day]]
            row, at = np.nonzero(others >= 0)
            who, into = np.unique(row, return_inverse=True)
            served = model.any_in(daily.served.take(others[row, at]), into, len(who))
            this = table[who, day]
            here = daily.served.take(this[this >= 0]).gathered(np.flatnonzero(this >= 0), len(who))
            model.at_most_each(0.0, served - here, subjects=who)

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        shifts = roster.shifts_of(volunteer)
        duty = {shift.day for shift in shifts}
        weekends = self._weekends(roster.instance)
        served = [any(day in duty for day in weekend.days) for weekend in weekends]
        for period, within in self._spans(weekends) if self.most is not None else ():
            load = sum(served[n] for n in within)
            if load > (self.most or 0):
                days = {day for n in within for day in weekends[n].days}
                yield self.breach(
                    load - (self.most or 0),
                    [volunteer],
                    [shift for shift in shifts if shift.day in days],
                    subject=volunteer.label,
                    load=counted(load, "weekend", "个周末"),
                    period=period,
                    most=self.most,
                )
        for weekend, is_served in zip(weekends, served):
            missing = [day for day in weekend.days if day not in duty]
            if self.complete and weekend.whole and is_served and missing:
                yield self.breach(
                    len(missing),
                    [volunteer],
                    [shift for shift in shifts if shift.day in weekend.days],
                    self.half,
                    subject=volunteer.label,
                    first=weekend.days[0],
                )

    def _weekends(self, instance: Instance) -> list[Weekend]:
        """The weekends with a day in the horizon, in order."""
        return instance.once((self, "weekends"), lambda: self._found(instance))

    def _found(self, instance: Instance) -> list[Weekend]:
        first, last = instance.horizon.first, instance.horizon.last
        start = first - (first.weekday() - self._begins()[0]) % 7 * DAY
        found = []
        while start <= last:
            days = tuple(start + n * DAY for n in range(len(set(self.weekend))))
            inside = [
                first <= day <= last and (self.days is None or instance.picks(self.days, day)) for day in days
            ]
            if any(inside):
                found.append(Weekend(days, all(inside)))
            start += 7 * DAY
        return found

    def _begins(self) -> list[int]:
        """Numbers of the weekdays that open a weekend: one, if the weekdays follow each other."""
        numbers = {tuple(Weekday).index(day) for day in self.weekend}
        return sorted(number for number in numbers if (number - 1) % 7 not in numbers)

    def _spans(self, weekends: list[Weekend]) -> list[tuple[Text, list[int]]]:
        """What ``most`` is counted in: its name, and the numbers of its weekends."""
        everything = list(range(len(weekends)))
        if self.per == "horizon":
            return [(Text("in all", "整个排班期"), everything)]
        if self.per == "month":
            months: dict[Text, list[int]] = {}
            for n, weekend in enumerate(weekends):
                begins = weekend.days[0]
                name = Text(f"in {begins:%B %Y}", f"{begins.year}年{begins.month}月")
                months.setdefault(name, []).append(n)
            return list(months.items())
        windows = [everything[n : n + self.weeks] for n in range(max(1, len(weekends) - self.weeks + 1))]
        return [
            (
                Text(
                    f"in {len(one)} weeks from {day_text(weekends[one[0]].days[0]).en}",
                    f"自{day_text(weekends[one[0]].days[0]).zh}起{len(one)}周内",
                ),
                one,
            )
            for one in windows
            if one
        ]
