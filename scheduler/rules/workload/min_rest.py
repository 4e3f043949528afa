"""min-rest: a rest of some hours between any two shifts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from scheduler.domain.refusal import refused
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.workload.service import Past, hours_text, past_shifts, pauses
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class MinRest(VolunteerRule):
    """Leave a volunteer at least ``hours`` between any two shifts.

    A pause of exactly ``hours`` is enough. Every pair of shifts with a shorter pause counts one, overlapping
    ones too. ``after_night`` asks for a longer rest after a shift of a night type. The recent shifts of a
    volunteer's history count against the first shifts of the horizon, unless the rule speaks of some posts
    or places only: history does not say where a shift was.

    ```yaml
    rule: min-rest
    hours: 10
    after_night: 11
    ```
    """

    rule: Literal["min-rest"] = "min-rest"
    hours: float = parameter(gt=0, le=168, en="shortest rest in hours", zh="最短休息时间（小时）")
    after_night: float | None = parameter(
        None,
        gt=0,
        le=168,
        en="shortest rest in hours after a night shift; default: hours",
        zh="夜班后的最短休息时间（小时）；默认同 hours",
    )

    title: ClassVar[Text] = Text("Rest between shifts", "班次间休息")
    text: ClassVar[Text] = Text(
        "{subject}: {pause} h of rest between {first} and {second}, at least {hours} h needed",
        "{subject}：{first} 与 {second} 之间休息 {pause} 小时，应至少 {hours} 小时",
    )
    manual_zh: ClassVar[str] = """
        同一志愿者任意两个班次之间至少休息 hours 小时，恰好 hours 小时即可。
        每一对间隔不足的班次计一次，时间重叠的也算。after_night 可规定夜班之后更长的休息时间。
        历史记录 recent 中的班次与本期最初的班次之间同样适用；
        只针对部分岗位或地点的规则除外，因为历史记录不含岗位。
        """
    category: ClassVar[str] = "workload"

    @model_validator(mode="after")
    def _longer_after_night(self) -> Self:
        if self.after_night is not None and self.after_night < self.hours:
            raise refused(
                Text(
                    f"after_night ({self.after_night:g}) is shorter than hours ({self.hours:g})",
                    f"after_night（{self.after_night:g}）短于 hours（{self.hours:g}）",
                )
            )
        return self

    def one_at_most(self) -> str:
        return "time"

    def post_all(self, model: RuleModel) -> None:
        instance = model.instance
        night = np.array([int(shift.type.night) for shift in instance.shifts], dtype=np.int64)
        day_gap, night_gap = (round(self._gap(after).total_seconds()) for after in (False, True))
        if day_gap == night_gap:
            model.exclude(instance.closer_than(self._gap(False)))
        else:
            model.exclude(instance.clashes(night, np.array([[day_gap] * 2, [night_gap] * 2])))
        for volunteer in model.volunteers:
            if volunteer.history.recent:
                self._post_past(model, volunteer)

    def _post_past(self, model: RuleModel, volunteer: Volunteer) -> None:
        columns, shifts = model.columns_of(volunteer)
        starts = model.instance.starts[shifts]
        close = np.zeros(len(columns))
        for past in past_shifts(self, model.instance, volunteer):
            close += starts < past.end.timestamp() + self._gap(past.type.night).total_seconds()
        if close.any():
            terms = model.terms(columns[close > 0], close[close > 0])
            model.cost(terms, subject=model.instance.number(volunteer))

    def _gap(self, after_night: bool) -> dt.timedelta:
        hours = (after_night and self.after_night) or self.hours
        return dt.timedelta(seconds=round(3600 * hours))

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        shifts = roster.shifts_of(volunteer)
        for past in past_shifts(self, roster.instance, volunteer):
            for shift in shifts:
                pause = dt.timedelta(seconds=shift.start.timestamp() - past.end.timestamp())
                if pause < self._gap(past.type.night):
                    yield self._short(volunteer, past, shift, pause)
        for first, second, pause in pauses(shifts, max(map(self._gap, (False, True)))):
            if pause < self._gap(first.type.night):
                yield self._short(volunteer, first, second, pause)

    def _short(
        self, volunteer: Volunteer, first: Shift | Past, second: Shift, pause: dt.timedelta
    ) -> Violation:
        return self.breach(
            1,
            [volunteer],
            [first, second] if isinstance(first, Shift) else [second],
            subject=volunteer.label,
            first=first.label,
            second=second.label,
            pause=hours_text(pause),
            hours=hours_text(self._gap(first.type.night)),
        )
