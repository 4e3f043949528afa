"""age-limit: what people under or over an age do not do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from scheduler.domain.calendar import Horizon
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import expect_bounds
from scheduler.domain.request import Hours, TimesOfDay
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import PairRule, parameter
from scheduler.text import Text, joined


class AgeLimit(PairRule):
    """Limit what people serve who are younger than ``least`` or older than ``most`` years.

    Age is in completed years on the day of the shift. Outside the limits nobody serves at all; or, if
    ``hours`` or ``longest`` is given, only on shifts that keep off those hours and are no longer than that.
    Each of the two that is broken counts one. Who gave no date of birth is allowed everything, unless
    ``unknown: limit`` treats them as outside the limits. Narrow it to posts, shift types or days with the
    filters.

    ```yaml
    rule: age-limit
    least: 18
    hours: [22:00-06:00]
    longest: 4
    ```
    """

    rule: Literal["age-limit"] = "age-limit"
    least: int | None = parameter(
        None, ge=1, le=150, en="age in years from which one is free of it", zh="年满此岁数者不受限制"
    )
    most: int | None = parameter(
        None, ge=0, le=150, en="age in years up to which one is free of it", zh="不超过此岁数者不受限制"
    )
    hours: tuple[Hours, ...] | None = parameter(
        None, en="hours that a shift of theirs must not touch", zh="其班次不得触及的时段"
    )
    longest: float | None = parameter(
        None, gt=0, le=24, en="longest shift of theirs, in hours", zh="其班次最长小时数"
    )
    unknown: Literal["allow", "limit"] = parameter(
        "allow", en="who gave no date of birth: allow or limit", zh="未填出生日期者：allow 不限，limit 限制"
    )

    title: ClassVar[Text] = Text("Limits by age", "年龄限制")
    text: ClassVar[Text] = Text("{subject} ({age}): {shift} {reason}", "{subject}（{age}）：{shift} {reason}")
    manual_zh: ClassVar[str] = """
        限制未满 least 岁或超过 most 岁的人的值守。年龄按值守日当天的周岁计算。
        不在年龄范围内的人不得值守；如写明 hours 或 longest，则可值守不触及该时段且不超过该时长的班次，
        违反其中每一项各计一次。未填出生日期者默认不限，unknown: limit 则按范围外处理。
        可用筛选条件限定岗位、班型或日期。
        """
    category: ClassVar[str] = "eligibility"

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        expect_bounds("age-limit", self.least, self.most)
        return self

    def judge(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> int:
        return 0 if self._within(volunteer, shift.day) else len(self._reasons(instance, shift))

    def volunteer_key(self, instance: Instance, volunteer: Volunteer) -> Hashable:
        return tuple(self._within(volunteer, day) for day in instance.days)

    def shift_key(self, instance: Instance, shift: Shift) -> Hashable:
        return shift.day, len(self._reasons(instance, shift))

    def values(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> dict[str, object]:
        if volunteer.born is None:
            years = Text("age unknown", "年龄不详")
        else:
            years = Text("{n}", "{n}岁").format(n=age(volunteer.born, shift.day))
        reason = joined(self._reasons(instance, shift), en=" and ", zh="，且")
        return super().values(instance, volunteer, shift) | {"age": years, "reason": reason}

    def _within(self, volunteer: Volunteer, day: dt.date) -> bool:
        if volunteer.born is None:
            return self.unknown == "allow"
        years = age(volunteer.born, day)
        return (self.least is None or self.least <= years) and (self.most is None or years <= self.most)

    def _reasons(self, instance: Instance, shift: Shift) -> list[Text]:
        """What of a shift is beyond people outside the limits, one entry for each thing."""
        if self.hours is None and self.longest is None:
            return [Text("is outside the age limits", "不在年龄范围内")]
        found = []
        if touched := [hours for hours in self.hours or () if touches(hours, shift, instance.horizon)]:
            named = ", ".join(f"{hours.start:%H:%M}–{hours.end:%H:%M}" for hours in touched)
            found.append(Text(f"touches {named}", f"触及 {named}"))
        if self.longest is not None and shift.minutes > round(self.longest * 60):
            found.append(Text(f"is longer than {self.longest:g} h", f"超过{self.longest:g}小时"))
        return found


def age(born: dt.date, day: dt.date) -> int:
    """Completed years on a day; who was born on 29 February is a year older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def touches(hours: TimesOfDay, shift: Shift, horizon: Horizon) -> bool:
    """Whether a shift overlaps these hours of its duty day, the day before or the day after."""
    start, end = shift.start.replace(tzinfo=None), shift.end.replace(tzinfo=None)
    stretches = (hours.on(shift.day + dt.timedelta(days=n), horizon) for n in (-1, 0, 1))
    return any(first < end and start < last for first, last in stretches)
