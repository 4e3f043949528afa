"""max-load: most and least shifts or hours in a day, week, month, rolling window or the horizon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from scheduler.domain.instance import Instance
from scheduler.domain.refusal import expect_bounds, refused
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.workload.periods import Per, Period, groups_of, periods
from scheduler.rules.workload.service import Past, counted, known_from, past_shifts
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class MaxLoad(VolunteerRule):
    """Keep a volunteer's load between ``least`` and ``most`` in every period.

    The load is counted in shifts or in hours, by day, calendar week (Monday to Sunday), month, the whole
    horizon, or any ``window`` days in a row (``rolling``). Every shift over or under counts one; of hours,
    every **minute** does. A week or month cut by the horizon counts in full as that week or month;
    ``least`` leaves out periods in which the ``days`` of the rule choose no day. Rolling windows lie within
    the horizon;
    if it is shorter than the window, it is one.

    With ``history: true`` the recent shifts of a volunteer's history count in the first week or month, and
    windows reach back as far as the earliest of them. What was over before the horizon began is not counted.
    Rules on some posts or places only take no history: it does not say where a shift was.

    ```yaml
    rule: max-load
    measure: hours
    per: rolling
    window: 7
    most: 24
    ```
    """

    rule: Literal["max-load"] = "max-load"
    measure: Literal["shifts", "hours"] = parameter(
        "shifts", en="what is counted: shifts or hours", zh="计量单位：班次（shifts）或小时（hours）"
    )
    per: Per = parameter(
        "week",
        en="the period: day, week, month, horizon, or rolling with window",
        zh="周期：天、周、月、整个排班期，或连续若干天（rolling，配合 window）",
    )
    window: int | None = parameter(None, ge=1, le=1100, en="rolling: days in a row", zh="rolling 的连续天数")
    most: float | None = parameter(None, ge=0, le=100_000, en="most shifts or hours", zh="最多班次数或小时数")
    least: float | None = parameter(
        None, ge=0, le=100_000, en="least shifts or hours", zh="最少班次数或小时数"
    )
    history: bool = parameter(
        True, en="recent shifts of the history count too", zh="计入历史记录中的近期班次"
    )

    title: ClassVar[Text] = Text("Load in a period", "周期内工作量")
    text: ClassVar[Text] = Text("{subject}: {load} {period}, {bound}", "{subject}：{period}{load}，应{bound}")
    manual_zh: ClassVar[str] = """
        志愿者在每个周期内的工作量不低于 least、不超过 most。按班次或小时计量，周期可为天、自然周（周一至
        周日）、月、整个排班期，或任意连续 window 天（rolling）。超出或不足的班次逐班计数；以小时计量时按*
        *分钟**计数。被排班期截断的周或月仍按完整的周或月计算；least 不计本规则 days 未选中任何一天的周期。
        连续天数的窗口须落在排班期内；排班期短于窗口时，整个排班期为一个窗口。history 为 true 时，历史记录
        recent 中的班次计入第一周或第一月，窗口可向前延伸至其中最早的一天；排班期开始前已超出的部分不计。
        只针对部分岗位或地点的规则不计历史，因为历史记录不含岗位。
        """
    category: ClassVar[str] = "workload"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.per == "rolling") != (self.window is not None):
            raise refused(
                Text("window and per: rolling need each other", "window 须与 per: rolling 同时使用")
            )
        expect_bounds("max-load", self.least, self.most)
        for bound in (self.most, self.least):
            if bound is not None and self.measure == "shifts" and bound != int(bound):
                raise refused(Text(f"{bound:g} shifts is not a whole number", f"班次数 {bound:g} 不是整数"))
        return self

    def one_at_most(self) -> str:
        few = self.most is not None and self.most <= 1
        return "day" if few and self.measure == "shifts" and self.per == "day" else ""

    def post_all(self, model: RuleModel) -> None:
        instance = model.instance
        spans = self._spans(instance)
        groups = groups_of(instance, spans)
        counts = instance.once(("sizes", self.measure), lambda: self._sizes(instance))
        if self.most is not None:
            most = self._bounds(model, spans, self._units(self.most), idle=np.inf)
            model.at_most_in(groups, most, weights=counts)
        if self.least is not None:
            least = self._bounds(model, spans, self._units(self.least), idle=0.0)
            model.at_least_in(groups, least, weights=counts)

    def _bounds(
        self, model: RuleModel, spans: tuple[Period, ...], bound: int, idle: float
    ) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """What is left of a bound by volunteer and period; ``idle`` where the period does not count."""
        instance = model.instance
        now = [
            float(bound) if self._counts(instance, span, instance.horizon.first) else idle for span in spans
        ]
        left = np.tile(np.array(now), (len(instance.volunteers), 1))
        for volunteer in model.volunteers:
            if not volunteer.history.recent or not self.history:
                continue
            known = known_from(self, instance, volunteer)
            past = past_shifts(self, instance, volunteer)
            for n, span in enumerate(spans):
                counts = self._counts(instance, span, known)
                before = self._load(past, span)
                left[instance.number(volunteer), n] = max(0, bound - before) if counts else idle
        return left

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        instance = roster.instance
        known = known_from(self, instance, volunteer) if self.history else instance.horizon.first
        past = past_shifts(self, instance, volunteer) if self.history else ()
        for span in self._spans(instance):
            if not self._counts(instance, span, known):
                continue
            within = [shift for shift in roster.shifts_of(volunteer) if span.holds(shift.day)]
            before = self._load(past, span)
            load = before + self._load(within, span)
            if self.most is not None and (over := load - max(before, self._units(self.most))) > 0:
                yield self._broken(over, volunteer, span, within, load, Text("at most", "至多"), self.most)
            if self.least is not None and (under := self._units(self.least) - load) > 0:
                yield self._broken(under, volunteer, span, within, load, Text("at least", "至少"), self.least)

    def _broken(
        self,
        amount: int,
        volunteer: Volunteer,
        span: Period,
        shifts: list[Shift],
        load: int,
        side: Text,
        bound: float,
    ) -> Violation:
        limit = self._worded(self._units(bound))
        return self.breach(
            amount,
            [volunteer],
            shifts,
            subject=volunteer.label,
            load=self._worded(load),
            period=span.label,
            bound=Text(f"{side.en} {limit.en}", f"{side.zh}{limit.zh}"),
        )

    def _spans(self, instance: Instance) -> tuple[Period, ...]:
        """Every period that may count for some volunteer."""
        window = self.window or 1
        before = window - 1 if self.history else 0

        def make() -> tuple[Period, ...]:
            picked = [d for d in instance.days if self.days is None or instance.picks(self.days, d)]
            spans = periods(instance.horizon, self.per, window, before)
            return tuple(span for span in spans if any(span.holds(day) for day in picked))

        return instance.once((self, "spans"), make)

    def _counts(self, instance: Instance, span: Period, known: dt.date) -> bool:
        """Whether a period counts for a volunteer whose service is known from a day on."""
        if self.per != "rolling":
            return True
        return span.first == known or (span.first > known and span.last <= instance.horizon.last)

    def _load(self, served: Sequence[Shift | Past], span: Period) -> int:
        """What of some shifts falls into a period, in shifts or minutes."""
        return sum(self._size(one) for one in served if span.holds(one.day))

    def _worded(self, units: int) -> Text:
        if self.measure == "shifts":
            return counted(units, "shift", "班")
        return Text(f"{units / 60:.6g} h", f"{units / 60:.6g}小时")

    def _size(self, shift: Shift | Past) -> int:
        return 1 if self.measure == "shifts" else shift.minutes

    def _sizes(self, instance: Instance) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([self._size(shift) for shift in instance.shifts], dtype=np.float64)

    def _units(self, bound: float) -> int:
        """A bound in shifts or minutes."""
        return round(bound if self.measure == "shifts" else 60 * bound)
