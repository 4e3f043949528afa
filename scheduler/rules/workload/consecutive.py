"""consecutive: least and most duty days, nights or days off in a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import expect_bounds
from scheduler.domain.roster import Roster
from scheduler.domain.shift import ShiftType
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.workload.run_rows import RunRows
from scheduler.rules.workload.service import counted, known_from, past_shifts
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel

DAY = dt.timedelta(days=1)


class Consecutive(VolunteerRule):
    """Keep runs of duty days, nights or days off between ``least`` and ``most`` days long.

    A run is duty days in a row with a shift (``what: days``), with a shift of a night type (``nights``), or
    without any shift (``off``). A run that is n days too long or too short counts n.

    The recent shifts of a volunteer's history belong to the runs: days between the earliest of them and the
    horizon are known, days before are not. A run that has ended before the eve of the horizon is not
    counted, and of a longer one only what the horizon adds. A run that begins on the first known day, or
    ends on the last day of the horizon, may go on unseen: it may be shorter than ``least``, unless
    ``first_day`` or ``last_day`` is ``strict``. Rules on some posts or places only take no history: it does
    not say where a shift was.

    ```yaml
    rule: consecutive
    what: off
    least: 2
    most: 6
    first_day: free
    last_day: strict
    ```
    """

    rule: Literal["consecutive"] = "consecutive"
    what: Literal["days", "nights", "off"] = parameter(
        "days",
        en="days with a shift, nights, or days off",
        zh="值守日（days）、夜班（nights）或休息日（off）",
    )
    least: int | None = parameter(None, ge=1, le=366, en="shortest run in days", zh="最少连续天数")
    most: int | None = parameter(None, ge=1, le=366, en="longest run in days", zh="最多连续天数")
    first_day: Literal["free", "strict"] = parameter(
        "free",
        en="a run that begins on the first known day: free may be shorter than least, strict may not",
        zh="始于首个已知日的一段：free 可短于 least，strict 则不可",
    )
    last_day: Literal["free", "strict"] = parameter(
        "free",
        en="a run that ends on the last day: free may be shorter than least, strict may not",
        zh="止于最后一天的一段：free 可短于 least，strict 则不可",
    )

    title: ClassVar[Text] = Text("Runs of days", "连续天数")
    text: ClassVar[Text] = Text(
        "{subject}: {length} in a row from {first}, {bound}",
        "{subject}：自{first}起连续{length}，应{bound}",
    )
    named: ClassVar[dict[str, Text]] = {
        "days": Text("duty day", "天值守"),
        "nights": Text("night", "个夜班"),
        "off": Text("free day", "天休息"),
    }
    manual_zh: ClassVar[str] = """
        连续值守日（days）、连续夜班（nights）或连续休息日（off）的天数不少于 least、不多于 most；每段超出
        或不足几天即计几。历史记录 recent 中的班次并入各段：从其中最早一天到排班期开始之间为已知，更早的未
        知。排班期前一天之前已结束的段不计；跨入排班期的段只计本期增加的部分。始于首个已知日或止于最后一天
        的段可能向外延续，可短于 least；first_day 或 last_day 设为 strict 时除外。只针对部分岗位或地点的规
        则不计历史，因为历史记录不含岗位。
        """
    category: ClassVar[str] = "workload"

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        expect_bounds("consecutive", self.least, self.most)
        return self

    def post_all(self, model: RuleModel) -> None:
        counted = model.instance.shifts_where(lambda shift: self._counts(shift.type))
        past = max(self.least or 0, self.most or 0)
        rows = RunRows.of(model, counted, self._history(model, past), off=self.what == "off")
        if self.most is not None:
            rows.forbid(model, self.most + 1)
        for length in range(1, self.least or 1):
            strict = (self.first_day == "strict", self.last_day == "strict")
            rows.forbid(model, length, strict=strict, price=(self.least or 1) - length)

    def _history(self, model: RuleModel, past: int) -> Ints:
        """By volunteer and day before the horizon, the eve last: 1 served, 0 not, -1 unknown."""
        first = model.instance.horizon.first
        history = np.full((len(model.volunteers), past), -1, dtype=np.int64)
        for row, volunteer in enumerate(model.volunteers):
            if not volunteer.history.recent:
                continue
            known = (first - known_from(self, model.instance, volunteer)).days
            history[row, max(0, past - known) :] = 0
            for one in past_shifts(self, model.instance, volunteer):
                if self._counts(one.type) and (ago := (first - one.day).days) <= past:
                    history[row, past - ago] = 1
        return history

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        for run in self._runs(roster, volunteer):
            before = max(0, (roster.instance.horizon.first - run[0]).days)
            if self.most is not None:
                over = max(0, len(run) - self.most) - max(0, before - self.most)
                bound = Text(f"at most {self.most}", f"至多{self.most}")
                yield from self._broken(over, roster, volunteer, run, bound)
            if self.least is not None and not self._may_go_on(roster.instance, volunteer, run):
                bound = Text(f"at least {self.least}", f"至少{self.least}")
                yield from self._broken(self.least - len(run), roster, volunteer, run, bound)

    def _runs(self, roster: Roster, volunteer: Volunteer) -> Iterator[list[dt.date]]:
        """The days of each run that reaches the horizon or its eve, unknown days left out."""
        horizon = roster.instance.horizon
        known = known_from(self, roster.instance, volunteer)
        served = {shift.day for shift in roster.shifts_of(volunteer) if self._counts(shift.type)}
        past = past_shifts(self, roster.instance, volunteer)
        served |= {one.day for one in past if self._counts(one.type)}
        days = [known + n * DAY for n in range((horizon.last - known).days + 1)]
        for within, run in groupby(days, key=lambda day: (day in served) != (self.what == "off")):
            if within and (run_days := list(run))[-1] >= horizon.first - DAY:
                yield run_days

    def _may_go_on(self, instance: Instance, volunteer: Volunteer, run: list[dt.date]) -> bool:
        """Whether a run touches an end of what is known that leaves it free."""
        begins = self.first_day == "free" and run[0] == known_from(self, instance, volunteer)
        return begins or (self.last_day == "free" and run[-1] == instance.horizon.last)

    def _broken(
        self, amount: int, roster: Roster, volunteer: Volunteer, run: list[dt.date], bound: Text
    ) -> Iterator[Violation]:
        if amount > 0:
            yield self.breach(
                amount,
                [volunteer],
                [shift for shift in roster.shifts_of(volunteer) if run[0] <= shift.day <= run[-1]],
                subject=volunteer.label,
                length=counted(len(run), self.named[self.what].en, self.named[self.what].zh),
                first=run[0],
                bound=bound,
            )

    def _counts(self, shift_type: ShiftType) -> bool:
        return self.what != "nights" or shift_type.night
